/**
 * Stores that keep state outside this process, on the port {@link dev.foothold.state.StateStore}.
 *
 * <p>Entry point: {@link dev.foothold.internal.store.FileStateStore}.
 */
@NullMarked
package dev.foothold.internal.store;

import org.jspecify.annotations.NullMarked;
