package dev.foothold.processor.read;

import java.util.List;
import java.util.TreeSet;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/**
 * Collects the lints that javac has against what generated code mentions: deprecated declarations, and types that users
 * of the package cannot see.
 *
 * <p>The author's own code mentions the same things, and is where the author is warned of them.
 */
final class Mentions {

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
        PackageElement mentioned = Visibility.packageOf(declaration);
        if (isExported(user) && !(isExported(mentioned) && isPassedOn(moduleOf(user), moduleOf(mentioned)))) {
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

    private boolean isExported(PackageElement candidate) {
        return ElementFilter.exportsIn(moduleOf(candidate).getDirectives()).stream()
                .anyMatch(exports -> exports.getPackage().equals(candidate) && exports.getTargetModules() == null);
    }

    /** Tells whether whoever reads one module reads another through it. */
    private static boolean isPassedOn(ModuleElement from, ModuleElement to) {
        return from.equals(to)
                || to.getQualifiedName().contentEquals("java.base")
                || ElementFilter.requiresIn(from.getDirectives()).stream()
                        .anyMatch(requires -> requires.isTransitive() && isPassedOn(requires.getDependency(), to));
    }

    private ModuleElement moduleOf(Element declaration) {
        return elements.getModuleOf(declaration);
    }
}
