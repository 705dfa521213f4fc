package dev.foothold.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

public final class SettingType<T> {
    public static final SettingType<String> TEXT = new SettingType<>();
    public static final SettingType<Secret> SECRET = new SettingType<>();
    public static final SettingType<Integer> INTEGER = new SettingType<>();
    public static final SettingType<Long> LONG = new SettingType<>();
    public static final SettingType<Short> SHORT = new SettingType<>();
    public static final SettingType<Byte> BYTE = new SettingType<>();
    public static final SettingType<Double> DOUBLE = new SettingType<>();
    public static final SettingType<Float> FLOAT = new SettingType<>();
    public static final SettingType<BigInteger> BIG_INTEGER = new SettingType<>();
    public static final SettingType<BigDecimal> BIG_DECIMAL = new SettingType<>();
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>();
    public static final SettingType<Duration> DURATION = new SettingType<>();
    public static final SettingType<DataSize> SIZE = new SettingType<>();
    public static final SettingType<URI> URI = new SettingType<>();
    public static final SettingType<Path> PATH = new SettingType<>();

    private SettingType() {}

    @SafeVarargs
    public static <E extends Enum<E>> SettingType<E> oneOf(E... constants) {
        return new SettingType<>();
    }

    public static <T> SettingType<List<T>> listOf(SettingType<T> element) {
        return new SettingType<>();
    }

    public static <T> SettingType<Map<String, T>> mapOf(SettingType<T> element) {
        return new SettingType<>();
    }

    public static <T> SettingType<Optional<T>> optional(SettingType<T> element) {
        return new SettingType<>();
    }

    public static <T> SettingType<T> group(SettingGroup<T> group) {
        return new SettingType<>();
    }
}
