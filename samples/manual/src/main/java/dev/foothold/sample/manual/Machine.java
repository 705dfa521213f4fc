package dev.foothold.sample.manual;

import dev.foothold.constraints.Constraints;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshPublicKey;
import java.util.List;
import java.util.OptionalLong;

/**
 * A machine of the file.
 *
 * @param name what the file calls it
 * @param address where it answers
 * @param user who logs in
 * @param hostKeys the only keys it is recognised by
 * @param hardware what it is made of, as far as the file says
 */
record Machine(
        String name,
        MachineAddress address,
        String user,
        List<SshPublicKey> hostKeys,
        HardwareCharacteristics hardware) {

    /**
     * Tells whether the machine is known to be what is asked for. What the file does not say, it is not; but for the
     * architecture, which Foothold always asks for, and which an agent's delivery checks on the machine.
     */
    boolean meets(Constraints constraints) {
        return (constraints.arch().isEmpty()
                        || hardware.arch().isEmpty()
                        || hardware.arch().equals(constraints.arch()))
                && reaches(constraints.cores(), hardware.cores())
                && reaches(constraints.memoryMib(), hardware.memoryMib())
                && reaches(constraints.rootDiskMib(), hardware.rootDiskMib())
                && hardware.tags().containsAll(constraints.tags());
    }

    private static boolean reaches(OptionalLong wanted, OptionalLong there) {
        return wanted.orElse(0) <= there.orElse(0);
    }

    @Override
    public String toString() {
        return name + " (" + address + ")";
    }
}
