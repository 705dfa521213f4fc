package dev.foothold.sample.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.FootholdException;
import dev.foothold.constraints.Constraints;
import dev.foothold.instance.HardwareCharacteristics;
import dev.foothold.network.MachineAddress;
import dev.foothold.ssh.SshKeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFileTest {

    private static final String KEY = SshKeyPair.generate("").publicKey().line();

    @TempDir
    Path directory;

    private List<Machine> read(String text) throws IOException {
        return MachineFile.read(Files.writeString(directory.resolve("machines.yaml"), text), "root");
    }

    private void assertFaults(String text, String... faults) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(FootholdException.class)
                .hasMessage("the list of machines " + directory.resolve("machines.yaml") + " is wrong:\n  "
                        + String.join("\n  ", faults));
    }

    @Test
    void aFileSaysWhereMachinesAreHowTheyAreRecognisedAndWhatTheyAreMadeOf() throws Exception {
        List<Machine> machines = read("""
                machines:
                  rack1-a:
                    address: 10.0.0.5
                    port: 2222
                    user: deploy
                    host-keys:
                      - %s
                    hardware: arch=arm64 cores=8 mem=32G root-disk=200G tags=gpu,ssd
                  spare.example:
                    address: 2001:db8::7
                    host-keys: %s
                """.formatted(KEY, KEY));

        assertThat(machines).extracting(Machine::name).containsExactly("rack1-a", "spare.example");
        Machine first = machines.get(0);
        assertThat(first.address()).isEqualTo(MachineAddress.of("10.0.0.5").withSshPort(2222));
        assertThat(first.user()).isEqualTo("deploy");
        assertThat(first.hostKeys()).extracting(Object::toString).hasSize(1);
        assertThat(first.hardware().summary()).contains("arch=arm64", "cores=8");
        assertThat(machines.get(1).address().hostAndPort()).isEqualTo("[2001:db8::7]:22");
        assertThat(machines.get(1).user()).isEqualTo("root");
    }

    @Test
    void allFaultsAreToldAtOnceEachWithItsLine() {
        assertFaults(
                """
                machines:
                  M 1:
                    address: 10.0.0.5
                    host-keys: [%s]
                  m2:
                    host-keys:
                      - ssh-ed25519 AAAA
                      - %s
                    flavour: large
                  m3:
                    address: 10.0.0.6
                    port: 70000
                  m4:
                    address: [10.0.0.7]
                    host-keys: {}
                    hardware: cores=many
                    user: -oProxyCommand=x
                """.formatted(KEY, KEY),
                "line 3: the name \"M 1\" is not allowed; use up to 63 lower-case letters, digits, dots, hyphens and"
                        + " underscores, with a letter or digit at both ends",
                "line 9: machine \"m2\" has the unknown field \"flavour\"; known are \"address\", \"hardware\","
                        + " \"host-keys\", \"port\", \"user\"",
                "line 6: machine \"m2\" has no \"address\"",
                "line 7: a host key of machine \"m2\" is wrong: the ssh-ed25519 public key is cut off",
                "line 12: \"port\" is wrong: it must be a number from 1 to 65535",
                "line 11: machine \"m3\" has no \"host-keys\"; without one it could not be told from others",
                "line 14: \"address\" must be one text",
                "line 17: \"user\" is wrong: the SSH user must not be blank, begin with a hyphen or have control"
                        + " characters",
                "line 16: \"hardware\" is wrong: " + faultOf(() -> HardwareCharacteristics.parse("cores=many")),
                "line 15: a host key of machine \"m4\" must be one text");
    }

    private static String faultOf(Runnable wrong) {
        try {
            wrong.run();
            return "none";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void noMachineAndNoAddressIsThereTwice() {
        assertFaults(
                """
                machines:
                  m1:
                    address: 10.0.0.5
                    host-keys: [%1$s]
                  m1:
                    address: 10.0.0.6
                    host-keys: [%1$s]
                  m2:
                    address: 10.0.0.5
                    host-keys: [%1$s]
                """.formatted(KEY),
                "line 5: \"machines\" has \"m1\" twice",
                "line 9: machine \"m2\" has the same address as \"m1\": 10.0.0.5:22");
    }

    @Test
    void whatIsNotAListOfMachinesIsSaidSo() {
        assertFaults("", "there is no \"machines\" in it");
        assertFaults("machines: {}\n", "line 1: there is no machine in it");
        assertFaults("- m1\n", "line 1: the list of machines must be a mapping of names");
        assertFaults(
                "hosts:\n  m1: {}\n",
                "line 2: the list of machines has the unknown field \"hosts\"; known are \"machines\"");
        assertFaults(
                "machines:\n\tm1: {}\n",
                "line 2: this is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)");
        assertThatThrownBy(() -> MachineFile.read(directory.resolve("none.yaml"), "root"))
                .isInstanceOf(FootholdException.class)
                .hasMessageContaining("none.yaml cannot be read");
    }

    @Test
    void aMachineIsTakenOnlyForWhatItIsKnownToBe() throws Exception {
        Machine known = read("""
                machines:
                  m1:
                    address: 10.0.0.5
                    host-keys: [%s]
                    hardware: arch=arm64 cores=8 mem=32G root-disk=200G tags=gpu,ssd
                """.formatted(KEY)).get(0);
        Machine unknown = read("machines:\n  m1:\n    address: 10.0.0.5\n    host-keys: [" + KEY + "]\n")
                .get(0);

        for (String met : List.of("", "cores=8 mem=32G", "root-disk=100G", "tags=gpu", "arch=arm64")) {
            assertThat(known.meets(Constraints.parse(met))).as(met).isTrue();
        }
        for (String more : List.of("cores=9", "mem=33G", "root-disk=201G", "tags=gpu,hdd", "arch=amd64")) {
            assertThat(known.meets(Constraints.parse(more))).as(more).isFalse();
        }
        assertThat(unknown.meets(Constraints.parse("arch=amd64")))
                .as("an architecture, which is always asked for")
                .isTrue();
        for (String any : List.of("cores=1", "mem=1M", "root-disk=1M", "tags=gpu")) {
            assertThat(unknown.meets(Constraints.parse(any))).as(any).isFalse();
        }
    }
}
