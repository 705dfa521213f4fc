package dev.foothold.destroy;

import static dev.foothold.environ.ResourceKind.SECURITY_GROUP;
import static dev.foothold.environ.ResourceKind.VOLUME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foothold.destroy.SweepReport.Item;
import dev.foothold.destroy.SweepReport.Orphan;
import dev.foothold.environ.CloudException;
import dev.foothold.instance.InstanceId;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Owner;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.ProviderState;
import dev.foothold.state.StateException;
import dev.foothold.time.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is swept away and what never is, on virtual time, by a provider that has lost its state. */
class SweeperTest {

    private static final UUID CONTROLLER = new UUID(7, 7);
    private static final UUID OTHER_CONTROLLER = new UUID(8, 8);
    private static final Owner FORGOTTEN = new Owner(new UUID(1, 1), CONTROLLER);
    private static final Owner LIVE = new Owner(new UUID(2, 2), CONTROLLER);
    private static final Owner NEIGHBOUR = new Owner(new UUID(3, 3), OTHER_CONTROLLER);

    private final Timeline timeline = Timeline.virtual(1);
    private final Instant longAgo = timeline.now().minus(Duration.ofDays(30));
    private final Instant justNow = timeline.now().minus(Duration.ofMinutes(1));
    private final MemoryStateStore store = new MemoryStateStore();
    private final Storeroom cloud = new Storeroom(timeline);
    private final DefaultProvider provider = provider(ModelSettings.create("new"));
    private final Sweep sweep = Sweep.of(CONTROLLER, Duration.ofDays(1))
            .with(DestroyParams.defaults().within(Duration.ofMinutes(2)));

    private DefaultProvider provider(ModelSettings model) {
        return new DefaultProvider(cloud, model, Foothold.with(store).withTimeline(timeline));
    }

    private void hasInstance(String id, Owner owner) {
        cloud.hasInstance(id, owner.tags(), longAgo);
    }

    private void hasVolume(String id, Owner owner) {
        cloud.has(VOLUME, id, owner.tags(), null);
        cloud.made(id, longAgo);
    }

    /** Puts a model on record. */
    private DefaultProvider claim(String name, Owner owner) {
        DefaultProvider claimed = provider(new ModelSettings(name, owner, Tags.none(), List.of()));
        claimed.protect("it is in use");
        claimed.unprotect();
        return claimed;
    }

    private static List<String> ids(List<Item> items) {
        return items.stream().map(Item::id).toList();
    }

    @Test
    void whatBelongsToNoModelOnRecordGoes() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasVolume("vol-1", FORGOTTEN);

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(cloud.there()).isEmpty();
        assertThat(report.isClean()).isTrue();
        assertThat(report.orphans()).singleElement().satisfies(orphan -> {
            assertThat(orphan.modelUuid()).isEqualTo(FORGOTTEN.modelUuid());
            assertThat(orphan.receipt()).isNotNull();
            assertThat(orphan.receipt().deleted())
                    .extracting(DestroyReceipt.Item::id)
                    .containsExactly("i-1", "vol-1");
        });
        assertThat(store.scan("")).as("nothing is put on record").isEmpty();
    }

    @Test
    void aDryRunChangesNothingAndNamesWhatThenGoes() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasVolume("vol-1", FORGOTTEN);

        SweepReport dry = provider.sweep(sweep);

        assertThat(cloud.removed).isEmpty();
        assertThat(cloud.there()).containsExactly("i-1", "vol-1");
        assertThat(dry.isClean()).isFalse();
        assertThat(dry.describe()).contains("a dry run", "would go:", "instance i-1", "volume vol-1");
        assertThat(ids(dry.orphans().get(0).forgotten())).containsExactly("i-1", "vol-1");
        assertThat(provider.sweep(sweep.removing()).orphans().get(0).receipt().deleted())
                .extracting(DestroyReceipt.Item::id)
                .containsExactlyElementsOf(ids(dry.orphans().get(0).forgotten()));
    }

    @Test
    void twoOwnersInOneAccountDoNotTouchEachOther() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasInstance("i-2", NEIGHBOUR);
        hasVolume("vol-2", NEIGHBOUR);

        assertThat(provider.sweep(sweep.removing()).isClean()).isTrue();
        assertThat(cloud.there()).containsExactly("i-2", "vol-2");

        assertThat(provider.sweep(Sweep.of(OTHER_CONTROLLER, Duration.ofDays(1)))
                        .orphans())
                .extracting(Orphan::modelUuid)
                .containsExactly(NEIGHBOUR.modelUuid());
    }

    @Test
    void sameModelsOfDifferentControllersAreDifferentModels() throws Exception {
        hasVolume("vol-1", FORGOTTEN);
        hasVolume("vol-2", new Owner(FORGOTTEN.modelUuid(), OTHER_CONTROLLER));

        provider.sweep(sweep.removing());

        assertThat(cloud.there()).containsExactly("vol-2");
    }

    @Test
    void aModelOnRecordIsNeverTouched() throws Exception {
        claim("live", LIVE);
        hasInstance("i-1", LIVE);
        hasVolume("vol-1", LIVE);

        assertThat(provider.sweep(sweep.removing()).orphans()).isEmpty();
        assertThat(cloud.removed).isEmpty();
    }

    @Test
    void theProvidersOwnModelIsNotForgottenBeforeItIsOnRecord() throws Exception {
        DefaultProvider own = provider(new ModelSettings("own", FORGOTTEN, Tags.none(), List.of()));
        hasInstance("i-1", FORGOTTEN);

        assertThat(own.sweep(sweep.removing()).orphans()).isEmpty();
        assertThat(cloud.there()).containsExactly("i-1");
    }

    @Test
    void aProtectedModelIsNeverTouched() throws Exception {
        claim("live", LIVE).protect("it earns our money");
        hasInstance("i-1", LIVE);

        assertThat(provider.sweep(sweep.removing()).isClean()).isTrue();
        assertThat(cloud.there()).containsExactly("i-1");
    }

    @Test
    void stateWhoseModelCannotBeToldKeepsEverything() throws Exception {
        new ProviderState(store, "lost").addStateInstance(InstanceId.of("i-1"));
        hasInstance("i-1", FORGOTTEN);

        assertThatThrownBy(() -> provider.sweep(sweep.removing()))
                .isInstanceOf(StateException.class)
                .hasMessageContainingAll("\"lost\"", "missing", "restore");
        assertThat(cloud.removed).isEmpty();
    }

    @Test
    void whatIsYoungOrOfUnknownAgeStaysAndKeepsWhatItMayUse() throws Exception {
        hasInstance("i-old", FORGOTTEN);
        cloud.hasInstance("i-young", FORGOTTEN.tags(), justNow);
        cloud.has(VOLUME, "vol-ageless", FORGOTTEN.tags(), null);
        cloud.has(SECURITY_GROUP, "sg-old", FORGOTTEN.tags(), null);
        cloud.made("sg-old", longAgo);

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(cloud.removed).containsExactly("i-old");
        assertThat(report.orphans().get(0).left())
                .extracting(Item::id, Item::left)
                .containsExactly(
                        tuple("i-young", "it is younger than 24h0m0s"), tuple("vol-ageless", "its age is not known"));
        assertThat(report.orphans().get(0).receipt().kept())
                .extracting(DestroyReceipt.Item::id)
                .containsExactlyInAnyOrder("i-young", "vol-ageless", "sg-old");
        assertThat(report.describe())
                .contains("i-young: it is younger than 24h0m0s", "sg-old: may be used by instance i-young");
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void whatCarriesNoModelsUuidIsNamedAndLeft() throws Exception {
        cloud.hasInstance("i-1", Owner.managedBy(CONTROLLER), longAgo);
        cloud.hasInstance("i-2", Owner.managedBy(CONTROLLER).with(Owner.MODEL_UUID, "1-1-1-1-1"), longAgo);

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(ids(report.nameless())).containsExactly("i-1", "i-2");
        assertThat(report.describe()).contains("of no model, to be removed by hand:\n  instance i-1");
        assertThat(cloud.removed).isEmpty();
    }

    @Test
    void aModelThatIsPutOnRecordWhileItIsSweptLosesNothingMore() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasInstance("i-2", FORGOTTEN);
        cloud.beforeRemoval = () -> {
            cloud.beforeRemoval = () -> {};
            claim("back", FORGOTTEN);
        };

        SweepReport report = provider.sweep(
                new Sweep(CONTROLLER, sweep.grace(), true, sweep.patience().atOnce(1)));

        assertThat(cloud.removed).as("the one that was under way").hasSize(1);
        assertThat(report.orphans().get(0).receipt().kept())
                .singleElement()
                .extracting(DestroyReceipt.Item::reason)
                .asString()
                .contains("model \"back\"", "is on record by now");
    }

    @Test
    void aModelThatIsPutOnRecordBetweenListingAndRemovingLosesNothing() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasVolume("vol-1", FORGOTTEN);
        cloud.listingAnswers.put("volume", attempt -> {
            claim("back", FORGOTTEN);
            return null;
        });

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(cloud.removed).isEmpty();
        assertThat(report.describe()).contains("is on record by now", "not removed:", "instance i-1");
    }

    @Test
    void whatComesToLightOnlyLaterStays() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        cloud.beforeRemoval = () -> hasInstance("i-late", FORGOTTEN);

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(cloud.there()).containsExactly("i-late");
        assertThat(report.describe()).contains("i-late: it has come to light only after the sweep had begun");
    }

    @Test
    void failuresEndInTheReportAndKeepNothingOfOtherModels() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        hasInstance("i-2", new Owner(new UUID(4, 4), CONTROLLER));
        hasVolume("vol-2", new Owner(new UUID(4, 4), CONTROLLER));
        cloud.refuses("i-1", Integer.MAX_VALUE, Storeroom.forbidden("i-1"));

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(cloud.there()).containsExactly("i-1");
        assertThat(report.isClean()).isFalse();
        assertThat(report.describe()).contains("you may not delete i-1", "nothing left");
    }

    @Test
    void whatCannotBeListedIsNamed() throws Exception {
        hasVolume("vol-1", FORGOTTEN);
        cloud.listingAnswers.put("volume", attempt -> new IOException("reset"));

        SweepReport report = provider.sweep(sweep.removing());

        assertThat(report.unlisted()).containsOnlyKeys("volume");
        assertThat(report.isClean()).isFalse();
        assertThat(report.describe())
                .contains("nothing that could be listed is forgotten", "any volume cannot be listed");

        cloud.listingAnswers.put("instance", attempt -> new IOException("reset"));
        assertThatThrownBy(() -> provider.sweep(sweep.removing())).isInstanceOf(CloudException.class);
    }

    @Test
    void programsReadTheReportAsJson() throws Exception {
        hasInstance("i-1", FORGOTTEN);
        cloud.hasInstance("i-2", FORGOTTEN.tags(), justNow);
        hasVolume("vol-1", FORGOTTEN);

        JsonNode json =
                new ObjectMapper().readTree(provider.sweep(sweep.removing()).toJson());

        assertThat(json.at("/controller").asText()).isEqualTo(CONTROLLER.toString());
        assertThat(json.at("/removes").asBoolean()).isTrue();
        assertThat(json.at("/orphans/0/model").asText())
                .isEqualTo(FORGOTTEN.modelUuid().toString());
        assertThat(json.at("/orphans/0/forgotten/0/created").asText()).isEqualTo(longAgo.toString());
        assertThat(json.at("/orphans/0/left/0/reason").asText()).isEqualTo("it is younger than 24h0m0s");
        assertThat(json.at("/orphans/0/receipt/deleted/0/id").asText()).isEqualTo("i-1");
        assertThat(json.at("/nameless")).isEmpty();
        assertThat(json.at("/unlisted")).isEmpty();
    }

    @Test
    void aSweepWithoutGraceIsRefused() {
        assertThatThrownBy(() -> Sweep.of(CONTROLLER, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("grace", "PT0S", "forgotten");
    }

    @Test
    void theReadmeSaysHowAndWhatIsPrinted() throws Exception {
        cloud.hasInstance("i-00000001", FORGOTTEN.tags(), Instant.parse("2025-11-03T09:30:00Z"));
        cloud.has(VOLUME, "vol-00000002", FORGOTTEN.tags(), "i-00000001");
        cloud.made("vol-00000002", Instant.parse("2025-11-03T09:31:00Z"));
        cloud.has(VOLUME, "vol-00000003", FORGOTTEN.tags(), null);
        UUID controller = CONTROLLER;

        // tag::sweep[]
        Sweep forgotten = Sweep.of(controller, Duration.ofDays(1)); // the tag foothold-controller-uuid
        System.out.println(provider.sweep(forgotten).describe()); // a dry run

        SweepReport report = provider.sweep(forgotten.removing());
        System.out.println(report.describe());
        // end::sweep[]

        assertThat(cloud.there()).isEqualTo(Set.of("vol-00000003"));
        cloud.hasInstance("i-00000001", FORGOTTEN.tags(), Instant.parse("2025-11-03T09:30:00Z"));
        assertThat(Files.readString(Path.of(System.getProperty("basedir", "")).resolve("../../README.md")))
                .contains(provider.sweep(forgotten).describe().indent(4));
    }
}
