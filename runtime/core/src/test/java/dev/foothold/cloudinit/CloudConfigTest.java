package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.foothold.config.DataSize;
import dev.foothold.config.Secret;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said about a machine, what cannot, and what two descriptions say together. */
class CloudConfigTest {

    private static final CloudConfig EMPTY = CloudConfig.empty();
    private static final SshPublicKey KEY = SshKeyPair.generate("a@b").publicKey();

    // ---- Bad input is refused at the call

    static Stream<Arguments> badInput() {
        return Stream.of(
                bad(() -> EMPTY.packages("curl\nrm"), "package \"curl\\u000arm\" contains a line break"),
                bad(() -> EMPTY.packages("curl tmux"), "package \"curl tmux\" is not allowed", "one each"),
                bad(() -> EMPTY.packages("-o"), "package \"-o\" is not allowed"),
                bad(() -> EMPTY.packages("curl-"), "package \"curl-\" is not allowed"),
                bad(() -> EMPTY.packages(" "), "package \" \" is blank"),
                bad(() -> EMPTY.aptMirror(URI.create("ftp.example.org")), "apt mirror \"ftp.example.org\""),
                bad(() -> EMPTY.aptProxy(URI.create("10.0.0.1")), "proxy \"10.0.0.1\"", "http://10.0.0.1:3128"),
                bad(() -> AptSource.ppa("deadsnakes"), "PPA \"deadsnakes\"", "deadsnakes/ppa"),
                bad(() -> AptSource.repository("a/b", "deb http://x y z"), "name of the apt source, \"a/b\""),
                bad(() -> AptSource.repository("a", "http://x y z"), "\"http://x y z\" is not a line"),
                bad(() -> AptSource.repository("a", "deb http://x"), "\"deb http://x\" is not a line"),
                bad(() -> AptSource.repository("a", "deb http://x y\ndeb z"), "contains a line break"),
                bad(() -> AptSource.repository("a", "deb http://x y").signedBy("KEY"), "key of apt source \"a\""),
                bad(
                        () -> AptSource.repository("a", "deb [signed-by=/k] http://x y")
                                .signedBy(PGP_KEY),
                        "names another key already"),
                bad(() -> AptPin.of("p", "*", "stable", 1), "versions of apt pin p, \"stable\"", "release a=stable"),
                bad(() -> AptPin.of("p", "*", "release a=b", 0), "apt pin \"p\" is 0"),
                bad(() -> AptPin.of("p", "*", "release a=b", 1).because("a\nb"), "explanation of apt pin p,"),
                bad(() -> EMPTY.groups("Staff"), "group \"Staff\" is not allowed", "lower-case"),
                bad(() -> UserAccount.named("app:x"), "user \"app:x\" is not allowed"),
                bad(() -> UserAccount.named("app").groups("app"), "group of user app, \"app\" is made with the user"),
                bad(() -> UserAccount.named("app").groups("a", "a"), "user \"app\" is named twice"),
                bad(() -> UserAccount.named("app").shell("bash"), "shell of user app, \"bash\"", "absolute path"),
                bad(() -> UserAccount.named("app").sudo("everything"), "sudo rule of user app, \"everything\""),
                bad(() -> UserAccount.named("app").sudo("ALL=(ALL) ALL\nx ALL=ALL"), "contains a line break"),
                bad(() -> UserAccount.named("app").authorize("#\n\nssh-rsa"), "line 3 of the authorized keys"),
                bad(() -> EMPTY.authorize(KEY.line() + "\nkey"), "line 2 of the authorized keys"),
                bad(() -> EMPTY.file("motd", "x"), "file \"motd\" is not the absolute path of a file"),
                bad(() -> EMPTY.file("/etc/", "x"), "file \"/etc/\" is not the absolute path of a file"),
                bad(() -> EMPTY.file("/a\nb", "x"), "file \"/a\\u000ab\" contains a line break"),
                bad(() -> EMPTY.file("/a", "x", "rw-"), "mode of file /a, \"rw-\" is not octal"),
                bad(() -> EMPTY.file("/a", "x", "0888"), "mode of file /a, \"0888\" is not octal"),
                bad(() -> EMPTY.file("/a", "\uD800"), "half of a surrogate pair"),
                bad(() -> FileToWrite.text("/a", "").owner("a b"), "owner of file /a, \"a b\""),
                bad(() -> FileToWrite.text("/a", "").owner("0:0"), "owner of file /a, \"0:0\"", "app:app"),
                bad(() -> EMPTY.run(), "at least one word"),
                bad(() -> EMPTY.run("a", "b\0"), "must not contain NUL"),
                bad(() -> EMPTY.shell(" "), "a command is blank"),
                bad(() -> EMPTY.shell("a \\"), "a command ends with a backslash"),
                bad(() -> EMPTY.bootShell("a\0"), "a boot command contains NUL"),
                bad(() -> OutputTarget.file("&1"), "output file \"&1\""),
                bad(() -> OutputTarget.command("tee\nx"), "output command \"tee\\u000ax\" contains a line break"),
                bad(() -> EMPTY.hostname("a_b"), "host name \"a_b\" is not allowed"),
                bad(() -> EMPTY.hostname("a".repeat(64)), "host name", "63"),
                bad(() -> EMPTY.timezone("../etc/passwd"), "time zone \"../etc/passwd\"", "Europe/Berlin"),
                bad(() -> EMPTY.locale("en GB"), "locale \"en GB\"", "en_GB.UTF-8"),
                bad(() -> Mount.of("sdb", "srv"), "mount point of sdb, \"srv\" is not an absolute path"),
                bad(() -> Mount.of("sd b", "/srv"), "device to mount, \"sd b\" contains a blank"),
                bad(() -> Mount.of("sdb", "/srv").options("a, b"), "mount options of sdb, \"a, b\" contains a blank"),
                bad(() -> Swap.of(DataSize.ofGibibytes(1)).at("swap"), "swap file \"swap\""),
                bad(() -> Ntp.servers("-x"), "time server \"-x\" is not allowed"),
                bad(() -> Proxies.of(URI.create("http://p")).direct("a,b"), "\"a,b\" contains a comma"),
                bad(() -> EMPTY.trustCertificate("x"), "certificate"),
                bad(() -> EMPTY.set("users", List.of()), "key \"users\" has a method of its own; use user"),
                bad(() -> EMPTY.set("a\nb", true), "key \"a\\u000ab\" contains a line break"),
                bad(() -> EMPTY.set("phone_home", Map.of("x", new Object())), "phone_home.x cannot be written"),
                // What contradicts what was said before
                bad(
                        () -> EMPTY.user(UserAccount.named("app"))
                                .user(UserAccount.named("app").administrator()),
                        "there is a user \"app\" already",
                        "without(\"users\")"),
                bad(() -> EMPTY.groups("app").user(UserAccount.named("app")), "group \"app\" is made with the user"),
                bad(() -> EMPTY.user(UserAccount.named("app")).groups("app"), "group \"app\" is made with the user"),
                bad(() -> EMPTY.mount(Mount.of("sdb", "/srv")).mount(Mount.of("sdc", "/srv")), "a mount at \"/srv\""),
                bad(
                        () -> EMPTY.aptPin(AptPin.of("p", "*", "release a=b", 1))
                                .aptPin(AptPin.of("p", "*", "release a=c", 1)),
                        "an apt pin \"p\" already"),
                bad(() -> EMPTY.updatePackages(false).aptSource(AptSource.ppa("a/b")), "updatePackages(false)"),
                bad(() -> EMPTY.aptMirror(URI.create("http://m/")).updatePackages(false), "updatePackages(false)"));
    }

    private static Arguments bad(ThrowingCallable call, String... message) {
        return Arguments.of(message[0], call, List.of(message));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void badInput(String name, ThrowingCallable call, List<String> message) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.getMessage()).contains(message));
    }

    @Test
    void saying_theSameTwice_changesNothing() {
        CloudConfig once = EMPTY.user(UserAccount.named("app")).groups("adm").authorize(KEY);

        assertThat(once.user(UserAccount.named("app")).groups("adm").authorize(KEY))
                .isEqualTo(once)
                .hasSameHashCodeAs(once);
    }

    // ---- What the document says

    @Test
    void everyPartOfADescriptionIsInTheDocument() throws Exception {
        Map<String, Object> document = YamlText.load(Samples.everything().renderYaml());

        assertThat(document)
                .containsKeys(
                        "hostname",
                        "timezone",
                        "locale",
                        "ntp",
                        "ca_certs",
                        "mounts",
                        "swap",
                        "groups",
                        "users",
                        "ssh_authorized_keys",
                        "ssh_keys",
                        "apt",
                        "package_update",
                        "package_upgrade",
                        "packages",
                        "output",
                        "bootcmd",
                        "write_files",
                        "runcmd",
                        "final_message");
        assertThat(document.get("mounts"))
                .isEqualTo(List.of(List.of("sdb1", "/srv/data", "ext4", "noatime"), List.of("sdc1", "none", "swap")));
        assertThat(document.get("swap")).isEqualTo(Map.of("filename", "/swap.img", "size", 1L << 30));
    }

    @Test
    void ownUserOfTheImage_isMadeBesidesOthersIfItsKeysAreGiven() throws Exception {
        CloudConfig users = EMPTY.user(UserAccount.named("app"));

        assertThat((List<?>) YamlText.load(users.renderYaml()).get("users")).hasSize(1);
        assertThat((List<?>) YamlText.load(users.authorize(KEY).renderYaml()).get("users"))
                .hasSize(2)
                .first()
                .isEqualTo("default");
    }

    @Test
    @Tag("D-56")
    void pins_areThereBeforePackagesAreInstalled() {
        String script = EMPTY.packages("curl")
                .aptPin(AptPin.of("p", "*", "release a=stable", 900))
                .renderScript();

        assertThat(script.indexOf("/etc/apt/preferences.d/p"))
                .isPositive()
                .isLessThan(script.indexOf("foothold_apt update"))
                .isLessThan(script.indexOf("foothold_apt install curl"));
    }

    @Test
    void sourceWithAKey_isTheOnlyOneThatTrustsIt() {
        AptSource.Repository source = AptSource.repository(
                        "acme", "deb [arch=amd64] https://apt.example.org stable main")
                .signedBy(PGP_KEY);

        assertThat(source.files())
                .containsExactly(
                        FileToWrite.text("/etc/apt/keyrings/acme.asc", PGP_KEY),
                        FileToWrite.text(
                                "/etc/apt/sources.list.d/acme.list",
                                "deb [arch=amd64 signed-by=/etc/apt/keyrings/acme.asc]"
                                        + " https://apt.example.org stable main\n"));
    }

    // ---- What a script cannot do

    @Test
    void whatOnlyAFirstBootCanDo_isNamedAllAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.everything().renderScript())
                .withMessageContaining(
                        "timezone, locale, ntp, ca_certs, mounts, swap, ssh_keys, output.init, final_message");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EMPTY.timezone("UTC").renderScript())
                .withMessageContaining("cannot be told timezone: only the first boot understands it; remove it");
    }

    // ---- Two descriptions

    @Test
    void two_sayTogetherWhatEitherSays_andOfOneThingTheSecondCounts() {
        CloudConfig first = EMPTY.hostname("a")
                .timezone("UTC")
                .packages("x")
                .groups("g", "h")
                .user(UserAccount.named("app"))
                .ntp(Ntp.servers("s"))
                .set("final_message", "1")
                .updatePackages(false)
                .run("one");
        CloudConfig second = EMPTY.hostname("b")
                .packages("x", "y")
                .groups("h", "i")
                .user(UserAccount.named("app").administrator())
                .ntp(Ntp.pools("p"))
                .set("final_message", "2")
                .updatePackages(true)
                .aptSource(AptSource.ppa("a/b"))
                .run("two");

        assertThat(first.and(second))
                .isEqualTo(EMPTY.hostname("b")
                        .timezone("UTC")
                        .packages("x", "x", "y")
                        .groups("g", "h", "i")
                        .user(UserAccount.named("app").administrator())
                        .ntp(Ntp.servers("s").and(Ntp.pools("p")))
                        .set("final_message", "2")
                        .updatePackages(true)
                        .aptSource(AptSource.ppa("a/b"))
                        .run("one")
                        .run("two"));
        assertThat(first.and(EMPTY)).isEqualTo(first).isEqualTo(EMPTY.and(first));
    }

    @Test
    void two_thatContradictEachOther_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EMPTY.groups("app").and(EMPTY.user(UserAccount.named("app"))))
                .withMessageContaining("group \"app\"");
    }

    @Test
    void anything_canBeForgotten() {
        CloudConfig everything = Samples.everything();
        for (Section<?> section : Section.ALL) {
            everything = everything.without(section.key());
        }

        assertThat(everything).isEqualTo(EMPTY);
        assertThat(EMPTY.set("phone_home", true).set("x", 1).without("phone_home"))
                .isEqualTo(EMPTY.set("x", 1));
        assertThat(EMPTY.without("whatever")).isEqualTo(EMPTY);
    }

    @Test
    @Tag("D-57")
    void removing_takesEveryCopy() {
        assertThat(EMPTY.run("a", "b c").shell("x").run("a", "b c").removeRun("a", "b c"))
                .isEqualTo(EMPTY.shell("x"));
        assertThat(EMPTY.boot("a").boot("a").run("a").removeBootShell("a")).isEqualTo(EMPTY.run("a"));
    }

    // ---- Secrets

    @Test
    @Tag("D-58")
    void nothingSecret_isShown() {
        SshKeyPair hostKey = SshKeyPair.generate("");
        CloudConfig config = EMPTY.file("/etc/token", Secret.of("hunter2"))
                .run("login", "hunter2")
                .bootShell("hunter2")
                .set("phone_home", "hunter2")
                .proxies(Proxies.of(URI.create("http://user:hunter2@10.0.0.1:3128")))
                .hostKey(hostKey);

        assertThat(config.toString())
                .doesNotContain("hunter2")
                .isEqualTo("CloudConfig[proxies, ssh_keys, bootcmd (1), write_files (1), runcmd (1), other keys]");
        assertThat(Proxies.of(URI.create("http://user:hunter2@10.0.0.1:3128")).toString())
                .doesNotContain("hunter2")
                .contains("10.0.0.1");
        assertThat(FileToWrite.secret("/etc/token", Secret.of("hunter2")).toString())
                .isEqualTo("FileToWrite[/etc/token, 7 bytes, mode 0600]");
        assertThat(config.userData().toString()).doesNotContain("hunter2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EMPTY.shell("login hunter2 \\"))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Proxies.of(URI.create("ftp://user:hunter2@10.0.0.1")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    static final String PGP_KEY =
            "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n";
}
