/**
 * Knows how SSH keys are written down and what they can do: wire format, key files, signatures. A format, no I/O.
 *
 * <p>The mathematics is Bouncy Castle's, which sshj brings along and which is several times faster than the platform's;
 * the passphrases of OpenSSH's own files are sshj's. Everything here refuses bad input with an
 * {@link IllegalArgumentException} that quotes nothing of a key. Entry points: {@link dev.foothold.internal.key.PrivateKey}
 * and {@link dev.foothold.internal.key.PublicKeyBlob}.
 */
@NullMarked
package dev.foothold.internal.key;

import org.jspecify.annotations.NullMarked;
