package dev.foothold.bench.compile;

import java.util.Map;
import java.util.TreeMap;

/**
 * Another processor in its typical use, on a class with the same nine properties as a provider has settings.
 */
enum Peer implements Sources {
    /** The same three classes as ours: the environ, and what it is told as two value classes with builders. */
    AUTO_VALUE(
            "AutoValue",
            "auto-value",
            Map.of(
                    "Environ", ProviderSources.plainEnviron(),
                    "Config", """
                    package acme;

                    import com.google.auto.value.AutoValue;
                    import java.net.URI;
                    import java.nio.file.Path;
                    import java.time.Duration;

                    /** Where and how. */
                    @AutoValue
                    public abstract class Cloud0000Config {

                        public abstract URI endpoint();

                        public abstract Duration timeout();

                        public abstract int retries();

                        public abstract long quota();

                        public abstract boolean verifyTls();

                        public abstract Path cacheDir();

                        public abstract Size size();

                        public static Builder builder() {
                            return new AutoValue_Cloud0000Config.Builder();
                        }

                        /** Collects it. */
                        @AutoValue.Builder
                        public abstract static class Builder {

                            public abstract Builder endpoint(URI endpoint);

                            public abstract Builder timeout(Duration timeout);

                            public abstract Builder retries(int retries);

                            public abstract Builder quota(long quota);

                            public abstract Builder verifyTls(boolean verifyTls);

                            public abstract Builder cacheDir(Path cacheDir);

                            public abstract Builder size(Size size);

                            public abstract Cloud0000Config build();
                        }

                        /** How big. */
                        public enum Size {
                            SMALL,
                            LARGE
                        }
                    }
                    """,
                    "Credential", """
                    package acme;

                    import com.google.auto.value.AutoValue;

                    /** As whom. */
                    @AutoValue
                    public abstract class Cloud0000Credential {

                        public abstract String accessKey();

                        public abstract String secretKey();

                        public static Builder builder() {
                            return new AutoValue_Cloud0000Credential.Builder();
                        }

                        /** Collects it. */
                        @AutoValue.Builder
                        public abstract static class Builder {

                            public abstract Builder accessKey(String accessKey);

                            public abstract Builder secretKey(String secretKey);

                            public abstract Cloud0000Credential build();
                        }
                    }
                    """)),
    /** One value class with a builder and nothing else. */
    AUTO_VALUE_ALONE("AutoValue alone", "auto-value", """
            package acme;

            import com.google.auto.value.AutoValue;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;

            /** Where, how and as whom. */
            @AutoValue
            public abstract class Cloud0000 {

                public abstract URI endpoint();

                public abstract Duration timeout();

                public abstract int retries();

                public abstract long quota();

                public abstract boolean verifyTls();

                public abstract Path cacheDir();

                public abstract Size size();

                public abstract String accessKey();

                public abstract String secretKey();

                public static Builder builder() {
                    return new AutoValue_Cloud0000.Builder();
                }

                /** Collects what a cloud needs. */
                @AutoValue.Builder
                public abstract static class Builder {

                    public abstract Builder endpoint(URI endpoint);

                    public abstract Builder timeout(Duration timeout);

                    public abstract Builder retries(int retries);

                    public abstract Builder quota(long quota);

                    public abstract Builder verifyTls(boolean verifyTls);

                    public abstract Builder cacheDir(Path cacheDir);

                    public abstract Builder size(Size size);

                    public abstract Builder accessKey(String accessKey);

                    public abstract Builder secretKey(String secretKey);

                    public abstract Cloud0000 build();
                }

                /** How big. */
                public enum Size {
                    SMALL,
                    LARGE
                }
            }
            """),
    /** A class of which three dependencies are injected and six arguments given. */
    AUTO_FACTORY("AutoFactory", "auto-factory", """
            package acme;

            import com.google.auto.factory.AutoFactory;
            import com.google.auto.factory.Provided;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;

            /** Where, how and as whom. */
            @AutoFactory
            public final class Cloud0000 {

                final URI endpoint;
                final Duration timeout;
                final int retries;
                final long quota;
                final boolean verifyTls;
                final Path cacheDir;
                final Size size;
                final String accessKey;
                final String secretKey;

                Cloud0000(
                        @Provided URI endpoint,
                        @Provided Duration timeout,
                        @Provided Path cacheDir,
                        int retries,
                        long quota,
                        boolean verifyTls,
                        Size size,
                        String accessKey,
                        String secretKey) {
                    this.endpoint = endpoint;
                    this.timeout = timeout;
                    this.retries = retries;
                    this.quota = quota;
                    this.verifyTls = verifyTls;
                    this.cacheDir = cacheDir;
                    this.size = size;
                    this.accessKey = accessKey;
                    this.secretKey = secretKey;
                }

                /** How big. */
                public enum Size {
                    SMALL,
                    LARGE
                }
            }
            """),
    /** A record with a builder. */
    RECORD_BUILDER("record-builder", "record-builder", """
            package acme;

            import io.soabase.recordbuilder.core.RecordBuilder;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;

            /** Where, how and as whom. */
            @RecordBuilder
            public record Cloud0000(
                    URI endpoint,
                    Duration timeout,
                    int retries,
                    long quota,
                    boolean verifyTls,
                    Path cacheDir,
                    Size size,
                    String accessKey,
                    String secretKey) {

                /** How big. */
                public enum Size {
                    SMALL,
                    LARGE
                }
            }
            """),
    /** A mapper from one record to another, two of whose components have other names. */
    MAPSTRUCT("MapStruct", "mapstruct", """
            package acme;

            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import org.mapstruct.Mapper;
            import org.mapstruct.Mapping;

            /** Maps what is configured to what is used. */
            @Mapper
            public interface Cloud0000 {

                @Mapping(target = "verifyTls", source = "tls")
                @Mapping(target = "secretKey", source = "secret")
                Used used(Configured configured);

                /** What is configured. */
                record Configured(
                        URI endpoint,
                        Duration timeout,
                        int retries,
                        long quota,
                        boolean tls,
                        Path cacheDir,
                        Size size,
                        String accessKey,
                        String secret) {}

                /** What is used. */
                record Used(
                        URI endpoint,
                        Duration timeout,
                        int retries,
                        long quota,
                        boolean verifyTls,
                        Path cacheDir,
                        Size size,
                        String accessKey,
                        String secretKey) {}

                /** How big. */
                enum Size {
                    SMALL,
                    LARGE
                }
            }
            """);

    private final String title;
    private final String folder;
    private final Map<String, String> sources;

    Peer(String title, String folder, String source) {
        this(title, folder, Map.of("", source));
    }

    Peer(String title, String folder, Map<String, String> sources) {
        this.title = title;
        this.folder = folder;
        this.sources = sources;
    }

    /** Gives its name as its makers write it, and in which use if there are two. */
    String title() {
        return title;
    }

    /** Gives the folder of its jars. */
    String folder() {
        return folder;
    }

    /** Tells whether its sources mention the runtime. */
    boolean needsRuntime() {
        return sources.size() > 1;
    }

    @Override
    public Map<String, String> of(String number) {
        Map<String, String> files = new TreeMap<>();
        sources.forEach((suffix, source) ->
                files.put("acme/Cloud" + number + suffix + ".java", source.replace("0000", number)));
        return files;
    }
}
