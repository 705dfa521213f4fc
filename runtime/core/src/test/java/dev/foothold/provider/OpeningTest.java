package dev.foothold.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.FootholdException;
import dev.foothold.bootstrap.LaunchParams;
import dev.foothold.config.ProviderSchema;
import dev.foothold.config.SettingFault;
import dev.foothold.config.SettingGroup;
import dev.foothold.config.SettingSpec;
import dev.foothold.config.SettingType;
import dev.foothold.config.SettingValues;
import dev.foothold.config.Settings;
import dev.foothold.config.SettingsException;
import dev.foothold.event.Event;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.StateException;
import dev.foothold.testing.ListedEnviron;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What happens between the settings a user gives and the author's environ. */
class OpeningTest {

    private static final SettingSpec<String> REGION =
            SettingSpec.of("region", SettingType.TEXT).asImmutable().withDeprecatedName("zone");
    private static final SettingSpec<Optional<String>> NETWORK =
            SettingSpec.of("network", SettingType.optional(SettingType.TEXT)).asImmutable();
    private static final SettingSpec<String> NOTE =
            SettingSpec.of("note", SettingType.TEXT).withDefault("");

    private final List<Event> events = new ArrayList<>();
    private final MemoryStateStore store = new MemoryStateStore();
    private final Foothold foothold = Foothold.with(store).withEvents(events::add);

    /** A factory as the processor writes it. */
    private static final class Factory implements ProviderFactory {

        private final SettingGroup<String> group;
        private final @Nullable Exception failure;

        Factory(SettingSpec<?>... specs) {
            this(null, specs);
        }

        Factory(@Nullable Exception failure, SettingSpec<?>... specs) {
            this.group = SettingGroup.of(in -> "made", specs);
            this.failure = failure;
        }

        @Override
        public String name() {
            return "listed";
        }

        @Override
        public List<String> aliases() {
            return List.of();
        }

        @Override
        public String description() {
            return "";
        }

        @Override
        public ProviderSchema schema() {
            return ProviderSchema.of("listed").withConfiguration(group);
        }

        @Override
        public DefaultProvider open(Settings settings, ModelSettings model, Foothold foothold) throws Exception {
            SettingValues in = schema().read(settings);
            if (failure != null) {
                throw failure;
            }
            assertThat(in.get(group)).isEqualTo("made");
            return new DefaultZonedProvider(new ListedEnviron(), model, foothold);
        }
    }

    private DefaultProvider open(ProviderFactory factory, Map<String, ?> settings) {
        return foothold.open(factory, "prod", Settings.of(settings));
    }

    /** The first thing that is made for a model claims it, even if the cloud refuses. */
    private static void claim(DefaultProvider provider) {
        assertThatThrownBy(() -> provider.launch(1, LaunchParams.on(Base.parse("ubuntu@24.04"))))
                .isInstanceOf(FootholdException.class);
    }

    private String kept() throws Exception {
        return store.read("prod/settings").orElseThrow().text();
    }

    private void keep(String text) throws Exception {
        store.compareAndSet(
                "prod/settings",
                store.read("prod/settings").map(there -> there.version()).orElse(null),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> faults(Map<String, ?> settings) {
        return catchThrowableOfType(SettingsException.class, () -> open(new Factory(REGION, NETWORK, NOTE), settings))
                .faults()
                .stream()
                .map(SettingFault::toString)
                .toList();
    }

    @Test
    void immutableSettings_areKeptFromTheFirstClaimOn() throws Exception {
        DefaultProvider provider = open(new Factory(REGION, NETWORK, NOTE), Map.of("region", "north"));
        assertThat(store.read("prod/settings")).isEmpty();
        claim(provider);
        assertThat(kept()).contains("immutable-settings:\n  region: north\n  network: \"\"\n");
        assertThat(kept()).doesNotContain("note");

        assertThat(open(new Factory(REGION, NETWORK, NOTE), Map.of("region", "north", "note", "changed"))
                        .model()
                        .owner())
                .isEqualTo(provider.model().owner());
        assertThat(faults(Map.of("region", "south", "network", "n1")))
                .containsExactly(
                        "region (given as key \"region\"): is \"south\", but model \"prod\" was made with \"north\", and this"
                                + " setting cannot change; set it back, or destroy the model and make it anew",
                        "network (given as key \"network\"): is \"n1\", but model \"prod\" was made without it, and this"
                                + " setting cannot change; set it back, or destroy the model and make it anew");
    }

    @Test
    void immutableSettings_areAddedToWhatWasKeptBefore_andTheRestStays() throws Exception {
        claim(open(new Factory(NOTE), Map.of()));
        assertThat(kept()).doesNotContain("immutable-settings");
        keep(kept() + "later: [1, x]\nimmutable-settings: {gone: '010'}\n");

        claim(open(new Factory(REGION), Map.of("region", "north")));
        assertThat(kept())
                .contains("later:\n- 1\n- x\n")
                .contains("immutable-settings:\n  gone: \"010\"\n  region: north\n");
        assertThat(faults(Map.of("region", "south"))).hasSize(1);
    }

    @Test
    void whoeverClaimsWithAnotherValueMeanwhile_isRefused() throws Exception {
        claim(open(new Factory(NOTE), Map.of()));
        DefaultProvider north = open(new Factory(REGION), Map.of("region", "north"));
        DefaultProvider south = open(new Factory(REGION), Map.of("region", "south"));
        claim(north);
        assertThatThrownBy(() -> south.launch(1, LaunchParams.on(Base.parse("ubuntu@24.04"))))
                .isInstanceOf(StateException.class)
                .hasMessageContaining("another value for \"region\" by now");
        assertThat(kept()).contains("region: north");
    }

    @Test
    void anOldName_isToldAsAnEvent() {
        open(new Factory(REGION), Map.of("zone", "north"));
        assertThat(events).singleElement().isInstanceOfSatisfying(Event.SettingDeprecated.class, event -> {
            assertThat(event.origin()).isEqualTo(new Event.Origin("prod", "open", ""));
            assertThat(event.setting()).isEqualTo("zone (given as key \"zone\")");
            assertThat(event.advice()).isEqualTo("is an old name of \"region\"; use that");
        });
    }

    @Test
    void settingsThatAreWrong_openNothing() {
        assertThat(faults(Map.of("regoin", "north")))
                .containsExactly(
                        "region: is missing; expected text, as key \"region\"",
                        "regoin (given as key \"regoin\"): is not a setting; did you mean \"region\"?");
        assertThat(events).isEmpty();
    }

    @Test
    void anEnvironThatCannotBeMade_isToldWithItsCause() {
        Exception checked = new IOException("no route");
        assertThatThrownBy(() -> open(new Factory(checked, NOTE), Map.of()))
                .isInstanceOf(FootholdException.class)
                .hasMessage("provider \"listed\" cannot be opened: no route")
                .hasCause(checked);
        RuntimeException unchecked = new IllegalStateException("no route");
        assertThatThrownBy(() -> open(new Factory(unchecked, NOTE), Map.of())).isSameAs(unchecked);
        assertThatThrownBy(() -> open(new Factory(new InterruptedException(), NOTE), Map.of()))
                .isInstanceOf(FootholdException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
