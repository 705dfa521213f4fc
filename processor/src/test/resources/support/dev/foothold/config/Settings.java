package dev.foothold.config;

public final class Settings {
    private Settings() {}
}
