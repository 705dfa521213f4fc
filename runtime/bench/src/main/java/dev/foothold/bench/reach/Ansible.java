package dev.foothold.bench.reach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Knows how to run ansible over a configuration of OpenSSH's client, away from all files of the user. */
final class Ansible {

    private Ansible() {}

    /**
     * Makes a command. It leaves no connections open, as ours does not.
     *
     * @param name what it is called
     * @param config the configuration of OpenSSH's client
     * @param log takes what it writes
     * @param arguments what is to be done with which machines
     */
    static Tool tool(String name, Path config, Path log, String... arguments) throws IOException {
        Path settings = Files.write(log.resolveSibling("ansible.cfg"), List.of("[defaults]"));
        List<String> command = new ArrayList<>(List.of("ansible"));
        command.addAll(List.of(arguments));
        return new Tool(
                name,
                command,
                Map.of(
                        "ANSIBLE_SSH_ARGS",
                        "-F " + config,
                        "ANSIBLE_CONFIG",
                        settings.toString(),
                        "ANSIBLE_LOCAL_TEMP",
                        log.resolveSibling("ansible").toString(),
                        "ANSIBLE_REMOTE_TEMP",
                        "/tmp/foothold-bench",
                        "ANSIBLE_PYTHON_INTERPRETER",
                        "/usr/bin/python3",
                        "ANSIBLE_NOCOLOR",
                        "1"),
                log);
    }
}
