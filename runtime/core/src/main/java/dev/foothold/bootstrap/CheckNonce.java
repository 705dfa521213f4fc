package dev.foothold.bootstrap;

import dev.foothold.cloudinit.ShellWord;

/**
 * Makes the script that asks a machine for its nonce: text only we and the machine know, written last at its first
 * boot. It proves that this is the machine, and that its first boot is over.
 */
public final class CheckNonce {

    private static final String FILE = "nonce.txt";

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
                "if [ ! -e " + quoted + " ]; then fail " + ShellWord.quote(file + " does not exist") + "; fi",
                "content=$(cat " + quoted + ") || fail " + ShellWord.quote(file + " cannot be read"),
                "if [ \"$content\" != " + ShellWord.quote(nonce) + " ]; then fail "
                        + ShellWord.quote(file + " contents do not match machine nonce") + "; fi",
                "");
    }
}
