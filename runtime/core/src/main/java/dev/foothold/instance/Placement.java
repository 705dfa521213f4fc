package dev.foothold.instance;

import dev.foothold.machine.ContainerType;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says where exactly a machine is to be: on another machine, or somewhere the cloud knows.
 *
 * @param scope what the directive is a name in: {@link #MACHINE}, a container type ({@code lxd}, {@code kvm}), or a word
 *     of the cloud's own
 * @param directive the place; for the first two the id of a machine, which may be empty for a new container on a new
 *     machine
 */
public record Placement(String scope, String directive) {

    /** The scope of the ids of machines. */
    public static final String MACHINE = "#";

    private static final Pattern MACHINE_ID = Pattern.compile("(0|[1-9][0-9]*)(/[a-z]+/(0|[1-9][0-9]*))*");
    private static final Pattern TOP_MACHINE_ID = Pattern.compile("0|[1-9][0-9]*");

    /**
     * Creates a placement.
     *
     * @param scope what the directive is a name in
     * @param directive the place
     * @throws IllegalArgumentException if the scope is empty or has a colon in it, or needs the id of a machine and the
     *     directive is none
     */
    public Placement {
        if (scope.isEmpty() || scope.indexOf(':') >= 0) {
            throw noScope(scope + ":" + directive);
        }
        boolean newContainer = isContainer(scope) && directive.isEmpty();
        boolean ofMachine = scope.equals(MACHINE) || isContainer(scope);
        if (ofMachine && !newContainer && !MACHINE_ID.matcher(directive).matches()) {
            throw notAMachine(scope, directive);
        }
    }

    /**
     * Reads a placement.
     *
     * @param text {@code scope:place}, the id of a machine, or a container type; for example {@code lxd:0}, {@code 7},
     *     {@code lxd}
     * @return the placement; empty if the text is
     * @throws IllegalArgumentException if the text has another form, or the scope needs the id of a machine and another
     *     word follows
     */
    public static Optional<Placement> parse(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        if (colon > 0) {
            String scope = text.substring(0, colon);
            String directive = text.substring(colon + 1);
            if (directive.isEmpty() && isContainer(scope)) {
                throw notAMachine(scope, directive);
            }
            return Optional.of(new Placement(scope, directive));
        }
        if (TOP_MACHINE_ID.matcher(text).matches()) {
            return Optional.of(new Placement(MACHINE, text));
        }
        if (isContainer(text)) {
            return Optional.of(new Placement(text, ""));
        }
        throw noScope(text);
    }

    /**
     * Writes the placement.
     *
     * @return what {@link #parse} reads as this placement
     */
    @Override
    public String toString() {
        return directive.isEmpty() && isContainer(scope) ? scope : scope + ":" + directive;
    }

    private static boolean isContainer(String scope) {
        return ContainerType.find(scope)
                .filter(type -> type != ContainerType.NONE)
                .isPresent();
    }

    private static IllegalArgumentException noScope(String text) {
        return new IllegalArgumentException("the placement \"" + text + "\" has no scope; write it as scope:place, or"
                + " give the id of a machine or a container type");
    }

    private static IllegalArgumentException notAMachine(String scope, String directive) {
        return new IllegalArgumentException(
                "the placement \"" + scope + ":" + directive + "\" needs the id of a machine," + " for example \""
                        + scope + ":0\", but \"" + directive + "\" is none");
    }
}
