package dev.foothold.processor.model;

import java.util.Optional;

/**
 * Says what kind of declaration an annotated type is.
 *
 * @param notAClass what it is instead of a class, with its article ({@code an interface}); empty for a class
 * @param isAbstract whether it is abstract
 * @param isGeneric whether it has type parameters
 * @param isInner whether it is nested and not static
 * @param privateType the type that hides it, itself or an enclosing one; empty if none is private
 * @param isPublic whether it and all that enclose it are public
 * @param isEnviron whether it implements the SPI of clouds
 * @param isZonedEnviron whether it implements the SPI of clouds with availability zones
 */
public record Shape(
        Optional<String> notAClass,
        boolean isAbstract,
        boolean isGeneric,
        boolean isInner,
        Optional<TypeRef> privateType,
        boolean isPublic,
        boolean isEnviron,
        boolean isZonedEnviron) {}
