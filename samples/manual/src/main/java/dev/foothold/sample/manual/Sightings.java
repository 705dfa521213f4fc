package dev.foothold.sample.manual;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what was last seen of each machine, one small file each, for the day on which a machine does not answer: what is
 * claimed must not look as if it were gone. Thread-safe, and so for several processes.
 *
 * <p>Whoever works on the same models from several computers shares this directory, as they share Foothold's state.
 */
final class Sightings {

    private static final String SEEN = "# seen ";

    private final Path directory;

    Sightings(Path directory) {
        this.directory = directory;
    }

    /**
     * What was seen of a machine.
     *
     * @param at when
     * @param claim whose it was; null for nobody's
     */
    record Sighting(Instant at, @Nullable Claim claim) {}

    /** Gives what was last seen of a machine; empty if nothing is known that can be read. */
    Optional<Sighting> of(Machine machine) throws IOException {
        String text;
        try {
            text = Files.readString(directory.resolve(machine.name()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            int end = text.indexOf('\n');
            Instant at = Instant.parse(text.substring(SEEN.length(), end));
            String claim = text.substring(end + 1);
            return Optional.of(new Sighting(at, claim.isBlank() ? null : Claim.parse(claim)));
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** Notes what was seen of a machine, unless something was seen after that already. */
    void note(Machine machine, @Nullable Claim claim, Instant at) throws IOException {
        Optional<Sighting> last = of(machine);
        if (last.isPresent() && (last.get().at().isAfter(at) || same(last.get().claim(), claim))) {
            return;
        }
        Files.createDirectories(directory);
        Path fresh = Files.createTempFile(directory, "." + machine.name(), ".new");
        try {
            Files.writeString(fresh, SEEN + at + "\n" + (claim == null ? "" : claim.text()), StandardCharsets.UTF_8);
            Files.move(
                    fresh,
                    directory.resolve(machine.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static boolean same(@Nullable Claim one, @Nullable Claim other) {
        return one == null ? other == null : one.equals(other);
    }
}
