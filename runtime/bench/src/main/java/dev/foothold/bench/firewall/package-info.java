/** What it costs to change and to read the firewall of a machine. */
@NullMarked
package dev.foothold.bench.firewall;

import org.jspecify.annotations.NullMarked;
