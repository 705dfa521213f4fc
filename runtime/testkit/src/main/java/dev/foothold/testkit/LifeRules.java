package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.BootstrapParams;
import dev.foothold.bootstrap.BootstrapResult;
import dev.foothold.cloud.Interceptor;
import dev.foothold.destroy.DestroyReceipt;
import dev.foothold.instance.Instance;
import dev.foothold.journal.Holder;
import dev.foothold.journal.Pulse;
import dev.foothold.model.ModelSettings;
import dev.foothold.network.MachineAddress;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.state.StateStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** What holds for the whole: a model is made, things go wrong, and it is destroyed. */
@Tag(LifeRules.TAG)
abstract class LifeRules extends RuleGroup {

    static final String TAG = "foothold-life-cycle";

    /** How long a destroy takes by itself: it looks twice, a second apart. */
    private static final Duration DESTROY = Duration.ofSeconds(10);

    private static final Duration BEAT = Duration.ofMillis(100);

    private MemoryStore store = new MemoryStore();
    private ModelSettings model = ModelSettings.create("none");

    LifeRules(Workbench bench) {
        super(bench);
    }

    @BeforeEach
    void beginAnew() {
        store = new MemoryStore();
        model = bench.model("contract-life");
    }

    @Checks(value = Rule.LIFE_CYCLE, live = true)
    void aModelIsMadeAndDestroyed() throws Exception {
        assumeTrue(
                !Workbench.isLive() || bench.contract().hasMachines(),
                "hasMachines() says that there is nothing to log in to");
        try (DefaultProvider provider = open(store, FaultInjector.create())) {
            BootstrapResult made = bootstrap(provider);
            List<Instance> there = provider.instances();
            check(
                    there.size() == 1
                            && there.get(0).id().equals(made.instance().id()),
                    "bootstrapEnv has made %s, but the model has %s",
                    made.instance().id(),
                    StartRules.ids(there));
            destroy(provider);
        }
    }

    @Checks(Rule.LIFE_CYCLE)
    void aLostReplyLeavesNoMachineBehind() throws Exception {
        survives(FaultInjector.create().next("startInstance", Lie.replyLost()));
    }

    @Checks(Rule.LIFE_CYCLE)
    void aRequestThatIsSentTwiceMakesOneMachine() throws Exception {
        assumeTrue(bench.contract().startsOnce(), "startsOnce() says that the cloud has no idempotent creation");
        try (DefaultProvider provider = open(store, FaultInjector.create().next("startInstance", Lie.sentTwice()))) {
            bootstrap(provider);
            check(
                    provider.instances().size() == 1,
                    "startInstance was sent twice with one token, and the model has %s",
                    StartRules.ids(provider.instances()));
            destroy(provider);
        }
    }

    @Checks(Rule.LIFE_CYCLE)
    void beingThrottledOnlyTakesLonger() throws Exception {
        Lie slowDown = Lie.throttled(Duration.ofMillis(20));
        try (DefaultProvider provider = open(
                store, FaultInjector.create().next("startInstance", slowDown).next("stopInstances", slowDown))) {
            bootstrap(provider);
            destroy(provider);
        }
    }

    @Checks(Rule.LIFE_CYCLE)
    void aListingThatLagsBehindHidesNothingForGood() throws Exception {
        survives(FaultInjector.create()
                .next("allInstances", 2, Lie.nothingListed())
                .next("stopInstances", Lie.replyLost()));
    }

    @Checks(Rule.LIFE_CYCLE)
    void anInterruptTakesEverythingBack() throws Exception {
        try (DefaultProvider provider = open(store, FaultInjector.create().next("startInstance", Lie.interrupted()))) {
            try {
                bootstrap(provider);
            } catch (InterruptedException e) {
                nothingIsLeft("a bootstrap was interrupted");
                destroy(provider);
                return;
            }
            throw new BrokenRule("bootstrapEnv was interrupted, and has not thrown InterruptedException", null);
        }
    }

    @Checks(Rule.LIFE_CYCLE)
    void theNextProcessGoesOnWhereOneWasKilled() throws Exception {
        AtomicBoolean dead = new AtomicBoolean();
        FaultInjector faults = FaultInjector.create().next("startInstance", Lie.killed(() -> dead.set(true)));
        try (DefaultProvider provider = open(store.of(dead::get), Lie.dead(dead::get), faults)) {
            bootstrap(provider);
            check(false, "the client was killed, and has gone on");
        } catch (ClientKilled e) {
            // As it should be.
            dead.set(true);
        }
        try (DefaultProvider next = open(store, FaultInjector.create())) {
            bootstrap(next);
            check(
                    next.instances().size() == 1,
                    "a client was killed while startInstance was under way, and the next one has left %s",
                    StartRules.ids(next.instances()));
            destroy(next);
        }
    }

    /** Bootstraps a model, which may fail, and destroys it. */
    private void survives(FaultInjector faults) throws Exception {
        try (DefaultProvider provider = open(store, faults)) {
            try {
                bootstrap(provider);
            } catch (FootholdException e) {
                // A cloud without another zone may have to give up; what counts is what is left.
                nothingIsLeft("a bootstrap has failed (" + e.getMessage() + ")");
            }
            destroy(provider);
        }
    }

    private DefaultProvider open(StateStore where, Interceptor... interceptors) throws Exception {
        Foothold foothold = Foothold.with(where)
                .withPulse(new Pulse(Holder.current(), BEAT, other -> Holder.Life.GONE))
                .withCallBudget(bench.patience().boot());
        for (Interceptor one : interceptors) {
            foothold = foothold.withInterceptor(one);
        }
        if (!bench.contract().hasMachines()) {
            foothold = foothold.withFinisher((machine, context) -> machine.instance().instance().addresses().stream()
                    .findFirst()
                    .orElse(MachineAddress.of("192.0.2.1")));
        }
        return bench.another(model, foothold);
    }

    private BootstrapResult bootstrap(DefaultProvider provider) throws Exception {
        return bench.boot(
                () -> provider.bootstrapEnv(BootstrapParams.on(bench.contract().base())
                        .constraints(bench.contract().constraints())
                        .arch(bench.contract().arch())
                        .within(bench.patience().boot().plus(DESTROY))));
    }

    private void destroy(DefaultProvider provider) throws Exception {
        Duration longest = bench.patience().stop().plus(DESTROY);
        DestroyReceipt receipt = Workbench.within(longest, "destroyEnv", provider::destroyEnv);
        check(receipt.isEmpty(), "destroyEnv has left something: %s", receipt.describe());
        nothingIsLeft("destroyEnv has said that nothing is left (" + receipt.describe() + ")");
    }

    private void nothingIsLeft(String although) throws Exception {
        bench.await(
                bench.patience().stop(),
                () -> bench.own(model.owner()).isEmpty() ? Optional.of(model) : Optional.empty(),
                () -> although + ", but these are listed: " + StartRules.ids(bench.own(model.owner())));
    }
}
