package dev.foothold.environ;

/**
 * Names a kind of resource as people do.
 *
 * @param name in the singular, for example {@code volume}; never blank
 */
public record ResourceKind(String name) {

    /** A disk that outlives the instance it is attached to. */
    public static final ResourceKind VOLUME = of("volume");

    /** A file system that machines share. */
    public static final ResourceKind FILE_SYSTEM = of("file system");

    /** A public address that is kept when its instance goes. */
    public static final ResourceKind ADDRESS = of("address");

    /** A set of firewall rules for some instances. */
    public static final ResourceKind SECURITY_GROUP = of("security group");

    /**
     * Creates a kind.
     *
     * @param name in the singular
     * @throws IllegalArgumentException if the name is blank
     */
    public ResourceKind {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a resource kind must not be blank");
        }
    }

    /**
     * Makes a kind.
     *
     * @param name in the singular
     * @return the kind
     * @throws IllegalArgumentException if the name is blank
     */
    public static ResourceKind of(String name) {
        return new ResourceKind(name);
    }

    /**
     * Counts things of this kind.
     *
     * @param number how many
     * @return for example {@code 1 volume} or {@code 2 addresses}
     */
    public String counted(long number) {
        if (number == 1) {
            return number + " " + name;
        }
        if (name.endsWith("y") && !name.matches(".*[aeiou]y")) {
            return number + " " + name.substring(0, name.length() - 1) + "ies";
        }
        return number + " " + name + (name.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }

    @Override
    public String toString() {
        return name;
    }
}
