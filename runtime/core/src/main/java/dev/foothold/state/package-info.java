/**
 * What must survive this process: the store it is kept in, and the state file other tools may read.
 *
 * <p>Entry points: {@link dev.foothold.state.StateStore}, {@link dev.foothold.state.ProviderState}.
 */
@NullMarked
package dev.foothold.state;

import org.jspecify.annotations.NullMarked;
