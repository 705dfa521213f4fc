package dev.foothold.processor.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.processor.model.ConstructorModel;
import dev.foothold.processor.model.Located;
import dev.foothold.processor.model.Place;
import dev.foothold.processor.model.ProviderAnnotation;
import dev.foothold.processor.model.ProviderModel;
import dev.foothold.processor.model.Shape;
import dev.foothold.processor.model.Surroundings;
import dev.foothold.processor.model.TypeRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProviderCheckerTest {

    private static final Place HERE = (messager, kind, message) -> {};
    private static final TypeRef ACME = TypeRef.topLevel("acme.Acme");
    private static final Shape SOUND =
            new Shape(Optional.empty(), false, false, false, Optional.empty(), true, true, true);
    private static final Shape HOPELESS =
            new Shape(Optional.of("an interface"), true, true, false, Optional.empty(), true, false, false);
    private static final Surroundings COMPLETE = new Surroundings(List.of(), List.of(), true, true, List.of());

    private static ProviderAnnotation named(String name) {
        return new ProviderAnnotation(true, HERE, new Located<>(name, HERE), List.of(), "");
    }

    private static List<Finding> check(Shape shape, Surroundings surroundings, ProviderAnnotation... annotations) {
        ConstructorModel constructor = new ConstructorModel(HERE, true, List.of(), List.of());
        return ProviderChecker.check(new ProviderModel(
                ACME, HERE, List.of(annotations), shape, List.of(), List.of(constructor), surroundings));
    }

    @Test
    void aSoundProvider_hasNoFindings() {
        assertThat(check(SOUND, COMPLETE, named("acme"))).isEmpty();
    }

    @Test
    void severalMistakes_areAllFound() {
        Shape shape = new Shape(Optional.empty(), true, true, false, Optional.empty(), true, true, false);
        assertThat(check(shape, COMPLETE, named("")))
                .extracting(Finding::problem)
                .containsExactly(Problem.BLANK_NAME, Problem.ABSTRACT_CLASS, Problem.GENERIC_CLASS, Problem.NOT_ZONED);
    }

    @Test
    void afterAMistakeThatMakesOthersLikely_nothingElseIsSaid() {
        Surroundings poor = new Surroundings(List.of("dev.foothold.X"), List.of(), true, true, List.of());
        assertThat(check(HOPELESS, poor, named(""), named("")))
                .extracting(Finding::problem)
                .containsExactly(Problem.RUNTIME_MISSING);
        assertThat(check(HOPELESS, COMPLETE, named(""), named("")))
                .extracting(Finding::problem)
                .containsExactly(Problem.BOTH_ANNOTATIONS);
        assertThat(check(HOPELESS, COMPLETE, named("")))
                .extracting(Finding::problem)
                .containsExactly(Problem.NOT_A_CLASS);
    }

    @ParameterizedTest
    @CsvSource({"Acme Cloud, acme-cloud", "acmeCloud, acme-cloud", "_acme, acme"})
    void aBadName_isAnsweredWithAGoodOneThatIsNear(String name, String better) {
        assertThat(check(SOUND, COMPLETE, named(name)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).endsWith(" Did you mean \"" + better + "\"?"));
    }

    @ParameterizedTest
    @CsvSource({"3", "größe", "!"})
    void aBadName_withoutAGoodOneNear_isNotAnsweredWithNonsense(String name) {
        assertThat(check(SOUND, COMPLETE, named(name)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).endsWith("starting with a letter."));
    }

    @ParameterizedTest
    @EnumSource(Problem.class)
    void everyMessage_startsWithItsIdAndIsMadeOfSentences(Problem problem) {
        String message = problem.message("a.", "b.", "c.", "d.");
        assertThat(message).matches("\\[[A-Z][A-Za-z]+] .*\\.").startsWith("[" + problem.id() + "] ");
        assertThat(problem.id()).isEqualToIgnoringCase(problem.name().replace("_", ""));
    }
}
