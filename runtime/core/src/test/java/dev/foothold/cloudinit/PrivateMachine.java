package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A root file system of its own, in namespaces of its own, for one script: a copy-on-write view of the host's, whose
 * upper layer is memory that goes with the script. Nothing in it has a network.
 *
 * <p>Takes root. Where there can be none, tests are skipped; not so if {@code CI} is {@code true}.
 */
final class PrivateMachine {

    /** Makes the machine around the script that is given on standard input. */
    private static final String ENTER = """
            set -e
            mount -t tmpfs -o mode=0755 tmpfs /mnt
            mkdir /mnt/upper /mnt/work /mnt/root
            mount -t overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work overlay /mnt/root
            cd /mnt/root
            mount --rbind /dev dev
            mount -t proc proc proc
            mount -t sysfs -o ro sysfs sys
            mount -t tmpfs -o mode=0755 tmpfs run
            mount -t tmpfs -o mode=1777 tmpfs tmp
            hostname machine
            mkdir srv/shared srv/upper
            mount --bind "$1" srv/shared
            mount --bind -o ro /mnt/upper srv/upper
            exec chroot . /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \\
                HOME=/root LC_ALL=C.UTF-8 /bin/bash --noprofile --norc -e -c "$2"
            """;

    private PrivateMachine() {}

    /** Ends the test here if there can be no such machine. */
    static void require() throws IOException, InterruptedException {
        Tools.require("unshare", "chroot", "mount");
        Tools.requireThat("root".equals(System.getProperty("user.name")), "it takes root to make a machine");
        Path shared = Files.createTempDirectory("foothold-machine");
        try {
            Tools.Result probe = run(shared, "exit 0");
            Tools.requireThat(probe.exit() == 0, "a machine cannot be made here: " + probe.stderr());
        } finally {
            Files.delete(shared);
        }
    }

    /** Runs a script as root in a new machine, in which a directory of the host is {@code /srv/shared}. */
    static Tools.Result run(Path shared, String script) throws IOException, InterruptedException {
        assertThat(shared).isDirectory();
        return Tools.run(
                "",
                "unshare",
                "--mount",
                "--pid",
                "--ipc",
                "--uts",
                "--net",
                "--fork",
                "--kill-child",
                "--propagation",
                "private",
                "/bin/bash",
                "--noprofile",
                "--norc",
                "-c",
                ENTER,
                "machine",
                shared.toString(),
                script);
    }
}
