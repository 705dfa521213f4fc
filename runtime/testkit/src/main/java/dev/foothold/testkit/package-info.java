/**
 * The contract that every provider has to honour, as tests: extend {@link dev.foothold.testkit.ProviderContract}, say how
 * the provider is opened, and run it. Every failure cites a {@linkplain dev.foothold.testkit.Rule rule}, says what is
 * broken and what to do.
 *
 * <p>{@link dev.foothold.testkit.FaultInjector} makes the author's own provider lie in the ways in which clouds do, for
 * tests of what is built on it; {@link dev.foothold.testkit.SimulatedMachines} gives a test machines that answer SSH,
 * also behind an environ whose own are in memory only.
 */
@NullMarked
package dev.foothold.testkit;

import org.jspecify.annotations.NullMarked;
