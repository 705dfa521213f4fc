package dev.foothold.processor.model;

import java.util.List;

/**
 * Names a class, with its package and its enclosing classes told apart.
 *
 * @param packageName the package; empty for the unnamed one
 * @param simpleNames the simple names, outermost first
 */
public record TypeRef(String packageName, List<String> simpleNames) {

    /**
     * Names a top-level class.
     *
     * @param qualifiedName package and simple name
     * @return its name
     */
    public static TypeRef topLevel(String qualifiedName) {
        int dot = qualifiedName.lastIndexOf('.');
        return new TypeRef(qualifiedName.substring(0, Math.max(dot, 0)), List.of(qualifiedName.substring(dot + 1)));
    }

    /**
     * Names the class that is generated from this one: a top-level class of the same package.
     *
     * @param suffix what is put after the simple names, which are joined by underscores
     * @return the generated class
     */
    public TypeRef generated(String suffix) {
        return sibling(String.join("_", simpleNames) + suffix);
    }

    /**
     * Names a top-level class of the same package.
     *
     * @param simpleName its simple name
     * @return its name
     */
    public TypeRef sibling(String simpleName) {
        return new TypeRef(packageName, List.of(simpleName));
    }

    /**
     * Gives the name as it is written in source without imports.
     *
     * @return package and simple names, joined by dots
     */
    public String qualifiedName() {
        String name = String.join(".", simpleNames);
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
