/** Tests of the SSH adapter against real servers, good ones and bad ones. */
@NullMarked
package dev.foothold.internal.ssh;

import org.jspecify.annotations.NullMarked;
