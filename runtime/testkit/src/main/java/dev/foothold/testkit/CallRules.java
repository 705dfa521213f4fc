package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** What holds for every method. */
abstract class CallRules extends RuleGroup {

    private static final int AT_ONCE = 8;
    private static final int MOMENTS = 6;

    /** How many environs are opened and closed to see whether something grows. */
    private static final int ROUNDS = 10;

    /** What the platform itself may add meanwhile. */
    private static final int SLACK = 4;

    CallRules(Workbench bench) {
        super(bench);
    }

    @Checks(Rule.INTERRUPT)
    void anInterruptEndsACallAndIsNotSwallowed() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId there = bench.started(owner).id();
        Map<String, Callable<?>> calls = new LinkedHashMap<>();
        calls.put("allInstances", () -> environ().allInstances(owner.tags()));
        calls.put("instances", () -> environ().instances(List.of(there), owner.tags()));
        bench.zoned().ifPresent(zoned -> calls.put("availabilityZones", zoned::availabilityZones));
        StartInstanceParams params = bench.params(owner);
        calls.put("startInstance", () -> bench.start(params.in(params.zoneName(), Workbench.token())));
        calls.put("stopInstance", () -> {
            environ().stopInstance(there);
            return there;
        });
        for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
            long begin = System.nanoTime();
            call.getValue().call();
            long takes = System.nanoTime() - begin;
            for (int moment = 0; moment < MOMENTS; moment++) {
                bench.makeRoom(there);
                Interrupted outcome = Interrupted.after(
                        Duration.ofNanos(takes * moment / MOMENTS),
                        bench.patience().answer(),
                        call.getValue());
                check(
                        outcome.ended(),
                        "%s was interrupted, and has not ended %s ms later",
                        call.getKey(),
                        bench.patience().answer().toMillis());
                if (!outcome.tells()) {
                    throw new BrokenRule(
                            call.getKey() + " was interrupted and has thrown " + outcome.failure()
                                    + ", which does not tell: InterruptedException is not its cause, and the thread is"
                                    + " not interrupted any more",
                            outcome.failure());
                }
            }
        }
    }

    @Checks(Rule.CONCURRENT)
    void callsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId there = bench.started(owner).id();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            calls.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    check(
                            bench.find(there, owner.tags()).isPresent(),
                            "instance %s is missing in a listing that was made at the same time as others",
                            there);
                    environ().instances(List.of(there), owner.tags());
                    environ().instanceTypes(bench.contract().constraints());
                    if (bench.zoned().isPresent()) {
                        bench.zoned().get().availabilityZones();
                    }
                }
                return true;
            });
        }
        for (Future<Boolean> call : Workbench.atOnce(calls)) {
            try {
                Workbench.result(call);
            } catch (InterruptedException | BrokenRule e) {
                throw e;
            } catch (Exception e) {
                throw new BrokenRule("a call at the same time as others has thrown " + e, e);
            }
        }
    }

    @Checks(Rule.LEAK_THREADS)
    void closedEnvironsLeaveNoThreads() throws Exception {
        doesNotGrow("threads", () -> Thread.getAllStackTraces().size(), CallRules::threads);
    }

    @Checks(Rule.LEAK_FILES)
    void closedEnvironsLeaveNoFilesOpen() throws Exception {
        assumeTrue(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean,
                "open files cannot be counted here");
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        doesNotGrow("sockets and files", () -> (int) system.getOpenFileDescriptorCount(), () -> "");
    }

    private static String threads() {
        Map<String, Integer> names = new TreeMap<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive())
                .forEach(thread -> names.merge(thread.getName().replaceAll("\\d+", "#"), 1, Integer::sum));
        return ": " + names;
    }

    private void doesNotGrow(String what, IntSupplier count, Supplier<String> details) throws Exception {
        // What is made once for all environs is made by the first ones.
        openAndClose();
        openAndClose();
        int before = count.getAsInt();
        for (int round = 0; round < ROUNDS; round++) {
            openAndClose();
        }
        bench.await(
                bench.patience().stop(),
                () -> {
                    if (count.getAsInt() < before + SLACK) {
                        return Optional.of(before);
                    }
                    // Some clients end only when nobody holds them any more.
                    System.gc();
                    return Optional.empty();
                },
                () -> ROUNDS + " environs were opened, used and closed, and there are " + count.getAsInt() + " " + what
                        + " instead of " + before + details.get());
    }

    private void openAndClose() throws Exception {
        try (DefaultProvider another = bench.another("contract-leak")) {
            another.environ().allInstances(Workbench.owner().tags());
        }
    }

    private List<String> secrets() {
        List<String> secrets = bench.contract().secrets();
        assumeTrue(!secrets.isEmpty(), "secrets() is not overridden");
        return secrets;
    }

    private static void checkHidden(List<String> secrets, String text, String where) {
        for (String secret : secrets) {
            // Not shown here either.
            check(
                    !text.contains(secret),
                    "%s shows a secret: %s",
                    where,
                    text.replace(secret, "<secret>").strip());
        }
    }

    @Checks(value = Rule.SECRET_TEXT, live = true)
    void theEnvironsTextShowsNoSecret() {
        checkHidden(secrets(), String.valueOf(environ()), "the environ's toString");
    }

    @Checks(Rule.SECRET_FAILURES)
    void noFailureShowsASecret() throws Exception {
        List<String> secrets = secrets();
        boolean any = false;
        for (Kind kind : Kind.values()) {
            StartInstanceParams params = bench.params(Workbench.owner());
            Optional<Trouble> trouble = bench.contract().provoke(kind, params.zoneName());
            if (trouble.isPresent()) {
                any = true;
                try {
                    Workbench.during(trouble.get(), () -> bench.start(params));
                } catch (InterruptedException | BrokenRule e) {
                    throw e;
                } catch (Exception e) {
                    checkHidden(secrets, Said.by(e), "what startInstance throws when the cloud refuses for " + kind);
                }
            }
        }
        assumeTrue(any, "provoke(kind, zone) is not overridden, so nothing fails");
    }

    @Checks(Rule.SECRET_LOGS)
    void nothingThatIsLoggedOrPrintedShowsASecret() throws Exception {
        List<String> secrets = secrets();
        Owner owner = Workbench.owner();
        String said = Said.during(() -> {
            try (DefaultProvider another = bench.another("contract-secret")) {
                Environ environ = another.environ();
                InstanceId id = bench.started(owner).id();
                environ.allInstances(owner.tags());
                environ.instances(List.of(id), Tags.none());
                environ.stopInstance(id);
            }
        });
        checkHidden(secrets, said, "what is logged or printed while instances are started, listed and stopped");
    }
}
