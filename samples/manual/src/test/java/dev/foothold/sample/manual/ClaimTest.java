package dev.foothold.sample.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.environ.IdempotencyToken;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.model.Tags;
import dev.foothold.network.MachineAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final String KEY = Claim.key(IdempotencyToken.derive("operation", "step"));
    private static final Claim CLAIM = new Claim(KEY, T0, Tags.of("a", "b"));
    private static final Machine MACHINE =
            new Machine("m1", MachineAddress.of("10.0.0.5"), "root", List.of(), HardwareCharacteristics.unknown());

    @TempDir
    Path directory;

    @Test
    void whateverTagsSayTheyAreReadBack() {
        Claim claim = new Claim(
                KEY,
                T0,
                Tags.of(Map.of(
                        "Contract-Case", "a Value, with: some/signs_1.0 @home",
                        "yes", "null",
                        "it's \"quoted\"", "\\ $HOME `id` %s\n\t# é € \ud83d\ude00",
                        "long", "x ".repeat(500) + "x",
                        "empty", "")));

        assertThat(Claim.parse(claim.text())).isEqualTo(claim);
        assertThat(claim.text().lines()).as("for grep").contains(Claim.keyLine(KEY));
        assertThat(claim.text()).as("for any locale").matches("\\p{ASCII}*");
    }

    @Test
    void theKeyIsTheSameForATokenAndAnotherOneForAnother() {
        assertThat(KEY).matches("[0-9a-f]{12}").isEqualTo(Claim.key(IdempotencyToken.derive("operation", "step")));
        assertThat(Claim.key(IdempotencyToken.derive("operation", "other"))).isNotEqualTo(KEY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "free",
                "a: [",
                "key: 1\nsince: x\ntags: {}",
                "key: \"zzzzzzzzzzzz\"\nsince: \"2026-01-01T00:00:00Z\"\ntags: {}",
                "key: \"000000000000\"\nsince: \"tomorrow\"\ntags: {}",
                "key: \"000000000000\"\nsince: \"2026-01-01T00:00:00Z\"\ntags: []",
                "key: \"000000000000\"\nsince: \"2026-01-01T00:00:00Z\"\ntags: {\"\": b}",
                "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://a\"]]]]"
            })
    void whatIsNoClaimIsNotTakenForOne(String text) {
        assertThatThrownBy(() -> Claim.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasSeenLastIsRemembered() throws Exception {
        Sightings sightings = new Sightings(directory.resolve("seen"));
        assertThat(sightings.of(MACHINE)).isEmpty();

        sightings.note(MACHINE, null, T0);
        assertThat(sightings.of(MACHINE)).contains(new Sightings.Sighting(T0, null));

        sightings.note(MACHINE, CLAIM, T0.plusSeconds(2));
        assertThat(new Sightings(directory.resolve("seen")).of(MACHINE))
                .as("by another process")
                .contains(new Sightings.Sighting(T0.plusSeconds(2), CLAIM));
        try (var files = Files.list(directory.resolve("seen"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aLookThatBeganBeforeAClaimWasMadeDoesNotForgetIt() throws Exception {
        Sightings sightings = new Sightings(directory);
        sightings.note(MACHINE, CLAIM, T0.plusSeconds(2));

        sightings.note(MACHINE, null, T0.plusSeconds(1));

        assertThat(sightings.of(MACHINE).orElseThrow().claim()).isEqualTo(CLAIM);
    }

    @Test
    void aMemoryThatCannotBeReadIsNone() throws Exception {
        Files.writeString(directory.resolve("m1"), "# seen yesterday\n");
        Sightings sightings = new Sightings(directory);

        assertThat(sightings.of(MACHINE)).isEmpty();
        sightings.note(MACHINE, CLAIM, T0);
        assertThat(sightings.of(MACHINE).orElseThrow().claim()).isEqualTo(CLAIM);
    }
}
