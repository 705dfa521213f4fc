package dev.foothold.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.config.Secret;
import dev.foothold.machine.UserData;
import dev.foothold.machine.UserDataPart;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import dev.foothold.testing.Tools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same description in two machines: in one Debian's cloud-init applies the document, in the other bash runs the
 * script. Afterwards the machines are the same, file by file.
 */
@Timeout(300)
class SameMachineTest {

    private static final SshPublicKey KEY = SshKeyPair.generate("a@b").publicKey();
    private static final SshPublicKey OTHER = SshKeyPair.generate("c@d").publicKey();

    /** What both machines begin with: packages from a repository in a directory, and the image's own user. */
    private static final String BEFORE = """
            rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/* /var/lib/cloud /etc/ssh/ssh_host_*
            rm -rf /etc/sudoers.d /etc/apt/apt.conf.d/*proxy*
            mkdir -m 0750 /etc/sudoers.d && echo '@includedir /etc/sudoers.d' > /etc/sudoers && chmod 0440 /etc/sudoers
            echo 'deb [trusted=yes] file:/srv/shared/repository ./' > /etc/apt/sources.list
            echo 'APT::Sandbox::User "root";' > /etc/apt/apt.conf.d/99root
            useradd --create-home --shell /bin/bash debian
            mkdir -p /srv/old && echo old > /srv/old/file && chmod 0600 /srv/old/file && chown debian /srv/old/file
            """;

    /** What the first boot of a cloud's image does, without what concerns disks and networks. */
    private static final String FIRST_BOOT = BEFORE + """
            mkdir -p /var/lib/cloud/seed/nocloud
            printf 'instance-id: i-1\\n' > /var/lib/cloud/seed/nocloud/meta-data
            cp /srv/shared/user-data /var/lib/cloud/seed/nocloud/user-data
            cat > /etc/cloud/cloud.cfg.d/99-test.cfg <<'EOF'
            datasource_list: [NoCloud]
            network: {config: disabled}
            cloud_init_modules: [bootcmd, write-files, set_hostname, users-groups, ssh]
            cloud_config_modules: [apt-configure, runcmd]
            cloud_final_modules: [package-update-upgrade-install, write-files-deferred, scripts-user]
            ssh_genkeytypes: [ed25519]
            system_info: {default_user: {name: debian, sudo: null}}
            output: {all: '>> /var/log/output'}
            EOF
            cloud-init init || { cat /var/log/cloud-init.log /var/log/output; exit 1; }
            cloud-init modules --mode=config || { cat /var/log/cloud-init.log /var/log/output; exit 1; }
            cloud-init modules --mode=final || { cat /var/log/cloud-init.log /var/log/output; exit 1; }
            """;

    /** Run twice, for a second run must change nothing but what commands do themselves. */
    private static final String LATER = BEFORE + """
            SUDO_USER=debian bash /srv/shared/script > /var/log/output 2>&1 || { cat /var/log/output; exit 1; }
            rm /srv/order
            SUDO_USER=debian bash /srv/shared/script > /var/log/output 2>&1 || { cat /var/log/output; exit 1; }
            """;

    /**
     * Lists everything that is different from the host, but for what the programs keep for themselves. Lines of keys
     * are sorted, for cloud-init's order is one of chance, and rules for sudo are compared as sudo reads them.
     */
    private static final String TELL = """
            cd /srv/upper
            find . -mindepth 1 \\( -path ./var/lib/cloud -o -path ./var/log -o -path ./var/lib/apt -o -path ./var/cache \\
                -o -path ./var/lib/dpkg -o -path ./run -o -path ./tmp -o -path ./etc/cloud -o -path ./etc/sudoers.d \\
                -o -path ./srv/shared -o -path ./srv/upper -o -path './etc/ssh/*' -o -path ./root \\
                -o -name __pycache__ -o -path './etc/*-' \\) -prune -o -print | LC_ALL=C sort |
                while IFS= read -r file; do
                    stat -c '%n %A %U:%G' "/$file" 2> /dev/null || { echo "$file is gone"; continue; }
                    [ -L "/$file" ] || [ ! -f "/$file" ] || case $file in
                        */authorized_keys) sort "/$file" ;;
                        ./etc/shadow) sed 's/:[0-9]*:/:day:/' "/$file" ;;
                        *) sha256sum < "/$file" ;;
                    esac
                done
            hostname
            getent passwd
            getent group
            cat /etc/sudoers.d/* 2> /dev/null | sed '/^#/d; /^$/d' | LC_ALL=C sort
            stat -c '%n %A %U:%G' /etc/sudoers.d
            dpkg-query -W -f '${Package} ${Version} ${Status}\\n'
            """;

    @TempDir
    Path shared;

    @BeforeEach
    void require() throws Exception {
        Tools.require("cloud-init", "dpkg-deb", "apt-get", "useradd");
        PrivateMachine.require();
        packages("foothold-one 1.0", "foothold-two 1.0", "foothold-two 2.0");
    }

    @Test
    void documentAtTheFirstBoot_andScriptLater_makeTheSameMachine() throws Exception {
        CloudConfig config = CloudConfig.empty()
                .bootShell("echo boot >> /srv/order && mkdir -p /srv/made/at/boot")
                .hostname("db-1.example.org")
                .groups("staff2", "ops")
                .user(UserAccount.named("app")
                        .groups("ops", "adm")
                        .shell("/bin/sh")
                        .authorize(KEY, OTHER)
                        .sudo("ALL=(root) NOPASSWD:/usr/bin/apt-get"))
                .user(UserAccount.named("plain"))
                .authorize(OTHER)
                .aptProxy(URI.create("http://127.0.0.1:9"))
                .aptPin(AptPin.of("two", "foothold-two", "version 1.0", 1001).because("2.0 is not for us"))
                .packages("foothold-one", "foothold-two")
                .proxies(Proxies.of(URI.create("http://127.0.0.1:9")).direct("localhost"))
                .file("/etc/motd", "it's \"x\" $HOME `id` \\n\\c\n\u20ac\n")
                .file("/srv/new/secret", Secret.of("s3cret"))
                .file("/srv/old/file", "new", "0644")
                .file(FileToWrite.bytes("/srv/new/bytes", new byte[] {0, 1, (byte) 0xff})
                        .mode("0640"))
                .file(FileToWrite.text("/srv/app/a b", "").owner("app:ops").mode("0750"))
                .file(FileToWrite.text("/usr/share/foothold-one/file", "replaced\n")
                        .late())
                .run("cp", "/usr/share/foothold-two/version", "/srv/it's $here")
                .shell("echo \"run $http_proxy $NO_PROXY\" >> /srv/order");
        Files.writeString(shared.resolve("script"), config.renderScript());

        // Compressed parts, so that these are proven as well; the second is run after what is described.
        String part = "#!/bin/sh\nprintf '\u20ac' > /srv/part\n";
        UserData data = UserData.of(
                        UserDataPart.cloudConfig("config", config.renderYaml()),
                        UserDataPart.shellScript("part.sh", part))
                .compressed();

        String byScript = tell(LATER + part);
        String byDocument = tell(FIRST_BOOT, data);

        assertThat(byScript)
                .contains("./srv/app/a b -rwxr-x--- app:ops", "foothold-two 1.0 install ok installed")
                .isEqualTo(byDocument);
    }

    private String tell(String script, UserData data) throws Exception {
        Files.write(shared.resolve("user-data"), data.bytes());
        return tell(script);
    }

    private String tell(String script) throws Exception {
        Tools.Result result = PrivateMachine.run(shared, script + TELL);
        assertThat(result.exit()).as(result.stdout() + result.stderr()).isZero();
        return result.stdout();
    }

    /** Makes a repository of packages, each with one file that says its version. */
    private void packages(String... namesAndVersions) throws Exception {
        Path repository = Files.createDirectory(shared.resolve("repository"));
        StringBuilder index = new StringBuilder();
        for (String nameAndVersion : namesAndVersions) {
            String name = nameAndVersion.split(" ")[0];
            String version = nameAndVersion.split(" ")[1];
            String file = name + "_" + version + "_all.deb";
            String control = "Package: " + name + "\nVersion: " + version
                    + "\nArchitecture: all\nMaintainer: Test <test@example.org>\nDescription: test\n";
            Path root = Files.createDirectories(shared.resolve("build").resolve(file));
            Files.writeString(
                    Files.createDirectories(root.resolve("usr/share").resolve(name))
                            .resolve("version"),
                    version + "\n");
            Files.writeString(Files.createDirectory(root.resolve("DEBIAN")).resolve("control"), control);
            Path archive = repository.resolve(file);
            Tools.Result built =
                    Tools.run("", "dpkg-deb", "--build", "--root-owner-group", root.toString(), archive.toString());
            assertThat(built.exit()).as(built.stderr()).isZero();
            byte[] bytes = Files.readAllBytes(archive);
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            index.append(control)
                    .append("Filename: ./" + file + "\nSize: " + bytes.length + "\nSHA256: " + digest + "\n\n");
        }
        Files.writeString(repository.resolve("Packages"), index);
    }
}
