package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.HasResources;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;

/** What holds for environs that know of more than instances. */
abstract class ResourceRules extends RuleGroup {

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
