package dev.foothold.bootstrap;

import dev.foothold.cloudinit.ShellWord;
import dev.foothold.ssh.SshResult;

/**
 * Makes the script that asks a machine for its nonce: text only we and the machine know, written last at its first
 * boot. It proves that this is the machine, and that its first boot is over.
 */
public final class CheckNonce {

    private static final String FILE = "nonce.txt";
    private static final String ABSENT = " does not exist";
    private static final String WRONG = " contents do not match machine nonce";

    private CheckNonce() {}

    /**
     * Gives the file that holds the nonce.
     *
     * @param dataDirectory where the machine keeps our data
     * @return the file's path
     */
    public static String file(String dataDirectory) {
        return dataDirectory + "/" + FILE;
    }

    /**
     * Makes the script.
     *
     * @param dataDirectory where the machine keeps our data
     * @param nonce what the file must hold, apart from line breaks at its end
     * @return a script for any POSIX shell; it is silent and ends with 0 if the nonce is right, else says why on
     *     standard error and ends with 1
     */
    public static String script(String dataDirectory, String nonce) {
        String file = file(dataDirectory);
        String quoted = ShellWord.quote(file);
        return String.join(
                "\n",
                "fail() { printf '%s\\n' \"$1\" >&2; exit 1; }",
                "if [ ! -e " + quoted + " ]; then fail " + ShellWord.quote(file + ABSENT) + "; fi",
                "if [ -d " + quoted + " ]; then fail " + ShellWord.quote(file + WRONG) + "; fi",
                "content=$(cat " + quoted + " 2>/dev/null) || fail " + ShellWord.quote(file + " cannot be read"),
                "if [ \"$content\" != " + ShellWord.quote(nonce) + " ]; then fail " + ShellWord.quote(file + WRONG)
                        + "; fi",
                "");
    }

    /** Tells what the outcome of the script means. */
    static Verdict verdict(SshResult result, String said) {
        if (result.succeeded()) {
            return Verdict.PROVED;
        }
        if (said.endsWith(ABSENT)) {
            return Verdict.NONCE_ABSENT;
        }
        return said.endsWith(WRONG) ? Verdict.NONCE_WRONG : Verdict.COMMAND_FAILED;
    }

    /** Says why the script did not succeed: what it wrote, or how it ended if it wrote nothing but blanks. */
    static String reason(SshResult result, String said) {
        String words = said.strip();
        return words.isEmpty() ? result.describe() : words;
    }
}
