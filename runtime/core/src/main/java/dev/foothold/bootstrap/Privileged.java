package dev.foothold.bootstrap;

/** Runs commands as root, whoever logs in. */
final class Privileged {

    private Privileged() {}

    /** Makes a command line of a simple command; it fails rather than to ask for a password. */
    static String line(String command) {
        return "if [ \"$(id -u)\" -eq 0 ]; then " + command + "; else sudo -n " + command + "; fi";
    }
}
