/** Tests of the SSH values, and the SSH server that tests connect to. */
@NullMarked
package dev.foothold.ssh;

import org.jspecify.annotations.NullMarked;
