package dev.foothold.testkit;

import dev.foothold.environ.Environ;
import dev.foothold.environ.StartInstanceParams;
import dev.foothold.instance.Instance;
import dev.foothold.instance.InstanceId;
import dev.foothold.instance.InstanceStatus;
import dev.foothold.network.AddressScope;
import dev.foothold.network.MachineAddress;
import dev.foothold.simulator.Address;
import dev.foothold.simulator.CloudApiException;
import dev.foothold.simulator.CloudMachine;
import dev.foothold.simulator.MachineStatus;
import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.SimulatedCloud;
import dev.foothold.simulator.machine.Isolation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers as an environ does, except that each instance it starts has a simulated machine behind it, and that machine's
 * addresses. Thread-safe.
 */
final class MachinesBehind implements InvocationHandler {

    private final Environ environ;
    private final SimulatedCloud cloud;

    /** What the simulated cloud calls the machine behind an instance. */
    private final Map<InstanceId, String> machines = new ConcurrentHashMap<>();

    private MachinesBehind(Environ environ, SimulatedCloud cloud) {
        this.environ = environ;
        this.cloud = cloud;
    }

    /** Makes an object of all the interfaces that the environ has: what it can do besides is found out by asking it. */
    static <E extends Environ> E behind(E environ, Class<E> kind, SimulatedCloud cloud) {
        Set<Class<?>> interfaces = new LinkedHashSet<>(Set.of(kind));
        for (Class<?> type = environ.getClass(); type != null; type = type.getSuperclass()) {
            List.of(type.getInterfaces()).stream()
                    .filter(one -> Modifier.isPublic(one.getModifiers()))
                    .forEach(interfaces::add);
        }
        return kind.cast(Proxy.newProxyInstance(
                environ.getClass().getClassLoader(),
                interfaces.toArray(Class<?>[]::new),
                new MachinesBehind(environ, cloud)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object answer = ask(method, arguments);
        if (arguments != null
                && answer instanceof Instance started
                && arguments[0] instanceof StartInstanceParams params) {
            turnOn(started.id(), params);
        }
        switch (method.getName()) {
            case "dataDirectory":
                // Where machines are directories, what is absolute is the host's.
                return cloud.isolation().equals(Optional.of(Isolation.DIRECTORY))
                        ? Environ.DATA_DIRECTORY.substring(1)
                        : answer;
            case "stopInstance":
                turnOff(List.of((InstanceId) arguments[0]));
                return answer;
            case "stopInstances":
                List<InstanceId> stopped = new ArrayList<>(ids(arguments[0]));
                stopped.removeAll(ids(((Map<?, ?>) answer).keySet()));
                turnOff(stopped);
                return answer;
            default:
                return reachable(answer);
        }
    }

    private @Nullable Object ask(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(environ, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<InstanceId> ids(Object some) {
        return ((Collection<?>) some).stream().map(InstanceId.class::cast).toList();
    }

    private void turnOn(InstanceId id, StartInstanceParams params) throws InterruptedException {
        RunRequest request = RunRequest.of(
                        cloud.offerings().get(0).name(), cloud.images().get(0).id())
                .withUserData(params.userData().bytes());
        synchronized (machines) {
            // An instance that is returned once more, for the same token, has its machine already.
            if (!machines.containsKey(id)) {
                machines.put(id, cloud.runInstance(request).id());
            }
        }
    }

    private void turnOff(List<InstanceId> ids) throws InterruptedException {
        for (InstanceId id : ids) {
            String machine = machines.remove(id);
            if (machine != null) {
                cloud.terminate(machine);
            }
        }
    }

    private @Nullable Object reachable(@Nullable Object answer) throws InterruptedException {
        if (answer instanceof Instance instance) {
            return reachable(instance);
        }
        if (answer instanceof List<?> all) {
            List<@Nullable Object> changed = new ArrayList<>();
            for (Object one : all) {
                changed.add(reachable(one));
            }
            return changed;
        }
        if (answer instanceof Map<?, ?> all) {
            Map<Object, @Nullable Object> changed = new LinkedHashMap<>();
            for (Map.Entry<?, ?> one : all.entrySet()) {
                changed.put(one.getKey(), reachable(one.getValue()));
            }
            return changed;
        }
        return answer;
    }

    private Instance reachable(Instance instance) throws InterruptedException {
        String id = machines.get(instance.id());
        if (id == null) {
            return instance;
        }
        CloudMachine machine;
        try {
            machine = cloud.get(id);
        } catch (CloudApiException e) {
            // Turned off meanwhile.
            return instance;
        }
        boolean failed = machine.status() == MachineStatus.FAILED;
        return new Instance(
                instance.id(),
                failed ? InstanceStatus.PROVISIONING_ERROR : instance.status(),
                failed ? machine.message() : instance.statusMessage(),
                machine.addresses().stream()
                        .filter(one -> one.scope() == Address.Scope.PUBLIC)
                        .map(one -> new MachineAddress(one.value(), AddressScope.PUBLIC, one.port()))
                        .toList(),
                instance.zoneName(),
                instance.hardware(),
                instance.tags(),
                instance.launchTime(),
                instance.hostKeys());
    }
}
