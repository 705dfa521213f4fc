package dev.foothold.environ;

public interface ZonedEnviron extends Environ {}
