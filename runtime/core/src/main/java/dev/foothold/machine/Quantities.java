package dev.foothold.machine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads numbers as they are written in constraints and hardware characteristics. They are exact and unsigned, of at most
 * 64 bits. Stateless.
 */
public final class Quantities {

    /** The largest number there is: 2<sup>64</sup> - 1. */
    public static final BigInteger MAX = BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final String DIGITS = "[0-9](?:_?[0-9])*";
    private static final Pattern COUNT = Pattern.compile("[0-9]+");
    private static final Pattern SIZE = Pattern.compile(
            "([+-]?(?:" + DIGITS + "(?:\\.(?:" + DIGITS + ")?)?|\\." + DIGITS + ")(?:[eE][+-]?[0-9]{1,9})?)([MGTP]?)");
    private static final String SUFFIXES = "MGTP";
    private static final int LONGEST = 100;
    /** More digits before the point than any number has that fits, with any suffix. */
    private static final int DIGITS_THAT_FIT = 20;

    private Quantities() {}

    /**
     * Reads how many of something there are.
     *
     * @param text decimal digits; empty for 0
     * @return the number, at most {@link #MAX}
     * @throws IllegalArgumentException if it is not a number, or too large; the message says what is needed and goes
     *     after words like "the value"
     */
    public static BigInteger count(String text) {
        if (text.isEmpty()) {
            return BigInteger.ZERO;
        }
        if (text.length() > LONGEST || !COUNT.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number, written in decimal digits only");
        }
        return fitting(new BigInteger(text), "must be a whole number of at most " + MAX);
    }

    /**
     * Reads a size of memory or a disk.
     *
     * @param text a decimal number, with a fraction and an exponent or not, and with the suffix {@code M} (or none),
     *     {@code G}, {@code T} or {@code P}, each 1024 of the one before; empty for 0
     * @return the size in MiB, rounded up, at most {@link #MAX}
     * @throws IllegalArgumentException if it is not a size, or too large; the message says what is needed and goes after
     *     words like "the value"
     */
    public static BigInteger mebibytes(String text) {
        if (text.isEmpty()) {
            return BigInteger.ZERO;
        }
        Matcher matcher = SIZE.matcher(text);
        if (text.length() > LONGEST || !matcher.matches()) {
            throw notASize();
        }
        BigDecimal number = new BigDecimal(matcher.group(1).replace("_", ""));
        if (number.signum() < 0) {
            throw notASize();
        }
        String tooLarge = "must be a size of at most " + MAX + " MiB";
        long digits = (long) number.precision() - number.scale();
        if (number.signum() == 0) {
            return BigInteger.ZERO;
        }
        if (digits > DIGITS_THAT_FIT) {
            throw new IllegalArgumentException(tooLarge);
        }
        if (digits < -DIGITS_THAT_FIT) {
            // Not worked out: a million digits could be asked for.
            return BigInteger.ONE;
        }
        int power = Math.max(0, SUFFIXES.indexOf(matcher.group(2)));
        BigDecimal mebibytes = number.multiply(BigDecimal.valueOf(1L << 10 * power));
        return fitting(mebibytes.setScale(0, RoundingMode.CEILING).toBigIntegerExact(), tooLarge);
    }

    /**
     * Brings a number into the range of a {@code long}, for comparing it with what there really is.
     *
     * @param number not negative
     * @return the number; {@link Long#MAX_VALUE} for all that are larger
     */
    public static long clamped(BigInteger number) {
        return number.min(MAX_LONG).longValueExact();
    }

    private static BigInteger fitting(BigInteger number, String otherwise) {
        if (number.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(otherwise);
        }
        return number;
    }

    private static IllegalArgumentException notASize() {
        return new IllegalArgumentException(
                "must be a size of 0 or more, such as 512M, 3.5G, 2T or 1P; without a suffix"
                        + " it is in MiB, and fractions of a MiB are rounded up");
    }
}
