package dev.foothold.cloudinit;

import dev.foothold.config.Secret;
import dev.foothold.machine.UserData;
import dev.foothold.ssh.SshKeyPair;
import dev.foothold.ssh.SshPublicKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes what a machine shall be: packages it has, users and files, commands it runs, and whatever else cloud-init
 * understands. Immutable and so thread-safe; every method gives a changed copy, and refuses what could not work with an
 * {@link IllegalArgumentException} that names the thing.
 *
 * <pre>{@code
 * CloudConfig.empty()
 *         .packages("curl")
 *         .user(UserAccount.named("app").groups("adm").authorize(key))
 *         .file(FileToWrite.secret("/etc/app/token", token).owner("app"))
 *         .run("systemctl", "restart", "app")
 *         .shell("uname -a > /etc/app/kernel")
 * }</pre>
 *
 * <p>{@link #renderYaml()} is for a machine's first boot and says all of it; {@link #renderScript()} is for a machine that
 * runs already. Either way the order is: boot commands, files, host name, groups and users, packages, files that are
 * written late, commands in the order they were added.
 */
public final class CloudConfig {

    private static final CloudConfig EMPTY = new CloudConfig(Map.of());
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9+.:~=/_-]*[A-Za-z0-9+.:~=/_])?");
    private static final Pattern HOSTNAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_+-]*(/[A-Za-z0-9][A-Za-z0-9_+-]*)*");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]*|false");

    private final Map<Section<?>, Object> sections;

    private CloudConfig(Map<Section<?>, Object> sections) {
        this.sections = sections;
    }

    /**
     * Gives a description that changes nothing.
     *
     * @return the empty description
     */
    public static CloudConfig empty() {
        return EMPTY;
    }

    // ---- Packages

    /**
     * Installs packages, one after the other.
     *
     * @param names as the package manager takes them, for example {@code curl} or {@code curl=7.88.1-10}
     * @return the changed copy
     * @throws IllegalArgumentException if a name contains a line break, a blank or anything else that no package has
     */
    public CloudConfig packages(String... names) {
        for (String name : names) {
            Checked.matching(
                    PACKAGE, "package", name, "give the name of a package as apt-get install takes it, one each");
        }
        return merging(Section.PACKAGES, List.of(names));
    }

    /**
     * Takes packages off the list again. What is installed already stays.
     *
     * @param names as they were added; every copy goes, and one that is not there is no error
     * @return the changed copy
     */
    public CloudConfig removePackages(String... names) {
        return with(Section.PACKAGES, without(get(Section.PACKAGES), List.of(names)));
    }

    /**
     * Says whether the list of packages is fetched anew first. If nothing is said, it is as soon as there is something
     * to install.
     *
     * @param update whether
     * @return the changed copy
     * @throws IllegalArgumentException if it shall not be, but there are sources to install from
     */
    public CloudConfig updatePackages(boolean update) {
        return with(Section.UPDATE, Optional.of(update));
    }

    /**
     * Says whether all installed packages are brought up to date.
     *
     * @param upgrade whether; not done if nothing is said
     * @return the changed copy
     */
    public CloudConfig upgradePackages(boolean upgrade) {
        return with(Section.UPGRADE, Optional.of(upgrade));
    }

    /**
     * Adds a place to get packages from.
     *
     * @param source which
     * @return the changed copy
     * @throws IllegalArgumentException if another source has this name, or packages shall not be updated
     */
    public CloudConfig aptSource(AptSource source) {
        return addingNamed(Section.APT_SOURCES, source, "an apt source", source.description());
    }

    /**
     * Prefers some versions of packages; said to apt before any package is installed.
     *
     * @param pin which
     * @return the changed copy
     * @throws IllegalArgumentException if another pin has this name
     */
    public CloudConfig aptPin(AptPin pin) {
        return addingNamed(Section.APT_PINS, pin, "an apt pin", pin.name());
    }

    /**
     * Gets the distribution's own packages from another host. Security updates still come from the distribution.
     *
     * @param mirror the repository, for example {@code http://ftp.de.debian.org/debian}
     * @return the changed copy
     * @throws IllegalArgumentException if it has no scheme, or packages shall not be updated
     */
    public CloudConfig aptMirror(URI mirror) {
        if (mirror.getScheme() == null || mirror.isOpaque()) {
            throw Checked.refused(
                    "apt mirror",
                    mirror.toString(),
                    "is not a URL",
                    "write it like \"http://ftp.de.debian.org/debian\"");
        }
        return with(Section.APT_MIRROR, Optional.of(mirror));
    }

    /**
     * Has apt, and nothing else, go through a proxy.
     *
     * @param proxy for example {@code http://10.0.0.1:3142}; wins over {@link #proxies}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not the URL of a host
     */
    public CloudConfig aptProxy(URI proxy) {
        Proxies.of(proxy);
        return with(Section.APT_PROXY, Optional.of(proxy));
    }

    /**
     * Reaches the world through proxies: apt, login shells, and the commands of this description but for those at boot.
     *
     * @param proxies which
     * @return the changed copy
     */
    public CloudConfig proxies(Proxies proxies) {
        return with(Section.PROXIES, Optional.of(proxies));
    }

    // ---- Users and keys

    /**
     * Makes groups, unless they are there. To put a user in them, use {@link UserAccount#groups}.
     *
     * @param names the groups
     * @return the changed copy
     * @throws IllegalArgumentException if a name is none, or a user has it: a user's own group is made anyhow
     */
    public CloudConfig groups(String... names) {
        for (String name : names) {
            Checked.name("group", name);
        }
        return merging(Section.GROUPS, List.of(names));
    }

    /**
     * Makes a user, unless there is one of that name already; what is described is added to that one then.
     *
     * <p>At a first boot the image's own user is not made if there are users, unless keys are
     * {@linkplain #authorize(SshPublicKey...) authorised} for it.
     *
     * @param account the user
     * @return the changed copy
     * @throws IllegalArgumentException if another user or a group has this name
     */
    public CloudConfig user(UserAccount account) {
        return addingNamed(Section.USERS, account, "a user", account.name());
    }

    /**
     * Lets keys log in as the image's own user at a first boot, as the user who runs the script later: the one behind
     * {@code sudo}, or root.
     *
     * @param keys the public keys
     * @return the changed copy
     */
    public CloudConfig authorize(SshPublicKey... keys) {
        return merging(Section.AUTHORIZED_KEYS, List.of(keys));
    }

    /**
     * Lets keys log in, see {@link #authorize(SshPublicKey...)}.
     *
     * @param lines as in an {@code authorized_keys} file; blank lines and lines that begin with {@code #} mean nothing
     * @return the changed copy
     * @throws IllegalArgumentException if a line is not a public key; the message gives its number
     */
    public CloudConfig authorize(String lines) {
        return merging(Section.AUTHORIZED_KEYS, KeyLines.parse(lines));
    }

    /**
     * Gives the machine a key it proves itself with, at its first boot. It then makes none itself, and loses those of
     * the image.
     *
     * @param key the host key: Ed25519, ECDSA or RSA; one of each, the last counts
     * @return the changed copy
     */
    public CloudConfig hostKey(SshKeyPair key) {
        HostKey hostKey = new HostKey(key);
        return merging(Section.HOST_KEYS, Map.of(hostKey.kind(), hostKey));
    }

    // ---- Files

    /**
     * Writes a text file with mode 0644; directories are made.
     *
     * @param path absolute
     * @param content the whole content; nothing is added to it
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute
     */
    public CloudConfig file(String path, String content) {
        return file(FileToWrite.text(path, content));
    }

    /**
     * Writes a text file; directories are made.
     *
     * @param path absolute
     * @param content the whole content; nothing is added to it
     * @param mode the permissions in octal, for example {@code 0600}
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute or the mode not octal
     */
    public CloudConfig file(String path, String content, String mode) {
        return file(FileToWrite.text(path, content).mode(mode));
    }

    /**
     * Writes a secret into a file with mode 0600; directories are made.
     *
     * @param path absolute
     * @param content the whole content; nothing is added to it
     * @return the changed copy
     * @throws IllegalArgumentException if the path is not absolute
     */
    public CloudConfig file(String path, Secret content) {
        return file(FileToWrite.secret(path, content));
    }

    /**
     * Writes a file; directories are made. Of two with the same path the later one stays.
     *
     * @param file the file
     * @return the changed copy
     */
    public CloudConfig file(FileToWrite file) {
        return merging(Section.FILES, List.of(file));
    }

    /**
     * Gives the secrets that are written into files, for those who keep them from being shown.
     *
     * @return those that were given as {@link Secret}
     */
    public List<Secret> secrets() {
        return get(Section.FILES).stream()
                .flatMap(file -> file.content().secret().stream())
                .toList();
    }

    // ---- Commands

    /**
     * Runs a command, given word by word; every word is quoted.
     *
     * @param words the command and its arguments, at least one
     * @return the changed copy
     * @throws IllegalArgumentException if there is no word, or one contains NUL
     */
    public CloudConfig run(String... words) {
        return shell(quoted(words));
    }

    /**
     * Runs a piece of shell script as it is.
     *
     * @param script one or more lines for a POSIX shell; nothing is quoted
     * @return the changed copy
     * @throws IllegalArgumentException if it is blank, contains NUL or ends with a backslash
     */
    public CloudConfig shell(String script) {
        return merging(Section.COMMANDS, List.of(Checked.script("a command", script)));
    }

    /**
     * Runs a command before those that were added so far; every word is quoted.
     *
     * @param words the command and its arguments, at least one
     * @return the changed copy
     * @throws IllegalArgumentException if there is no word, or one contains NUL
     */
    public CloudConfig runFirst(String... words) {
        return shellFirst(quoted(words));
    }

    /**
     * Runs a piece of shell script before the commands that were added so far.
     *
     * @param script one or more lines for a POSIX shell; nothing is quoted
     * @return the changed copy
     * @throws IllegalArgumentException if it is blank, contains NUL or ends with a backslash
     */
    public CloudConfig shellFirst(String script) {
        List<String> first = List.of(Checked.script("a command", script));
        return with(Section.COMMANDS, Section.COMMANDS.merged(first, get(Section.COMMANDS)));
    }

    /**
     * Takes a command off the list again.
     *
     * @param words as they were added; every copy goes, and one that is not there is no error
     * @return the changed copy
     * @throws IllegalArgumentException if there is no word, or one contains NUL
     */
    public CloudConfig removeRun(String... words) {
        return removeShell(quoted(words));
    }

    /**
     * Takes a piece of shell script off the list again.
     *
     * @param script as it was added; every copy goes, and one that is not there is no error
     * @return the changed copy
     */
    public CloudConfig removeShell(String script) {
        return with(Section.COMMANDS, without(get(Section.COMMANDS), List.of(script)));
    }

    /**
     * Runs a command early at every boot, before everything else; every word is quoted.
     *
     * @param words the command and its arguments, at least one
     * @return the changed copy
     * @throws IllegalArgumentException if there is no word, or one contains NUL
     */
    public CloudConfig boot(String... words) {
        return bootShell(quoted(words));
    }

    /**
     * Runs a piece of shell script early at every boot, before everything else. The script of {@link #renderScript()}
     * runs it once.
     *
     * @param script one or more lines for a POSIX shell; nothing is quoted
     * @return the changed copy
     * @throws IllegalArgumentException if it is blank, contains NUL or ends with a backslash
     */
    public CloudConfig bootShell(String script) {
        return merging(Section.BOOT_COMMANDS, List.of(Checked.script("a boot command", script)));
    }

    /**
     * Takes a boot command off the list again.
     *
     * @param script as it was added; every copy goes, and one that is not there is no error
     * @return the changed copy
     */
    public CloudConfig removeBootShell(String script) {
        return with(Section.BOOT_COMMANDS, without(get(Section.BOOT_COMMANDS), List.of(script)));
    }

    /**
     * Sends the output of everything somewhere.
     *
     * @param redirection where
     * @return the changed copy
     */
    public CloudConfig output(OutputRedirection redirection) {
        return output(OutputStage.ALL, redirection);
    }

    /**
     * Sends the output of a part of the first boot somewhere. In the script only {@link OutputStage#ALL} counts, and
     * the others are refused.
     *
     * @param stage which part
     * @param redirection where
     * @return the changed copy
     */
    public CloudConfig output(OutputStage stage, OutputRedirection redirection) {
        return merging(Section.OUTPUT, Map.of(stage, redirection));
    }

    // ---- The system

    /**
     * Names the machine.
     *
     * @param name a host name; what follows a first dot is its domain
     * @return the changed copy
     * @throws IllegalArgumentException if it is no host name
     */
    public CloudConfig hostname(String name) {
        return with(
                Section.HOSTNAME,
                Optional.of(Checked.matching(
                        HOSTNAME, "host name", name, "use letters, digits and hyphens, up to 63 between dots")));
    }

    /**
     * Sets the time zone.
     *
     * @param zone its name in the time zone database, for example {@code Europe/Berlin}
     * @return the changed copy
     * @throws IllegalArgumentException if that is no name of a zone
     */
    public CloudConfig timezone(String zone) {
        return with(
                Section.TIMEZONE,
                Optional.of(Checked.matching(ZONE, "time zone", zone, "write it like \"Europe/Berlin\"")));
    }

    /**
     * Sets the language and its conventions.
     *
     * @param locale for example {@code en_GB.UTF-8}
     * @return the changed copy
     * @throws IllegalArgumentException if that is no name of a locale
     */
    public CloudConfig locale(String locale) {
        return with(
                Section.LOCALE,
                Optional.of(Checked.matching(LOCALE, "locale", locale, "write it like \"en_GB.UTF-8\"")));
    }

    /**
     * Mounts something, now and at every boot.
     *
     * @param mount what and where
     * @return the changed copy
     * @throws IllegalArgumentException if something else is mounted there
     */
    public CloudConfig mount(Mount mount) {
        return addingNamed(Section.MOUNTS, mount, "a mount at", mount.point());
    }

    /**
     * Gives the machine a file to swap to.
     *
     * @param swap how large and where
     * @return the changed copy
     */
    public CloudConfig swap(Swap swap) {
        return with(Section.SWAP, Optional.of(swap));
    }

    /**
     * Takes the time of servers, besides those named so far.
     *
     * @param ntp whose
     * @return the changed copy
     */
    public CloudConfig ntp(Ntp ntp) {
        return merging(Section.NTP, Optional.of(ntp));
    }

    /**
     * Trusts a certificate authority.
     *
     * @param pem one certificate, from {@code BEGIN CERTIFICATE} to {@code END CERTIFICATE}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not exactly one X.509 certificate
     */
    public CloudConfig trustCertificate(String pem) {
        return merging(Section.CA_CERTIFICATES, List.of(Certificates.checked(pem)));
    }

    // ---- Everything else

    /**
     * Says anything else to cloud-init; there is no check but that it can be written as YAML.
     *
     * @param key a key of the document for which there is no method here
     * @param value a text, boolean, number, list, or map with texts as keys; copied
     * @return the changed copy
     * @throws IllegalArgumentException if there is a method for the key, which is named, or the value cannot be written
     */
    public CloudConfig set(String key, Object value) {
        return merging(Section.EXTRAS, ExtraKeys.checked(key, value));
    }

    /**
     * Forgets what was said about something.
     *
     * @param key as in the document, for example {@code users}; {@code apt_sources}, {@code apt_pins}, {@code apt_mirror},
     *     {@code apt_proxy} or {@code proxies}; or one that was {@linkplain #set set}. One that is not there is no error
     * @return the changed copy
     */
    public CloudConfig without(String key) {
        for (Section<?> section : Section.ALL) {
            if (section.key().equals(key)) {
                return cleared(section);
            }
        }
        Map<String, Object> extras = new LinkedHashMap<>(get(Section.EXTRAS));
        extras.remove(key);
        return with(Section.EXTRAS, Collections.unmodifiableMap(extras));
    }

    /**
     * Adds what another description says.
     *
     * <p>Lists (packages, files, commands) are joined, this one's first. Groups, keys, certificates and time servers are
     * united. Users, apt sources, pins and mounts of the other replace those with the same name; host keys, outputs and
     * {@linkplain #set other keys} those of the same kind. Of single things, for example the host name, the other's
     * counts if it names one.
     *
     * @param other what to add
     * @return the changed copy
     * @throws IllegalArgumentException if they contradict each other: a group here has the name of a user there, or one
     *     has sources of packages and the other forbids to update
     */
    public CloudConfig and(CloudConfig other) {
        CloudConfig merged = this;
        for (Section<?> section : Section.ALL) {
            merged = merged.merged(section, other);
        }
        return merged.consistent();
    }

    // ---- Renderings

    /**
     * Renders the document that cloud-init reads at the first boot.
     *
     * <p>There a command that fails does not keep the next from running; begin with {@code shellFirst("set -e")} if it
     * should.
     *
     * @return {@code #cloud-config} YAML; the same for the same description
     */
    public String renderYaml() {
        return CloudConfigYaml.render(this);
    }

    /**
     * Renders the document as user data, which knows what is large in it.
     *
     * @return the user data
     */
    public UserData userData() {
        return UserData.of(renderYaml(), CloudConfigYaml.sizes(this));
    }

    /**
     * Renders a script that does the same on a machine that runs already. It ends with the first command that fails,
     * and can be run again.
     *
     * <p>Whatever the output is redirected to, its steps are told on the original standard error; commands can say more
     * there by {@code >&"$FOOTHOLD_PROGRESS_FD"}.
     *
     * @return a bash script, to be run as root; the same for the same description
     * @throws IllegalArgumentException if something is described that only a first boot can do; all of it is named
     */
    public String renderScript() {
        return CloudConfigScript.render(this);
    }

    // ---- Inside

    <T> T get(Section<T> section) {
        @SuppressWarnings("unchecked") // with() put it there
        T value = (T) sections.getOrDefault(section, section.absent());
        return value;
    }

    private <T> CloudConfig with(Section<T> section, T value) {
        return put(section, value).consistent();
    }

    private <T> CloudConfig put(Section<T> section, T value) {
        Map<Section<?>, Object> changed = new HashMap<>(sections);
        if (value.equals(section.absent())) {
            changed.remove(section);
        } else {
            changed.put(section, value);
        }
        return new CloudConfig(Map.copyOf(changed));
    }

    private <T> CloudConfig cleared(Section<T> section) {
        return with(section, section.absent());
    }

    private <T> CloudConfig merging(Section<T> section, T more) {
        return with(section, section.merged(get(section), more));
    }

    private <T> CloudConfig merged(Section<T> section, CloudConfig other) {
        return put(section, section.merged(get(section), other.get(section)));
    }

    /** Adds what must have a name of its own. */
    private <T> CloudConfig addingNamed(Section<List<T>> section, T one, String what, String name) {
        CloudConfig changed = merging(section, List.of(one));
        if (changed.get(section).size() == get(section).size() && !get(section).contains(one)) {
            throw new IllegalArgumentException("there is " + what + " \"" + name
                    + "\" already, which says something else; describe it once, or remove the other by without(\""
                    + section.key() + "\")");
        }
        return changed;
    }

    private CloudConfig consistent() {
        for (UserAccount user : get(Section.USERS)) {
            if (get(Section.GROUPS).contains(user.name())) {
                throw new IllegalArgumentException("the group \"" + user.name()
                        + "\" is made with the user of that name; leave it out of the groups");
            }
        }
        boolean needsUpdate =
                !get(Section.APT_SOURCES).isEmpty() || get(Section.APT_MIRROR).isPresent();
        if (needsUpdate && !get(Section.UPDATE).orElse(true)) {
            throw new IllegalArgumentException("there are apt sources or a mirror, but packages shall not be updated; "
                    + "remove them, or updatePackages(false)");
        }
        return this;
    }

    private static String quoted(String... words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("a command needs at least one word");
        }
        return ShellWord.join(List.of(words));
    }

    private static List<String> without(List<String> all, Collection<String> some) {
        List<String> rest = new ArrayList<>(all);
        rest.removeAll(some);
        return List.copyOf(rest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CloudConfig that && sections.equals(that.sections);
    }

    @Override
    public int hashCode() {
        return sections.hashCode();
    }

    /**
     * Tells what is described, not how: it may be secret.
     *
     * @return for people and logs
     */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        for (Section<?> section : Section.ALL) {
            Object value = sections.get(section);
            if (value != null) {
                names.add(
                        value instanceof Collection<?> list ? section.key() + " (" + list.size() + ")" : section.key());
            }
        }
        return "CloudConfig" + names;
    }
}
