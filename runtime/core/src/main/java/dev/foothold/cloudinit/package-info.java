/**
 * What a machine is told to do, and its two renderings: a cloud-config document for the first boot, a script for later.
 *
 * <p>Entry point: {@link dev.foothold.cloudinit.CloudConfig}.
 */
@NullMarked
package dev.foothold.cloudinit;

import org.jspecify.annotations.NullMarked;
