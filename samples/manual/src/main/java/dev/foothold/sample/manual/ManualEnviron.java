package dev.foothold.sample.manual;

import dev.foothold.annotation.Provider;
import dev.foothold.constraints.ConstraintName;
import dev.foothold.constraints.ConstraintsValidator;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.Environ;
import dev.foothold.environ.MachineLogin;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UserDataSupport;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.instance.Placement;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import dev.foothold.provider.Foothold;
import dev.foothold.ssh.Passphrase;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshIdentity;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers for machines that exist already: "start" claims one, "stop" cleans it and sets it free.
 *
 * <p>The id of an instance is the machine's name and the key of its claim, so an id from yesterday does not stop whom the
 * machine belongs to today.
 *
 * <p>A machine that does not answer is listed as {@link InstanceStatus#UNKNOWN} if it was claimed when it was last seen,
 * and cannot be stopped before it answers again. If it has never been seen from here, it is not known whether it is
 * claimed, so listing fails and names it. Starting passes over it.
 */
@Provider(value = "manual", description = "Machines that exist already, listed in a file and reached by SSH.")
public final class ManualEnviron implements Environ, MachineLogin, CredentialProbe, AutoCloseable {

    /** The scope of placements that name a machine of the file. */
    private static final String HOST = "host";

    private static final int AT_ONCE = 16;

    private final ManualConfig config;
    private final Map<String, MachineLine> lines;
    private final Claims claims;
    private final Sightings sightings;
    private final SshKeyPair identity;

    /**
     * Reads the list of machines; none of them is asked anything yet.
     *
     * @param config which machines there are
     * @param credential with which key they are logged in to
     * @throws IOException if the clean-up script cannot be read
     * @throws dev.foothold.FootholdException if the list of machines cannot be read or has faults; it names them all
     * @throws IllegalArgumentException if the private key cannot be read, or the passphrase does not open it
     */
    public ManualEnviron(ManualConfig config, ManualCredential credential) throws IOException {
        this.config = config;
        String key = credential.identity().reveal();
        this.identity = credential.passphrase().isEmpty()
                ? SshKeyPair.parse(key)
                : SshKeyPair.parse(
                        key, Passphrase.of(credential.passphrase().get().reveal()));
        SshConnector connector = Foothold.standardSsh();
        this.lines = MachineFile.read(config.machines(), config.user()).stream()
                .map(machine -> new MachineLine(machine, connector, options(machine)))
                .collect(Collectors.toMap(
                        line -> line.machine().name(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
        this.claims = new Claims(
                config.timeout(),
                config.cleanup().isEmpty()
                        ? ""
                        : Files.readString(config.cleanup().get()),
                config.cleanupTimeout());
        this.sightings = new Sightings(config.sightings()
                .orElseGet(
                        () -> config.machines().resolveSibling(config.machines().getFileName() + ".seen")));
    }

    private SshOptions options(Machine machine) {
        return SshOptions.defaults()
                .withUser(machine.user())
                .withIdentity(identity)
                .trusting(machine.hostKeys())
                .withTimeouts(config.timeout(), config.timeout());
    }

    @Override
    public Instance startInstance(StartInstanceParams params) throws Exception {
        Claim claim = new Claim(Claim.key(params.token()), Instant.now(), params.tags());
        List<Look> looks = look(lines.values());
        requireEntry(looks);
        for (Look look : looks) {
            Claim known = look.failure() == null ? look.claim() : lastSeen(look.machine());
            if (known != null && known.key().equals(claim.key())) {
                // Another machine for the same token would be one too many when this one answers again.
                if (look.failure() != null) {
                    throw look.failure();
                }
                return instance(look.machine(), known);
            }
        }
        List<Look> fitting = fitting(looks, params);
        List<String> reasons = new ArrayList<>();
        for (Look look : fitting) {
            if (look.failure() != null) {
                reasons.add(String.valueOf(look.failure().getMessage()));
                continue;
            }
            Claim there = look.claim() != null ? look.claim() : claim(look.line(), claim);
            if (there.key().equals(claim.key())) {
                return instance(look.machine(), there);
            }
            reasons.add(look.machine().name() + " is claimed since " + there.since());
        }
        throw new CloudException(
                Kind.CAPACITY,
                (fitting.size() == lines.size()
                                ? "none of the " + lines.size() + " machines is free: "
                                : "none of the " + fitting.size() + " machines that would do is free: ")
                        + String.join(", ", reasons));
    }

    private @Nullable Claim lastSeen(Machine machine) throws IOException {
        return sightings.of(machine).map(Sightings.Sighting::claim).orElse(null);
    }

    private List<Look> fitting(List<Look> looks, StartInstanceParams params) {
        Placement placement = params.placement();
        if (placement != null && (!placement.scope().equals(HOST) || !lines.containsKey(placement.directive()))) {
            throw new CloudException(
                    Kind.INVALID_REQUEST,
                    "the placement \"" + placement + "\" names no machine; write it as " + HOST + ":NAME, with one of "
                            + String.join(", ", lines.keySet()));
        }
        List<Look> fitting = looks.stream()
                .filter(look -> placement == null || look.machine().name().equals(placement.directive()))
                .filter(look -> look.machine().meets(params.constraints()))
                .toList();
        if (fitting.isEmpty()) {
            throw new CloudException(
                    Kind.INVALID_REQUEST,
                    "no machine of " + config.machines() + " is known to meet the constraints \"" + params.constraints()
                            + "\"" + (placement == null ? "" : " and the placement \"" + placement + "\""));
        }
        return fitting;
    }

    /** Claims a machine; what is on the way there may arrive, so it is noted first. */
    private Claim claim(MachineLine line, Claim claim) throws Exception {
        sightings.note(line.machine(), claim, Instant.now());
        try {
            Claim there = claims.claim(line, claim);
            sightings.note(line.machine(), there, Instant.now());
            return there;
        } catch (CloudException e) {
            if (e.kind() == Kind.NOT_AUTHORISED) {
                sightings.note(line.machine(), null, Instant.now());
            }
            throw e;
        }
    }

    @Override
    public void stopInstance(InstanceId id) throws Exception {
        MachineLine line = lines.get(machineOf(id));
        if (line == null) {
            return;
        }
        Optional<Claim> there = claims.look(line);
        if (there.isPresent() && id(line.machine(), there.get()).equals(id)) {
            claims.release(line, there.get().key());
            sightings.note(line.machine(), null, Instant.now());
        }
    }

    @Override
    public List<Instance> allInstances(Tags owner) throws Exception {
        return list(lines.values(), owner);
    }

    @Override
    public Map<InstanceId, Instance> instances(List<InstanceId> ids, Tags owner) throws Exception {
        Set<MachineLine> asked = ids.stream()
                .flatMap(id -> Stream.ofNullable(lines.get(machineOf(id))))
                .collect(Collectors.toSet());
        return list(asked, owner).stream()
                .filter(instance -> ids.contains(instance.id()))
                .collect(Collectors.toMap(Instance::id, Function.identity()));
    }

    private List<Instance> list(Collection<MachineLine> asked, Tags owner) throws Exception {
        List<Look> looks = look(asked);
        if (looks.size() == lines.size()) {
            requireEntry(looks);
        }
        List<Instance> listed = new ArrayList<>();
        List<Exception> unknown = new ArrayList<>();
        for (Look look : looks) {
            Exception failure = look.failure();
            if (failure == null) {
                if (look.claim() != null) {
                    listed.add(instance(look.machine(), look.claim()));
                }
                continue;
            }
            Optional<Sightings.Sighting> last = sightings.of(look.machine());
            if (last.isEmpty()) {
                unknown.add(failure);
            } else if (last.get().claim() != null) {
                Instance instance = instance(look.machine(), last.get().claim());
                listed.add(Instance.of(instance.id(), InstanceStatus.UNKNOWN)
                        .saying(String.valueOf(failure.getMessage()))
                        .at(instance.addresses())
                        .with(instance.hardware())
                        .tagged(instance.tags())
                        .launchedAt(instance.launchTime())
                        .showing(instance.hostKeys()));
            }
        }
        if (!unknown.isEmpty()) {
            CloudException failure = new CloudException(
                    Kind.OTHER,
                    "it is not known whether these machines are claimed, and none has been seen from here before: "
                            + unknown.stream().map(Exception::getMessage).collect(Collectors.joining("; "))
                            + ". Mend them, or take them out of " + config.machines() + " to go on without them",
                    unknown.get(0));
            unknown.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
        return listed.stream()
                .filter(instance -> instance.tags().containsAll(owner))
                .toList();
    }

    @Override
    public ConstraintsValidator constraintsValidator() {
        return ConstraintsValidator.permissive()
                .unsupported(
                        ConstraintName.CONTAINER,
                        ConstraintName.CPU_POWER,
                        ConstraintName.INSTANCE_ROLE,
                        ConstraintName.INSTANCE_TYPE,
                        ConstraintName.ROOT_DISK_SOURCE,
                        ConstraintName.SPACES,
                        ConstraintName.VIRT_TYPE,
                        ConstraintName.ZONES,
                        ConstraintName.ALLOCATE_PUBLIC_IP,
                        ConstraintName.IMAGE_ID);
    }

    @Override
    public UserDataSupport userData() {
        return UserDataSupport.NONE;
    }

    @Override
    public SshOptions login(MachineAddress address, SshOptions options) {
        for (MachineLine line : lines.values()) {
            if (line.machine().address().equals(address)) {
                List<SshIdentity> identities = new ArrayList<>(options.identities());
                identities.add(identity);
                return options.withUser(line.machine().user()).withIdentities(identities);
            }
        }
        return options;
    }

    @Override
    public void prepareForBootstrap() throws Exception {
        requireEntry(look(lines.values()));
    }

    @Override
    public void probeCredential() throws Exception {
        requireEntry(look(lines.values()));
    }

    @Override
    public Optional<CloudException> classify(Exception failure) {
        // One machine's refusal does not condemn the key: others may let it in.
        return failure instanceof UnansweredException unanswered
                ? Optional.of(new CloudException(
                        unanswered.isRefusal() ? Kind.ACCESS_DENIED : Kind.OTHER, unanswered.getMessage(), unanswered))
                : Optional.empty();
    }

    @Override
    public void close() {
        lines.values().forEach(MachineLine::close);
    }

    /**
     * What was learned of one machine.
     *
     * @param line the line to it
     * @param claim whose it is; null for nobody's, or if that is not known
     * @param failure why it is not known; null if it is
     */
    private record Look(
            MachineLine line,
            @Nullable Claim claim,
            @Nullable Exception failure) {

        Machine machine() {
            return line.machine();
        }
    }

    /** Asks machines, several at a time. */
    private List<Look> look(Collection<MachineLine> asked) throws InterruptedException, IOException {
        if (asked.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(asked.size(), AT_ONCE));
        try {
            List<Look> looks = new ArrayList<>();
            List<Callable<Look>> questions = new ArrayList<>();
            asked.forEach(line -> questions.add(() -> look(line)));
            for (Future<Look> look : threads.invokeAll(questions)) {
                looks.add(look.get());
            }
            return looks;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Look look(MachineLine line) throws InterruptedException, IOException {
        Instant begun = Instant.now();
        try {
            Claim claim = claims.look(line).orElse(null);
            sightings.note(line.machine(), claim, begun);
            return new Look(line, claim, null);
        } catch (UnansweredException | CloudException e) {
            return new Look(line, null, e);
        }
    }

    /** Refuses to go on if no machine lets us in, and one at least says so. */
    private static void requireEntry(List<Look> looks) {
        List<Exception> failures = looks.stream()
                .flatMap(look -> Stream.ofNullable(look.failure()))
                .toList();
        if (failures.isEmpty() || failures.size() < looks.size()) {
            return;
        }
        Exception worst = failures.stream()
                .filter(one -> one instanceof UnansweredException unanswered && unanswered.isRefusal())
                .findFirst()
                .orElse(null);
        if (worst != null) {
            throw new CloudException(
                    Kind.CREDENTIAL_INVALID,
                    "no machine lets us in with the identity that is configured: " + worst.getMessage(),
                    worst);
        }
    }

    private static Instance instance(Machine machine, Claim claim) {
        return Instance.of(id(machine, claim), InstanceStatus.RUNNING)
                .at(machine.address())
                .with(machine.hardware())
                .tagged(claim.tags())
                .launchedAt(claim.since())
                .showing(machine.hostKeys().stream().map(SshPublicKey::line).toList());
    }

    private static InstanceId id(Machine machine, Claim claim) {
        return InstanceId.of(machine.name() + "-" + claim.key());
    }

    /** Gives the part of an id before the key of the claim. */
    private static String machineOf(InstanceId id) {
        int end = id.value().lastIndexOf('-');
        return end < 0 ? "" : id.value().substring(0, end);
    }
}
