package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.ssh.SshKeyPair;
import dev.foothold.testing.Tools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the script does to machines that are not fresh. */
@Timeout(120)
class ScriptInMachineTest {

    @TempDir
    Path shared;

    @BeforeEach
    void require() throws Exception {
        PrivateMachine.require();
        Tools.require("useradd", "runuser");
    }

    @Test
    void mirror_servesTheReleaseAndItsUpdates_butNotSecurity() throws Exception {
        CloudConfig config = CloudConfig.empty().aptMirror(URI.create("http://mirror.example.org/debian"));
        String before = """
                . /etc/os-release
                c=$VERSION_CODENAME
                rm -rf /etc/apt/sources.list.d/*
                cat > /etc/apt/sources.list <<EOF
                # the usual
                deb http://deb.debian.org/debian $c main
                deb-src [arch=amd64 trusted=yes] http://deb.debian.org/debian $c-updates main
                deb http://security.debian.org/debian-security $c-security main
                deb http://apt.example.org stable main
                EOF
                cat > /etc/apt/sources.list.d/ubuntu.sources <<EOF
                Types: deb
                URIs: http://archive.ubuntu.com/ubuntu
                Suites: $c $c-updates
                Components: main

                # security
                Types: deb
                URIs: http://security.ubuntu.com/ubuntu
                Suites: $c-security
                EOF
                cp /bin/true /usr/local/bin/apt-get
                """;
        String after =
                "cat /etc/apt/sources.list /etc/apt/sources.list.d/*\nstat -c %A /etc/apt/sources.list\necho $c\n";

        String told = inMachine(before, config, after);

        String codename = told.lines().reduce((first, second) -> second).orElseThrow();
        assertThat(told).isEqualTo("""
                # the usual
                deb http://mirror.example.org/debian CODE main
                deb-src [arch=amd64 trusted=yes] http://mirror.example.org/debian CODE-updates main
                deb http://security.debian.org/debian-security CODE-security main
                deb http://apt.example.org stable main
                Types: deb
                URIs: http://mirror.example.org/debian
                Suites: CODE CODE-updates
                Components: main

                # security
                Types: deb
                URIs: http://security.ubuntu.com/ubuntu
                Suites: CODE-security
                -rw-r--r--
                CODE
                """.replace("CODE", codename));
    }

    @Test
    void userWhoIsThere_getsWhatIsMissing() throws Exception {
        SshKeyPair key = SshKeyPair.generate("a@b");
        CloudConfig config = CloudConfig.empty()
                .user(UserAccount.named("old").groups("ops").shell("/bin/sh").authorize(key.publicKey()));

        String told = inMachine(
                "useradd --create-home --shell /bin/bash old && usermod --append --groups adm old\n"
                        + "su old -c 'mkdir ~/.ssh && printf first > ~/.ssh/authorized_keys'\n",
                config,
                "id -nG old; getent passwd old | cut -d : -f 7; cat /home/old/.ssh/authorized_keys\n"
                        + "stat -c '%A %U:%G' /home/old/.ssh/authorized_keys\n");

        assertThat(told)
                .isEqualTo("old adm ops\n/bin/sh\nfirst\n" + key.publicKey().line() + "\n-rw-r--r-- old:old\n");
    }

    @Test
    void keysOfAUser_areNotWrittenWhereOnlyRootMayWrite() throws Exception {
        CloudConfig config = CloudConfig.empty()
                .user(UserAccount.named("old").authorize(SshKeyPair.generate("").publicKey()));

        String told = inMachine(
                "useradd --create-home old; echo intact > /etc/target\n"
                        + "su old -c 'mkdir ~/.ssh && ln -s /etc/target ~/.ssh/authorized_keys'\n",
                config,
                "cat /etc/target; echo \"status $status\"\n");

        assertThat(told).isEqualTo("intact\nstatus 1\n");
    }

    @Test
    void sudoRuleThatSudoCannotRead_isRefusedBeforeItIsInstalled() throws Exception {
        CloudConfig config = CloudConfig.empty().user(UserAccount.named("app").sudo("ALL=(root NOPASSWD:ALL"));

        String told = inMachine(
                "mkdir -p /etc/sudoers.d; printf '#!/bin/sh\\ncat > /srv/rule; exit 1\\n' > /usr/local/bin/visudo\n"
                        + "chmod 0755 /usr/local/bin/visudo\n",
                config,
                "cat /srv/rule; tail -n 1 /srv/err; ls -A /etc/sudoers.d | grep -c foothold || :; echo \"status $status\"\n");

        assertThat(told)
                .isEqualTo("app ALL=(root NOPASSWD:ALL\n"
                        + "the sudo rule of user app is not valid: ALL=(root NOPASSWD:ALL\n0\nstatus 1\n");
    }

    private String inMachine(String before, CloudConfig config, String after) throws Exception {
        Files.writeString(shared.resolve("script"), config.renderScript());
        Tools.Result result = PrivateMachine.run(
                shared,
                before + "status=0\nbash /srv/shared/script > /srv/out 2> /srv/err || status=$?\n"
                        + "[ $status != 0 ] || bash /srv/shared/script > /srv/out 2> /srv/err\n"
                        + after);
        assertThat(result.exit()).as(result.stdout() + result.stderr()).isZero();
        return result.stdout();
    }
}
