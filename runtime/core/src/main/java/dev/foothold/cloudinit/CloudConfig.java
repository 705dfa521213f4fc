package dev.foothold.cloudinit;

import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes what a machine shall be: files it holds, keys it has and accepts, commands it runs. Immutable; every method
 * gives a changed copy.
 *
 * <pre>{@code
 * CloudConfig.empty()
 *         .file("/etc/motd", "hello\n")
 *         .run("systemctl", "restart", "acme")
 *         .shell("uname -a > /etc/acme/kernel")
 * }</pre>
 *
 * <p>{@link #renderYaml()} is for a machine's first boot, {@link #renderScript()} for a machine that runs already. Files
 * are written first, then the commands run in the order they were added; the first that fails ends the script.
 */
public final class CloudConfig {

    private static final CloudConfig EMPTY = new CloudConfig(List.of(), List.of(), List.of(), null);
    private static final String DEFAULT_MODE = "0644";

    private final List<FileToWrite> files;
    private final List<String> commands;
    private final List<SshPublicKey> authorizedKeys;
    private final @Nullable SshKeyPair hostKey;

    private CloudConfig(
            List<FileToWrite> files,
            List<String> commands,
            List<SshPublicKey> authorizedKeys,
            @Nullable SshKeyPair hostKey) {
        this.files = files;
        this.commands = commands;
        this.authorizedKeys = authorizedKeys;
        this.hostKey = hostKey;
    }

    /**
     * Gives a description that changes nothing.
     *
     * @return the empty description
     */
    public static CloudConfig empty() {
        return EMPTY;
    }

    /**
     * Writes a text file with mode 0644; directories are made.
     *
     * @param path absolute
     * @param content the whole content; nothing is added to it
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute
     */
    public CloudConfig file(String path, String content) {
        return file(path, content, DEFAULT_MODE);
    }

    /**
     * Writes a text file; directories are made.
     *
     * @param path absolute
     * @param content the whole content; nothing is added to it
     * @param mode the permissions in octal, for example {@code 0600}
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute or the mode not octal
     */
    public CloudConfig file(String path, String content, String mode) {
        return new CloudConfig(plus(files, new FileToWrite(path, content, mode)), commands, authorizedKeys, hostKey);
    }

    /**
     * Runs a command, given word by word; every word is quoted.
     *
     * @param words the command and its arguments, at least one
     * @return the changed copy
     * @throws IllegalArgumentException if there is no word, or one contains NUL
     */
    public CloudConfig run(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
        return shell(ShellWord.join(List.of(words)));
    }

    /**
     * Runs a piece of shell script as it is.
     *
     * @param script one or more lines for a POSIX shell; nothing is quoted
     * @return the changed copy
     */
    public CloudConfig shell(String script) {
        return new CloudConfig(files, plus(commands, script), authorizedKeys, hostKey);
    }

    /**
     * Lets a key log in as the image's own user.
     *
     * @param key the public key
     * @return the changed copy
     */
    public CloudConfig authorize(SshPublicKey key) {
        return new CloudConfig(files, commands, plus(authorizedKeys, key), hostKey);
    }

    /**
     * Gives the machine the key it proves itself with.
     *
     * @param key the host key
     * @return the changed copy
     */
    public CloudConfig hostKey(SshKeyPair key) {
        return new CloudConfig(files, commands, authorizedKeys, key);
    }

    /**
     * Renders the document that cloud-init reads at the first boot.
     *
     * @return {@code #cloud-config} YAML; the same for the same description
     */
    public String renderYaml() {
        return CloudConfigYaml.render(this);
    }

    /**
     * Renders a script that does the same on a machine that runs already. It can be run again.
     *
     * @return a bash script, to be run as root
     * @throws IllegalArgumentException if keys are described: they are for the first boot only
     */
    public String renderScript() {
        return CloudConfigScript.render(this);
    }

    List<FileToWrite> files() {
        return files;
    }

    List<String> commands() {
        return commands;
    }

    List<SshPublicKey> authorizedKeys() {
        return authorizedKeys;
    }

    @Nullable
    SshKeyPair hostKey() {
        return hostKey;
    }

    private static <T> List<T> plus(List<T> list, T item) {
        List<T> copy = new ArrayList<>(list);
        copy.add(item);
        return List.copyOf(copy);
    }

    @Override
    public String toString() {
        return "CloudConfig[" + files.size() + " files, " + commands.size() + " commands, " + authorizedKeys.size()
                + " keys]";
    }
}
