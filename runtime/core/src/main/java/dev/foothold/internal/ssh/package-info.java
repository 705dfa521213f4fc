/**
 * Reaches machines by SSH with the help of sshj; the only package that knows sshj.
 *
 * <p>sshj blocks in places that ignore interruption. Whatever may block there runs on a thread of its own, while the
 * caller waits with a deadline and cuts the connection when it is over. Entry point:
 * {@link dev.foothold.internal.ssh.SshjConnector}.
 */
@NullMarked
package dev.foothold.internal.ssh;

import org.jspecify.annotations.NullMarked;
