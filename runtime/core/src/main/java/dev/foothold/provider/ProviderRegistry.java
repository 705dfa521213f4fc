package dev.foothold.provider;

import dev.foothold.FootholdException;
import dev.foothold.config.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows providers by name: those that {@link Providers} finds, or those that a program registers by hand, for tests or
 * plug-ins. Names and aliases are case-sensitive. Thread-safe.
 *
 * <pre>{@code
 * ProviderRegistry registry = new ProviderRegistry();
 * registry.register(new AcmeEnvironProviderFactory());
 * Foothold foothold = Foothold.at(directory).withProviders(registry);
 * }</pre>
 */
public final class ProviderRegistry {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();

    /** Creates a registry without providers. */
    public ProviderRegistry() {}

    /** What a factory was called when it was registered. */
    private record Entry(String name, List<String> aliases, ProviderFactory factory) {

        static Entry of(ProviderFactory factory) {
            return new Entry(factory.name(), List.copyOf(factory.aliases()), factory);
        }

        Stream<String> words() {
            return Stream.concat(Stream.of(name), aliases.stream());
        }

        boolean answersTo(String word) {
            return words().anyMatch(word::equals);
        }
    }

    /** Takes whatever was found; a word that several answer to is refused when it is asked for. */
    static ProviderRegistry of(List<ProviderFactory> found) {
        ProviderRegistry registry = new ProviderRegistry();
        found.stream().map(Entry::of).forEach(registry.entries::add);
        return registry;
    }

    /**
     * Adds a provider under its name and its aliases, or does not add it at all.
     *
     * @param factory the provider
     * @throws FootholdException if its name or one of its aliases is that of another provider, or an alias is its own
     *     name or is given twice; nothing has changed then
     */
    public void register(ProviderFactory factory) {
        Entry entry = Entry.of(factory);
        lock.lock();
        try {
            refuseTaken("name", entry.name, entry);
            Set<String> words = new HashSet<>(Set.of(entry.name));
            for (String alias : entry.aliases) {
                if (!words.add(alias)) {
                    throw new FootholdException("duplicate provider alias \"" + alias + "\": " + describe(entry)
                            + " has it already; give it once");
                }
                refuseTaken("alias", alias, entry);
            }
            entries.add(entry);
        } finally {
            lock.unlock();
        }
    }

    private void refuseTaken(String what, String word, Entry entry) {
        answering(word).findFirst().ifPresent(holder -> {
            throw new FootholdException("duplicate provider " + what + " \"" + word + "\": " + describe(entry)
                    + " wants it, but " + describe(holder) + " has it; unregister that one, or rename one of them");
        });
    }

    /**
     * Finds a provider.
     *
     * @param name its name or one of its aliases
     * @return its factory
     * @throws UnknownProviderException if there is none of that name; the message says which there are
     * @throws FootholdException if more than one was found on the class path; the message says which
     */
    public ProviderFactory provider(String name) {
        lock.lock();
        try {
            List<Entry> matching = answering(name).toList();
            if (matching.size() == 1) {
                return matching.get(0).factory;
            }
            if (matching.isEmpty()) {
                throw new UnknownProviderException(name, unknown(name));
            }
            throw new FootholdException("more than one provider answers to \"" + name + "\": "
                    + matching.stream().map(ProviderRegistry::describe).collect(Collectors.joining(", "))
                    + "; keep one of them on the class path");
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a provider with its aliases.
     *
     * @param name its name; an alias removes nothing
     * @return whether there was one
     */
    public boolean unregister(String name) {
        lock.lock();
        try {
            return entries.removeIf(entry -> entry.name.equals(name));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lists the names of all providers, without their aliases.
     *
     * @return the names, sorted
     */
    public List<String> names() {
        lock.lock();
        try {
            return entries.stream().map(Entry::name).distinct().sorted().toList();
        } finally {
            lock.unlock();
        }
    }

    private Stream<Entry> answering(String word) {
        return entries.stream().filter(entry -> entry.answersTo(word));
    }

    private String unknown(String name) {
        String message = "no registered provider for \"" + name + "\"; ";
        if (entries.isEmpty()) {
            return message + "there is none at all: add a provider's jar, or register one";
        }
        Optional<String> meant =
                Nearest.to(name, entries.stream().flatMap(Entry::words).toList());
        return message
                + meant.map(word -> "did you mean \"" + word + "\"? ").orElse("")
                + "there are: " + String.join(", ", names());
    }

    private static String describe(Entry entry) {
        return "\"" + entry.name + "\" of " + entry.factory.getClass().getName();
    }
}
