package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** What holds for environs that know of more than instances. */
abstract class ResourceRules extends RuleGroup {

    private static final int LARGEST_BATCH = 3;

    ResourceRules(Workbench bench) {
        super(bench);
    }

    @BeforeAll
    void needsResources() {
        assumeTrue(environ() instanceof HasResources, "the environ does not implement HasResources");
    }

    private HasResources more() {
        return (HasResources) environ();
    }

    @Checks(value = Rule.RESOURCE_KINDS, live = true)
    void theKindsAreAlwaysTheSame() {
        List<ResourceKind> kinds = more().kinds();
        check(kinds != null && !kinds.isEmpty(), "kinds has returned %s", kinds);
        check(new HashSet<>(kinds).size() == kinds.size(), "kinds has returned one of them twice: %s", kinds);
        List<ResourceKind> again = more().kinds();
        check(kinds.equals(again), "kinds has returned first %s, then %s", kinds, again);
    }

    @Checks(Rule.RESOURCE_LISTED)
    void aResourceIsListedUnderItsKind() throws Exception {
        for (ResourceKind kind : more().kinds()) {
            Owner owner = Workbench.owner();
            Resource made = make(kind, owner);
            Resource seen = bench.await(
                    bench.patience().settling(),
                    () -> find(made, owner.tags()),
                    made.describe() + " was made with the tags " + owner.tags() + ", but resources(" + kind
                            + ", …) does not list it");
            check(
                    seen.kind().equals(kind) && seen.tags().containsAll(owner.tags()),
                    "%s was made with the tags %s, but is listed as %s with the tags %s",
                    made.describe(),
                    owner.tags(),
                    seen.describe(),
                    seen.tags());
            more().delete(seen);
        }
    }

    @Checks(Rule.RESOURCE_DELETED)
    void aDeletedResourceIsGone() throws Exception {
        for (ResourceKind kind : more().kinds()) {
            Owner owner = Workbench.owner();
            Resource made = make(kind, owner);
            more().delete(made.tagged(owner.tags()));
            bench.await(
                    bench.patience().stop(),
                    () -> find(made, owner.tags()).isEmpty() ? Optional.of(made) : Optional.empty(),
                    made.describe() + " was deleted, but is still listed");
        }
    }

    @Checks(value = Rule.RESOURCE_UNKNOWN, live = true)
    void deletingWhatIsNotThereIsNoError() throws Exception {
        for (ResourceKind kind : more().kinds()) {
            Resource unknown = Resource.of(kind, "foothold-no-such-resource");
            try {
                more().delete(unknown);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new BrokenRule("delete of " + unknown.describe() + ", which is not there, has thrown " + e, e);
            }
        }
    }

    @Checks(Rule.RESOURCE_BATCH)
    void aBatchOfResourcesIsDeleted() throws Exception {
        for (ResourceKind kind : more().kinds()) {
            Owner owner = Workbench.owner();
            int size = Math.min(LARGEST_BATCH, more().maxBatch(kind));
            check(size > 0, "maxBatch(%s) is %s", kind, more().maxBatch(kind));
            List<Resource> batch = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                batch.add(make(kind, owner).tagged(owner.tags()));
            }
            Map<Resource, Exception> failures = more().deleteAll(batch);
            check(failures != null && failures.isEmpty(), "deleteAll(%s) has the failures %s", batch, failures);
            for (Resource one : batch) {
                bench.await(
                        bench.patience().stop(),
                        () -> find(one, owner.tags()).isEmpty() ? Optional.of(one) : Optional.empty(),
                        one.describe() + " was deleted in a batch, but is still listed");
            }
            failures = more().deleteAll(batch);
            check(
                    failures != null && failures.isEmpty(),
                    "deleteAll(%s), all of which are gone, has the failures %s",
                    batch,
                    failures);
        }
    }

    @Checks(value = Rule.RESOURCE_USERS, live = true)
    void usersComeBeforeWhatTheyUse() {
        List<ResourceKind> kinds = more().kinds();
        for (ResourceKind kind : kinds) {
            List<ResourceKind> before = kinds.subList(0, kinds.indexOf(kind));
            List<ResourceKind> users = more().users(kind);
            check(
                    users != null && before.containsAll(users),
                    "users(%s) is %s, but only %s come before it",
                    kind,
                    users,
                    before);
        }
    }

    private Resource make(ResourceKind kind, Owner owner) throws Exception {
        Optional<Resource> made = bench.contract().make(kind, owner.tags());
        assumeTrue(made.isPresent(), "make(kind, tags) is not overridden for " + kind);
        return made.get();
    }

    private Optional<Resource> find(Resource one, Tags tags) throws Exception {
        return more().resources(one.kind(), tags).stream()
                .filter(seen -> seen.id().equals(one.id()))
                .findFirst();
    }
}
