/**
 * A provider for machines that exist already: they are listed in a file and reached by SSH. Starting an instance claims
 * one of them, stopping it cleans the machine and sets it free again.
 *
 * <p>The claim is kept on the machine itself, so that several people with the same file agree. Start with
 * {@link dev.foothold.sample.manual.ManualEnviron}; the file is described at
 * {@link dev.foothold.sample.manual.MachineFile}, and everything together in this module's README.
 */
@NullMarked
package dev.foothold.sample.manual;

import org.jspecify.annotations.NullMarked;
