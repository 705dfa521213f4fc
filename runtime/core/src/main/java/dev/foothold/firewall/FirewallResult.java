package dev.foothold.firewall;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what came of a change.
 *
 * @param changed false if the machine had these rules already
 * @param took how long the machine's tool took for the transaction; zero if nothing was changed
 * @param volatileBecause why the rules will not survive a reboot of the machine; null if they will, or nothing was changed
 */
public record FirewallResult(
        boolean changed, Duration took, @Nullable String volatileBecause) {

    static FirewallResult unchanged() {
        return new FirewallResult(false, Duration.ZERO, null);
    }

    static FirewallResult of(Answer applied, Answer kept) {
        String nanos = applied.value("took");
        return new FirewallResult(
                true,
                nanos.matches("[0-9]{1,18}") ? Duration.ofNanos(Long.parseLong(nanos)) : Duration.ZERO,
                kept.has("volatile") ? kept.value("volatile") : null);
    }

    /**
     * Says why the rules will not survive a reboot of the machine.
     *
     * @return empty if they will, or nothing was changed
     */
    public Optional<String> lostAtReboot() {
        return Optional.ofNullable(volatileBecause);
    }
}
