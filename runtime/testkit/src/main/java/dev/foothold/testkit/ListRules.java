package dev.foothold.testkit;

import static dev.foothold.testkit.StartRules.ids;

import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What holds for {@code allInstances}, and for what is derived from it unless it is overridden. */
abstract class ListRules extends RuleGroup {

    ListRules(Workbench bench) {
        super(bench);
    }

    @Checks(value = Rule.LIST_EMPTY, live = true)
    void anOwnerWithoutInstancesHasAnEmptyListing() throws Exception {
        Tags nobody = Workbench.owner().tags();
        List<Instance> listed = environ().allInstances(nobody);
        check(listed != null, "allInstances(%s) has returned null", nobody);
        check(
                listed.stream().noneMatch(one -> one == null),
                "allInstances(%s) has returned a list with null in it",
                nobody);
    }

    @Checks(value = Rule.LIST_NO_FILTER, live = true)
    void withoutTagsAllAreListed() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.started(owner).id();
        bench.await(
                bench.patience().settling(),
                () -> Workbench.in(bench.list(Tags.none()), id),
                "allInstances with no tags does not list " + id + ", which is there");
    }

    @Checks(value = Rule.LIST_FILTER, live = true)
    void allThatCarriesTheTagsIsListed() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.started(owner).id();
        Tags one = Tags.of(Owner.MODEL_UUID, owner.modelUuid().toString());
        for (Tags some : List.of(owner.tags(), one)) {
            bench.await(
                    bench.patience().settling(),
                    () -> Workbench.in(bench.list(some), id),
                    "allInstances(" + some + ") does not list " + id + ", which carries these tags");
        }
    }

    @Checks(value = Rule.LIST_TRUE_TAGS, live = true)
    void tagsAreThoseThatTheCloudKeeps() throws Exception {
        InstanceId id = bench.started(Workbench.owner()).id();
        Tags others = Workbench.owner().tags();
        for (Instance seen : bench.list(others)) {
            check(
                    !seen.tags().containsAll(others),
                    "allInstances(%s) lists %s with these tags, which it was not started with",
                    others,
                    seen.id());
        }
        Map<InstanceId, Instance> found = environ().instances(List.of(id), others);
        check(
                !found.containsKey(id) || !found.get(id).tags().containsAll(others),
                "instances([%s], %s) gives it these tags, which it was not started with",
                id,
                others);
    }

    @Checks(Rule.LIST_NOT_RUNNING)
    void instancesAreListedBeforeTheyRun() throws Exception {
        Owner owner = Workbench.owner();
        Instance started = bench.start(owner);
        bench.await(
                bench.patience().settling(),
                () -> bench.find(started.id(), owner.tags()),
                "instance " + started.id() + " was accepted as " + started.status() + ", and is not listed after "
                        + bench.patience().settling().toMillis() + " ms");
    }

    @Checks(Rule.LIST_COMPLETE)
    void theListingHasAllPages() throws Exception {
        Owner owner = Workbench.owner();
        Set<InstanceId> all = new TreeSet<>();
        StartInstanceParams params = bench.params(owner);
        for (int i = 0; i < bench.contract().many(); i++) {
            all.add(bench.start(params.in(params.zoneName(), Workbench.token())).id());
        }
        for (Tags tags : List.of(owner.tags(), Tags.none())) {
            bench.await(
                    bench.patience().settling(),
                    () -> ids(bench.list(tags)).containsAll(all) ? Optional.of(all) : Optional.empty(),
                    () -> all.size() + " instances were started, but of these allInstances(" + tags + ") lists "
                            + ids(bench.list(tags)).stream()
                                    .filter(all::contains)
                                    .count());
        }
    }

    @Checks(value = Rule.LIST_ELSEWHERE, live = true)
    void anotherEnvironSeesAndStopsTheSame() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.running(bench.start(owner).id(), owner.tags()).id();
        try (DefaultProvider second = bench.another("contract-second")) {
            Environ other = second.environ();
            bench.await(
                    bench.patience().settling(),
                    () -> Workbench.in(other.allInstances(owner.tags()), id),
                    "instance " + id + " is not listed by another environ that was opened in the same way");
            check(
                    other.instances(List.of(id), owner.tags()).containsKey(id),
                    "instance %s is not found by another environ that was opened in the same way",
                    id);
            other.stopInstance(id);
            bench.gone(id, owner.tags());
        }
    }

    @Checks(value = Rule.FIND_THERE, live = true)
    void instancesAreFoundByTheirIds() throws Exception {
        Owner owner = Workbench.owner();
        List<InstanceId> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ids.add(bench.started(owner).id());
        }
        Map<InstanceId, Instance> found = bench.await(
                bench.patience().settling(),
                () -> Optional.of(environ().instances(ids, owner.tags()))
                        .filter(answer -> answer.keySet().containsAll(ids)),
                () -> "instances(" + ids + ") has found only "
                        + environ().instances(ids, owner.tags()).keySet());
        for (InstanceId id : ids) {
            check(
                    found.get(id).id().equals(id),
                    "instances(%s) gives instance %s under the id %s",
                    ids,
                    found.get(id).id(),
                    id);
        }
    }

    @Checks(value = Rule.FIND_MISSING, live = true)
    void unknownIdsAreMissingInTheAnswer() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId there = bench.started(owner).id();
        InstanceId unknown = bench.unknown(there);
        List<InstanceId> both = List.of(unknown, there);
        Map<InstanceId, Instance> found;
        try {
            found = environ().instances(both, owner.tags());
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokenRule("instances(" + both + "), of which the first is not there, has thrown " + e, e);
        }
        check(
                found.keySet().equals(Set.of(there)),
                "instances(%s), of which the first is not there, has found %s",
                both,
                found.keySet());
    }

    @Checks(Rule.FIND_NONE)
    void noIdsFindNothing() throws Exception {
        Owner owner = Workbench.owner();
        bench.started(owner);
        Map<InstanceId, Instance> found = environ().instances(List.of(), owner.tags());
        check(found.isEmpty(), "instances of no ids has found %s", found.keySet());
    }

    @Checks(Rule.RUNNING_ALL)
    void whatRunsIsListedAsRunning() throws Exception {
        Owner owner = Workbench.owner();
        InstanceId id = bench.running(bench.start(owner).id(), owner.tags()).id();
        bench.await(
                bench.patience().settling(),
                () -> Workbench.in(environ().allRunningInstances(owner.tags()), id),
                "instance " + id + " is listed as RUNNING by allInstances, but not by allRunningInstances");
    }

    @Checks(value = Rule.CONTROLLER_ALL, live = true)
    void theMachinesOfAControllerAreListed() throws Exception {
        Owner owner = Workbench.owner();
        Owner hosted = new Owner(Workbench.owner().modelUuid(), owner.controllerUuid());
        List<InstanceId> ids = new ArrayList<>();
        for (Owner one : List.of(owner, hosted)) {
            StartInstanceParams params = bench.params(one);
            ids.add(bench.listed(
                            bench.start(StartRules.with(
                                            params, params.tags().with(Owner.controllerTags(one.controllerUuid()))))
                                    .id(),
                            one.tags())
                    .id());
        }
        for (InstanceId id : ids) {
            bench.await(
                    bench.patience().settling(),
                    () -> Workbench.in(environ().controllerInstances(owner.controllerUuid()), id),
                    "instance " + id + " carries the tags of controller " + owner.controllerUuid()
                            + ", but controllerInstances does not list it");
        }
    }
}
