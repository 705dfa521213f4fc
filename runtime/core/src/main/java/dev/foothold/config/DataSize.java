package dev.foothold.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds an amount of data: of memory, of a disk.
 *
 * <p>Its text is a number and a unit, with nothing between: {@code 512MiB}, {@code 10G}, {@code 1.5TB}. Units are those
 * of the GNU tools: {@code B}; {@code K M G T P E}, which are {@code KiB MiB GiB TiB PiB EiB}, each 1024 of the one
 * before; and {@code KB MB GB TB PB EB}, each 1000 of the one before.
 *
 * @param bytes how many, not negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

    /** The accepted form, without blanks around. */
    static final String FORM = "([0-9]+(?:\\.[0-9]+)?)(B|[KMGTPE](?:iB|B)?)";

    private static final Pattern PATTERN = Pattern.compile(FORM);
    private static final int LONGEST = 40;
    private static final String PREFIXES = "KMGTPE";

    /**
     * Creates an amount.
     *
     * @param bytes how many
     * @throws IllegalArgumentException if it is negative
     */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative: " + bytes);
        }
    }

    /**
     * Makes an amount of bytes.
     *
     * @param bytes how many
     * @return the amount
     * @throws IllegalArgumentException if it is negative
     */
    public static DataSize ofBytes(long bytes) {
        return new DataSize(bytes);
    }

    /**
     * Makes an amount of mebibytes.
     *
     * @param mebibytes how many, each of 1024 × 1024 bytes
     * @return the amount
     * @throws IllegalArgumentException if it is negative or more than a {@code long} of bytes
     */
    public static DataSize ofMebibytes(long mebibytes) {
        return ofUnits(mebibytes, 2);
    }

    /**
     * Makes an amount of gibibytes.
     *
     * @param gibibytes how many, each of 1024 mebibytes
     * @return the amount
     * @throws IllegalArgumentException if it is negative or more than a {@code long} of bytes
     */
    public static DataSize ofGibibytes(long gibibytes) {
        return ofUnits(gibibytes, 3);
    }

    /**
     * Reads an amount.
     *
     * @param text a number, with a fraction or not, and a unit; what is less than a byte is dropped
     * @return the amount
     * @throws IllegalArgumentException if the text has another form, or is more than a {@code long} of bytes
     */
    public static DataSize parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw new IllegalArgumentException("not a size such as 512MiB, 10G or 1.5TB");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2)));
        try {
            return new DataSize(bytes.setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a size of more than " + Long.MAX_VALUE + " bytes", e);
        }
    }

    /**
     * Gives the amount in mebibytes.
     *
     * @return whole mebibytes; what is less than one is dropped
     */
    public long toMebibytes() {
        return bytes >> 20;
    }

    /**
     * Gives the amount in gibibytes.
     *
     * @return whole gibibytes; what is less than one is dropped
     */
    public long toGibibytes() {
        return bytes >> 30;
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /**
     * Gives the shortest text that {@link #parse} reads as this amount.
     *
     * @return for example {@code 512MiB}
     */
    @Override
    public String toString() {
        List<String> units = PREFIXES.chars()
                .mapToObj(Character::toString)
                .flatMap(prefix -> Stream.of(prefix + "iB", prefix + "B"))
                .toList();
        return Stream.concat(Stream.of("B"), units.stream())
                .filter(unit -> bytes > 0 && bytes % unit(unit).longValueExact() == 0)
                .map(unit -> bytes / unit(unit).longValueExact() + unit)
                .min(Comparator.comparingInt(DataSize::digits))
                .orElse("0B");
    }

    private static int digits(String text) {
        return (int) text.chars().filter(Character::isDigit).count();
    }

    private static BigDecimal unit(String unit) {
        boolean decimal = unit.length() == 2;
        return BigDecimal.valueOf(decimal ? 1000 : 1024).pow(PREFIXES.indexOf(unit.charAt(0)) + 1);
    }

    private static DataSize ofUnits(long count, int power) {
        try {
            return new DataSize(Math.multiplyExact(count, 1L << 10 * power));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a size of more than " + Long.MAX_VALUE + " bytes", e);
        }
    }
}
