/**
 * One simulated machine: a private view of the host's file system with processes of its own, user data applied at its
 * first boot, and an SSH server in front of it. {@link dev.foothold.simulator.machine.MachineHost} makes them; nothing
 * in here knows of zones, prices or APIs.
 */
@NullMarked
package dev.foothold.simulator.machine;

import org.jspecify.annotations.NullMarked;
