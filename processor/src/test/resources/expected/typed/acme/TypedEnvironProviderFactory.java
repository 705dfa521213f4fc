package acme;

import dev.foothold.annotation.ProviderGenerated;
import dev.foothold.config.DataSize;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.model.ModelSettings;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.provider.ProviderFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullMarked;

/**
 * Makes the provider {@code typed} of settings; found through {@link java.util.ServiceLoader}.
 *
 * <p>Generated from {@link TypedEnviron}.
 */
@ProviderGenerated(TypedEnviron.class)
@Generated("dev.foothold.processor.ProviderProcessor")
@NullMarked
public final class TypedEnvironProviderFactory implements ProviderFactory {
    private static final SettingSpec<String> REGION = SettingSpec
            .of("region", SettingType.TEXT)
            .asImmutable()
            .withDeprecatedName("zone-group")
            .withDeprecatedName("location");

    private static final SettingSpec<Optional<URI>> ENDPOINT = SettingSpec
            .of("endpoint", SettingType.optional(SettingType.URI));

    private static final SettingSpec<DataSize> DISK = SettingSpec
            .of("disk", SettingType.SIZE)
            .withDefault("10G");

    private static final SettingSpec<Double> WEIGHT = SettingSpec
            .of("weight", SettingType.DOUBLE);

    private static final SettingSpec<Float> SHARE = SettingSpec
            .of("share", SettingType.FLOAT);

    private static final SettingSpec<Short> FEW = SettingSpec
            .of("few", SettingType.SHORT);

    private static final SettingSpec<Byte> FEWER = SettingSpec
            .of("fewer", SettingType.BYTE);

    private static final SettingSpec<BigInteger> MANY = SettingSpec
            .of("many", SettingType.BIG_INTEGER);

    private static final SettingSpec<BigDecimal> EXACT = SettingSpec
            .of("exact", SettingType.BIG_DECIMAL);

    private static final SettingSpec<List<String>> ZONES = SettingSpec
            .of("zones", SettingType.listOf(SettingType.TEXT))
            .withDefault("a, b")
            .withEnvironmentVariable("ACME_ZONES");

    private static final SettingSpec<Map<String, Integer>> LABELS = SettingSpec
            .of("labels", SettingType.mapOf(SettingType.INTEGER))
            .withDefault("");

    private static final SettingSpec<Map<String, List<Long>>> BONUS = SettingSpec
            .of("bonus", SettingType.mapOf(SettingType.listOf(SettingType.LONG)));

    private static final SettingSpec<Integer> RETRY_TIMES = SettingSpec
            .of("times", SettingType.INTEGER)
            .withDefault("3");

    private static final SettingSpec<Duration> RETRY_PAUSE = SettingSpec
            .of("pause", SettingType.DURATION)
            .withDefault("5s");

    private static final SettingGroup<TypedConfig.Retry> RETRY_GROUP = SettingGroup
            .of(in -> new TypedConfig.Retry(in.get(RETRY_TIMES), in.get(RETRY_PAUSE)),
                    RETRY_TIMES, RETRY_PAUSE);

    private static final SettingSpec<TypedConfig.Retry> RETRY = SettingSpec
            .of("retry", SettingType.group(RETRY_GROUP));

    private static final SettingSpec<String> PROXY_HOST = SettingSpec
            .of("host", SettingType.TEXT);

    private static final SettingSpec<TypedConfig.Retry> PROXY_RETRY = SettingSpec
            .of("retry", SettingType.group(RETRY_GROUP));

    private static final SettingGroup<TypedConfig.Proxy> PROXY_GROUP = SettingGroup
            .of(in -> new TypedConfig.Proxy(in.get(PROXY_HOST), in.get(PROXY_RETRY)),
                    PROXY_HOST, PROXY_RETRY);

    private static final SettingSpec<Optional<TypedConfig.Proxy>> PROXY = SettingSpec
            .of("proxy", SettingType.optional(SettingType.group(PROXY_GROUP)));

    private static final SettingSpec<String> NETWORKS_NAME = SettingSpec
            .of("name", SettingType.TEXT);

    private static final SettingSpec<TypedConfig.Network.Kind> NETWORKS_KIND = SettingSpec
            .of("kind", SettingType.oneOf(TypedConfig.Network.Kind.values()))
            .withDefault("private");

    private static final SettingGroup<TypedConfig.Network> NETWORKS_GROUP = SettingGroup
            .of(in -> new TypedConfig.Network(in.get(NETWORKS_NAME), in.get(NETWORKS_KIND)),
                    NETWORKS_NAME, NETWORKS_KIND);

    private static final SettingSpec<List<TypedConfig.Network>> NETWORKS = SettingSpec
            .of("networks", SettingType.listOf(SettingType.group(NETWORKS_GROUP)));

    private static final SettingSpec<String> CONFIG = SettingSpec
            .of("config", SettingType.TEXT);

    private static final SettingGroup<TypedConfig> CONFIG_ = SettingGroup
            .of(in -> new TypedConfig(in.get(REGION), in.get(ENDPOINT), in.get(DISK),
                            in.get(WEIGHT), in.get(SHARE), in.get(FEW), in.get(FEWER),
                            in.get(MANY), in.get(EXACT), in.get(ZONES), in.get(LABELS),
                            in.get(BONUS), in.get(RETRY), in.get(PROXY), in.get(NETWORKS),
                            in.get(CONFIG)),
                    REGION, ENDPOINT, DISK, WEIGHT, SHARE, FEW, FEWER, MANY, EXACT, ZONES, LABELS,
                    BONUS, RETRY, PROXY, NETWORKS, CONFIG);

    private static final ProviderSchema SCHEMA = ProviderSchema
            .of("typed")
            .withConfiguration(CONFIG_);

    /**
     * Creates the factory; {@link java.util.ServiceLoader} does it.
     */
    public TypedEnvironProviderFactory() {
    }

    @Override
    public String name() {
        return "typed";
    }

    @Override
    public List<String> aliases() {
        return List.of();
    }

    @Override
    public String description() {
        return "";
    }

    @Override
    public ProviderSchema schema() {
        return SCHEMA;
    }

    @Override
    public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) {
        SettingValues in = SCHEMA.read(settings);
        return TypedEnvironDefaultProvider.open(in.get(CONFIG_), model, foothold);
    }
}
