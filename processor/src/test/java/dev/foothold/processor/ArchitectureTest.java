package dev.foothold.processor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.Processor;
import org.junit.jupiter.api.Test;

/** Holds who may import what; see the package descriptions for why. */
class ArchitectureTest {

    private static final String ROOT = "dev.foothold.processor";
    private static final String MODEL = ROOT + ".model";

    private final JavaClasses processor = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static ClassesShouldConjunction only(String room, String... others) {
        return classes()
                .that()
                .resideInAPackage(ROOT + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(others);
    }

    @Test
    void model_knowsTheJdkOnly() {
        only(".model", MODEL, "java..", "javax.annotation.processing", "javax.tools", "org.jspecify..")
                .check(processor);
    }

    @Test
    void read_knowsTheModelAndTheCompiler() {
        only(".read", ROOT + ".read", MODEL, "java..", "javax..", "org.jspecify..")
                .check(processor);
    }

    @Test
    void check_knowsTheModelAndNothingOfTheCompiler() {
        only(".check", ROOT + ".check", MODEL, "java..", "javax.tools", "org.jspecify..")
                .check(processor);
    }

    @Test
    void write_knowsTheModelAndJavaPoet() {
        only(".write", ROOT + ".write", MODEL, "com.palantir.javapoet", "java..", "javax..", "org.jspecify..")
                .check(processor);
    }

    @Test
    void onlyWrite_knowsJavaPoet() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".write")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.palantir..")
                .check(processor);
    }

    @Test
    void noClass_refersToTheRuntime() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.foothold",
                        "dev.foothold.annotation..",
                        "dev.foothold.config..",
                        "dev.foothold.environ..",
                        "dev.foothold.model..",
                        "dev.foothold.provider..")
                .check(processor);
    }

    @Test
    void bothProcessors_areDeclaredForTheClassPathTheModulePathAndGradle() {
        Set<String> names = Set.of(ProviderProcessor.class.getName(), ProviderIndexProcessor.class.getName());
        Path classes = Path.of("target", "classes");
        var module = ModuleFinder.of(classes).find(ROOT).orElseThrow().descriptor();
        assertThat(module.provides()).singleElement().satisfies(provides -> {
            assertThat(provides.service()).isEqualTo(Processor.class.getName());
            assertThat(Set.copyOf(provides.providers())).isEqualTo(names);
        });
        assertThat(classes.resolve("META-INF/services/" + Processor.class.getName()))
                .hasContent(names.stream().sorted().collect(Collectors.joining("\n")));
        assertThat(classes.resolve("META-INF/gradle/incremental.annotation.processors"))
                .hasContent(ProviderProcessor.class.getName() + ",isolating\n" + ProviderIndexProcessor.class.getName()
                        + ",aggregating");
    }
}
