package dev.foothold.processor.model;

/**
 * Holds one way to prove to a cloud who asks.
 *
 * @param authType the name of the way
 * @param record what has to be given for it
 */
public record CredentialModel(Located<String> authType, RecordModel record) {}
