@NullMarked
package dev.foothold.firewall;

import org.jspecify.annotations.NullMarked;
