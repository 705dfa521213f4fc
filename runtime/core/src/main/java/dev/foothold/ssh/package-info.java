/**
 * How a machine is reached and trusted: ports and their values, JDK types only.
 *
 * <p>Entry points: {@link dev.foothold.ssh.SshConnector}, {@link dev.foothold.ssh.SshOptions}.
 */
@NullMarked
package dev.foothold.ssh;

import org.jspecify.annotations.NullMarked;
