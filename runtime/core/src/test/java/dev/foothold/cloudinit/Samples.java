package dev.foothold.cloudinit;

import dev.foothold.config.DataSize;
import dev.foothold.config.Secret;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.net.URI;
import java.util.Random;

/** Descriptions to render. */
final class Samples {

    static final SshPublicKey KEY = SshKeyPair.generate("a@b").publicKey();

    /** Valid for a hundred years. */
    static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBNDCB56ADAgECAhQijAkHeHrQjvKd6W+kgt8IAqaiYDAFBgMrZXAwDzENMAsG
            A1UEAwwEdGVzdDAgFw0yNjExMjQwOTE3MDhaGA8yMTI2MTAzMTA5MTcwOFowDzEN
            MAsGA1UEAwwEdGVzdDAqMAUGAytlcAMhAAhSBNMwUf7SHpzQvTYBSlDhaRz0IUZM
            mDTZQOausQIso1MwUTAdBgNVHQ4EFgQU+O0abOP08RZs4BG5nJC3FOvl1IcwHwYD
            VR0jBBgwFoAU+O0abOP08RZs4BG5nJC3FOvl1IcwDwYDVR0TAQH/BAUwAwEB/zAF
            BgMrZXADQQAjqSMYxr7CCfv4s4b7AuTdIijOVk0UfPnYkpkXgGB0Pb0XyAH6u/gV
            E9fw4ihNNDBQWmeD/YOoJgnjOIsbJ+kD
            -----END CERTIFICATE-----
            """;

    /** What no shell, no YAML and no apt may stumble over. */
    private static final String[] WORDS = {
        "a",
        "it's",
        "\"",
        "$HOME",
        "`id`",
        "$(id)",
        "\\",
        "\\n",
        "*",
        "~",
        "!x",
        "#x",
        "- x",
        "x: y",
        "{{",
        "}",
        "%s",
        "\u00e9",
        "\u20ac\uD83D\uDE00",
        "a\nb",
        "\n",
        "\t",
        " ",
        "",
        "a  b ",
        "EOF",
        "'EOF'",
        "yes",
        "0644",
        "1e3",
        "~x",
        "=",
        "null",
        "&&",
        ";",
        "|",
        ">",
        "-n",
        "-e",
        "--",
        "\u0085",
        "\u2028",
        "\u0007",
        "\r",
        "\uFEFF",
        "@",
        "?",
        "[a]"
    };

    private Samples() {}

    /** Says everything that can be said. */
    static CloudConfig everything() {
        return scriptable()
                .timezone("Europe/Berlin")
                .locale("en_GB.UTF-8")
                .ntp(Ntp.servers("ntp.example.org").and(Ntp.pools("0.debian.pool.ntp.org")))
                .trustCertificate(CERTIFICATE)
                .mount(Mount.of("sdb1", "/srv/data").type("ext4").options("noatime"))
                .mount(Mount.of("sdc1", "none").type("swap"))
                .swap(Swap.of(DataSize.ofGibibytes(1)))
                .hostKey(SshKeyPair.generate(""))
                .output(OutputStage.INIT, OutputRedirection.to(OutputTarget.file("/var/log/init")))
                .set("final_message", "done");
    }

    /** Says everything that a script can do. */
    static CloudConfig scriptable() {
        return CloudConfig.empty()
                .bootShell("echo booting")
                .hostname("db-1.example.org")
                .groups("staff2", "ops")
                .user(UserAccount.named("app")
                        .groups("ops", "adm")
                        .shell("/bin/sh")
                        .authorize(KEY)
                        .administrator())
                .user(UserAccount.named("plain"))
                .authorize(KEY)
                .aptMirror(URI.create("http://ftp.example.org/debian"))
                .aptProxy(URI.create("http://10.0.0.1:3142"))
                .aptSource(AptSource.ppa("owner/name"))
                .aptSource(AptSource.repository("acme", "deb https://apt.example.org stable main")
                        .signedBy(CloudConfigTest.PGP_KEY))
                .aptPin(AptPin.of("acme", "*", "origin apt.example.org", 600).because("ours is newer"))
                .updatePackages(true)
                .upgradePackages(true)
                .packages("curl", "libc6:amd64", "tmux=3.3a-3")
                .proxies(Proxies.of(URI.create("http://10.0.0.1:3128")).direct("localhost", "10.0.0.0/8"))
                .file("/etc/motd", "hello\n")
                .file("/etc/token", Secret.of("s3cret"))
                .file(FileToWrite.bytes("/srv/app/it's", new byte[] {0, 1, (byte) 0xff})
                        .mode("0640")
                        .owner("app:ops"))
                .file(FileToWrite.text("/etc/late", "").late())
                .output(OutputRedirection.to(OutputTarget.command("tee -a /var/log/cloud-init-output.log")))
                .run("echo", "it's")
                .shell("echo \"$0\" > /etc/zero");
    }

    /** Says something by chance. */
    static CloudConfig random(Random random) {
        CloudConfig config = CloudConfig.empty();
        for (int steps = random.nextInt(12); steps > 0; steps--) {
            config = randomStep(config, random);
        }
        return config;
    }

    /** Says something by chance that a script can do. */
    static CloudConfig randomScriptable(Random random) {
        CloudConfig config = random(random);
        for (Section<?> section : CloudConfigScript.FIRST_BOOT_ONLY) {
            config = config.without(section.key());
        }
        return config.without("final_message").without("x: y").without("output");
    }

    static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int words = random.nextInt(5); words > 0; words--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static CloudConfig randomStep(CloudConfig config, Random random) {
        int number = random.nextInt(1000);
        String name = "n" + number;
        return switch (random.nextInt(24)) {
            case 0 -> config.packages(name, "g++", "x=1:2~3");
            case 1 -> config.upgradePackages(random.nextBoolean());
            case 2 -> config.aptSource(AptSource.repository(name, "deb http://" + name + ".example.org ./ main"));
            case 3 ->
                config.aptPin(AptPin.of(name, "*", "version 1*", 1 + number).because("it's " + name));
            case 4 -> config.aptProxy(URI.create("http://h" + number + ":1"));
            case 5 ->
                config.proxies(Proxies.of(URI.create("http://u:it's@h" + number + ":1"))
                        .direct("a'b"));
            case 6 -> config.groups("g" + number);
            case 7 ->
                config.without("users")
                        .user(UserAccount.named("u" + number).groups("a", "b").sudo("ALL=ALL"));
            case 8 -> config.authorize(KEY);
            case 9 -> config.hostKey(SshKeyPair.generate(""));
            case 10 -> config.hostname("h" + number);
            case 11 -> config.timezone("Etc/UTC");
            case 12 -> config.locale("C.UTF-8");
            case 13 ->
                config.without("mounts")
                        .mount(Mount.of("LABEL=" + name, "/srv/" + name).options("nofail"));
            case 14 -> config.swap(Swap.automatic(DataSize.ofMebibytes(number)));
            case 15 -> config.ntp(Ntp.pools(name));
            case 16 -> config.trustCertificate(CERTIFICATE);
            case 17 -> config.set(random.nextBoolean() ? "final_message" : "x: y", text(random));
            case 18 -> config.file("/srv/" + name + "/it's", text(random), "0600");
            case 19 ->
                config.file(FileToWrite.text("/srv/" + name, text(random))
                        .owner("u1:g1")
                        .late());
            case 20 ->
                config.output(
                        OutputStage.values()[random.nextInt(4)],
                        OutputRedirection.to(OutputTarget.appendTo("/var/log/it's"))
                                .errorsTo(OutputTarget.command("tee -a /x")));
            case 21 -> config.boot(text(random), text(random));
            default -> config.run("printf", "<%s>", text(random), text(random));
        };
    }
}
