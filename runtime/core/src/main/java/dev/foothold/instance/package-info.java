/**
 * What a cloud says about its machines: immutable snapshots that a provider's author makes.
 *
 * <p>Entry point: {@link dev.foothold.instance.Instance}.
 */
@NullMarked
package dev.foothold.instance;

import org.jspecify.annotations.NullMarked;
