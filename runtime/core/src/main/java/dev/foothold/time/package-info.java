/**
 * The one way in which Foothold waits and forks, so that everything it does can run on virtual time.
 *
 * <p>Entry point: {@link dev.foothold.time.Timeline}.
 */
@NullMarked
package dev.foothold.time;

import org.jspecify.annotations.NullMarked;
