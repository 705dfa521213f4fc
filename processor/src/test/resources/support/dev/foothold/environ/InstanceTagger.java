package dev.foothold.environ;

public interface InstanceTagger {}
