package dev.foothold.environ;

public interface Environ {}
