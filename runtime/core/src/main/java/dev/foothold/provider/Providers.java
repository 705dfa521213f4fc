package dev.foothold.provider;

import dev.foothold.FootholdException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

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
     * Puts all providers into a registry of their own. If two go by the same name or alias, only that word cannot be
     * used.
     *
     * @return a new registry
     * @throws FootholdException if one of them cannot be loaded
     */
    public static ProviderRegistry registry() {
        return ProviderRegistry.of(all());
    }

    /**
     * Finds a provider.
     *
     * @param name its name or one of its aliases
     * @return its factory
     * @throws UnknownProviderException if there is none of that name; the message says which there are
     * @throws FootholdException if there is more than one, which the message names, or one cannot be loaded
     */
    public static ProviderFactory named(String name) {
        return registry().provider(name);
    }
}
