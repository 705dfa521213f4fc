package dev.foothold.instance;

/**
 * Holds the name by which a cloud knows an instance.
 *
 * @param value the cloud's own text, never blank
 */
public record InstanceId(String value) implements Comparable<InstanceId> {

    /**
     * Creates an id.
     *
     * @param value the cloud's own text, never blank
     * @throws IllegalArgumentException if the value is blank
     */
    public InstanceId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an instance id must not be blank");
        }
    }

    /**
     * Makes an id from the cloud's text.
     *
     * @param value the cloud's own text
     * @return the id
     * @throws IllegalArgumentException if the value is blank
     */
    public static InstanceId of(String value) {
        return new InstanceId(value);
    }

    @Override
    public int compareTo(InstanceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
