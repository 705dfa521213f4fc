/**
 * YAML as a format: text to plain values and back, and documents that are edited without losing what is not understood.
 *
 * <p>Nothing here does I/O, and nothing outside mentions the library that parses. Entry points:
 * {@link dev.foothold.internal.yaml.YamlText}, {@link dev.foothold.internal.yaml.YamlDocument}.
 */
@NullMarked
package dev.foothold.internal.yaml;

import org.jspecify.annotations.NullMarked;
