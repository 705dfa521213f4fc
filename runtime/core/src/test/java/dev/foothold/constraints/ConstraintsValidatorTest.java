package dev.foothold.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a cloud makes of constraints. */
class ConstraintsValidatorTest {

    private static final ConstraintsValidator PERMISSIVE = ConstraintsValidator.permissive();

    @Test
    @Tag("D-49")
    void aSecondConflict_addsToTheFirst() {
        ConstraintsValidator validator = PERMISSIVE
                .conflict(Set.of(ConstraintName.INSTANCE_TYPE), Set.of(ConstraintName.MEM))
                .conflict(Set.of(ConstraintName.INSTANCE_TYPE), Set.of(ConstraintName.CORES));

        assertThat(validator.merge(Constraints.parse("mem=4G cores=2 zones=a"), Constraints.parse("instance-type=x")))
                .hasToString("instance-type=x zones=a");
        assertThat(validator
                        .validate(Constraints.parse("mem=4G instance-type=x"))
                        .faults())
                .containsExactly("constraints \"instance-type\" and \"mem\" exclude each other; give only one of them");
    }

    @Test
    @Tag("D-50")
    void anAlias_isTheSameConstraintEverywhere() {
        ConstraintName alias = ConstraintName.parse("cpu-cores");
        ConstraintsValidator validator = PERMISSIVE
                .conflict(Set.of(alias), Set.of(ConstraintName.INSTANCE_TYPE))
                .vocabulary(alias, "2", "4")
                .unsupported(alias);

        ConstraintsReport report = validator.validate(Constraints.parse("cores=3 instance-type=x"));

        assertThat(report.unsupported()).containsExactly(ConstraintName.CORES);
        assertThat(report.faults())
                .containsExactly(
                        "there is no \"cores=3\" here; valid are 2, 4",
                        "constraints \"cores\" and \"instance-type\" exclude each other; give only one of them");
    }

    @Test
    @Tag("D-51")
    void allFaults_areToldInTheSameOrderWhateverTheOrderOfTheRules() {
        List<UnaryOperator<ConstraintsValidator>> rules = List.of(
                v -> v.conflict(Set.of(ConstraintName.MEM), Set.of(ConstraintName.INSTANCE_TYPE)),
                v -> v.conflict(Set.of(ConstraintName.INSTANCE_TYPE), Set.of(ConstraintName.ARCH)),
                v -> v.conflict(Set.of(ConstraintName.ZONES), Set.of(ConstraintName.ARCH)),
                v -> v.vocabulary(ConstraintName.ZONES, "a", "b"),
                v -> v.vocabulary(ConstraintName.ARCH, "amd64"),
                v -> v.unsupported(ConstraintName.MEM, ConstraintName.ARCH),
                v -> v.unsupported(ConstraintName.ZONES));
        Constraints constraints = Constraints.parse("mem=1G instance-type=x arch=arm64 zones=a,c");

        Seeds.forEach(50, seed -> {
            List<UnaryOperator<ConstraintsValidator>> shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, new Random(seed));
            ConstraintsValidator validator = PERMISSIVE;
            for (UnaryOperator<ConstraintsValidator> rule : shuffled) {
                validator = rule.apply(validator);
            }
            ConstraintsReport report = validator.validate(constraints);

            assertThat(report.unsupported())
                    .containsExactly(ConstraintName.ARCH, ConstraintName.MEM, ConstraintName.ZONES);
            assertThat(report.faults().stream().map(fault -> fault.replaceFirst(";.*", "")))
                    .containsExactly(
                            "there is no \"arch=arm64\" here",
                            "there is no \"zones=c\" here",
                            "constraints \"arch\" and \"instance-type\" exclude each other",
                            "constraints \"arch\" and \"zones\" exclude each other",
                            "constraints \"instance-type\" and \"mem\" exclude each other");
        });
    }

    @Test
    void aResolver_decidesCaseByCase() {
        ConstraintsValidator validator = PERMISSIVE
                .conflict(Set.of(ConstraintName.INSTANCE_TYPE), Set.of(ConstraintName.ARCH))
                .resolver(
                        ConstraintName.ARCH,
                        ConstraintName.INSTANCE_TYPE,
                        constraints -> constraints.instanceType().orElseThrow().startsWith("arm")
                                        == constraints
                                                .arch()
                                                .orElseThrow()
                                                .text()
                                                .startsWith("arm")
                                ? Optional.empty()
                                : Optional.of("they are of different makes"));

        assertThat(validator
                        .validate(Constraints.parse("arch=arm64 instance-type=arm-1"))
                        .faults())
                .isEmpty();
        assertThat(validator
                        .validate(Constraints.parse("arch=amd64 instance-type=arm-1"))
                        .faults())
                .containsExactly(
                        "constraints \"arch\" and \"instance-type\" exclude each other; they are of different makes");
    }

    @Test
    void aVocabulary_growsOrIsReplaced() {
        ConstraintsValidator validator = PERMISSIVE.vocabulary(ConstraintName.ARCH, "amd64");
        Constraints arm = Constraints.parse("arch=arm64");

        assertThat(validator.validate(arm).faults()).hasSize(1);
        assertThat(validator
                        .updateVocabulary(ConstraintName.ARCH, List.of("arm64"))
                        .validate(arm)
                        .faults())
                .isEmpty();
        assertThat(validator
                        .vocabulary(ConstraintName.ARCH, "arm64")
                        .validate(Constraints.parse("arch=amd64"))
                        .faults())
                .containsExactly("there is no \"arch=amd64\" here; valid are arm64");
    }

    @Test
    void aVocabulary_isWrittenLikeConstraints() {
        ConstraintsValidator validator = PERMISSIVE
                .vocabulary(ConstraintName.MEM, "1.5G", "2048")
                .vocabulary(ConstraintName.ALLOCATE_PUBLIC_IP, "T");

        assertThat(validator
                        .validate(Constraints.parse("mem=1536M allocate-public-ip=true"))
                        .faults())
                .isEmpty();
        assertThat(validator.validate(Constraints.parse("mem=2G")).faults()).isEmpty();
        assertThat(validator
                        .validate(Constraints.parse("mem=3G allocate-public-ip=0"))
                        .faults())
                .containsExactly(
                        "there is no \"allocate-public-ip=false\" here; valid are true",
                        "there is no \"mem=3072M\" here; valid are 1536M, 2048M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PERMISSIVE.vocabulary(ConstraintName.MEM, "much"))
                .withMessageContaining("the word \"much\" in the vocabulary of constraint \"mem\" must be a size");
    }

    @Test
    void aLongVocabulary_isNotShownInFull() {
        ConstraintsValidator validator = PERMISSIVE.vocabulary(
                ConstraintName.INSTANCE_TYPE,
                IntStream.range(0, 1_000).mapToObj(i -> "type-" + i).toList());

        assertThat(validator.validate(Constraints.parse("instance-type=tpye-7")).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault)
                        .contains("did you mean \"type-7\"? valid are type-0, ")
                        .endsWith("type-19 and 980 more"));
    }

    @Test
    void nothingExcludesItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PERMISSIVE.conflict(
                        Set.of(ConstraintName.MEM), Set.of(ConstraintName.CORES, ConstraintName.MEM)))
                .withMessageContaining("\"mem\" cannot exclude itself");
    }

    @Test
    void severalFaults_areAllInTheMessageOfAMerge() {
        ConstraintsValidator validator =
                PERMISSIVE.vocabulary(ConstraintName.ARCH, "amd64").vocabulary(ConstraintName.ZONES, "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> validator.merge(Constraints.none(), Constraints.parse("arch=arm64 zones=b")))
                .withMessageContaining("the constraints \"arch=arm64 zones=b\" cannot be met: ")
                .withMessageContaining("arch=arm64\" here")
                .withMessageContaining("zones=b\" here");
    }

    @Test
    @Tag("D-49")
    void aMerge_keepsWhatWinsAndBringsNoConflictAbout() {
        Seeds.forEach(1_000, seed -> {
            Random random = new Random(seed);
            ConstraintsValidator validator = PERMISSIVE;
            for (int i = random.nextInt(6); i > 0; i--) {
                List<ConstraintName> names = new ArrayList<>(List.of(ConstraintName.values()));
                Collections.shuffle(names, random);
                int reds = random.nextInt(3);
                validator = validator.conflict(names.subList(0, reds), names.subList(reds, reds + random.nextInt(3)));
            }
            Constraints fallback = valid(validator, ConstraintsTest.any(random));
            Constraints constraints = valid(validator, ConstraintsTest.any(random));

            Constraints merged = validator.merge(fallback, constraints);

            assertThat(merged.toMap()).containsAllEntriesOf(constraints.toMap());
            assertThat(validator.validate(merged).faults()).isEmpty();
            assertThat(Stream.concat(fallback.names().stream(), constraints.names().stream()))
                    .containsAll(merged.names());
            assertThat(validator.merge(merged, merged)).isEqualTo(merged);
            assertThat(validator.merge(Constraints.none(), merged)).isEqualTo(merged);
            assertThat(validator.merge(merged, constraints)).isEqualTo(merged);
        });
    }

    /** Drops names until nothing excludes anything. */
    private static Constraints valid(ConstraintsValidator validator, Constraints constraints) {
        Constraints rest = constraints;
        for (ConstraintName name : constraints.names()) {
            if (!validator.validate(rest).faults().isEmpty()) {
                rest = rest.without(Set.of(name));
            }
        }
        return rest;
    }
}
