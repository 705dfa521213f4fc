package dev.foothold.environ;

public interface CredentialProbe {}
