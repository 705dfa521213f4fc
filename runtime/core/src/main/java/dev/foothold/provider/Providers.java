package dev.foothold.provider;

import dev.foothold.FootholdException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the providers that are on the class path or module path. */
public final class Providers {

    private Providers() {}

    /**
     * Finds all providers.
     *
     * @return their factories, by name
     * @throws FootholdException if one of them cannot be loaded
     */
    public static List<ProviderFactory> all() {
        List<ProviderFactory> factories = new ArrayList<>();
        try {
            ServiceLoader.load(ProviderFactory.class).forEach(factories::add);
        } catch (ServiceConfigurationError e) {
            throw new FootholdException(
                    "a provider on the class path cannot be loaded: " + e.getMessage() + "; mend or remove its jar", e);
        }
        factories.sort(Comparator.comparing(ProviderFactory::name));
        return List.copyOf(factories);
    }

    /**
     * Finds a provider.
     *
     * @param name its name or one of its aliases
     * @return its factory
     * @throws FootholdException if there is none of that name, or more than one; the message says which there are
     */
    public static ProviderFactory named(String name) {
        List<ProviderFactory> all = all();
        List<ProviderFactory> matching = all.stream()
                .filter(factory ->
                        factory.name().equals(name) || factory.aliases().contains(name))
                .toList();
        if (matching.size() == 1) {
            return matching.get(0);
        }
        if (matching.isEmpty()) {
            throw new FootholdException("no registered provider for \"" + name + "\"; "
                    + (all.isEmpty()
                            ? "there is none on the class path: add a provider's jar"
                            : "there are: "
                                    + all.stream().map(ProviderFactory::name).collect(Collectors.joining(", "))));
        }
        throw new FootholdException("more than one provider answers to \"" + name + "\": "
                + matching.stream().map(factory -> factory.getClass().getName()).collect(Collectors.joining(", "))
                + "; keep one of them on the class path");
    }
}
