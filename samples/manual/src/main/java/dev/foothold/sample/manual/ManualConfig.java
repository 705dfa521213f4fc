package dev.foothold.sample.manual;

import dev.foothold.annotation.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Says which machines there are, and what setting one free takes.
 *
 * @param machines the file that lists the machines, see {@link MachineFile}
 * @param user who logs in where the file names nobody; has to be root, or to become root without being asked
 * @param cleanup a script that is run on a machine before it is free again
 * @param cleanupTimeout how long that script may run
 * @param timeout how long a machine may take for anything else
 * @param sightings where it is kept what was last seen of each machine, see {@link Sightings}
 */
public record ManualConfig(
        @Setting(doc = "The file that lists the machines and their host keys.", env = "MANUAL_MACHINES")
        Path machines,

        @Setting(doc = "The login user of machines for which the file names none.", defaultValue = "root")
        String user,

        @Setting(doc = "A script for /bin/sh, run as root on a machine before it is free again.")
        Optional<Path> cleanup,

        @Setting(doc = "How long that script may run.", defaultValue = "5m")
        Duration cleanupTimeout,

        @Setting(doc = "How long a machine may take to connect, and to answer.", defaultValue = "10s")
        Duration timeout,

        @Setting(
                doc = "The directory that keeps what was last seen of each machine. Default: beside the file that lists"
                        + " them, with \".seen\" behind its name.")
        Optional<Path> sightings) {}
