package acme;

import dev.foothold.annotation.Setting;
import dev.foothold.config.DataSize;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set.
 *
 * @param region where
 * @param endpoint the API, if it is not the usual one
 * @param disk how big
 * @param weight how heavy
 * @param share what part
 * @param few hardly any
 * @param fewer even less
 * @param many a lot
 * @param exact to the cent
 * @param zones in this order
 * @param labels for the bill
 * @param bonus what comes on top
 * @param retry how to try again
 * @param proxy through whom
 * @param networks what to join
 * @param config has the name of the constant for all
 */
record TypedConfig(
        @Setting(immutable = true, deprecatedNames = {"zone-group", "location"}) String region,
        Optional<URI> endpoint,
        @Setting(defaultValue = "10G") DataSize disk,
        double weight,
        Float share,
        short few,
        byte fewer,
        BigInteger many,
        BigDecimal exact,
        @Setting(defaultValue = "a, b", env = "ACME_ZONES") List<String> zones,
        @Setting(defaultValue = "") Map<String, Integer> labels,
        Map<String, List<Long>> bonus,
        Retry retry,
        Optional<Proxy> proxy,
        List<Network> networks,
        String config) {

    /**
     * How to try again.
     *
     * @param times how often
     * @param pause how long in between
     */
    record Retry(
            @Setting(defaultValue = "3") int times,
            @Setting(defaultValue = "5s") Duration pause) {}

    /**
     * Through whom.
     *
     * @param host which
     * @param retry how to try again there
     */
    record Proxy(String host, Retry retry) {}

    /**
     * What to join.
     *
     * @param name which
     * @param kind of which kind
     */
    record Network(String name, @Setting(defaultValue = "private") Kind kind) {
        /** How far it reaches. */
        enum Kind {
            /** Not far. */
            PRIVATE,
            /** Everywhere. */
            PUBLIC
        }
    }
}
