package dev.foothold.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.CloudException.Kind;
import dev.foothold.environ.CredentialNotValidException;
import dev.foothold.environ.Environ;
import dev.foothold.environ.IdempotencyToken;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.environ.UndoScope;
import dev.foothold.event.Event;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.machine.UserData;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.time.Timeline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Proves that every method an author can write is called through the guard. A method or capability that is added to the
 * SPI has to be given its route here.
 */
class RoutesTest {

    private static final InstanceId ID = InstanceId.of("i-1");

    /** The interfaces of the package that authors implement. */
    private static final List<Class<?>> INTERFACES = new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(Environ.class.getPackageName())
                    .stream()
                    .filter(JavaClass::isInterface)
                    // Handed to authors, not written by them.
                    .filter(type -> !type.getFullName().startsWith(UndoScope.class.getName()))
                    .filter(type -> type.getPackageName().equals(Environ.class.getPackageName()))
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .<Class<?>>map(JavaClass::reflect)
                    .toList();

    /** Methods by which the cloud is not asked: they say what a call means, or how a machine is logged in to. */
    private static final Set<String> NOT_CALLS = Set.of("Environ.classify", "MachineLogin.login");

    /** The guarded way to each method, and what the call is named there. */
    private static final Map<String, Route> ROUTES = Map.ofEntries(
            route("Environ.startInstance", "startInstance", cloud -> cloud.startInstance(params())),
            route("Environ.stopInstance", "stopInstances", cloud -> cloud.stopInstances(List.of(ID))),
            route("Environ.stopInstances", "stopInstances", cloud -> cloud.stopInstances(List.of(ID))),
            route("Environ.maxBatch", "maxBatch", Cloud::maxBatch),
            route("Environ.allInstances", "allInstances", Cloud::allInstances),
            route("Environ.allRunningInstances", "allRunningInstances", Cloud::allRunningInstances),
            route("Environ.controllerInstances", "controllerInstances", Cloud::controllerInstances),
            route("Environ.instances", "instances", cloud -> cloud.instances(List.of(ID))),
            route("Environ.images", "images", cloud -> cloud.images(Base.parse("ubuntu@24.04"), Arch.AMD64)),
            route("Environ.instanceTypes", "instanceTypes", cloud -> cloud.instanceTypes(Constraints.none())),
            route("Environ.constraintsValidator", "constraintsValidator", cloud -> cloud.validate(Constraints.none())),
            route("Environ.dataDirectory", "dataDirectory", Cloud::dataDirectory),
            route("Environ.userData", "userData", Cloud::takesUserData),
            route("Environ.userDataLimit", "userDataLimit", Cloud::userDataLimit),
            route("Environ.precheckInstance", "precheckInstance", doing(cloud -> cloud.precheckInstance(params()))),
            route("Environ.prepareForBootstrap", "prepareForBootstrap", doing(Cloud::prepareForBootstrap)),
            route(
                    "ZonedEnviron.availabilityZones",
                    "availabilityZones",
                    cloud -> cloud.zones().orElseThrow().availabilityZones()),
            route(
                    "ZonedEnviron.instanceAvailabilityZoneNames",
                    "instanceAvailabilityZoneNames",
                    cloud -> cloud.zones().orElseThrow().instanceAvailabilityZoneNames(List.of(ID))),
            route(
                    "ZonedEnviron.deriveAvailabilityZones",
                    "deriveAvailabilityZones",
                    cloud -> cloud.zones().orElseThrow().deriveAvailabilityZones(params())),
            route(
                    "HasResources.kinds",
                    "kinds",
                    cloud -> cloud.resources().orElseThrow().kinds()),
            route(
                    "HasResources.resources",
                    "resources",
                    cloud -> cloud.resources().orElseThrow().resources(ResourceKind.VOLUME)),
            route(
                    "HasResources.delete",
                    "delete",
                    doing(cloud -> cloud.resources()
                            .orElseThrow()
                            .delete(Resource.of(ResourceKind.VOLUME, "v").tagged(cloud.owner())))),
            route(
                    "HasResources.deleteAll",
                    "deleteAll",
                    cloud -> cloud.resources()
                            .orElseThrow()
                            .deleteAll(List.of(
                                    Resource.of(ResourceKind.VOLUME, "v").tagged(cloud.owner())))),
            route(
                    "HasResources.maxBatch",
                    "maxBatch",
                    cloud -> cloud.resources().orElseThrow().maxBatch(ResourceKind.VOLUME)),
            route(
                    "HasResources.users",
                    "users",
                    cloud -> cloud.resources().orElseThrow().users(ResourceKind.VOLUME)),
            route(
                    "InstanceTagger.tagInstance",
                    "tagInstance",
                    doing(cloud -> cloud.tagger().orElseThrow().tagInstance(ID, Tags.none()))),
            route(
                    "CredentialProbe.probeCredential",
                    "probeCredential",
                    doing(cloud -> cloud.credentialProbe().orElseThrow().probeCredential())));

    @Test
    void everyMethodOfTheSpiHasARoute() {
        Set<String> methods = new TreeSet<>();
        spi().forEach(method -> methods.add(nameOf(method)));
        Set<String> known = new TreeSet<>(ROUTES.keySet());
        known.addAll(NOT_CALLS);

        assertThat(known).isEqualTo(methods);
    }

    @TestFactory
    Stream<DynamicTest> everyCallPassesThroughTheInterceptors() {
        return tests((method, route) -> {
            Guarded guarded = new Guarded(method, new IllegalStateException("HTTP 401"));

            assertThat(catchThrowableOfType(Exception.class, () -> route.via.call(guarded.cloud)))
                    .isNotNull();
            assertThat(guarded.calls).extracting(Call::operation).containsExactly(route.operation);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyFailureIsClassified() {
        return tests((method, route) -> {
            Exception thrown = new IllegalStateException("HTTP 507");
            Guarded guarded = new Guarded(method, thrown);
            guarded.meaning = new CloudException(Kind.QUOTA, "no more of these", thrown);

            CloudException failure = catchThrowableOfType(CloudException.class, () -> route.via.call(guarded.cloud));

            assertThat(failure.kind()).isEqualTo(Kind.QUOTA);
            assertThat(failure)
                    .hasMessageStartingWith(route.operation)
                    .hasMessageEndingWith(": no more of these")
                    .hasRootCause(thrown);
            assertThat(guarded.classified).containsExactly(thrown);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyDenialIsJudged() {
        return tests((method, route) -> {
            Exception thrown = new IllegalStateException("HTTP 401");
            Guarded guarded = new Guarded(method, thrown);
            guarded.meaning = new CredentialNotValidException("who are you?", thrown);

            assertThat(catchThrowableOfType(CredentialNotValidException.class, () -> route.via.call(guarded.cloud)))
                    .hasMessageContaining("replace it");
            assertThat(guarded.denials).hasSize(1);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyCallIsRepeatedWhenItIsThrottled() {
        return tests((method, route) -> {
            Exception thrown = new IllegalStateException("HTTP 429");
            Guarded guarded = new Guarded(method, thrown);
            guarded.meaning = new CloudException(Kind.THROTTLED, "slow down", thrown);

            assertThat(catchThrowableOfType(CloudException.class, () -> route.via.call(guarded.cloud)))
                    .hasMessageContaining("slow down; refused ");
            assertThat(guarded.calls).hasSizeGreaterThan(2);
        });
    }

    @TestFactory
    Stream<DynamicTest> everyCallIsToldOf() {
        return tests((method, route) -> {
            Guarded guarded = new Guarded(method, new IllegalStateException("HTTP 500"));
            guarded.meaning = new CloudException(Kind.INVALID_REQUEST, "no").withRequestId("r-7");

            assertThat(catchThrowableOfType(CloudException.class, () -> route.via.call(guarded.cloud)))
                    .isNotNull();
            assertThat(guarded.events)
                    .filteredOn(Event.CallEnded.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(Event.CallEnded.class, event -> {
                        assertThat(event.operation()).isEqualTo(route.operation);
                        assertThat(event.attempts()).isEqualTo(1);
                        assertThat(event.kind()).isEqualTo(Kind.INVALID_REQUEST);
                        assertThat(event.requestId()).isEqualTo("r-7");
                        assertThat(event.failure()).endsWith(": no");
                    });
        });
    }

    @TestFactory
    Stream<DynamicTest> errorsPassUnchanged() {
        return tests((method, route) -> {
            Error thrown = new StackOverflowError();
            Guarded guarded = new Guarded(method, thrown);

            assertThat(catchThrowableOfType(Error.class, () -> route.via.call(guarded.cloud)))
                    .isSameAs(thrown);
            assertThat(guarded.events).last().isInstanceOf(Event.CallEnded.class);
        });
    }

    private interface Check {
        void check(Method method, Route route) throws Exception;
    }

    private static Stream<DynamicTest> tests(Check check) {
        Map<String, Method> methods = new TreeMap<>();
        spi().filter(method -> !NOT_CALLS.contains(nameOf(method)))
                .forEach(method -> methods.put(nameOf(method), method));
        assertThat(methods).isNotEmpty();
        return methods.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Route route = ROUTES.get(entry.getKey());
                    assertThat(route).as("the route of " + entry.getKey()).isNotNull();
                    check.check(entry.getValue(), route);
                }));
    }

    private static Stream<Method> spi() {
        return INTERFACES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic() && !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(RoutesTest::nameOf));
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private interface Via {
        Object call(Cloud cloud) throws Exception;
    }

    private interface Doing {
        void call(Cloud cloud) throws Exception;
    }

    private record Route(String operation, Via via) {}

    private static Map.Entry<String, Route> route(String method, String operation, Via via) {
        return Map.entry(method, new Route(operation, via));
    }

    private static Via doing(Doing action) {
        return cloud -> {
            action.call(cloud);
            return true;
        };
    }

    private static StartInstanceParams params() {
        ModelSettings model = ModelSettings.create("prod");
        return new StartInstanceParams(
                model.owner(),
                "machine",
                IdempotencyToken.derive("operation"),
                UserData.of("#cloud-config"),
                model.tags(),
                null,
                null,
                null);
    }

    /** An author's object with all capabilities, of which one method fails, behind a guard. */
    private static final class Guarded implements Interceptor, InvocationHandler {

        private final Method failing;
        private final Throwable thrown;
        private final Timeline timeline = Timeline.virtual(1);
        private final List<Call> calls = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
        private final List<Exception> classified = new ArrayList<>();
        private final List<CredentialDenial> denials = new ArrayList<>();
        private final Cloud cloud;
        private CloudException meaning;

        Guarded(Method failing, Throwable thrown) {
            this.failing = failing;
            this.thrown = thrown;
            // The probe would be asked about denials of all others, and is tried on its own.
            List<Class<?>> types = INTERFACES.stream()
                    .filter(type -> type.equals(failing.getDeclaringClass())
                            || !type.getSimpleName().equals("CredentialProbe"))
                    .toList();
            Environ environ =
                    (Environ) Proxy.newProxyInstance(getClass().getClassLoader(), types.toArray(Class<?>[]::new), this);
            this.cloud = Cloud.guard(
                    environ,
                    OperationContext.standing(ModelSettings.create("prod"), timeline, events::add)
                            .withCredentialSink(denials::add),
                    Duration.ofSeconds(20),
                    List.of(this));
        }

        @Override
        public <T> T around(Call call, Callable<T> next) throws Exception {
            calls.add(call);
            return next.call();
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            if (method.equals(failing)) {
                throw thrown;
            }
            if (method.getName().equals("classify")) {
                classified.add((Exception) args[0]);
                return Optional.ofNullable(meaning);
            }
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
    }
}
