package dev.foothold.processor.read;

import java.util.List;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.util.Elements;

/** Collects the lints that javac has against mentioning certain declarations: deprecated ones, and those of others. */
final class Mentions {

    private final Elements elements;
    private final TreeSet<String> lints = new TreeSet<>();

    Mentions(Elements elements) {
        this.elements = elements;
    }

    /** Notes that generated code mentions a declaration, and with it all that enclose it. */
    void add(Element declaration) {
        for (Element e = declaration; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            if (elements.isDeprecated(e)) {
                lints.add(isForRemoval(e) ? "removal" : "deprecation");
            }
        }
    }

    /** Notes that generated code mentions a type that users of its module need not see. */
    void addUnexported() {
        lints.add("exports");
    }

    List<String> lints() {
        return List.copyOf(lints);
    }

    private static boolean isForRemoval(Element e) {
        Deprecated deprecated = e.getAnnotation(Deprecated.class);
        return deprecated != null && deprecated.forRemoval();
    }
}
