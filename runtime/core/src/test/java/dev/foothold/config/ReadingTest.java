package dev.foothold.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foothold.config.Acme.Config;
import dev.foothold.config.Acme.Plan;
import dev.foothold.config.Acme.Proxy;
import dev.foothold.config.Acme.Retry;
import dev.foothold.config.Acme.Zone;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of given settings, and what is said of those that are wrong. */
class ReadingTest {

    private static final ProviderSchema SCHEMA = ProviderSchema.of("acme").withConfiguration(Acme.CONFIG);

    private static final Map<String, byte[]> FILES = Map.of(
            "secret.txt", bytes("s3cr3t\n"),
            "windows.txt", bytes("s3cr3t\r\n"),
            "marked.txt", bytes("\uFEFFs3cr3t"),
            "key.pem", bytes("-----BEGIN-----\nabc\n-----END-----\n"),
            "empty.txt", bytes(""),
            "line.txt", bytes("\n"),
            "latin.txt", new byte[] {(byte) 0xe9});

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] file(String path) throws IOException {
        byte[] content = FILES.get(path);
        if (content == null) {
            throw new IOException("there is no such file");
        }
        return content;
    }

    private static Settings yaml(String text) {
        return Settings.yaml(text, "acme.yaml").withFiles(ReadingTest::file);
    }

    /** The least that is needed and the pairs of key and value given here. */
    private static Settings flat(Object... keysAndValues) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("endpoint", "https://acme.example");
        values.put("region", "north");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Settings.of(values).withFiles(ReadingTest::file);
    }

    private static Config config(Settings settings) {
        return SCHEMA.read(settings).get(Acme.CONFIG);
    }

    private static List<String> faults(Settings settings) {
        return faults(SCHEMA, settings);
    }

    private static List<String> faults(ProviderSchema schema, Settings settings) {
        return catchThrowableOfType(SettingsException.class, () -> schema.read(settings)).faults().stream()
                .map(SettingFault::toString)
                .toList();
    }

    private static ProviderSchema of(SettingSpec<?>... specs) {
        return ProviderSchema.of("acme").withConfiguration(SettingGroup.of(in -> "made", specs));
    }

    @Test
    void everyForm_givesTheSameValues() {
        Config expected = new Config(
                URI.create("https://acme.example"),
                "north",
                Plan.SMALL,
                DataSize.parse("512MiB"),
                false,
                new Retry(Duration.ofMinutes(1), 7),
                Optional.of(new Proxy("proxy.example", 3128, Optional.of(Secret.of("s3cr3t")))),
                List.of(new Zone("a", List.of(22, 80)), new Zone("b", List.of(443))),
                Map.of("env", "prod", "a.b", "c"),
                Optional.of("1.10"));

        assertThat(config(yaml("""
                        endpoint: https://acme.example
                        region: north
                        plan: Small
                        disk: 512MiB
                        checked: FALSE
                        retry: {pause: 1m, attempts: "7"}
                        proxy:
                          host: proxy.example
                          password-file: secret.txt
                        zones:
                        - name: a
                        - name: b
                          ports: [443]
                        labels:
                          env: prod
                          a.b: c
                        version: 1.10
                        """))).isEqualTo(expected);
        assertThat(config(flat(
                        "plan", Plan.SMALL,
                        "disk", DataSize.ofMebibytes(512),
                        "checked", false,
                        "retry", Map.of("pause", Duration.ofMinutes(1), "attempts", 7),
                        "proxy", Map.of("host", "proxy.example", "password", Secret.of("s3cr3t")),
                        "zones", List.of(Map.of("name", "a"), Map.of("name", "b", "ports", List.of(443))),
                        "labels", Map.of("env", "prod", "a.b", "c"),
                        "version", "1.10")))
                .isEqualTo(expected);
        assertThat(config(flat(
                        "plan", "small",
                        "disk", "512MiB",
                        "checked", "false",
                        "retry.pause", "1m",
                        "retry.attempts", "7",
                        "proxy.host", "proxy.example",
                        "proxy.password", "s3cr3t",
                        "zones", List.of(Map.of("name", "a"), Map.of("name", "b", "ports", "443")),
                        "labels.env", "prod",
                        "labels.a.b", "c",
                        "version", "1.10")))
                .isEqualTo(expected);
    }

    @Test
    void aKey_winsOverTheEnvironmentWhichWinsOverTheDefault() {
        Map<String, String> environment = Map.of("ACME_PAUSE", "2s");
        assertThat(config(flat("retry.pause", "1s").withEnvironment(environment))
                        .retry()
                        .pause())
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(config(flat().withEnvironment(environment)).retry().pause()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config(flat()).retry().pause()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void anEmptyEnvironmentVariable_countsAsNotSet() {
        assertThat(config(flat().withEnvironment(Map.of("ACME_PAUSE", "")))
                        .retry()
                        .pause())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void allFaults_areToldAtOnceWithTheirLines() {
        SettingsException e = catchThrowableOfType(SettingsException.class, () -> SCHEMA.read(yaml("""
                endpoint: acme.example
                regoin: north
                disk:
                - 10G
                retry:
                  pause: soon
                  atempts: 2
                zones:
                - name: a
                - nam: b
                  ports:
                  - 22
                  - many
                labels: {a: [1]}
                version:
                """)));
        assertThat(e.subject()).isEqualTo("the settings of provider \"acme\"");
        assertThat(e.faults())
                .extracting(SettingFault::toString)
                .containsExactly(
                        "endpoint (acme.yaml, line 1): found \"acme.example\", expected a URI with its scheme, such as"
                                + " https://cloud.example",
                        "region: is missing; expected text, as key \"region\"",
                        "disk (acme.yaml, line 3): found a list, expected a size such as 512MiB, 10G or 1.5TB",
                        "retry.pause (acme.yaml, line 6): found \"soon\", expected a duration such as 250ms, 30s, 1h30m or"
                                + " PT30S",
                        "retry.atempts (acme.yaml, line 7): is not a setting; did you mean \"retry.attempts\"?",
                        "zones[1].name: is missing; expected text, as key \"zones[1].name\"",
                        "zones[1].ports[1] (acme.yaml, line 13): found \"many\", expected a whole number from -2147483648 to"
                                + " 2147483647",
                        "zones[1].nam (acme.yaml, line 10): is not a setting; did you mean \"zones[1].name\"?",
                        "labels.a (acme.yaml, line 14): found a list, expected text",
                        "version (acme.yaml, line 15): found nothing (a text without characters is written \"\"), expected"
                                + " text",
                        "regoin (acme.yaml, line 2): is not a setting; did you mean \"region\"?");
        assertThat(e.getMessage())
                .startsWith("the settings of provider \"acme\" cannot be used:")
                .hasLineCount(12);
        assertThat(e.faults().get(3).source()).isEqualTo(new SettingSource(SettingSource.Kind.FILE, "acme.yaml", 6));
    }

    @Test
    void everySource_isNamed() {
        SettingSpec<Integer> port = SettingSpec.of("port", SettingType.INTEGER).withEnvironmentVariable("ACME_PORT");
        assertThat(faults(of(port), Settings.of(Map.of("port", "x"))))
                .singleElement()
                .asString()
                .startsWith("port (given as key \"port\"): found \"x\", expected");
        assertThat(faults(of(port), Settings.of(Map.of()).withEnvironment(Map.of("ACME_PORT", "x"))))
                .singleElement()
                .asString()
                .startsWith("port (environment variable ACME_PORT): found \"x\", expected");
        assertThat(faults(of(port.withDefault("x")), Settings.of(Map.of())))
                .singleElement()
                .asString()
                .startsWith("port (the provider's default): found \"x\", expected");
        assertThat(faults(of(port), Settings.of(Map.of())))
                .singleElement()
                .asString()
                .endsWith("as key \"port\" or in environment variable ACME_PORT");
    }

    @Test
    void anUnknownKeyFarFromAll_isAnsweredWithTheListOfKeys() {
        assertThat(faults(
                        of(SettingSpec.of("b", SettingType.TEXT), SettingSpec.of("a", SettingType.TEXT)),
                        Settings.of(Map.of("a", "", "b", "", "colour", "red"))))
                .containsExactly("colour (given as key \"colour\"): is not a setting; there are a, b");
        assertThat(faults(ProviderSchema.of("acme"), Settings.of(Map.of("region", "north"))))
                .containsExactly("region (given as key \"region\"): is not a setting; there are none");
    }

    @Test
    void aKeyWithDots_isAnsweredWithHowADocumentSaysIt() {
        assertThat(faults(yaml(Acme.YAML + "retry.pause: 1s")))
                .containsExactly("retry.pause (acme.yaml, line 3): is not a setting; write \"pause\" below \"retry\"");
        assertThat(faults(flat("retry.puase", "1s")))
                .containsExactly("retry.puase (given as key \"retry.puase\"): is not a setting; did you mean"
                        + " \"retry.pause\"?");
        assertThat(faults(flat("region.pause", "1s")))
                .containsExactly(
                        "region.pause (given as key \"region.pause\"): is not a setting; \"region\" has no parts");
    }

    @Test
    @Tag("D-65")
    void theValueOfAnUnknownKey_isNotTold() {
        assertThat(faults(flat("pasword", "hunter2", "retry", Map.of("secret", "hunter2"))))
                .hasSize(2)
                .noneMatch(fault -> fault.contains("hunter2"));
    }

    @Test
    void theValueOfASecret_isInNoMessage() {
        SettingSpec<Integer> pin = SettingSpec.of("pin", SettingType.INTEGER).asSecret();
        SettingsException e = catchThrowableOfType(
                SettingsException.class, () -> of(pin).read(Settings.of(Map.of("pin", "hunter2"))));
        assertThat(e)
                .hasMessageContaining("pin")
                .hasMessageContaining("not shown")
                .hasNoCause();
        assertThat(e.getMessage()).doesNotContain("hunter2");
        assertThat(Settings.of(Map.of("pin", "hunter2")).toString()).isEqualTo("Settings[pin]");
        assertThat(pin.withDefault("hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void aSecretGivenForAnotherSettingToo_isCutOutOfWhatIsShown() {
        assertThat(faults(
                        of(SettingSpec.of("port", SettingType.INTEGER), SettingSpec.of("pin", SettingType.SECRET)),
                        Settings.of(Map.of("port", "x-hunter2", "pin", "hunter2"))))
                .singleElement()
                .asString()
                .contains("found \"x-(secret)\"");
    }

    @Test
    void aSecret_isCutOutBeforeWhatIsShownIsShortenedAndEscaped() {
        String secret = "hunter\"2\n-Zq7";
        assertThat(faults(
                        of(SettingSpec.of("port", SettingType.INTEGER), SettingSpec.of("pin", SettingType.SECRET)),
                        Settings.of(Map.of("port", "x".repeat(95) + secret + "y".repeat(9), "pin", secret))))
                .singleElement()
                .asString()
                .contains("found \"" + "x".repeat(95) + "(secr…\"")
                .doesNotContain("hunt");
    }

    @Test
    void whatAGroupRefuses_isAFaultOfTheGroupWithoutSecrets() {
        assertThat(faults(yaml("""
                        endpoint: https://acme.example
                        region: north
                        retry:
                          attempts: 0
                        proxy:
                          host: x-hunter2
                          password: hunter2
                        """)))
                .containsExactly(
                        "retry (acme.yaml, line 3): these values are refused: attempts must be at least 1, not 0",
                        "proxy (acme.yaml, line 5): these values are refused: password (secret) occurs in host x-(secret)");
    }

    @Test
    void whatTheConfigurationRefuses_isAFault() {
        ProviderSchema schema = ProviderSchema.of("acme").withConfiguration(SettingGroup.of(in -> {
            throw new IllegalStateException();
        }));
        assertThat(faults(schema, Settings.of(Map.of())))
                .containsExactly("the configuration is refused: IllegalStateException");
    }

    @Test
    @Tag("D-64")
    void aBadValue_neverPassesForAGoodOne_whateverItsParserDoes() {
        SettingType<Integer> careless =
                SettingType.of("a number", text -> text.length() > 2 ? null : Integer.valueOf(text));
        SettingType<Integer> broken = SettingType.of("a number", text -> {
            throw new IllegalStateException(text);
        });
        assertThat(faults(
                        of(SettingSpec.of("careless", careless), SettingSpec.of("broken", broken)),
                        Settings.of(Map.of("careless", "100", "broken", "1"))))
                .containsExactly(
                        "careless (given as key \"careless\"): found \"100\", expected a number",
                        "broken (given as key \"broken\"): found \"1\", expected a number");
    }

    @Test
    void words_keepTheirTextWhereTextIsWanted() {
        SettingSpec<List<String>> texts = SettingSpec.of("texts", SettingType.listOf(SettingType.TEXT));
        ProviderSchema schema =
                ProviderSchema.of("acme").withConfiguration(SettingGroup.of(in -> in.get(texts), texts));
        SettingValues in = schema.read(yaml("texts: [1.10, yes, 010, 0x1F, 2024-01-01, 1_000, ' a ', 12:30, =]"));
        assertThat(in.get(schema.configuration().orElseThrow()))
                .isEqualTo(List.of("1.10", "yes", "010", "0x1F", "2024-01-01", "1_000", " a ", "12:30", "="));
    }

    @Test
    void yes_isNoBoolean() {
        assertThat(faults(yaml(Acme.YAML + "checked: yes")))
                .containsExactly("checked (acme.yaml, line 3): found \"yes\", expected true or false");
    }

    @Test
    void anOptionalGroup_isEmptyOnlyIfNoneOfItsKeysIsGiven() {
        assertThat(config(flat()).proxy()).isEmpty();
        assertThat(config(yaml(Acme.YAML + "proxy:")).proxy()).isEmpty();
        assertThat(config(yaml(Acme.YAML + "proxy: {}")).proxy()).isEmpty();
        assertThat(config(flat().withEnvironment(Map.of("ACME_PROXY_HOST", "h")))
                        .proxy())
                .contains(new Proxy("h", 3128, Optional.empty()));
        assertThat(faults(flat("proxy.port", "1")))
                .containsExactly(
                        "proxy.host: is missing; expected text, as key \"proxy.host\" or in environment variable"
                                + " ACME_PROXY_HOST");
    }

    @Test
    void aGroupWithNothingBelowIt_isAsIfItWereNotThere() {
        assertThat(config(yaml(Acme.YAML + "retry:\n#  pause: 1s\nzones:\nlabels: ~")))
                .isEqualTo(config(flat()));
    }

    @Test
    void inAList_noEnvironmentVariableIsAsked() {
        ProviderSchema schema = of(SettingSpec.of("proxies", SettingType.listOf(SettingType.group(Acme.PROXY_GROUP))));
        assertThat(faults(schema, yaml("proxies: [{port: 1}]").withEnvironment(Map.of("ACME_PROXY_HOST", "h"))))
                .containsExactly("proxies[0].host: is missing; expected text, as key \"proxies[0].host\"");
    }

    @Test
    void listsAndMaps_haveAFormAsText() {
        SettingSpec<List<Integer>> ports =
                SettingSpec.of("ports", SettingType.listOf(SettingType.INTEGER)).withEnvironmentVariable("PORTS");
        SettingSpec<Map<String, Integer>> sizes =
                SettingSpec.of("sizes", SettingType.mapOf(SettingType.INTEGER)).withDefault("a=1, b = 2");
        SettingGroup<List<Object>> both = SettingGroup.of(in -> List.of(in.get(ports), in.get(sizes)), ports, sizes);
        ProviderSchema schema = ProviderSchema.of("acme").withConfiguration(both);
        assertThat(schema.read(Settings.of(Map.of()).withEnvironment(Map.of("PORTS", "1,2 , 3")))
                        .get(both))
                .isEqualTo(List.of(List.of(1, 2, 3), Map.of("a", 1, "b", 2)));
        assertThat(schema.read(Settings.of(Map.of("ports", "", "sizes", " "))).get(both))
                .isEqualTo(List.of(List.of(), Map.of()));
        assertThat(faults(schema, Settings.of(Map.of("ports", "1,,2", "sizes", "a=1,b"))))
                .containsExactly(
                        "ports (given as key \"ports\"): found \"1,,2\", expected a list, each item a whole number from"
                                + " -2147483648 to 2147483647",
                        "sizes (given as key \"sizes\"): found \"a=1,b\", expected a mapping, each value a whole number from"
                                + " -2147483648 to 2147483647");
        assertThat(faults(schema, Settings.of(Map.of("ports", "1,x", "sizes", "a=y"))))
                .containsExactly(
                        "ports[1] (given as key \"ports\"): found \"x\", expected a whole number from -2147483648 to 2147483647",
                        "sizes.a (given as key \"sizes\"): found \"y\", expected a whole number from -2147483648 to 2147483647");
    }

    @Test
    void aMapOfGroups_isReachedByDots() {
        SettingSpec<Map<String, Zone>> zones =
                SettingSpec.of("zones", SettingType.mapOf(SettingType.group(Acme.ZONE_GROUP)));
        SettingGroup<Map<String, Zone>> group = SettingGroup.of(in -> in.get(zones), zones);
        ProviderSchema schema = ProviderSchema.of("acme").withConfiguration(group);
        assertThat(schema.read(Settings.of(Map.of("zones.a.name", "A", "zones.a.ports", "1", "zones.b.name", "B")))
                        .get(group))
                .isEqualTo(Map.of("a", new Zone("A", List.of(1)), "b", new Zone("B", List.of(22, 80))));
    }

    @Test
    void aGroupGivenAsAWholeAndInParts_isMergedUnlessItSaysTheSameTwice() {
        assertThat(config(flat("retry", Map.of("attempts", 2), "retry.pause", "1s"))
                        .retry())
                .isEqualTo(new Retry(Duration.ofSeconds(1), 2));
        assertThat(faults(flat("retry", Map.of("pause", "2s"), "retry.pause", "1s")))
                .containsExactly("retry.pause (given as key \"retry.pause\"): is given twice; keep one of them");
        assertThat(faults(flat("labels", "a=b", "labels.c", "d")))
                .containsExactly("labels (given as key \"labels\"): is given as a whole and also in parts, as"
                        + " [\"labels.c\"]; keep one of the two");
    }

    @Test
    void anOldName_worksAndIsNoticed() {
        SettingValues in = SCHEMA.read(yaml(Acme.YAML + "rootfs: 1G\nretry:\n  wait: 9s\n"));
        assertThat(in.get(Acme.CONFIG).disk()).isEqualTo(DataSize.ofGibibytes(1));
        assertThat(in.get(Acme.CONFIG).retry().pause()).isEqualTo(Duration.ofSeconds(9));
        assertThat(in.notices())
                .extracting(SettingNotice::toString)
                .containsExactly(
                        "rootfs (acme.yaml, line 3): is an old name of \"disk\"; use that",
                        "retry.wait (acme.yaml, line 5): is an old name of \"retry.pause\"; use that");
        assertThat(SCHEMA.read(yaml(Acme.YAML)).notices()).isEmpty();
    }

    @Test
    void anOldNameBesideTheNewOne_isAFault() {
        assertThat(faults(yaml(Acme.YAML + "disk: 1G\nrootfs: 1G\nroot-disk: 1G\n")))
                .containsExactly(
                        "root-disk (acme.yaml, line 5): is an old name of \"disk\", which is given as \"disk\" too; keep"
                                + " \"disk\"",
                        "rootfs (acme.yaml, line 4): is an old name of \"disk\", which is given as \"disk\" too; keep"
                                + " \"disk\"");
    }

    @Test
    void aValueFromAFile_losesTheLineBreakOfASingleLineOnly() {
        SettingSpec<String> text = SettingSpec.of("text", SettingType.TEXT).fromFile();
        SettingGroup<String> group = SettingGroup.of(in -> in.get(text), text);
        ProviderSchema schema = ProviderSchema.of("acme").withConfiguration(group);
        for (String path : List.of("secret.txt", "windows.txt", "marked.txt")) {
            assertThat(schema.read(Settings.of(Map.of("text", path)).withFiles(ReadingTest::file))
                            .get(group))
                    .as(path)
                    .isEqualTo("s3cr3t");
        }
        assertThat(schema.read(Settings.of(Map.of("text", "key.pem")).withFiles(ReadingTest::file))
                        .get(group))
                .isEqualTo("-----BEGIN-----\nabc\n-----END-----\n");
    }

    @Test
    void aFileThatCannotBeRead_isAFaultThatSaysWhy() {
        ProviderSchema schema = of(SettingSpec.of("text", SettingType.TEXT).fromFile());
        Map<String, String> reasons = Map.of(
                "none.txt", "file \"none.txt\" cannot be read: there is no such file",
                "empty.txt", "file \"empty.txt\" is empty, but must hold the value of \"text\"",
                "line.txt", "file \"line.txt\" is empty, but must hold the value of \"text\"",
                "latin.txt", "file \"latin.txt\" is not UTF-8 text",
                " ", "found an empty text, expected the path of a file");
        reasons.forEach((path, reason) -> assertThat(
                        faults(schema, Settings.of(Map.of("text", path)).withFiles(ReadingTest::file)))
                .containsExactly("text (given as key \"text\"): " + reason));
        assertThat(faults(schema, Settings.of(Map.of("text", "secret.txt"))))
                .containsExactly(
                        "text (given as key \"text\"): file \"secret.txt\" cannot be read: files are not read here");
        assertThat(faults(schema, Settings.of(Map.of("text", List.of("a")))))
                .containsExactly("text (given as key \"text\"): found a list, expected the path of a file");
    }

    @Test
    void thePathOfASecret_isNotShown_forItMayBeTheSecretItself() {
        ProviderSchema schema = of(SettingSpec.of("token", SettingType.SECRET).fromFile());
        assertThat(faults(schema, Settings.of(Map.of("token", "hunter2")).withFiles(path -> {
                    throw new IOException(path);
                })))
                .containsExactly("token (given as key \"token\"): the file cannot be read: (secret)");
    }

    @Test
    void aValueAndAFileForIt_clash() {
        assertThat(faults(yaml(Acme.YAML + """
                        proxy:
                          host: h
                          password: hunter2
                          password-file: secret.txt
                        """)))
                .containsExactly(
                        "proxy.password (acme.yaml, line 5): is given as \"password\" and also, from a file, as"
                                + " \"password-file\" (acme.yaml, line 6); keep one of them");
    }

    @Test
    void immutableSettings_areKeptInOneForm() {
        assertThat(SCHEMA.read(flat("checked", "FALSE")).immutable())
                .isEqualTo(Map.of("region", "north", "checked", "false"));
        SettingGroup<String> group = SettingGroup.of(
                in -> "made",
                SettingSpec.of("pause", SettingType.DURATION).asImmutable(),
                SettingSpec.of("zones", SettingType.listOf(SettingType.TEXT)).asImmutable(),
                SettingSpec.of("note", SettingType.optional(SettingType.TEXT)).asImmutable());
        assertThat(ProviderSchema.of("acme")
                        .withConfiguration(group)
                        .read(Settings.of(Map.of("pause", "PT90S", "zones", "a, b")))
                        .immutable())
                .isEqualTo(Map.of("pause", "1m30s", "zones", "[\"a\",\"b\"]", "note", ""));
        ProviderSchema nested =
                of(SettingSpec.of("retry", SettingType.group(Acme.RETRY_GROUP)).asImmutable());
        assertThat(nested.read(Settings.of(Map.of())).immutable())
                .isEqualTo(Map.of("retry.pause", "5s", "retry.attempts", "3"));
    }

    @Test
    void aSecret_cannotBeImmutable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SettingSpec.of("pin", SettingType.INTEGER).asSecret().asImmutable())
                .withMessageContaining("\"pin\" holds a secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingSpec.of("proxy", SettingType.group(Acme.PROXY_GROUP))
                        .asImmutable());
    }

    @Test
    void whatIsSet_isShownWithItsSourceAndWithoutSecrets() {
        Settings settings = yaml(Acme.YAML + """
                        proxy: {host: h, password: hunter2}
                        zones: [{name: a}]
                        labels: {a: b}
                        """).withEnvironment(Map.of("ACME_PAUSE", "60s"));
        assertThat(SCHEMA.read(settings))
                .hasToString(String.join(
                        "\n",
                        "endpoint = https://acme.example (acme.yaml, line 1)",
                        "region = north (acme.yaml, line 2)",
                        "plan = very-large (the provider's default)",
                        "disk = 10GiB (the provider's default)",
                        "checked = true (the provider's default)",
                        "retry.pause = 1m (environment variable ACME_PAUSE)",
                        "retry.attempts = 3 (the provider's default)",
                        "proxy.host = h (acme.yaml, line 3)",
                        "proxy.port = 3128 (the provider's default)",
                        "proxy.password = (secret) (acme.yaml, line 3)",
                        "zones[0].name = a (acme.yaml, line 4)",
                        "zones[0].ports = [\"22\",\"80\"] (the provider's default)",
                        "labels = {\"a\":\"b\"} (acme.yaml, line 5)",
                        "version is not given"));
    }

    @Test
    void aYamlMistake_isToldWithItsLineAndNotAWord() {
        for (String mistake :
                List.of("*hunter2", "!hunter2 x", "!hunter2!x y", "!!binary hunter2", "[hunter2", "\"hunter2")) {
            SettingsException e = catchThrowableOfType(
                    SettingsException.class, () -> Settings.yaml("a: 1\npassword: " + mistake, "acme.yaml"));
            assertThat(e)
                    .as(mistake)
                    .hasMessageStartingWith("the settings in acme.yaml cannot be used:")
                    .hasMessageContaining("acme.yaml, line ")
                    .hasNoCause();
            assertThat(e.getMessage()).as(mistake).doesNotContain("hunter2");
        }
        assertThat(catchThrowableOfType(SettingsException.class, () -> Settings.yaml("a: 1\na: 2", "acme.yaml"))
                        .faults())
                .extracting(SettingFault::toString)
                .singleElement()
                .asString()
                .startsWith("acme.yaml, line 2: ");
    }

    @Test
    void aValueOfAnUnexpectedType_isRefusedWithItsKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("a", List.of(1, new Object()))))
                .withMessageContaining("\"a[1]\"")
                .withMessageContaining("java.lang.Object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(Map.of("a", Map.of(1, 2))))
                .withMessageContaining("a key of \"a\" is not text");
        assertThat(Settings.of(Map.of("path", Path.of("x"), "uri", URI.create("a:b"))))
                .hasToString("Settings[path, uri]");
    }

    @Test
    void whatWasNotRead_cannotBeGot() {
        SettingValues in = SCHEMA.read(flat());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in.get(Acme.KEY))
                .withMessage("setting \"key\" is not among the settings that were read");
        assertThatIllegalArgumentException().isThrownBy(() -> in.get(Acme.RETRY_GROUP));
        assertThatIllegalArgumentException().isThrownBy(() -> in.get(Acme.CREDENTIAL));
    }

    @Test
    void aSchemaThatContradictsItself_isRefused() {
        SettingSpec<String> a = SettingSpec.of("a", SettingType.TEXT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingGroup.of(
                        in -> "", a, SettingSpec.of("b", SettingType.TEXT).withDeprecatedName("a")))
                .withMessageContaining("share the key \"a\"");
        assertThatIllegalArgumentException().isThrownBy(() -> SettingSpec.of("a.b", SettingType.TEXT));
        assertThatIllegalArgumentException().isThrownBy(() -> a.withDeprecatedName("a"));
        assertThatIllegalArgumentException().isThrownBy(() -> a.withEnvironmentVariable(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> a.fromFile().orFile("b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Acme.ZONES.fromFile());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderSchema.of("acme")
                        .withConfiguration(SettingGroup.of(in -> "", SettingSpec.of("key", SettingType.TEXT)))
                        .withCredential(Acme.CREDENTIAL))
                .withMessageContaining("[key]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingType.optional(SettingType.optional(SettingType.TEXT)));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.choice(Arrays.asList("a", "A")));
        assertThatIllegalArgumentException().isThrownBy(() -> SettingType.choice(List.of()));
    }

    @Test
    void theFaults_surviveSerialisation() throws Exception {
        SettingsException e = catchThrowableOfType(SettingsException.class, () -> SCHEMA.read(yaml("disk: x")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((SettingsException) in.readObject()).faults()).isEqualTo(e.faults());
        }
    }
}
