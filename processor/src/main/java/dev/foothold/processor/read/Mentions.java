package dev.foothold.processor.read;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Collects the lints that javac has against what generated code mentions: deprecated declarations, and types that users
 * of the module may not see.
 *
 * <p>The author's own code mentions the same things, and is where the author is warned of them.
 */
final class Mentions {

    /**
     * The modules whose types users of the author's module see as well: it has to require the runtime transitively.
     *
     * <p>What else it passes on is not asked. It is said beside {@code provides}, and javac 17 refuses a module for good
     * whose directives are looked at before the class that it provides was generated.
     */
    private static final Set<String> PASSED_ON = Set.of("java.base", "dev.foothold.runtime", "org.jspecify");

    private final Elements elements;
    private final PackageElement user;
    private final TreeSet<String> lints = new TreeSet<>();

    Mentions(Elements elements, TypeElement annotated) {
        this.elements = elements;
        this.user = Visibility.packageOf(annotated);
    }

    /** Notes that generated code mentions a declaration, and with it all that enclose it. */
    void add(Element declaration) {
        for (Element e = declaration; e.getKind() != ElementKind.PACKAGE; e = e.getEnclosingElement()) {
            if (elements.isDeprecated(e)) {
                lints.add(isForRemoval(e) ? "removal" : "deprecation");
            }
        }
        if (moduleOf(user).isUnnamed() || Visibility.packageOf(declaration).equals(user)) {
            return;
        }
        if (!PASSED_ON.contains(moduleOf(declaration).getQualifiedName().toString())) {
            lints.add("exports");
        }
    }

    List<String> lints() {
        return List.copyOf(lints);
    }

    private static boolean isForRemoval(Element e) {
        Deprecated deprecated = e.getAnnotation(Deprecated.class);
        return deprecated != null && deprecated.forRemoval();
    }

    private ModuleElement moduleOf(Element declaration) {
        return elements.getModuleOf(declaration);
    }
}
