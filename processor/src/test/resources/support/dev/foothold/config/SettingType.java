package dev.foothold.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

public final class SettingType<T> {
    public static final SettingType<String> TEXT = new SettingType<>();
    public static final SettingType<Integer> INTEGER = new SettingType<>();
    public static final SettingType<Long> LONG = new SettingType<>();
    public static final SettingType<Boolean> BOOLEAN = new SettingType<>();
    public static final SettingType<Duration> DURATION = new SettingType<>();
    public static final SettingType<URI> URI = new SettingType<>();
    public static final SettingType<Path> PATH = new SettingType<>();

    private SettingType() {}

    public static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        return new SettingType<>();
    }
}
