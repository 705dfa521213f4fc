package dev.foothold.cloudinit;

/** The lines around a block of commands that send its output somewhere. */
final class OutputScript {

    private OutputScript() {}

    /** If both outputs are redirected, that of standard error is around the other, so it also has the other's errors. */
    static String around(String block, OutputRedirection redirection) {
        // A group must not be empty.
        String group = "{\n:\n" + block + "}";
        OutputTarget stderr = redirection.stderr();
        if (stderr == null) {
            return redirection.stdout() instanceof OutputTarget.File file
                    ? group + " " + to(file) + " 2>&1\n"
                    : group + " 2>&1 | " + command(redirection.stdout()) + "\n";
        }
        String inner = redirection.stdout() instanceof OutputTarget.File file
                ? group + " " + to(file)
                : group + " | " + command(redirection.stdout());
        return stderr instanceof OutputTarget.File file
                ? "{\n" + inner + "\n} 2" + to(file) + "\n"
                // The pipe takes standard output's place, so that one has to step aside.
                : "exec {FOOTHOLD_STDOUT}>&1\n{\n" + inner + "\n} 2>&1 >&\"$FOOTHOLD_STDOUT\" | " + command(stderr)
                        + " >&\"$FOOTHOLD_STDOUT\"\n";
    }

    private static String to(OutputTarget.File file) {
        return (file.append() ? ">> " : "> ") + ShellWord.quote(file.path());
    }

    private static String command(OutputTarget target) {
        return "{\n" + ((OutputTarget.Command) target).script() + "\n}";
    }
}
