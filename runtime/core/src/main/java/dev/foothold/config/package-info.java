/**
 * What a provider can be told: described settings and credentials, where their values come from, and reading them with
 * all faults at once.
 *
 * <p>Entry points: {@link dev.foothold.config.Settings} and {@link dev.foothold.config.Credential} for who opens a
 * provider; {@link dev.foothold.config.ProviderSchema} for who describes one, or wants it described as JSON Schema or
 * Markdown. Nothing here does I/O.
 */
@NullMarked
package dev.foothold.config;

import org.jspecify.annotations.NullMarked;
