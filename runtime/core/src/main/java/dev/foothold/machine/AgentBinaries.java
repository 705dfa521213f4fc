package dev.foothold.machine;

import dev.foothold.FootholdException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the builds of an agent there are, and chooses the one for a machine.
 *
 * <p>A newer version is one with a greater number at the first place where they differ ({@code 1.10} is newer than {@code
 * 1.9}); words are before the release they stand at ({@code 2.0-rc1} is older than {@code 2.0}). Immutable.
 */
public final class AgentBinaries {

    private static final String ANY = "any";
    private static final String SUMS = "SHA256SUMS";
    private static final String FORM = "NAME-VERSION-OS-ARCH.tar.gz";

    private static final Pattern FILE = Pattern.compile("(?<name>[a-z][a-z0-9-]*?)-(?<version>[0-9][0-9A-Za-z.+~_-]*)"
            + "-(?<os>[a-z][a-z0-9]*)-(?<arch>" + ANY + "|"
            + Arrays.stream(Arch.values()).map(Arch::text).collect(Collectors.joining("|")) + ")"
            + "(?<suffix>\\.[a-z][a-z.]*)?");

    private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *](.+)");

    private final List<AgentBinary> all;
    private final String origin;

    private AgentBinaries(List<AgentBinary> all, String origin) {
        this.all = List.copyOf(all);
        this.origin = origin;
    }

    /**
     * Takes builds that are described elsewhere, for example by URLs from which machines fetch them.
     *
     * @param binaries the builds
     * @return all of them
     */
    public static AgentBinaries of(AgentBinary... binaries) {
        return new AgentBinaries(List.of(binaries), "none was given");
    }

    /**
     * Takes the builds in a directory: files called {@code NAME-VERSION-OS-ARCH}, with a suffix or none, for example {@code
     * acme-1.4.2-ubuntu-amd64.tar.gz}, {@code acme-1.4.2-any-arm64} or {@code acme-1.4.2-any-any.jar}. The version begins
     * with a digit; {@code any} stands for every system and every architecture. Other files are left alone. What a file
     * {@code SHA256SUMS} in the same directory says, as {@code sha256sum} writes it, must be right.
     *
     * @param directory where they are; read now, once
     * @return the builds; may be none
     * @throws FootholdException if the directory cannot be read, or a file differs from what {@code SHA256SUMS} says
     */
    public static AgentBinaries directory(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            Map<String, String> sums = sums(directory.resolve(SUMS));
            List<AgentBinary> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    found.add(checked(binary(name, file), file, sums));
                }
            }
            return new AgentBinaries(found, "there is no file like " + FORM + " in " + directory);
        } catch (IOException e) {
            throw new FootholdException("the agent binaries in " + directory + " cannot be read: " + e, e);
        }
    }

    private static AgentBinary binary(Matcher name, Path file) throws IOException {
        String os = name.group("os");
        String arch = name.group("arch");
        return AgentBinary.file(
                name.group("name"),
                name.group("version"),
                os.equals(ANY) ? null : os,
                arch.equals(ANY) ? null : Arch.parse(arch),
                file);
    }

    private static AgentBinary checked(AgentBinary binary, Path file, Map<String, String> sums) {
        String expected = sums.get(file.getFileName().toString());
        if (expected != null && !expected.equals(binary.sha256())) {
            throw new FootholdException("the agent binary " + file + " has the SHA-256 " + binary.sha256() + ", but "
                    + SUMS + " beside it says " + expected + "; get the file again");
        }
        return binary;
    }

    private static Map<String, String> sums(Path file) throws IOException {
        Map<String, String> sums = new HashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Matcher sum = SUM.matcher(line);
                if (sum.matches()) {
                    sums.put(sum.group(2), sum.group(1));
                }
            }
        }
        return sums;
    }

    /**
     * Lists what there is.
     *
     * @return in no particular order
     */
    public List<AgentBinary> list() {
        return all;
    }

    /**
     * Chooses the newest build for a machine.
     *
     * @param base the machine's operating system
     * @param arch its architecture
     * @param version the only version to take; null for the newest
     * @return the build; of two that are equally new, one that is made for just this system and architecture
     * @throws FootholdException if there is none; the message says which there are
     */
    public AgentBinary choose(Base base, Arch arch, @Nullable String version) {
        Optional<AgentBinary> chosen = all.stream()
                .filter(binary -> binary.runsOn(base, arch))
                .filter(binary -> version == null || binary.version().equals(version))
                .max(Comparator.comparing(AgentBinary::version, new AgentVersions())
                        .thenComparing(binary -> binary.os() != null)
                        .thenComparing(binary -> binary.arch() != null));
        return chosen.orElseThrow(() -> new FootholdException("no matching agent binaries available for " + base
                + " on "
                + arch.text() + (version == null ? "" : " in version " + version) + "; "
                + (all.isEmpty()
                        ? origin
                        : "there are: "
                                + all.stream().map(AgentBinary::describe).collect(Collectors.joining(", ")))));
    }
}
