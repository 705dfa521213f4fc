package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SshCommandTest {

    @Test
    void toString_showsNeitherLineNorInput() {
        SshCommand command = SshCommand.of("login --password=secret").reading("token");

        assertThat(command).hasToString("SshCommand[23 characters < 5 bytes]");
    }

    @Test
    void input_isUtf8AndACopy() {
        SshCommand command = SshCommand.of("cat").reading("é");
        command.input()[0] = 0;

        assertThat(new String(command.input(), StandardCharsets.UTF_8)).isEqualTo("é");
        assertThat(SshCommand.of("true").input()).isEmpty();
    }
}
