/**
 * The first machine, and further ones: start it where there is room, be sure it is that machine, configure it; leave nothing behind when anything fails.
 *
 * <p>Entry points: {@link dev.foothold.bootstrap.BootstrapParams}, {@link dev.foothold.bootstrap.Bootstrap}, {@link dev.foothold.bootstrap.Launch}.
 */
@NullMarked
package dev.foothold.bootstrap;

import org.jspecify.annotations.NullMarked;
