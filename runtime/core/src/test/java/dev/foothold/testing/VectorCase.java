package dev.foothold.testing;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One question with its recorded answer.
 *
 * @param file the file it is from, without folder and extension
 * @param name unique in the file
 * @param json all of it; integers of any size are exact
 */
public record VectorCase(String file, String name, JsonNode json) {

    /**
     * Gives a field of the case.
     *
     * @param field its name
     * @return its value, which may be the JSON null
     * @throws AssertionError if there is no such field
     */
    public JsonNode get(String field) {
        return required(json, field);
    }

    /**
     * Gives a field of the right answer.
     *
     * @param field its name
     * @return its value, which may be the JSON null
     * @throws AssertionError if there is no such field
     */
    public JsonNode expect(String field) {
        return required(get("expect"), field);
    }

    /**
     * Ends a case that cannot be expressed. It counts as mapped away, not as passed. Write
     * {@code throw vector.mappedAway(...)}.
     *
     * @param reason why it cannot
     * @return what to throw
     */
    public RuntimeException mappedAway(String reason) {
        return new MappedAway(reason);
    }

    @Override
    public String toString() {
        return file + "/" + name;
    }

    private JsonNode required(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw new AssertionError(this + " has no field \"" + field + "\"");
        }
        return value;
    }

    static final class MappedAway extends RuntimeException {

        private static final long serialVersionUID = 1;

        MappedAway(String reason) {
            super(reason);
        }
    }
}
