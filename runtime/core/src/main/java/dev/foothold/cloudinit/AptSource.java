package dev.foothold.cloudinit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says where a machine gets further packages from. */
public sealed interface AptSource {

    /**
     * Names the source in a message.
     *
     * @return the line, or {@code ppa:} and the archive
     */
    String description();

    /**
     * Describes a personal package archive of Launchpad, with the key that Launchpad names. Ubuntu only.
     *
     * @param archive owner and name, for example {@code deadsnakes/ppa}; {@code ppa:} in front of it is understood
     * @return the source
     * @throws IllegalArgumentException if it is not owner and name
     */
    static Ppa ppa(String archive) {
        return new Ppa(archive.startsWith("ppa:") ? archive.substring("ppa:".length()) : archive);
    }

    /**
     * Describes a repository by a line as in {@code /etc/apt/sources.list}. Give the key it is signed with by
     * {@link Repository#signedBy}, unless the machine has it already.
     *
     * @param name of the file the line is written to, below {@code /etc/apt/sources.list.d}; letters, digits, hyphens
     * @param line for example {@code deb https://apt.example.org stable main}
     * @return the source
     * @throws IllegalArgumentException if the line does not begin with {@code deb} or {@code deb-src} and go on with
     *     the repository and a suite
     */
    static Repository repository(String name, String line) {
        return new Repository(name, line, "");
    }

    /**
     * A personal package archive of Launchpad.
     *
     * @param archive owner and name
     */
    record Ppa(String archive) implements AptSource {

        private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*");

        /**
         * Creates a source.
         *
         * @param archive owner and name, for example {@code deadsnakes/ppa}
         * @throws IllegalArgumentException if it is not owner and name
         */
        public Ppa {
            Checked.matching(FORM, "the PPA", archive, "write it like \"deadsnakes/ppa\"");
        }

        @Override
        public String description() {
            return "ppa:" + archive;
        }
    }

    /**
     * A repository.
     *
     * @param name of the files it is described in
     * @param line as in {@code /etc/apt/sources.list}
     * @param key the armoured public key that it, and it alone, is trusted to be signed with; empty for the keys that
     *     the machine trusts for everything
     */
    record Repository(String name, String line, String key) implements AptSource {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
        private static final Pattern LINE =
                Pattern.compile("(?<kind>deb|deb-src) +(?:\\[(?<options>[^\\]]*)\\] +)?(?<rest>[^ \\[]\\S* +\\S.*)");
        private static final String BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
        private static final String END = "-----END PGP PUBLIC KEY BLOCK-----";

        /**
         * Creates a source.
         *
         * @param name of the files it is described in; letters, digits, hyphens, underscores
         * @param line as in {@code /etc/apt/sources.list}
         * @param key the armoured public key it is signed with, or empty
         * @throws IllegalArgumentException if one of them has another form
         */
        public Repository {
            Checked.matching(NAME, "the name of the apt source,", name, "use letters, digits, hyphens, underscores");
            Matcher form = LINE.matcher(Checked.line("apt source", line));
            if (!form.matches()) {
                throw Checked.refused(
                        "apt source",
                        line,
                        "is not a line for sources.list",
                        "write it like \"deb https://apt.example.org stable main\"");
            }
            if (!key.isEmpty()) {
                String text =
                        Checked.text("the key of apt source " + name + ",", key).strip();
                if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
                    throw new IllegalArgumentException("the key of apt source \"" + name
                            + "\" is not an armoured public key; give the whole text from \"" + BEGIN + "\" to \"" + END
                            + "\"");
                }
                String options = form.group("options");
                if (options != null && options.contains("signed-by=")) {
                    throw Checked.refused(
                            "apt source", line, "names another key already", "remove signed-by or give no key");
                }
            }
        }

        /**
         * Gives the key it is signed with. No other source is trusted with that key.
         *
         * @param armouredKey the text of a {@code PGP PUBLIC KEY BLOCK}
         * @return the changed copy
         * @throws IllegalArgumentException if it is no such text, or the line names a key already
         */
        public Repository signedBy(String armouredKey) {
            return new Repository(name, line, armouredKey);
        }

        @Override
        public String description() {
            return line;
        }

        /** The files that make apt know it. */
        List<FileToWrite> files() {
            String file = "/etc/apt/sources.list.d/" + name + ".list";
            if (key.isEmpty()) {
                return List.of(FileToWrite.text(file, line + "\n"));
            }
            String keyFile = "/etc/apt/keyrings/" + name + ".asc";
            Matcher form = LINE.matcher(line);
            boolean matches = form.matches();
            assert matches;
            String options =
                    form.group("options") == null ? "" : form.group("options").strip() + " ";
            return List.of(
                    FileToWrite.text(keyFile, key.strip() + "\n"),
                    FileToWrite.text(
                            file,
                            form.group("kind") + " [" + options + "signed-by=" + keyFile + "] " + form.group("rest")
                                    + "\n"));
        }
    }
}
