package dev.foothold.cloudinit;

import java.util.regex.Pattern;

/**
 * Says which version of packages apt shall prefer; written before any package is installed.
 *
 * @param name of the file it is written to, below {@code /etc/apt/preferences.d}
 * @param packages which packages: names, patterns with {@code *}, separated by blanks
 * @param pin which of their versions, for example {@code release a=bookworm-backports} or {@code version 1.2*}
 * @param priority above 1000 even an older version is installed; below 0 none is
 * @param explanation a line for those who read the file; empty for none
 */
public record AptPin(String name, String packages, String pin, int priority, String explanation) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Pattern PIN = Pattern.compile("(release|origin|version)( .*)");

    /**
     * Creates a pin.
     *
     * @param name of the file it is written to; letters, digits, hyphens, underscores
     * @param packages which packages: names, patterns with {@code *}, separated by blanks
     * @param pin which of their versions; begins with {@code release}, {@code origin} or {@code version}
     * @param priority above 1000 even an older version is installed; below 0 none is; not 0
     * @param explanation a line for those who read the file; empty for none
     * @throws IllegalArgumentException if one of them has another form
     */
    public AptPin {
        Checked.matching(NAME, "the name of the apt pin,", name, "use letters, digits, hyphens, underscores");
        Checked.line("the packages of apt pin " + name + ",", packages);
        Checked.matching(
                PIN,
                "the versions of apt pin " + name + ",",
                pin,
                "write it like \"release a=stable\", \"origin apt.example.org\" or \"version 1.2*\"");
        if (priority == 0) {
            throw new IllegalArgumentException(
                    "the priority of apt pin \"" + name + "\" is 0, which apt does not define; use another number");
        }
        if (!explanation.isEmpty()) {
            Checked.line("the explanation of apt pin " + name + ",", explanation);
        }
    }

    /**
     * Makes a pin.
     *
     * @param name of the file it is written to; letters, digits, hyphens, underscores
     * @param packages which packages: names, patterns with {@code *}, separated by blanks
     * @param pin which of their versions; begins with {@code release}, {@code origin} or {@code version}
     * @param priority above 1000 even an older version is installed; below 0 none is; not 0
     * @return the pin, without an explanation
     * @throws IllegalArgumentException if one of them has another form
     */
    public static AptPin of(String name, String packages, String pin, int priority) {
        return new AptPin(name, packages, pin, priority, "");
    }

    /**
     * Adds a line for those who read the file.
     *
     * @param text why there is this pin
     * @return the changed copy
     * @throws IllegalArgumentException if it is not one line
     */
    public AptPin because(String text) {
        return new AptPin(name, packages, pin, priority, text);
    }

    FileToWrite file() {
        return FileToWrite.text(
                "/etc/apt/preferences.d/" + name,
                (explanation.isEmpty() ? "" : "Explanation: " + explanation + "\n") + "Package: " + packages + "\nPin: "
                        + pin + "\nPin-Priority: " + priority + "\n");
    }
}
