package dev.foothold.simulator.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine is told at its first boot.
 *
 * @param hostname the machine's own name, if it is not to be the cloud's
 * @param hostKey the SSH host key in OpenSSH's private format, if it is not to be made on the machine
 * @param users the keys that may log in, as lines of an {@code authorized_keys} file, by login name
 * @param bootCommands lines of shell that run before the files are written
 * @param files what to write
 * @param runCommands lines of shell that run last
 * @param notes what was not understood, for the machine's log
 */
record UserData(
        Optional<String> hostname,
        Optional<String> hostKey,
        Map<String, List<String>> users,
        List<String> bootCommands,
        List<WrittenFile> files,
        List<String> runCommands,
        List<String> notes) {

    /**
     * One file to write.
     *
     * @param path absolute, without any {@code ..}
     * @param content every byte of it
     * @param mode octal permissions
     * @param owner {@code user:group}, or empty for root
     * @param append whether the content goes behind what is there
     * @param deferred whether it waits for the files that are not deferred
     */
    record WrittenFile(String path, byte[] content, String mode, String owner, boolean append, boolean deferred) {
        @Override
        public boolean equals(Object other) {
            return other instanceof WrittenFile file
                    && path.equals(file.path)
                    && Arrays.equals(content, file.content)
                    && mode.equals(file.mode)
                    && owner.equals(file.owner)
                    && append == file.append
                    && deferred == file.deferred;
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public String toString() {
            return "WrittenFile[" + path + ", " + content.length + " bytes]";
        }
    }

    /** Names what is there; keys, contents and commands may be secret. */
    @Override
    public String toString() {
        return "UserData[hostname=" + hostname.orElse("") + ", users=" + users.keySet() + ", files=" + files + "]";
    }
}
