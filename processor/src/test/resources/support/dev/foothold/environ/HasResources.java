package dev.foothold.environ;

public interface HasResources {}
