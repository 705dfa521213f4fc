package dev.foothold.model;

public record ModelSettings(String name) {}
