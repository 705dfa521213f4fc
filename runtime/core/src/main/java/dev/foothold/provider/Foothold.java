package dev.foothold.provider;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.BootstrapFinisher;
import dev.foothold.bootstrap.SshFinisher;
import dev.foothold.cloud.CredentialSink;
import dev.foothold.cloud.Interceptor;
import dev.foothold.cloud.Throttling;
import dev.foothold.cloud.WithoutSecrets;
import dev.foothold.config.Secret;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.event.Event;
import dev.foothold.event.EventSink;
import dev.foothold.internal.ssh.SshjConnector;
import dev.foothold.internal.store.FileStateStore;
import dev.foothold.journal.Pulse;
import dev.foothold.model.ModelSettings;
import dev.foothold.redact.Redactor;
import dev.foothold.ssh.HostSshOptions;
import dev.foothold.ssh.SshConnector;
import dev.foothold.state.StateException;
import dev.foothold.state.StateStore;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what Foothold works with: where state is kept, how machines are reached, who is told what happens. Immutable
 * and thread-safe; every {@code with…} gives a changed copy.
 *
 * <pre>{@code
 * Foothold foothold = Foothold.at(Path.of("state")).withEvents(event -> System.out.println(event));
 * try (DefaultProvider acme = foothold.open("acme", "prod", Map.of("endpoint", "https://acme.example"))) {
 *     acme.bootstrapEnv(BootstrapParams.on(Base.parse("ubuntu@24.04")));
 * }
 * }</pre>
 */
public final class Foothold {

    private final StateStore store;
    private final SshConnector ssh;
    private final HostSshOptions sshOptions;
    private final Timeline timeline;
    private final EventSink events;
    private final List<Interceptor> interceptors;
    private final @Nullable BootstrapFinisher finisher;
    private final CredentialSink credentials;
    private final Duration callBudget;
    private final @Nullable ProviderRegistry providers;
    private final Redactor redactor;
    private final Pulse pulse;

    private Foothold(Change made) {
        store = Objects.requireNonNull(made.store, "store");
        ssh = Objects.requireNonNull(made.ssh, "ssh");
        sshOptions = Objects.requireNonNull(made.sshOptions, "sshOptions");
        timeline = Objects.requireNonNull(made.timeline, "timeline");
        events = EventSink.guarded(Objects.requireNonNull(made.events, "events"));
        interceptors = List.copyOf(made.interceptors);
        finisher = made.finisher;
        credentials = Objects.requireNonNull(made.credentials, "credentials");
        callBudget = made.callBudget;
        providers = made.providers;
        redactor = made.redactor;
        pulse = Objects.requireNonNull(made.pulse, "pulse");
    }

    /**
     * Keeps state in a directory, which is made if it is not there, readable by its owner only.
     *
     * @param stateDirectory where; there is no default
     * @return real SSH, real time, nobody told
     * @throws StateException if the directory cannot be used
     */
    public static Foothold at(Path stateDirectory) {
        try {
            return with(FileStateStore.open(stateDirectory));
        } catch (IOException e) {
            throw new StateException(
                    "state cannot be kept in " + stateDirectory + ": " + e.getMessage(), stateDirectory.toUri(), 0, e);
        }
    }

    /**
     * Keeps state in a store.
     *
     * @param store where
     * @return real SSH, real time, nobody told
     */
    public static Foothold with(StateStore store) {
        return new Foothold(new Change(store));
    }

    /**
     * Gives what reaches machines by SSH unless {@link #withSsh} says otherwise; for environs whose cloud, or whose host
     * of virtual machines, is itself spoken to by SSH.
     *
     * @return a connector that reads no file of the user's: no {@code known_hosts}, no {@code ~/.ssh/config}, no default
     *     key
     */
    public static SshConnector standardSsh() {
        return new SshjConnector();
    }

    /**
     * Tells somebody what happens.
     *
     * @param sink takes the events; replaces the one before
     * @return the changed copy
     */
    public Foothold withEvents(EventSink sink) {
        return with(change -> change.events = sink);
    }

    /**
     * Reaches machines in another way.
     *
     * @param connector opens the connections
     * @return the changed copy
     */
    public Foothold withSsh(SshConnector connector) {
        return with(change -> change.ssh = connector);
    }

    /**
     * Says how machines are logged in to: user, port, jump host, timeouts, keep-alive, and who besides the keys on record
     * says that a host is the right one. Identity and host keys of each machine are added; the identities given here are
     * tried first on machines that take no user data, as long as these know no other, and otherwise last. Environs that
     * are {@link dev.foothold.environ.MachineLogin} may know better than the options for an address.
     *
     * @param options chooses the options for an address; asked again for every attempt
     * @return the changed copy
     */
    public Foothold withSshOptions(HostSshOptions options) {
        return with(change -> change.sshOptions = options);
    }

    /**
     * Lives in another time.
     *
     * @param other the way to wait and fork
     * @return the changed copy
     */
    public Foothold withTimeline(Timeline other) {
        return with(change -> change.timeline = other);
    }

    /**
     * Puts a further interceptor around every call to the cloud. It sees each attempt of a call that is repeated, and
     * failures that say what they mean; {@link dev.foothold.cloud.Cloud} lists what else stands around a call.
     *
     * @param interceptor stands inside those that were added before
     * @return the changed copy
     */
    public Foothold withInterceptor(Interceptor interceptor) {
        List<Interceptor> more = new ArrayList<>(interceptors);
        more.add(interceptor);
        return with(change -> change.interceptors = more);
    }

    /**
     * Finishes first machines in another way than by waiting for SSH and running their configuration script.
     *
     * @param other turns a machine that was started into one that does its work
     * @return the changed copy
     */
    public Foothold withFinisher(BootstrapFinisher other) {
        return with(change -> change.finisher = Objects.requireNonNull(other, "finisher"));
    }

    /**
     * Takes credentials out of use that a cloud does not accept any more.
     *
     * @param sink is told of them; replaces the one before
     * @return the changed copy
     */
    public Foothold withCredentialSink(CredentialSink sink) {
        return with(change -> change.credentials = sink);
    }

    /**
     * Says how long calls to the cloud are repeated that it refuses for being asked too often.
     *
     * @param budget the time from the first attempt to the beginning of the last one, for each call;
     *     {@link Throttling#DEFAULT_BUDGET} by default; zero for one attempt
     * @return the changed copy
     * @throws IllegalArgumentException if the budget is negative
     */
    public Foothold withCallBudget(Duration budget) {
        if (budget.isNegative()) {
            throw new IllegalArgumentException("a call cannot have the negative budget " + budget);
        }
        return with(change -> change.callBudget = budget);
    }

    /**
     * Opens other providers than those on the class path.
     *
     * @param registry knows the providers; what is registered later can be opened, too
     * @return the changed copy
     */
    public Foothold withProviders(ProviderRegistry registry) {
        return with(change -> change.providers = Objects.requireNonNull(registry, "registry"));
    }

    /**
     * Keeps texts from being shown: in what machines write, in events and in failures, {@link Redactor#MASK} stands in
     * their place. Secret settings of providers that are opened by name, the private keys of operations and {@link
     * dev.foothold.bootstrap.BootstrapParams#secret} need not be named; what is handed to the {@code open} of a generated
     * class has to be.
     *
     * @param secrets the texts, in addition to those before
     * @return the changed copy
     */
    public Foothold withSecrets(Collection<Secret> secrets) {
        Redactor more = redactor.fork();
        more.hide(secrets);
        return with(change -> change.redactor = more);
    }

    /**
     * Says how this process shows that it works on a model, and how it finds out that another one that did has died.
     *
     * @param other the heartbeat; {@link Pulse#ofThisProcess()} by default
     * @return the changed copy
     */
    public Foothold withPulse(Pulse other) {
        return with(change -> change.pulse = other);
    }

    /**
     * Opens a provider for a model. The cloud is not asked anything yet.
     *
     * @param provider the provider's name or an alias
     * @param model the model's name; a new one gets its UUIDs here, and keeps them once something is made for it
     * @param settings values for the provider's settings by key, as {@link dev.foothold.config.Settings#of} takes them;
     *     what is missing is looked for in the environment variables that the settings name
     * @return the provider; the caller closes it
     * @throws dev.foothold.config.SettingsException if values are missing or wrong, or differ from what cannot change
     *     about the model; it lists all faults
     * @throws StateException if the model's state cannot be read
     * @throws UnknownProviderException if there is no such provider; the message says which there are
     * @throws FootholdException if more than one answers to that name, or the environ cannot be made
     * @throws IllegalArgumentException if the model's name is not allowed
     */
    public DefaultProvider open(String provider, String model, Map<String, ?> settings) {
        return open(provider, model, LocalSettings.of(settings));
    }

    /**
     * Opens a provider for a model with the settings in a YAML file. The cloud is not asked anything yet.
     *
     * @param provider the provider's name or an alias
     * @param model the model's name
     * @param yamlFile the file, as {@link LocalSettings#yaml} takes it; what is missing is looked for in the environment
     *     variables that the settings name
     * @return the provider; the caller closes it
     * @throws dev.foothold.config.SettingsException if the file cannot be read, or values are missing or wrong, or
     *     differ from what cannot change about the model; it lists all faults with their lines
     * @throws StateException if the model's state cannot be read
     * @throws FootholdException if there is no such provider, or its environ cannot be made
     * @throws IllegalArgumentException if the model's name is not allowed
     */
    public DefaultProvider open(String provider, String model, Path yamlFile) {
        return open(provider, model, LocalSettings.yaml(yamlFile));
    }

    /**
     * Opens a provider for a model with exactly these settings. The cloud is not asked anything yet.
     *
     * @param provider the provider's name or an alias
     * @param model the model's name
     * @param settings the settings; environment variables are asked, and files read, only as they say. Start from
     *     {@link LocalSettings} for those of this program
     * @return the provider; the caller closes it
     * @throws dev.foothold.config.SettingsException if values are missing or wrong, or differ from what cannot change
     *     about the model; it lists all faults
     * @throws StateException if the model's state cannot be read
     * @throws FootholdException if there is no such provider, or its environ cannot be made
     * @throws IllegalArgumentException if the model's name is not allowed
     */
    public DefaultProvider open(String provider, String model, Settings settings) {
        return open(factory(provider), model, settings);
    }

    DefaultProvider open(ProviderFactory factory, String model, Settings settings) {
        ModelSettings kept = model(model);
        SettingValues values = factory.schema().read(settings);
        ModelSettings opened = ImmutableSettings.merge(factory.name(), kept, values);
        Event.Origin origin = new Event.Origin(model, "open", "");
        values.notices()
                .forEach(notice -> events.on(new Event.SettingDeprecated(
                        timeline.now(), origin, notice.key() + " (" + notice.source() + ")", notice.message())));
        Foothold discreet = withSecrets(values.secrets());
        try {
            return factory.open(settings, opened, discreet);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Throwable shown = WithoutSecrets.of(e, discreet.redactor);
            if (shown == e && e instanceof RuntimeException unchanged) {
                throw unchanged;
            }
            throw new FootholdException(
                    "provider \"" + factory.name() + "\" cannot be opened: " + shown.getMessage(), shown);
        }
    }

    /**
     * Gives what is fixed about a model.
     *
     * @param name the model's name
     * @return what is kept, or new settings with random UUIDs that are kept once something is made for the model
     * @throws StateException if the model's state cannot be read
     * @throws IllegalArgumentException if the name is not allowed
     */
    public ModelSettings model(String name) {
        return new ModelSettingsStore(store).open(name);
    }

    private Foothold with(Consumer<Change> what) {
        Change change = new Change(this);
        what.accept(change);
        return new Foothold(change);
    }

    private ProviderFactory factory(String name) {
        return (providers == null ? Providers.registry() : providers).provider(name);
    }

    StateStore store() {
        return store;
    }

    SshConnector ssh() {
        return ssh;
    }

    HostSshOptions sshOptions() {
        return sshOptions;
    }

    Timeline timeline() {
        return timeline;
    }

    EventSink events() {
        return events;
    }

    BootstrapFinisher finisher() {
        return finisher == null ? new SshFinisher(ssh, store) : finisher;
    }

    List<Interceptor> interceptors() {
        return interceptors;
    }

    CredentialSink credentials() {
        return credentials;
    }

    Redactor redactor() {
        return redactor;
    }

    Duration callBudget() {
        return callBudget;
    }

    Pulse pulse() {
        return pulse;
    }

    /** All that a Foothold works with, for those who change one thing of it. */
    private static final class Change {

        private final StateStore store;
        private SshConnector ssh = standardSsh();
        private HostSshOptions sshOptions = HostSshOptions.defaults();
        private Timeline timeline = Timeline.real();
        private EventSink events = EventSink.none();
        private List<Interceptor> interceptors = List.of();
        private @Nullable BootstrapFinisher finisher;
        private CredentialSink credentials = CredentialSink.none();
        private Duration callBudget = Throttling.DEFAULT_BUDGET;
        private @Nullable ProviderRegistry providers;
        private Redactor redactor = Redactor.create();
        private Pulse pulse = Pulse.ofThisProcess();

        Change(StateStore store) {
            this.store = store;
        }

        Change(Foothold from) {
            store = from.store;
            ssh = from.ssh;
            sshOptions = from.sshOptions;
            timeline = from.timeline;
            events = from.events;
            interceptors = from.interceptors;
            finisher = from.finisher;
            credentials = from.credentials;
            callBudget = from.callBudget;
            providers = from.providers;
            redactor = from.redactor;
            pulse = from.pulse;
        }
    }
}
