/**
 * What a provider can be told: described settings, where their values come from, and reading them with all faults at
 * once.
 *
 * <p>Entry points: {@link dev.foothold.config.Settings} for who opens a provider, {@link
 * dev.foothold.config.SettingSpec} for who describes one. Nothing here does I/O.
 */
@NullMarked
package dev.foothold.config;

import org.jspecify.annotations.NullMarked;
