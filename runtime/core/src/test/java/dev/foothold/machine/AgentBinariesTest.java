package dev.foothold.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which builds there are, and which one is for a machine. */
class AgentBinariesTest {

    private static final Base UBUNTU = Base.parse("ubuntu@24.04");
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path directory;

    @Test
    void filesInADirectoryAreDescribedByTheirNames() throws IOException {
        file("acme-agent-1.4.2-ubuntu-amd64.tar.gz");
        file("acme-agent-2.0-rc1-any-arm64");
        file("acme-agent-1.4.2-any-any.jar");
        file("README");
        file("acme-agent-latest.tar.gz");

        assertThat(AgentBinaries.directory(directory).list())
                .extracting(AgentBinary::describe)
                .containsExactlyInAnyOrder(
                        "acme-agent 1.4.2 for ubuntu on amd64",
                        "acme-agent 2.0-rc1 for any system on arm64",
                        "acme-agent 1.4.2 for any system on any architecture");
        AgentBinary jar = AgentBinaries.directory(directory).choose(UBUNTU, Arch.S390X, null);
        assertThat(jar.sha256()).isEqualTo(HELLO);
        assertThat(jar.size()).isEqualTo(5);
        assertThat(jar.fileName()).isEqualTo("acme-agent-1.4.2-any-any.jar");
        assertThat(jar.isLocal()).isTrue();
    }

    @Test
    void whatSha256sumsSaysMustBeRight() throws IOException {
        Path file = file("acme-1.0-any-any");
        Path sums = directory.resolve("SHA256SUMS");
        Files.writeString(sums, HELLO + " *acme-1.0-any-any\n");
        assertThat(AgentBinaries.directory(directory).list()).hasSize(1);

        Files.writeString(sums, "0".repeat(64) + "  acme-1.0-any-any\n");
        assertThatThrownBy(() -> AgentBinaries.directory(directory))
                .isInstanceOf(FootholdException.class)
                .hasMessageContainingAll(file.toString(), HELLO, "0000", "get the file again");
    }

    @Test
    void theNewestForTheMachineIsChosen_andOfEqualOnesTheMostParticular() {
        AgentBinaries binaries = AgentBinaries.of(
                binary("1.9", null, null),
                binary("1.10", null, null),
                binary("1.10", "ubuntu", null),
                binary("1.10", "ubuntu", Arch.ARM64),
                binary("1.11-rc1", "debian", null),
                binary("1.11", null, Arch.AMD64));

        assertThat(binaries.choose(UBUNTU, Arch.ARM64, null).describe()).isEqualTo("acme 1.10 for ubuntu on arm64");
        assertThat(binaries.choose(UBUNTU, Arch.S390X, null).describe())
                .isEqualTo("acme 1.10 for ubuntu on any architecture");
        assertThat(binaries.choose(UBUNTU, Arch.AMD64, null).version()).isEqualTo("1.11");
        assertThat(binaries.choose(UBUNTU, Arch.AMD64, "1.9").version()).isEqualTo("1.9");
    }

    @Test
    void whereNoneFits_theMessageSaysWhatThereIs() {
        AgentBinaries some = AgentBinaries.of(binary("1.9", "centos", null), binary("2.0", "ubuntu", Arch.ARM64));

        assertThatThrownBy(() -> some.choose(UBUNTU, Arch.AMD64, null))
                .isInstanceOf(FootholdException.class)
                .hasMessage("no matching agent binaries available for ubuntu@24.04 on amd64; there are:"
                        + " acme 1.9 for centos on any architecture, acme 2.0 for ubuntu on arm64");
        assertThatThrownBy(() -> some.choose(UBUNTU, Arch.ARM64, "3"))
                .hasMessageStartingWith(
                        "no matching agent binaries available for ubuntu@24.04 on arm64 in version 3; there are:");
        assertThatThrownBy(() -> AgentBinaries.directory(directory).choose(UBUNTU, Arch.AMD64, null))
                .hasMessageEndingWith("there is no file like NAME-VERSION-OS-ARCH.tar.gz in " + directory);
        assertThatThrownBy(() -> AgentBinaries.directory(directory.resolve("nowhere")))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void versionsAreOrderedAsPeopleExpect() {
        List<String> ordered = List.of(
                "0.9",
                "1.0-alpha",
                "1.0-beta2",
                "1.0-beta10",
                "1.0-rc1",
                "1.0",
                "1.0.1",
                "1.2",
                "1.10",
                "2",
                "2.0",
                "10");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(3));

        shuffled.sort(new AgentVersions());

        assertThat(shuffled).isEqualTo(ordered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/acme", "https:acme", "relative/acme", "https://joe:secret@host/acme"})
    void whatNoMachineCanFetchIsRefused(String url) {
        assertThatThrownBy(() -> new AgentBinary("acme", "1", null, null, 1, HELLO, URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("location")
                .hasMessageNotContaining("secret");
    }

    private Path file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), "hello");
    }

    private static AgentBinary binary(String version, String os, Arch arch) {
        return new AgentBinary("acme", version, os, arch, 5, HELLO, URI.create("https://agents.example/acme.tar.gz"));
    }
}
