package dev.foothold.ssh;

/** Is something to log in with: a key pair that is at hand, or an agent that signs with keys it never gives away. */
public sealed interface SshIdentity permits SshKeyPair, SshAgent {}
