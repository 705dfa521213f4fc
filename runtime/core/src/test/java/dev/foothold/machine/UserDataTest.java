package dev.foothold.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.foothold.cloudinit.CloudConfig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class UserDataTest {

    private static final UserDataPart CONFIG = UserDataPart.cloudConfig("config", "#cloud-config\n{}\n");

    @Test
    void documentWithinTheLimit_staysAsItIs() {
        UserData data = UserData.of("#cloud-config\n");

        assertThat(UserDataLimit.ofBytes(14).orCompressed().fit(data)).isSameAs(data);
        assertThat(UserDataLimit.DEFAULT.bytes()).isEqualTo(16_384);
    }

    @Test
    void documentBeyondTheLimit_isRefusedAndWhatIsLargeIsNamed() {
        UserData data = CloudConfig.empty()
                .file("/etc/small", "x")
                .file("/srv/large", "x".repeat(20_000))
                .run("echo", "y".repeat(5_000))
                .userData();

        assertThatExceptionOfType(UserDataTooLargeException.class)
                .isThrownBy(() -> UserDataLimit.DEFAULT.fit(data))
                .withMessageContaining("the user data has " + data.size() + " bytes; the cloud takes 16384.")
                .withMessageContaining("The largest: file /srv/large (26668 bytes), runcmd (5")
                .satisfies(e -> assertThat(e.size()).isEqualTo(data.size()))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(16_384));
    }

    @Test
    void documentBeyondTheLimit_isCompressedIfTheCloudAllowsIt() throws Exception {
        String text = "#cloud-config\n" + "# \u20ac\n".repeat(10_000);

        UserData data = UserDataLimit.DEFAULT.orCompressed().fit(UserData.of(text));

        assertThat(data.isCompressed()).isTrue();
        assertThat(data.size()).isLessThan(16_384).isEqualTo(data.bytes().length);
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data.base64())))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        assertThat(data).isEqualTo(UserData.of(text).compressed()).isSameAs(data.compressed());
        assertThatIllegalStateException().isThrownBy(data::text).withMessageContaining("bytes() or base64()");
    }

    @Test
    void documentTooLargeEvenCompressed_isRefusedWithBothSizes() {
        UserData data = UserData.of("abcdefghijklmnopqrstuvwxyz", Map.of("runcmd", 20));

        assertThatExceptionOfType(UserDataTooLargeException.class)
                .isThrownBy(() -> UserDataLimit.ofBytes(10).orCompressed().fit(data))
                .withMessageContaining("26 bytes, " + data.compressed().size() + " compressed; the cloud takes 10.")
                .withMessageContaining("The largest: runcmd (20 bytes)");
    }

    @Test
    void severalParts_areOneMessage_theSameEachTime() {
        UserDataPart script = UserDataPart.shellScript("hello.sh", "#!/bin/sh\necho ==foothold==\n");

        String text = UserData.of(CONFIG, script).text();

        assertThat(text).isEqualTo(UserData.of(CONFIG, script).text()).isEqualTo("""
                Content-Type: multipart/mixed; boundary="==foothold-1=="
                MIME-Version: 1.0

                --==foothold-1==
                Content-Type: text/cloud-config; charset="utf-8"
                MIME-Version: 1.0
                Content-Transfer-Encoding: 7bit
                Content-Disposition: attachment; filename="config"

                #cloud-config
                {}

                --==foothold-1==
                Content-Type: text/x-shellscript; charset="utf-8"
                MIME-Version: 1.0
                Content-Transfer-Encoding: 7bit
                Content-Disposition: attachment; filename="hello.sh"

                #!/bin/sh
                echo ==foothold==

                --==foothold-1==--
                """);
    }

    @Test
    void singlePart_needsNoMessageAroundIt() {
        assertThat(UserData.of(CONFIG).text()).isEqualTo("#cloud-config\n{}\n");
    }

    @Test
    void partsThatAMachineWouldIgnore_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserDataPart.cloudConfig("c", "packages: []"))
                .withMessageContaining("part \"c\" does not begin with \"#cloud-config\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserDataPart.shellScript("s", "echo"))
                .withMessageContaining("part \"s\" does not say what runs it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserDataPart.shellScript("a\"b", "#!"))
                .withMessageContaining("the name \"a\"b\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UserDataPart("p", "cloud config", ""))
                .withMessageContaining("the type \"cloud config\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserData.of(CONFIG, CONFIG))
                .withMessageContaining("two parts of the user data are called \"config\"");
        assertThatIllegalArgumentException().isThrownBy(UserData::of).withMessageContaining("at least one part");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UserDataLimit.ofBytes(0))
                .withMessageContaining("greater than zero, but is 0");
    }

    @Test
    void nothingOfIt_isShown() {
        assertThat(UserData.of("secret")).hasToString("UserData[6 bytes]");
        assertThat(CONFIG).hasToString("UserDataPart[config, text/cloud-config, 17 characters]");
    }
}
