/**
 * Scripts that outlive the connection they were started over: they run detached on the machine, their output is streamed
 * from a file, and whoever comes again finds the run that is there.
 */
@NullMarked
package dev.foothold.script;

import org.jspecify.annotations.NullMarked;
