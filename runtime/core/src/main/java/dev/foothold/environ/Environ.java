package dev.foothold.environ;

import dev.foothold.constraints.Constraints;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.ImageMetadata;
import dev.foothold.machine.InstanceType;
import dev.foothold.machine.UserDataLimit;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers for one cloud, in one region and with one credential. Written by a provider's author; called by Foothold
 * only.
 *
 * <p>Three methods must be written. All others are derived from them; override one to be faster or more exact.
 *
 * <p>What only some clouds can do is written as further interfaces on the same class: {@link ZonedEnviron},
 * {@link HasResources}, {@link InstanceTagger}, {@link CredentialProbe}, {@link MachineLogin}.
 *
 * <p>Every method may be called concurrently, may block, and is cancelled by interrupting its thread: let
 * {@link InterruptedException} pass. Any exception may be thrown; {@link #classify} says what it means, otherwise it
 * counts as specific to the zone and worth a try elsewhere. Collections that are handed in are immutable; what is
 * returned is copied.
 */
public interface Environ {

    /** Where Foothold keeps its data on a machine by default. */
    String DATA_DIRECTORY = "/var/lib/foothold";

    /**
     * Starts one instance, and returns as soon as the cloud has accepted it.
     *
     * <p>The tags of the parameters must be put on in the same call to the cloud, so that no crash can leave an
     * instance that nobody owns; the token must be handed to clouds that have idempotent creation, so that a repeated
     * call does not start a second instance.
     *
     * @param params where, what, and with which tags
     * @return what is known about the instance now; its id is all that is needed
     * @throws Exception if the cloud refuses or cannot be reached
     */
    Instance startInstance(StartInstanceParams params) throws Exception;

    /**
     * Stops an instance and removes it and what belongs to it alone. An instance that is not there is no error.
     *
     * @param id the instance
     * @throws Exception if the cloud refuses or cannot be reached
     */
    void stopInstance(InstanceId id) throws Exception;

    /**
     * Lists instances, whatever their status. Instances that are gone for good are left out.
     *
     * @param owner tags to filter by; empty for none
     * @return at least all instances that carry all of these tags; Foothold filters again
     * @throws Exception if the cloud cannot be asked
     */
    List<Instance> allInstances(Tags owner) throws Exception;

    /**
     * Stops several instances. Override it, and {@link #maxBatch}, if the cloud can do that in one call.
     *
     * @param ids at most {@link #maxBatch} instances
     * @return the failures by instance; empty if all went well
     * @throws Exception if none could be stopped
     */
    default Map<InstanceId, Exception> stopInstances(List<InstanceId> ids) throws Exception {
        Map<InstanceId, Exception> failures = new LinkedHashMap<>();
        for (InstanceId id : ids) {
            try {
                stopInstance(id);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failures.put(id, e);
            }
        }
        return failures;
    }

    /**
     * Says how many instances {@link #stopInstances} takes at a time.
     *
     * @return 1 by default: Foothold then stops several at the same time
     */
    default int maxBatch() {
        return 1;
    }

    /**
     * Finds instances by id. Override it if the cloud can look up ids faster than it can list.
     *
     * @param ids the instances to find
     * @param owner the tags they carry
     * @return what was found, by id; instances that are not there are missing, which is no error
     * @throws Exception if the cloud cannot be asked
     */
    default Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Set<InstanceId> wanted = Set.copyOf(ids);
        return allInstances(owner).stream()
                .filter(instance -> wanted.contains(instance.id()))
                .filter(instance -> instance.tags().containsAll(owner))
                .collect(Collectors.toMap(Instance::id, Function.identity(), (first, second) -> first));
    }

    /**
     * Lists the instances that are running and usable.
     *
     * @param owner tags to filter by
     * @return instances that carry all of these tags
     * @throws Exception if the cloud cannot be asked
     */
    default List<Instance> allRunningInstances(Tags owner) throws Exception {
        return allInstances(owner).stream().filter(Instance::isRunning).toList();
    }

    /**
     * Lists the machines that run a controller.
     *
     * @param controllerUuid the controller
     * @return instances that carry its {@link Owner#controllerTags}
     * @throws Exception if the cloud cannot be asked
     */
    default List<Instance> controllerInstances(UUID controllerUuid) throws Exception {
        Tags controller = Owner.controllerTags(controllerUuid);
        return allInstances(controller).stream()
                .filter(instance -> instance.tags().containsAll(controller))
                .toList();
    }

    /**
     * Lists the images that have an operating system and run on an architecture, best first.
     *
     * @param base the operating system
     * @param arch the architecture
     * @return empty, the default, if the caller has to name an image, or if the cloud needs none
     * @throws Exception if the cloud cannot be asked
     */
    default List<ImageMetadata> images(Base base, Arch arch) throws Exception {
        return List.of();
    }

    /**
     * Lists the sizes of machines the cloud offers, best first.
     *
     * @param constraints what the machine has to be; none to see all there are
     * @return at least all sizes that meet the constraints; Foothold filters again by name, architecture, cores and
     *     memory. Empty, the default, if there is only one size
     * @throws Exception if the cloud cannot be asked
     */
    default List<InstanceType> instanceTypes(Constraints constraints) throws Exception {
        return List.of();
    }

    /**
     * Says what the cloud cannot do for a machine. Asked before anything is started: constraints that cannot be met are
     * refused with all reasons, those that have no effect are told of.
     *
     * @return {@link ConstraintsValidator#permissive()} by default
     * @throws Exception if the cloud has to be asked for it and cannot be
     */
    default ConstraintsValidator constraintsValidator() throws Exception {
        return ConstraintsValidator.permissive();
    }

    /**
     * Says where Foothold keeps its data on a machine. Override it for machines on which that place cannot be written.
     *
     * @return an absolute path, {@value #DATA_DIRECTORY} by default; for machines that have no root file system of their
     *     own, a path relative to the directory in which both the first boot's commands and those of a login start
     * @throws Exception if the cloud has to be asked for it and cannot be
     */
    default String dataDirectory() throws Exception {
        return DATA_DIRECTORY;
    }

    /**
     * Says what the cloud's machines can be told at their first boot.
     *
     * @return {@link UserDataSupport#CLOUD_CONFIG} by default
     * @throws Exception if the cloud has to be asked for it and cannot be
     */
    default UserDataSupport userData() throws Exception {
        return UserDataSupport.CLOUD_CONFIG;
    }

    /**
     * Says how much a machine can be told at its first boot. Override it if the cloud takes less or more, or takes bytes
     * so that what is too long can be compressed.
     *
     * @return {@link UserDataLimit#DEFAULT} by default: 16 KiB of text
     * @throws Exception if the cloud has to be asked for it and cannot be
     */
    default UserDataLimit userDataLimit() throws Exception {
        return UserDataLimit.DEFAULT;
    }

    /**
     * Refuses a machine that this cloud can surely not start: a placement it does not understand, a size and an image that
     * do not go together. Asked once before a bootstrap or launch starts anything, and by a dry run, with the first size
     * that would be asked for; the zone is not set yet. Where there is no room at the moment is no reason.
     *
     * @param params what would be started
     * @throws Exception if it cannot be; a {@link CloudException} says why
     */
    default void precheckInstance(StartInstanceParams params) throws Exception {}

    /**
     * Checks, before anything is started, that the cloud can be used: that it answers and accepts the credential.
     *
     * @throws Exception if it cannot be used
     */
    default void prepareForBootstrap() throws Exception {}

    /**
     * Prepares a bootstrap that needs something besides the instance, and checks as {@link #prepareForBootstrap()} does,
     * which it calls by default.
     *
     * @param scope takes note of what is made here, so that it is removed again if the bootstrap fails
     * @throws Exception if the cloud cannot be used
     */
    default void prepareForBootstrap(UndoScope scope) throws Exception {
        prepareForBootstrap();
    }

    /**
     * Says what an exception of this environ means. Called once for each exception that a method threw, other than a
     * {@link CloudException}.
     *
     * <p>The kind decides what happens next. {@link CloudException.Kind#THROTTLED} repeats the call, after the time that
     * {@link CloudException#withRetryAfter} names; {@link CloudException.Kind#CREDENTIAL_INVALID} takes the credential
     * out of use, so use {@link CloudException.Kind#NOT_AUTHORISED} for a missing permission, and
     * {@link CloudException.Kind#ACCESS_DENIED} if the cloud does not tell them apart.
     *
     * @param failure what a method of this environ threw
     * @return the same failure with a kind; empty, the default, if it means nothing in particular
     */
    default Optional<CloudException> classify(Exception failure) {
        return Optional.empty();
    }
}
