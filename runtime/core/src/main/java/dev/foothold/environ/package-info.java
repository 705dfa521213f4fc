/**
 * What a provider's author writes: the few things only their cloud can answer.
 *
 * <p>Entry points: {@link dev.foothold.environ.Environ}, {@link dev.foothold.environ.ZonedEnviron},
 * {@link dev.foothold.environ.CloudException}; {@link dev.foothold.environ.HasResources},
 * {@link dev.foothold.environ.InstanceTagger}, {@link dev.foothold.environ.CredentialProbe} and
 * {@link dev.foothold.environ.MachineLogin} for clouds that can more.
 */
@NullMarked
package dev.foothold.environ;

import org.jspecify.annotations.NullMarked;
