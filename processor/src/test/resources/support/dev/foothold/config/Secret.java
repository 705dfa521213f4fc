package dev.foothold.config;

public final class Secret {
    private Secret() {}
}
