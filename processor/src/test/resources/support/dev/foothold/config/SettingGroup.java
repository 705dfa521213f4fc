package dev.foothold.config;

import java.util.function.Function;

public final class SettingGroup<T> {
    private SettingGroup() {}

    public static <T> SettingGroup<T> of(Function<SettingValues, T> maker, SettingSpec<?>... specs) {
        return new SettingGroup<>();
    }
}
