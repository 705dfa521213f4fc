package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialOutcome;
import dev.foothold.environ.CredentialProbe;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import java.io.IOException;
import java.net.ConnectException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What holds for what an environ makes of a cloud's refusals. */
abstract class RefusalRules extends RuleGroup {

    private static final List<Exception> FOREIGN = List.of(
            new RuntimeException(),
            new IllegalStateException("no such state"),
            new IOException("Connection reset"),
            new ConnectException("Connection refused"),
            new TimeoutException(),
            new Exception("outer", new NullPointerException()));

    RefusalRules(Workbench bench) {
        super(bench);
    }

    @Checks(value = Rule.CLASSIFY_ANY, live = true)
    void anyExceptionCanBeShown() {
        for (Exception foreign : FOREIGN) {
            try {
                Optional<CloudException> meaning = environ().classify(foreign);
                check(meaning != null, "classify(%s) has returned null", foreign);
            } catch (BrokenRule e) {
                throw e;
            } catch (RuntimeException e) {
                throw new BrokenRule("classify(" + foreign + ") has thrown " + e, e);
            }
        }
    }

    @Checks(value = Rule.CLASSIFY_FOREIGN, live = true)
    void whatIsNotAboutCredentialsIsNotTakenForIt() {
        for (Exception foreign : FOREIGN) {
            Optional<CredentialOutcome> outcome = CredentialOutcome.of(shown(foreign));
            check(outcome.isEmpty(), "classify(%s) says that the credential is %s", foreign, outcome.orElse(null));
        }
    }

    private @Nullable CloudException shown(Exception foreign) {
        try {
            return environ().classify(foreign).orElse(null);
        } catch (RuntimeException e) {
            // Which breaks another rule.
            return null;
        }
    }

    @Checks(Rule.CREDENTIAL_INVALID)
    void aCredentialThatIsNotAcceptedIsSaidToBeInvalid() throws Exception {
        everyCallIsRefused(Kind.CREDENTIAL_INVALID, Set.of(Kind.CREDENTIAL_INVALID, Kind.ACCESS_DENIED));
    }

    @Checks(Rule.CREDENTIAL_EXPIRED)
    void aCredentialWhoseTimeIsOverIsSaidToBe() throws Exception {
        everyCallIsRefused(
                Kind.CREDENTIAL_EXPIRED, Set.of(Kind.CREDENTIAL_EXPIRED, Kind.CREDENTIAL_INVALID, Kind.ACCESS_DENIED));
    }

    @Checks(Rule.CREDENTIAL_ACTION)
    void aMissingPermissionDoesNotCondemnTheCredential() throws Exception {
        StartInstanceParams params = bench.params(Workbench.owner());
        during(
                provoked(Kind.NOT_AUTHORISED, null),
                () -> refused(
                        Kind.NOT_AUTHORISED,
                        Set.of(Kind.NOT_AUTHORISED, Kind.ACCESS_DENIED),
                        "startInstance",
                        () -> bench.start(params)));
    }

    @Checks(value = Rule.PROBE_GOOD, live = true)
    void theProbeAcceptsAGoodCredential() throws Exception {
        probe().probeCredential();
    }

    @Checks(Rule.PROBE_BAD)
    void theProbeFailsWithABadCredential() throws Exception {
        CredentialProbe probe = probe();
        try {
            during(provoked(Kind.CREDENTIAL_INVALID, null), probe::probeCredential);
        } catch (InterruptedException | TestAbortedException e) {
            throw e;
        } catch (Exception e) {
            return;
        }
        throw new BrokenRule("the cloud refuses the credential, and probeCredential has not failed", null);
    }

    private CredentialProbe probe() {
        assumeTrue(environ() instanceof CredentialProbe, "the environ does not implement CredentialProbe");
        return (CredentialProbe) environ();
    }

    @Checks(Rule.THROTTLED)
    void beingAskedTooOftenIsSaidToBe() throws Exception {
        everyCallIsRefused(Kind.THROTTLED, Set.of(Kind.THROTTLED));
    }

    @Checks(Rule.CAPACITY)
    void aFullZoneIsSaidToBe() throws Exception {
        startIsRefused(Kind.CAPACITY);
    }

    @Checks(Rule.QUOTA)
    void aLimitOfTheAccountIsSaidToBe() throws Exception {
        startIsRefused(Kind.QUOTA);
    }

    @Checks(Rule.REFUSED_AT_ONCE)
    void refusalsAreThrownAtOnce() throws Exception {
        boolean any = false;
        for (Kind kind : List.of(Kind.THROTTLED, Kind.CAPACITY, Kind.QUOTA)) {
            StartInstanceParams params = bench.params(Workbench.owner());
            Optional<Trouble> trouble = bench.contract().provoke(kind, params.zoneName());
            if (trouble.isPresent()) {
                any = true;
                try {
                    Workbench.during(
                            trouble.get(),
                            () -> Workbench.within(
                                    bench.patience().answer(),
                                    "startInstance, which the cloud refuses for " + kind + ",",
                                    () -> bench.start(params)));
                } catch (InterruptedException | BrokenRule e) {
                    throw e;
                } catch (Exception e) {
                    // What it means is for other tests.
                    continue;
                }
            }
        }
        assumeTrue(any, "provoke(kind, zone) is not overridden for THROTTLED, CAPACITY or QUOTA");
    }

    @Checks(Rule.REFUSED_LEAVES_NOTHING)
    void aRefusedStartLeavesNothing() throws Exception {
        boolean any = false;
        for (Kind kind : List.of(Kind.CAPACITY, Kind.QUOTA, Kind.NOT_AUTHORISED)) {
            Owner owner = Workbench.owner();
            StartInstanceParams params = bench.params(owner);
            Optional<Trouble> trouble =
                    bench.contract().provoke(kind, kind == Kind.CAPACITY ? params.zoneName() : null);
            if (trouble.isPresent()) {
                any = true;
                try {
                    Workbench.during(trouble.get(), () -> bench.start(params));
                } catch (InterruptedException | BrokenRule e) {
                    throw e;
                } catch (Exception e) {
                    List<Instance> left = bench.own(owner);
                    check(
                            left.isEmpty(),
                            "startInstance was refused for %s, but has left %s",
                            kind,
                            StartRules.ids(left));
                }
            }
        }
        assumeTrue(any, "provoke(kind, zone) is not overridden for CAPACITY, QUOTA or NOT_AUTHORISED");
    }

    private void startIsRefused(Kind kind) throws Exception {
        StartInstanceParams params = bench.params(Workbench.owner());
        during(
                provoked(kind, kind == Kind.CAPACITY ? params.zoneName() : null),
                () -> refused(kind, Set.of(kind), "startInstance", () -> bench.start(params)));
    }

    private void everyCallIsRefused(Kind kind, Set<Kind> right) throws Exception {
        Owner owner = Workbench.owner();
        StartInstanceParams params = bench.params(owner);
        InstanceId there = bench.started(owner).id();
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("allInstances", () -> environ().allInstances(owner.tags()));
        calls.put("startInstance", () -> bench.start(params));
        calls.put("stopInstance", () -> {
            environ().stopInstance(there);
            return there;
        });
        bench.zoned().ifPresent(zoned -> calls.put("availabilityZones", zoned::availabilityZones));
        during(provoked(kind, null), () -> {
            for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
                refused(kind, right, call.getKey(), call.getValue());
            }
        });
    }

    /** What is tried while something is wrong with the cloud. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws Exception;
    }

    private static void during(Trouble trouble, Attempt attempt) throws Exception {
        Workbench.during(trouble, () -> {
            attempt.run();
            return trouble;
        });
    }

    private Trouble provoked(Kind kind, @Nullable String zone) throws Exception {
        Optional<Trouble> trouble = bench.contract().provoke(kind, zone);
        assumeTrue(trouble.isPresent(), "provoke(kind, zone) is not overridden for " + kind);
        return trouble.get();
    }

    private void refused(Kind kind, Set<Kind> right, String what, Callable<?> call) throws Exception {
        Object answer;
        try {
            answer = call.call();
        } catch (InterruptedException | BrokenRule e) {
            throw e;
        } catch (Exception e) {
            Kind told = (e instanceof CloudException said
                            ? Optional.of(said)
                            : environ().classify(e))
                    .map(CloudException::kind)
                    .or(() -> CloudException.find(e).map(CloudException::kind))
                    .orElse(Kind.OTHER);
            if (!right.contains(told)) {
                throw new BrokenRule(
                        what + ", which the cloud refuses for " + kind + ", has thrown what is taken for " + told + ": "
                                + e,
                        e);
            }
            return;
        }
        throw new BrokenRule(what + ", which the cloud refuses for " + kind + ", has returned " + answer, null);
    }
}
