package dev.foothold;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Holds who may import whom. A new package has to be given a floor here. */
class ArchitectureTest {

    private static final String ROOT = "dev.foothold";

    /** The floor of each package; a package imports floors below its own. */
    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("", 0),
            Map.entry("annotation", 0),
            Map.entry("internal.json", 0),
            Map.entry("internal.key", 0),
            Map.entry("internal.yaml", 0),
            Map.entry("config", 1),
            Map.entry("constraints", 1),
            Map.entry("instance", 1),
            Map.entry("machine", 1),
            Map.entry("model", 1),
            Map.entry("network", 1),
            Map.entry("redact", 1),
            Map.entry("environ", 2),
            Map.entry("event", 2),
            Map.entry("retry", 2),
            Map.entry("ssh", 2),
            Map.entry("state", 2),
            Map.entry("time", 2),
            Map.entry("cloud", 3),
            Map.entry("cloudinit", 3),
            Map.entry("distribution", 3),
            Map.entry("event.render", 3),
            Map.entry("journal", 3),
            Map.entry("script", 3),
            Map.entry("bootstrap", 4),
            Map.entry("destroy", 4),
            Map.entry("firewall", 4),
            Map.entry("internal.ssh", 5),
            Map.entry("internal.store", 5),
            Map.entry("provider", 6));

    /** Floors of plain values, whose packages may know each other. */
    private static final Set<Integer> SOCIABLE = Set.of(1, 2);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void everyPackageHasAFloor() {
        Set<String> packages = new TreeSet<>();
        runtimeClasses().forEach(type -> packages.add(room(type)));

        assertThat(packages).isEqualTo(new TreeSet<>(FLOORS.keySet()));
    }

    @Test
    void aPackageImportsOnlyFloorsBelowItsOwn() {
        classes()
                .that(resideInAPackage("dev.foothold.."))
                .should(importOnlyFloorsBelow())
                .check(runtimeClasses());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.foothold.(**)").should().beFreeOfCycles().check(runtimeClasses());
    }

    @Test
    void onlyAdaptersKnowSshj() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.foothold.internal.ssh", "dev.foothold.internal.key")
                .should()
                .dependOnClassesThat(resideInAnyPackage("net.schmizz..", "com.hierynomus.."))
                .check(runtimeClasses());
    }

    @Test
    void onlyOnePackageKnowsBouncyCastle() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.foothold.internal.key")
                .should()
                .dependOnClassesThat(resideInAPackage("org.bouncycastle.."))
                .check(runtimeClasses());
    }

    @Test
    void ofSshj_theRoomOfKeysKnowsOnlyThePassphrases() {
        noClasses()
                .that()
                .resideInAPackage("dev.foothold.internal.key")
                .should()
                .dependOnClassesThat(resideInAnyPackage("net.schmizz.."))
                .check(runtimeClasses());
    }

    @Test
    void onlyOnePackageKnowsSnakeyaml() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.foothold.internal.yaml")
                .should()
                .dependOnClassesThat(resideInAPackage("org.yaml.."))
                .check(runtimeClasses());
    }

    @Test
    void policiesWaitAndForkOnATimelineOnly() {
        noClasses()
                .that(onFloors(3, 4))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executor.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(CompletableFuture.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(BlockingQueue.class)
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(runtimeClasses());
    }

    @Test
    void namesSayWhatAThingIs() {
        classes()
                .that()
                .resideOutsideOfPackage("dev.foothold.internal..")
                .should()
                .haveNameNotMatching(".*(Utils?|Manager|Helper|Impl)")
                .check(runtimeClasses());
    }

    /** What runs in a native image or behind a module wall needs no configuration there. */
    @Test
    void nothingIsLookedUpByName() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.reflect..", "java.lang.invoke.."))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ClassLoader.class)
                .orShould()
                .accessTargetWhere(target(owner(assignableTo(Class.class)))
                        .and(target(nameMatching("forName|newInstance|getEnumConstants|getResource.*|get.*Class(es)?"
                                + "|get(Declared)?(Method|Field|Constructor|Annotation|RecordComponent)s?.*"))))
                .check(runtimeClasses());
    }

    @Test
    void servicesAreLoadedInOnePlaceOnly() {
        noClasses()
                .that(not(assignableTo("dev.foothold.provider.Providers")))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ServiceLoader.class)
                .check(runtimeClasses());
    }

    private static JavaClasses runtimeClasses() {
        return CLASSES.that(com.tngtech.archunit.base.DescribedPredicate.describe(
                "of the runtime", type -> FLOORS.containsKey(room(type)) || !isSimulator(type)));
    }

    private static boolean isSimulator(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".simulator");
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> onFloors(Integer... floors) {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "are on floors " + Set.of(floors), type -> Set.of(floors).contains(FLOORS.get(room(type))));
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static ArchCondition<JavaClass> importOnlyFloorsBelow() {
        return new ArchCondition<>("import only floors below its own") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!target.getPackageName().startsWith(ROOT)
                            || target.getPackageName().equals(type.getPackageName())) {
                        continue;
                    }
                    int own = FLOORS.get(room(type));
                    Integer other = FLOORS.get(room(target));
                    boolean allowed = other != null && (other < own || other == own && SOCIABLE.contains(own));
                    if (!allowed) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
