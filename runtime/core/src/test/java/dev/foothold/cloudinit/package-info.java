/** Descriptions of machines against recorded answers, and against the programs that have to understand them. */
@NullMarked
package dev.foothold.cloudinit;

import org.jspecify.annotations.NullMarked;
