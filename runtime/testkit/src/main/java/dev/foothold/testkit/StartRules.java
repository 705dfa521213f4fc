package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.UserData;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What holds for {@code startInstance}. */
abstract class StartRules extends RuleGroup {

    /** At how many moments a start is interrupted. */
    private static final int MOMENTS = 12;

    private static final int AT_ONCE = 3;

    StartRules(Workbench bench) {
        super(bench);
    }

    @Checks(value = Rule.START_LISTED, live = true)
    void whatWasStartedIsListed() throws Exception {
        Owner owner = Workbench.owner();
        Instance started = bench.start(owner);
        bench.await(
                bench.patience().boot(),
                () -> bench.find(started.id(), owner.tags()),
                () -> "startInstance has returned the id " + started.id() + ", but after "
                        + bench.patience().boot().toMillis() + " ms only these are listed: "
                        + ids(bench.list(Tags.none())));
    }

    @Checks(value = Rule.START_TAGS, live = true)
    void everyTagIsListedUnchanged() throws Exception {
        Owner owner = Workbench.owner();
        StartInstanceParams params = with(
                bench.params(owner), bench.tags(owner).with("Contract-Case", "a Value, with: some/signs_1.0 @home"));
        Instance seen = bench.listed(bench.start(params).id(), owner.tags());
        for (String name : params.tags().asMap().keySet()) {
            String wanted = params.tags().asMap().get(name);
            check(
                    wanted.equals(seen.tags().asMap().get(name)),
                    "instance %s was started with the tag %s=%s, but is listed with the tags %s",
                    seen.id(),
                    name,
                    wanted,
                    seen.tags());
        }
    }

    @Checks(Rule.START_TAGS_ATOMIC)
    void anInterruptLeavesNoInstanceWithoutItsTags() throws Exception {
        Owner owner = Workbench.owner();
        long begin = System.nanoTime();
        bench.start(owner);
        long takes = Math.max(System.nanoTime() - begin, Duration.ofMillis(1).toNanos());
        Set<InstanceId> before = new HashSet<>(ids(bench.list(Tags.none())));
        // A request that was sent before its caller was interrupted may come to something later.
        List<Tags> asked = new ArrayList<>();
        for (int moment = 0; moment < MOMENTS; moment++) {
            bench.makeRoom();
            StartInstanceParams params = bench.params(owner);
            asked.add(params.tags());
            Interrupted.after(Duration.ofNanos(takes * moment / MOMENTS), () -> bench.start(params));
            for (Instance seen : bench.list(Tags.none())) {
                if (before.add(seen.id()) && asked.stream().noneMatch(seen.tags()::containsAll) && !isForeign(seen)) {
                    tidy(seen);
                    check(
                            false,
                            "startInstance was interrupted, and left instance %s with the tags %s instead of %s",
                            seen.id(),
                            seen.tags(),
                            params.tags());
                }
            }
        }
    }

    /** Others may start instances of their own meanwhile, with tags of their own. */
    private static boolean isForeign(Instance seen) {
        return !seen.tags().asMap().isEmpty() && !seen.tags().asMap().containsKey(Workbench.RUN);
    }

    private void tidy(Instance untagged) throws Exception {
        environ().stopInstance(untagged.id());
    }

    @Checks(value = Rule.START_RUNS, live = true)
    void itRuns() throws Exception {
        Owner owner = Workbench.owner();
        bench.running(bench.start(owner).id(), owner.tags());
    }

    @Checks(value = Rule.START_ADDRESS, live = true)
    void itHasAnAddress() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.start(owner).id();
        bench.await(
                bench.patience().boot(),
                () -> bench.find(id, owner.tags())
                        .filter(one -> !one.addresses().isEmpty()),
                () -> "instance " + id + " has no address after "
                        + bench.patience().boot().toMillis() + " ms: "
                        + bench.find(id, owner.tags()).map(Object::toString).orElse("not listed"));
    }

    @Checks(value = Rule.START_SAME_TOKEN, live = true)
    void theSameTokenStartsOneInstance() throws Exception {
        assumeTrue(bench.contract().startsOnce(), "startsOnce() says that the cloud has no idempotent creation");
        Owner owner = Workbench.owner();
        StartInstanceParams params = bench.params(owner);
        Instance first = bench.start(params);
        Instance second = bench.start(params);
        check(
                first.id().equals(second.id()),
                "two calls with the token %s have returned %s and %s",
                params.token(),
                first.id(),
                second.id());
        bench.listed(first.id(), owner.tags());
        check(
                bench.own(owner).size() == 1,
                "two calls with the token %s have returned %s both times, but started %s",
                params.token(),
                first.id(),
                ids(bench.own(owner)));
    }

    @Checks(value = Rule.START_OTHER_TOKEN, live = true)
    void anotherTokenStartsAnotherInstance() throws Exception {
        StartInstanceParams params = bench.params(Workbench.owner());
        Instance first = bench.start(params);
        Instance second = bench.start(params.in(params.zoneName(), Workbench.token()));
        check(
                !first.id().equals(second.id()),
                "two calls with different tokens have returned the same instance %s",
                first.id());
    }

    @Checks(value = Rule.START_CONCURRENT, live = true)
    void callsAtTheSameTimeStartOneInstanceEach() throws Exception {
        List<Owner> owners =
                IntStream.range(0, AT_ONCE).mapToObj(i -> Workbench.owner()).toList();
        List<Callable<Instance>> calls = new ArrayList<>();
        for (Owner owner : owners) {
            StartInstanceParams params = bench.params(owner);
            calls.add(() -> bench.start(params));
        }
        List<InstanceId> ids = new ArrayList<>();
        for (Future<Instance> call : Workbench.atOnce(calls)) {
            ids.add(Workbench.result(call).id());
        }
        check(Set.copyOf(ids).size() == AT_ONCE, "%s calls at the same time have returned %s", AT_ONCE, ids);
        for (int i = 0; i < AT_ONCE; i++) {
            Instance seen = bench.listed(ids.get(i), owners.get(i).tags());
            check(
                    seen.tags().containsAll(owners.get(i).tags()),
                    "a call at the same time as others has returned %s, which has not the tags of that call, but %s",
                    seen.id(),
                    seen.tags());
        }
    }

    @Checks(Rule.START_USER_DATA)
    void theMachineIsGivenTheUserData() throws Exception {
        String text = "#cloud-config\n# \u00e4\u00f6\u00fc \u20ac 'quoted' \"twice\" $HOME `id` \\n \t\n\n{}\n\n";
        Owner owner = Workbench.owner();
        Instance started = bench.start(with(bench.params(owner), UserData.of(text)));
        bench.running(started.id(), owner.tags());
        Optional<byte[]> given = bench.contract().userDataOf(started.id());
        assumeTrue(given.isPresent(), "userDataOf(id) is not overridden, so what machines are told cannot be seen");
        check(
                Arrays.equals(given.get(), text.getBytes(StandardCharsets.UTF_8)),
                "instance %s was to be told%n%s%nbut was told%n%s",
                started.id(),
                text,
                new String(given.get(), StandardCharsets.UTF_8));
    }

    @Checks(Rule.START_RETURNS)
    void theCallDoesNotWaitForTheMachine() throws Exception {
        Owner owner = Workbench.owner();
        long begin = System.nanoTime();
        Instance started = bench.start(owner);
        long took = System.nanoTime() - begin;
        check(
                took < bench.patience().answer().toNanos(),
                "startInstance took %s ms to return %s",
                took / 1_000_000,
                started.id());
    }

    @Checks(value = Rule.START_TELLS_LAUNCH, live = true)
    void theLaunchTimeIsTold() throws Exception {
        Instance seen = bench.started(Workbench.owner());
        check(seen.launchTime() != null, "instance %s is listed without its launch time", seen.id());
    }

    static List<InstanceId> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.toList());
    }

    static StartInstanceParams anywhere(StartInstanceParams params) {
        return copy(params, params.userData(), params.tags(), null);
    }

    static StartInstanceParams with(StartInstanceParams params, Tags tags) {
        return copy(params, params.userData(), tags, params.zoneName());
    }

    static StartInstanceParams with(StartInstanceParams params, UserData userData) {
        return copy(params, userData, params.tags(), params.zoneName());
    }

    private static StartInstanceParams copy(
            StartInstanceParams params, UserData userData, Tags tags, @Nullable String zone) {
        return new StartInstanceParams(
                params.owner(),
                params.displayName(),
                params.token(),
                userData,
                tags,
                zone,
                params.image(),
                params.instanceType());
    }
}
