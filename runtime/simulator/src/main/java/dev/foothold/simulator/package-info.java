/**
 * A small cloud on one machine: zones, offerings, images, instances with tags and tokens, latency and faults, and
 * instances that speak real SSH and run a real shell. {@link dev.foothold.simulator.SimulatedCloud} is one inside this
 * JVM; {@link dev.foothold.simulator.http.CloudProcess} is one that outlives its clients.
 */
@NullMarked
package dev.foothold.simulator;

import org.jspecify.annotations.NullMarked;
