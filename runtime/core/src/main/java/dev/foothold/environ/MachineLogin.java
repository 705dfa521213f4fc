package dev.foothold.environ;

import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshOptions;

/**
 * Knows how the cloud's machines are logged in to. Implemented by an author's environ, beside {@link Environ}, where the
 * login user follows from the image, or where machines let in somebody that the environ's own settings name: users need
 * not say it once more then.
 */
@FunctionalInterface
public interface MachineLogin {

    /**
     * Says how to log in to a machine. Asked for every attempt, by several threads at the same time, so the cloud is not:
     * the answer comes from what is known already, at once.
     *
     * @param address where the machine answers
     * @param options what the user of Foothold says ({@link dev.foothold.provider.Foothold#withSshOptions}), or the
     *     defaults
     * @return the options to use: those that were handed in, with what the environ knows better. Whom to trust and the
     *     identities of an operation are added by Foothold; the identities given here are tried first on machines that take
     *     no user data, as long as these know no other, and otherwise last
     */
    SshOptions login(MachineAddress address, SshOptions options);
}
