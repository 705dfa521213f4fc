package dev.foothold.provider;

public final class Foothold {
    public Foothold() {}
}
