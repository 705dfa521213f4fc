package dev.foothold.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** What the kit may force on those who use it. */
class TestkitArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(
                    ProviderContract.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void authorsNeedJunitAndNothingElse() {
        classes()
                .that()
                .resideInAPackage("dev.foothold.testkit")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.sun.management",
                        "dev.foothold..",
                        "org.jspecify.annotations",
                        "org.junit.jupiter.api..",
                        "org.opentest4j",
                        "org.apiguardian.api")
                .check(CLASSES);
    }

    @Test
    void theKitUsesWhatAuthorsCanUse() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.foothold.internal..")
                .check(CLASSES);
    }
}
