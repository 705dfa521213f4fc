package dev.foothold.cloudinit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says through which hosts a machine reaches the world. Kept in a file that everybody on the machine can read;
 * passwords in it never appear in {@link #toString()}.
 *
 * @param http for {@code http:}, or null for none
 * @param https for {@code https:}, or null for none
 * @param ftp for {@code ftp:}, or null for none
 * @param direct hosts, domains and networks that are reached directly
 */
public record Proxies(
        @Nullable URI http, @Nullable URI https, @Nullable URI ftp, List<String> direct) {

    static final String FILE = "/etc/profile.d/foothold-proxy.sh";

    /**
     * Creates proxies.
     *
     * @param http for {@code http:}, or null for none
     * @param https for {@code https:}, or null for none
     * @param ftp for {@code ftp:}, or null for none
     * @param direct hosts, domains and networks that are reached directly
     * @throws IllegalArgumentException if a proxy is not a URL of a host, or a host is not one word
     */
    public Proxies {
        for (URI proxy : Stream.of(Optional.ofNullable(http), Optional.ofNullable(https), Optional.ofNullable(ftp))
                .flatMap(Optional::stream)
                .toList()) {
            checked(proxy);
        }
        direct = List.copyOf(direct);
        for (String host : direct) {
            if (Checked.word("the host reached without a proxy,", host).indexOf(',') >= 0) {
                throw Checked.refused("the host reached without a proxy,", host, "contains a comma", "give one each");
            }
        }
    }

    /**
     * Uses one proxy for {@code http:} and {@code https:}.
     *
     * @param proxy for example {@code http://10.0.0.1:3128}
     * @return the proxies
     * @throws IllegalArgumentException if it is not a URL of a host
     */
    public static Proxies of(URI proxy) {
        return new Proxies(proxy, proxy, null, List.of());
    }

    /**
     * Uses a proxy for {@code https:}.
     *
     * @param proxy for example {@code http://10.0.0.1:3128}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not a URL of a host
     */
    public Proxies https(URI proxy) {
        return new Proxies(http, Objects.requireNonNull(proxy, "proxy"), ftp, direct);
    }

    /**
     * Uses a proxy for {@code ftp:}.
     *
     * @param proxy for example {@code http://10.0.0.1:3128}
     * @return the changed copy
     * @throws IllegalArgumentException if it is not a URL of a host
     */
    public Proxies ftp(URI proxy) {
        return new Proxies(http, https, Objects.requireNonNull(proxy, "proxy"), direct);
    }

    /**
     * Reaches hosts directly.
     *
     * @param hosts names, domains like {@code .example.org}, networks like {@code 10.0.0.0/8}
     * @return the changed copy
     * @throws IllegalArgumentException if one of them is not one word
     */
    public Proxies direct(String... hosts) {
        return new Proxies(
                http,
                https,
                ftp,
                Stream.concat(direct.stream(), Stream.of(hosts)).toList());
    }

    /** What makes login shells, and the commands of the description, use them. */
    FileToWrite file() {
        StringBuilder script = new StringBuilder();
        export(script, "http_proxy", http);
        export(script, "https_proxy", https);
        export(script, "ftp_proxy", ftp);
        if (!direct.isEmpty()) {
            export(script, "no_proxy", String.join(",", direct));
        }
        return FileToWrite.text(FILE, script.toString());
    }

    /** What makes apt use them. */
    FileToWrite aptFile() {
        List<String> lines = new ArrayList<>();
        add(lines, "http", http);
        add(lines, "https", https);
        add(lines, "ftp", ftp);
        return FileToWrite.text("/etc/apt/apt.conf.d/90foothold-proxy", String.join("", lines));
    }

    private static void export(StringBuilder script, String variable, @Nullable Object value) {
        if (value != null) {
            String assignment = "=" + ShellWord.quote(value.toString()) + "\n";
            script.append("export ").append(variable).append(assignment);
            script.append("export ").append(variable.toUpperCase(Locale.ROOT)).append(assignment);
        }
    }

    private static void add(List<String> lines, String scheme, @Nullable URI proxy) {
        if (proxy != null) {
            lines.add("Acquire::" + scheme + "::Proxy \"" + proxy + "\";\n");
        }
    }

    private static void checked(URI proxy) {
        String scheme = proxy.getScheme();
        if (scheme == null
                || proxy.getHost() == null
                || !List.of("http", "https", "socks5h").contains(scheme)) {
            throw new IllegalArgumentException("the proxy \"" + withoutUser(proxy)
                    + "\" is not the URL of a host; write it like \"http://10.0.0.1:3128\"");
        }
    }

    private static String withoutUser(@Nullable URI proxy) {
        return String.valueOf(proxy).replaceFirst("//[^/@]*@", "//(secret)@");
    }

    @Override
    public String toString() {
        return "Proxies[http=" + withoutUser(http) + ", https=" + withoutUser(https) + ", ftp=" + withoutUser(ftp)
                + ", direct=" + direct + "]";
    }
}
