@NullMarked
package dev.foothold.network;

import org.jspecify.annotations.NullMarked;
