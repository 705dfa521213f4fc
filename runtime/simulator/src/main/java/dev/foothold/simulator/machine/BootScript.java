package dev.foothold.simulator.machine;

import dev.foothold.simulator.machine.UserData.WrittenFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Writes the shell script that a machine runs at its first boot. The order is the one cloud images have: identity,
 * login keys, boot commands, files, deferred files, commands. A step that fails is logged and the next one runs.
 */
final class BootScript {
    private static final String WORDS = Resources.text("boot.sh");
    private static final String SUDO = Resources.text("sudo.sh");
    private static final String SCRIPTS = "/var/lib/cloud/instance/scripts/";

    private final StringBuilder script = new StringBuilder(WORDS);

    private BootScript() {}

    /**
     * Renders the script.
     *
     * @param host what the image is and whose key it has
     * @param data what else it was told
     */
    static String render(Identity host, UserData data) {
        BootScript script = new BootScript();
        script.identity(host, data);
        data.notes().forEach(note -> script.line("note", note));
        script.commands("bootcmd", data.bootCommands());
        data.files().stream().filter(file -> !file.deferred()).forEach(script::file);
        data.files().stream().filter(WrittenFile::deferred).forEach(script::file);
        script.commands("runcmd", data.runCommands());
        script.line("put_text", "/var/lib/cloud/instance/boot-finished", "finished\n");
        return script.script.toString();
    }

    /**
     * What a machine is, as far as its files tell.
     *
     * @param hostname the name the cloud gave it
     * @param os the image's operating system, for example {@code ubuntu}
     * @param osVersion the image's version, for example {@code 24.04}
     * @param privateKey the host key in OpenSSH's format
     * @param publicKey its public half
     */
    record Identity(String hostname, String os, String osVersion, String privateKey, String publicKey) {
        @Override
        public String toString() {
            return "Identity[" + hostname + ", " + os + " " + osVersion + "]";
        }
    }

    private void identity(Identity host, UserData data) {
        String hostname = data.hostname().orElse(host.hostname());
        line("put_text", "/etc/hostname", hostname + "\n");
        line("put_text", "/etc/hosts", "127.0.0.1 localhost " + hostname + "\n::1 localhost\n");
        line(
                "put_text",
                "/etc/os-release",
                "ID=%s\nVERSION_ID=\"%s\"\nPRETTY_NAME=\"%s %s (simulated)\"\n"
                        .formatted(host.os(), host.osVersion(), host.os(), host.osVersion()));
        if (data.hostname().isPresent()) {
            script.append("[[ -n $R ]] || hostname ").append(quote(hostname)).append('\n');
        }
        script.append("if [[ -z $R ]] && ! command -v sudo >/dev/null; then\n");
        line("put_text", "/usr/local/bin/sudo", SUDO);
        line("set_mode", "0755", "/usr/local/bin/sudo");
        script.append("fi\n");
        line("put_private", HostKey.PATH, host.privateKey());
        line("put_text", HostKey.PATH + ".pub", host.publicKey());
        data.users().forEach((user, keys) -> {
            if (!user.equals("root")) {
                script.append("[[ -n $R ]] || add_user ").append(user).append('\n');
            }
            line("put_private", home(user) + "/.ssh/authorized_keys", String.join("\n", keys) + "\n");
        });
    }

    /** The home directory of a login user. */
    static String home(String user) {
        return user.equals("root") ? "/root" : "/home/" + user;
    }

    private void commands(String kind, List<String> lines) {
        if (!lines.isEmpty()) {
            line("put_private", SCRIPTS + kind, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
            line("run", kind, SCRIPTS + kind);
        }
    }

    private void file(WrittenFile file) {
        String verb = file.append() ? "append" : "put";
        Optional<String> text = text(file.content());
        if (text.isPresent()) {
            line(verb + "_text", file.path(), text.get());
        } else {
            line(verb + "_base64", file.path(), Base64.getEncoder().encodeToString(file.content()));
        }
        line("set_mode", file.mode(), file.path());
        if (!file.owner().isEmpty()) {
            line("set_owner", file.owner(), file.path());
        }
    }

    private void line(String verb, String... words) {
        script.append(verb);
        for (String word : words) {
            script.append(' ').append(quote(word));
        }
        script.append('\n');
    }

    /** The content as text, if a shell can hold it. */
    private static Optional<String> text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** One word of shell that means exactly this text. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
