/**
 * How fast a script's output comes from a machine, and how fast files get there, beside OpenSSH's client and sshj as it
 * comes. The machine is Debian's SSH server on this host.
 */
@NullMarked
package dev.foothold.bench.script;

import org.jspecify.annotations.NullMarked;
