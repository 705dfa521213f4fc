package dev.foothold.cloudinit;

/** Where output goes: into a file, or to a command. */
public sealed interface OutputTarget {

    /**
     * Replaces what a file holds.
     *
     * @param path absolute, or relative to the directory in which the commands start
     * @return the target
     * @throws IllegalArgumentException if it is not one line
     */
    static OutputTarget file(String path) {
        return new File(path, false);
    }

    /**
     * Adds to the end of a file.
     *
     * @param path absolute, or relative to the directory in which the commands start
     * @return the target
     * @throws IllegalArgumentException if it is not one line
     */
    static OutputTarget appendTo(String path) {
        return new File(path, true);
    }

    /**
     * Gives output to a command to read.
     *
     * @param script one line of shell, for example {@code tee -a /var/log/cloud-init-output.log}; nothing is quoted
     * @return the target
     * @throws IllegalArgumentException if it is not one line
     */
    static OutputTarget command(String script) {
        return new Command(script);
    }

    /**
     * A file.
     *
     * @param path absolute, or relative to the directory in which the commands start
     * @param append whether what it holds is kept
     */
    record File(String path, boolean append) implements OutputTarget {

        /**
         * Creates a target.
         *
         * @param path absolute, or relative to the directory in which the commands start
         * @param append whether what it holds is kept
         * @throws IllegalArgumentException if the path is not one line or begins with {@code &}, {@code >} or {@code |}
         */
        public File {
            Checked.line("the output file", path);
            if (!path.equals(path.strip()) || "&>|".indexOf(path.charAt(0)) >= 0) {
                throw Checked.refused("the output file", path, "is not the path of a file", "write it like /var/log/x");
            }
        }
    }

    /**
     * A command.
     *
     * @param script one line of shell
     */
    record Command(String script) implements OutputTarget {

        /**
         * Creates a target.
         *
         * @param script one line of shell; nothing is quoted
         * @throws IllegalArgumentException if it is not one line, or ends with a backslash
         */
        public Command {
            Checked.line("the output command", Checked.script("the output command", script));
        }
    }
}
