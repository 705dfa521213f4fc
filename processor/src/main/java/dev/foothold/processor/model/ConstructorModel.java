package dev.foothold.processor.model;

import java.util.List;

/**
 * Holds one constructor that the generated class could call.
 *
 * @param place its declaration
 * @param isPublic whether it and every type in its signature are public
 * @param parameters its parameters, in order
 * @param exceptions the exceptions it declares, in order
 */
public record ConstructorModel(
        Place place, boolean isPublic, List<ParameterModel> parameters, List<TypeRef> exceptions) {}
