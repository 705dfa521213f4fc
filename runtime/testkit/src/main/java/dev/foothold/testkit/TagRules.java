package dev.foothold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foothold.environ.InstanceTagger;
import dev.foothold.instance.Instance;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import org.junit.jupiter.api.BeforeAll;

/** What holds for environs that can tag what is there. */
abstract class TagRules extends RuleGroup {

    private static final Tags LATER = Tags.of("contract-later", "yes");

    TagRules(Workbench bench) {
        super(bench);
    }

    @BeforeAll
    void needsATagger() {
        assumeTrue(environ() instanceof InstanceTagger, "the environ does not implement InstanceTagger");
    }

    @Checks(value = Rule.TAG_ADDED, live = true)
    void tagsThatArePutOnLaterAreListed() throws Exception {
        tagged(Workbench.owner());
    }

    @Checks(value = Rule.TAG_KEEPS, live = true)
    void tagsThatWereThereStay() throws Exception {
        Owner owner = Workbench.owner();
        Instance seen = tagged(owner);
        check(
                seen.tags().containsAll(owner.tags()),
                "instance %s was started with the tags %s, and has after tagInstance(…, %s) only %s",
                seen.id(),
                owner.tags(),
                LATER,
                seen.tags());
    }

    private Instance tagged(Owner owner) throws Exception {
        Instance started = bench.started(owner);
        try {
            ((InstanceTagger) environ()).tagInstance(started.id(), LATER);
            return bench.await(
                    bench.patience().settling(),
                    () -> bench.find(started.id(), owner.tags())
                            .filter(one -> one.tags().containsAll(LATER)),
                    "tagInstance(" + started.id() + ", " + LATER + ") was called, but the tags are not listed");
        } finally {
            // It may have lost the tag by which it is found.
            environ().stopInstance(started.id());
        }
    }
}
