package dev.foothold.bootstrap;

import dev.foothold.FootholdException;
import dev.foothold.cloud.Cloud;
import dev.foothold.cloud.OperationContext;
import dev.foothold.cloudinit.ShellWord;
import dev.foothold.event.Event;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Heartbeat;
import dev.foothold.journal.Operation;
import dev.foothold.journal.Pulse;
import dev.foothold.model.Owner;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.JumpHost;
import dev.foothold.ssh.OpenSshFiles;
import dev.foothold.ssh.SshConnector;
import dev.foothold.ssh.SshIdentity;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshOptions;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.ssh.SshSession;
import dev.foothold.state.StateStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Logs in to machines of a model on later days, with what the state holds about them: the identity of the operation that
 * made the machine, and its host key. Thread-safe.
 */
public final class MachineAccess {

    private final StateStore store;
    private final String model;
    private final HostSshOptions base;
    private final Pulse pulse;

    /**
     * Creates an access.
     *
     * @param store where the model's state is kept
     * @param model the model's name
     * @param base everything else there is to say: user, port, jump host, timeouts
     */
    public MachineAccess(StateStore store, String model, HostSshOptions base) {
        this(store, model, base, Pulse.ofThisProcess());
    }

    /**
     * Creates an access.
     *
     * @param store where the model's state is kept
     * @param model the model's name
     * @param base everything else there is to say: user, port, jump host, timeouts
     * @param pulse how this process shows that it lives, and judges whether others do
     */
    public MachineAccess(StateStore store, String model, HostSshOptions base, Pulse pulse) {
        this.pulse = Objects.requireNonNull(pulse, "pulse");
        this.store = Objects.requireNonNull(store, "store");
        this.model = Objects.requireNonNull(model, "model");
        this.base = Objects.requireNonNull(base, "base");
    }

    /**
     * Forgets the host keys of a machine that is gone.
     *
     * @param id the machine
     * @throws dev.foothold.state.StateException if the state cannot be written
     */
    public void forget(InstanceId id) {
        new HostPins(store, model).remove(id);
    }

    /**
     * Says how to log in to a machine.
     *
     * @param instance the machine, as the cloud describes it
     * @return options with the identity and the host keys on record; asking them throws {@link FootholdException} if there
     *     is no host key by which the machine could be recognised
     * @throws FootholdException if there is no identity for the machine on record
     * @throws dev.foothold.state.StateException if the state cannot be read
     */
    public HostSshOptions options(Instance instance) {
        SshKeyPair identity = new Identity(store, model)
                .of(operationOf(instance))
                .orElseThrow(() -> new FootholdException(
                        "there is no key pair on record to log in to instance " + instance.id() + " of model \"" + model
                                + "\"; it was removed from " + store.locate(model + "/identities")
                                + ", or the machine was made by somebody else",
                        null));
        List<SshPublicKey> pinned = new HostPins(store, model).of(instance.id());
        List<SshPublicKey> known = pinned.isEmpty() ? FirstBoot.told(instance) : pinned;
        HostSshOptions login = FirstBoot.loginWith(base, identity, known);
        return address -> {
            if (known.isEmpty() && base.forHost(address).hostKeys().algorithms().isEmpty()) {
                throw new FootholdException(
                        "there is no host key on record by which instance " + instance.id() + " of model \"" + model
                                + "\" could be recognised",
                        null);
            }
            SshOptions options = login.forHost(address);
            // The user's own identities last: they help with machines that have not been told of ours yet.
            return options.withIdentities(
                    Stream.concat(options.identities().stream(), base.forHost(address).identities().stream())
                            .toList());
        };
    }

    /**
     * Logs in to a machine. One that does not answer yet is waited for.
     *
     * @param machine the machine
     * @param connector opens the connection
     * @param timeout how long to wait
     * @param context is told what happens
     * @return a session that is logged in; the caller closes it
     * @throws WaitTimeoutException if the time was over; it says what each address answered last
     * @throws BootstrapException if the cloud says that the machine failed, or if the verdict on every address is final
     * @throws FootholdException if there is no identity or no host key for the machine on record
     * @throws InterruptedException if the caller was interrupted; nothing is left open
     */
    public SshSession connect(
            RefreshableInstance machine, SshConnector connector, Duration timeout, OperationContext context)
            throws InterruptedException {
        HostSshOptions login = options(machine.instance());
        requireOneWay(machine.instance().addresses(), login);
        return new WaitSsh(connector)
                .await(
                        machine.instance(),
                        machine,
                        login,
                        "",
                        WaitOptions.defaults().within(timeout),
                        context);
    }

    /** What is not on record does not come by waiting; unlike addresses. */
    private static void requireOneWay(List<MachineAddress> addresses, HostSshOptions login) {
        FootholdException last = null;
        for (MachineAddress address : addresses) {
            try {
                login.forHost(address);
                return;
            } catch (FootholdException e) {
                last = e;
            }
        }
        if (last != null) {
            throw last;
        }
    }

    /**
     * Has a machine make itself a new host key, proves by a second connection that it uses it, and keeps its public half.
     * The machine stays recognisable whatever happens on the way.
     *
     * @param machine the machine
     * @param cloud says where the machine keeps Foothold's data
     * @param connector opens the connections
     * @param timeout how long to wait for a machine that does not answer yet
     * @param context the operation; nobody else can work on the model meanwhile
     * @throws HostKeyRotationException if the machine does not use a new key
     * @throws dev.foothold.journal.OperationInProgressException if somebody else is working on the model
     * @throws FootholdException as {@link #connect} does
     * @throws InterruptedException if the caller was interrupted
     */
    public void rotateHostKey(
            RefreshableInstance machine,
            Cloud cloud,
            SshConnector connector,
            Duration timeout,
            OperationContext context)
            throws InterruptedException {
        String dataDirectory = cloud.dataDirectory();
        HostSshOptions login = options(machine.instance());
        Instant start = context.timeline().now();
        Operation operation = new Claims(store, cloud, context, pulse).claim().operation();
        context.tell(Event.OperationStarted::new);
        try (Heartbeat heart = operation.startHeart()) {
            heart.during("rotate the host key", () -> {
                try (SshSession session = connect(machine, connector, timeout, context)) {
                    operation.beat();
                    new RotateHostKey(connector, new HostPins(store, model), context)
                            .rotate(session, machine.instance().id(), dataDirectory, login)
                            .close();
                    return true;
                }
            });
            operation.end();
            Duration elapsed = Duration.between(start, context.timeline().now());
            context.tell((at, origin) -> new Event.OperationSucceeded(at, origin, elapsed));
        } catch (ExecutionException e) {
            endAfter(operation, context, e.getCause());
            throw CloudBudget.unwrapped(e);
        } catch (RuntimeException | InterruptedException | Error e) {
            endAfter(operation, context, e);
            throw e;
        }
    }

    /** Nothing has to be taken back: the machine stays recognisable. */
    private static void endAfter(Operation operation, OperationContext context, Throwable failure) {
        context.tell((at, origin) -> new Event.OperationFailed(at, origin, Rollback.reason(failure)));
        try {
            operation.end();
        } catch (FootholdException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Renders the command that logs in to a machine with OpenSSH's client, to be pasted into a shell. It reads the
     * identity and the host key from the files of the state store, and nothing of the user's.
     *
     * @param instance the machine, as the cloud describes it
     * @return one line
     * @throws FootholdException if there is no identity, no host key or no address of the machine, or the store does not
     *     keep files, or there is a jump host; {@link #command(Instance, Path)} helps with the last two
     */
    public String command(Instance instance) {
        MachineAddress address = addressOf(instance);
        SshOptions options = options(instance).forHost(address);
        if (options.jump().isPresent()) {
            throw new FootholdException(
                    "instance " + instance.id() + " is reached through a jump host, for which there are no files;"
                            + " name a directory to write them to",
                    null);
        }
        return line(
                address,
                options,
                OpenSshFiles.of(
                                file(new HostPins(store, model).nameOf(instance.id())),
                                file(new Identity(store, model).nameOf(operationOf(instance))))
                        .withHostAlias(HostPins.aliasOf(instance.id())));
    }

    /**
     * Writes identity and host key of a machine, and those of its jump host, to files that only their owner can read,
     * and renders the command that logs in with them, to be pasted into a shell.
     *
     * @param instance the machine, as the cloud describes it
     * @param directory where to write the files; made if it is not there; files of an earlier call are replaced
     * @return one line
     * @throws FootholdException if there is no identity, no host key or no address of the machine
     * @throws IOException if the files cannot be written
     */
    public String command(Instance instance, Path directory) throws IOException {
        MachineAddress address = addressOf(instance);
        SshOptions options = options(instance).forHost(address);
        String alias = HostPins.aliasOf(instance.id());
        Files.createDirectories(directory);
        return line(address, options, write(options, alias, directory.toAbsolutePath(), alias));
    }

    private static OpenSshFiles write(SshOptions options, String alias, Path directory, String prefix)
            throws IOException {
        Path knownHosts = directory.resolve(prefix + ".known_hosts");
        Files.write(knownHosts, options.hostKeys().knownHosts(alias));
        List<Path> identities = new ArrayList<>();
        for (SshIdentity identity : options.identities()) {
            if (identity instanceof SshKeyPair pair) {
                Path file = directory.resolve(prefix + ".identity" + (identities.isEmpty() ? "" : identities.size()));
                Files.deleteIfExists(file);
                pair.writeTo(file);
                identities.add(file);
            }
        }
        JumpHost jump = options.jumpHost();
        return new OpenSshFiles(
                knownHosts,
                alias,
                identities,
                jump == null ? null : write(jump.options(), prefix + ".jump", directory, prefix + ".jump"));
    }

    private static String line(MachineAddress address, SshOptions options, OpenSshFiles files) {
        List<String> words = new ArrayList<>();
        words.add("ssh");
        words.addAll(options.withPort(options.at(address).sshPort()).openSshArguments(files));
        words.add(options.user() + "@" + address.value());
        return ShellWord.join(words);
    }

    private static String operationOf(Instance instance) {
        String operation = instance.tags().asMap().get(Owner.OPERATION);
        if (operation == null) {
            throw new FootholdException(
                    "instance " + instance.id() + " has no tag " + Owner.OPERATION
                            + ", so it is not known which key pair it lets in",
                    null);
        }
        return operation;
    }

    private Path file(String name) {
        URI place = store.locate(name);
        if (!"file".equals(place.getScheme())) {
            throw new FootholdException(
                    "OpenSSH needs files, and the state is kept at " + place + "; name a directory to write them to",
                    null);
        }
        return Path.of(place);
    }

    private static MachineAddress addressOf(Instance instance) {
        return instance.addresses().stream()
                .filter(address ->
                        address.scope() != AddressScope.MACHINE_LOCAL && address.scope() != AddressScope.LINK_LOCAL)
                .min(Comparator.comparing(MachineAddress::scope))
                .orElseThrow(() -> new FootholdException(
                        "instance " + instance.id() + " has no address yet at which it can be reached", null));
    }
}
