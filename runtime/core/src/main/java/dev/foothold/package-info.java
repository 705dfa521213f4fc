/** Holds what every part of Foothold shares: the root of the exceptions that its users catch. */
@NullMarked
package dev.foothold;

import org.jspecify.annotations.NullMarked;
