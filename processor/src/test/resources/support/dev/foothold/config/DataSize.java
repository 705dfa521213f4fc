package dev.foothold.config;

public record DataSize(long bytes) {}
