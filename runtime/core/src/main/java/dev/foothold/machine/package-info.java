/**
 * Facts about machines: operating system, architecture, images, sizes, and what a machine is told at its first boot.
 */
@NullMarked
package dev.foothold.machine;

import org.jspecify.annotations.NullMarked;
