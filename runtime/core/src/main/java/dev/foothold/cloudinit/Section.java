package dev.foothold.cloudinit;

import dev.foothold.ssh.SshPublicKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * One kind of statement in a description: its name, what it is when nothing is stated, and how the statements of two
 * descriptions become one.
 *
 * @param <T> what is stated; immutable
 */
final class Section<T> {

    static final Section<Optional<Boolean>> UPDATE = single("package_update");
    static final Section<Optional<Boolean>> UPGRADE = single("package_upgrade");
    static final Section<List<AptSource>> APT_SOURCES = named(
            "apt_sources",
            source -> source instanceof AptSource.Repository repository ? repository.name() : source.description());
    static final Section<List<AptPin>> APT_PINS = named("apt_pins", AptPin::name);
    static final Section<Optional<URI>> APT_MIRROR = single("apt_mirror");
    static final Section<Optional<URI>> APT_PROXY = single("apt_proxy");
    static final Section<List<String>> PACKAGES = appended("packages");
    static final Section<Optional<Proxies>> PROXIES = single("proxies");
    static final Section<List<String>> GROUPS = united("groups");
    static final Section<List<UserAccount>> USERS = named("users", UserAccount::name);
    static final Section<List<SshPublicKey>> AUTHORIZED_KEYS = united("ssh_authorized_keys");
    static final Section<Map<String, HostKey>> HOST_KEYS = mapped("ssh_keys");
    static final Section<Optional<String>> HOSTNAME = single("hostname");
    static final Section<Optional<String>> TIMEZONE = single("timezone");
    static final Section<Optional<String>> LOCALE = single("locale");
    static final Section<Optional<Ntp>> NTP = new Section<>(
            "ntp",
            Optional.empty(),
            (first, second) -> first.isPresent() && second.isPresent()
                    ? Optional.of(first.get().and(second.get()))
                    : first.or(() -> second));
    static final Section<List<String>> CA_CERTIFICATES = united("ca_certs");
    static final Section<List<Mount>> MOUNTS =
            named("mounts", mount -> mount.point().equals("none") ? mount.device() : mount.point());
    static final Section<Optional<Swap>> SWAP = single("swap");
    static final Section<Map<OutputStage, OutputRedirection>> OUTPUT = mapped("output");
    static final Section<List<FileToWrite>> FILES = appended("write_files");
    static final Section<List<String>> BOOT_COMMANDS = appended("bootcmd");
    static final Section<List<String>> COMMANDS = appended("runcmd");
    static final Section<Map<String, Object>> EXTRAS = mapped("other keys");

    /** Every section, in the order in which documents have them. */
    static final List<Section<?>> ALL = List.of(
            HOSTNAME,
            TIMEZONE,
            LOCALE,
            PROXIES,
            NTP,
            CA_CERTIFICATES,
            MOUNTS,
            SWAP,
            GROUPS,
            USERS,
            AUTHORIZED_KEYS,
            HOST_KEYS,
            APT_MIRROR,
            APT_PROXY,
            APT_SOURCES,
            APT_PINS,
            UPDATE,
            UPGRADE,
            PACKAGES,
            OUTPUT,
            BOOT_COMMANDS,
            FILES,
            COMMANDS,
            EXTRAS);

    private final String name;
    private final T absent;
    private final BinaryOperator<T> merge;

    private Section(String name, T absent, BinaryOperator<T> merge) {
        this.name = name;
        this.absent = absent;
        this.merge = merge;
    }

    String key() {
        return name;
    }

    T absent() {
        return absent;
    }

    T merged(T first, T second) {
        return merge.apply(first, second);
    }

    /** The later one counts. */
    private static <E> Section<Optional<E>> single(String name) {
        return new Section<>(name, Optional.empty(), (first, second) -> second.or(() -> first));
    }

    /** All of the first, then all of the second. */
    private static <E> Section<List<E>> appended(String name) {
        return new Section<>(name, List.of(), (first, second) -> {
            List<E> all = new ArrayList<>(first);
            all.addAll(second);
            return List.copyOf(all);
        });
    }

    /** All of the first, then those of the second that are new. */
    private static <E> Section<List<E>> united(String name) {
        return new Section<>(name, List.of(), (first, second) -> {
            Set<E> all = new LinkedHashSet<>(first);
            all.addAll(second);
            return List.copyOf(all);
        });
    }

    /** Those of the second replace those of the first with the same name. */
    private static <E> Section<List<E>> named(String name, Function<E, String> nameOf) {
        return new Section<>(name, List.of(), (first, second) -> {
            Map<String, E> all = new LinkedHashMap<>();
            first.forEach(one -> all.put(nameOf.apply(one), one));
            second.forEach(one -> all.put(nameOf.apply(one), one));
            return List.copyOf(all.values());
        });
    }

    /** Those of the second replace those of the first with the same key. */
    private static <K, V> Section<Map<K, V>> mapped(String name) {
        return new Section<>(name, Map.of(), (first, second) -> {
            Map<K, V> all = new LinkedHashMap<>(first);
            all.putAll(second);
            return Collections.unmodifiableMap(all);
        });
    }
}
