/**
 * What the tests of all packages share: recorded answers to compare with, seeds to run through, and the list of defects
 * that are held down by a test.
 */
@NullMarked
package dev.foothold.testing;

import org.jspecify.annotations.NullMarked;
