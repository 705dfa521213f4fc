package dev.foothold.testkit;

import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** What holds for {@code stopInstance} and {@code stopInstances}. */
abstract class StopRules extends RuleGroup {

    private static final int AT_ONCE = 4;

    private static final int LARGEST_BATCH = 3;

    StopRules(Workbench bench) {
        super(bench);
    }

    @Checks(value = Rule.STOP_GONE, live = true)
    void whatWasStoppedIsGone() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.running(bench.start(owner).id(), owner.tags()).id();
        environ().stopInstance(id);
        bench.gone(id, owner.tags());
    }

    @Checks(value = Rule.STOP_ONLY, live = true)
    void nothingElseIsStopped() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId one = bench.running(bench.start(owner).id(), owner.tags()).id();
        InstanceId other = bench.running(bench.start(owner).id(), owner.tags()).id();
        environ().stopInstance(one);
        bench.gone(one, owner.tags());
        check(
                bench.find(other, owner.tags()).filter(Instance::isRunning).isPresent(),
                "stopInstance(%s) was called, and %s is stopped as well",
                one,
                other);
    }

    @Checks(value = Rule.STOP_TWICE, live = true)
    void stoppingAgainIsNoError() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.running(bench.start(owner).id(), owner.tags()).id();
        environ().stopInstance(id);
        stop(id, "an instance that is being stopped");
        bench.gone(id, owner.tags());
        stop(id, "an instance that is gone");
    }

    @Checks(value = Rule.STOP_UNKNOWN, live = true)
    void stoppingWhatNeverWasThereIsNoError() throws Exception {
        InstanceId like = bench.started(Workbench.owner()).id();
        stop(bench.unknown(like), "an instance that never was there");
    }

    private void stop(InstanceId id, String what) throws Exception {
        try {
            environ().stopInstance(id);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule("stopInstance(" + id + ") of " + what + " has thrown " + e, e);
        }
    }

    @Checks(Rule.STOP_PENDING)
    void itCanBeStoppedRightAway() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.start(owner).id();
        stop(id, "an instance that was just accepted");
        bench.gone(id, owner.tags());
    }

    @Checks(Rule.STOP_CONCURRENT)
    void stoppingOneSeveralTimesAtOnceIsNoError() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.running(bench.start(owner).id(), owner.tags()).id();
        Callable<Boolean> call = () -> {
            stop(id, "an instance that others stop at the same time");
            return true;
        };
        for (Future<Boolean> one : Workbench.atOnce(Collections.nCopies(AT_ONCE, call))) {
            Workbench.result(one);
        }
        bench.gone(id, owner.tags());
    }

    @Checks(value = Rule.BATCH_ALL, live = true)
    void everyInstanceOfABatchIsStopped() throws Exception {
        int size = Math.min(LARGEST_BATCH, Math.max(1, environ().maxBatch()));
        Owner owner = Workbench.owner();
        List<InstanceId> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(bench.running(bench.start(owner).id(), owner.tags()).id());
        }
        Map<InstanceId, Exception> failures = environ().stopInstances(batch);
        check(
                failures != null && failures.isEmpty(),
                "stopInstances(%s) has failures, and should have none: %s",
                batch,
                failures);
        for (InstanceId id : batch) {
            bench.gone(id, owner.tags());
        }
    }

    @Checks(Rule.BATCH_UNKNOWN)
    void unknownInstancesInABatchAreNoFailures() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId there = bench.running(bench.start(owner).id(), owner.tags()).id();
        List<InstanceId> batch =
                environ().maxBatch() < 2 ? List.of(bench.unknown(there)) : List.of(bench.unknown(there), there);
        Map<InstanceId, Exception> failures;
        try {
            failures = environ().stopInstances(batch);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule("stopInstances(" + batch + "), of which the first is not there, has thrown " + e, e);
        }
        check(
                failures != null && failures.isEmpty(),
                "stopInstances(%s), of which the first is not there, has failures: %s",
                batch,
                failures);
        if (batch.contains(there)) {
            bench.gone(there, owner.tags());
        }
    }
}
