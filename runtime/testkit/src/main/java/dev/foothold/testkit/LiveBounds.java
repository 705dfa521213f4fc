package dev.foothold.testkit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;

/**
 * Says how much a run in a real account may cost. The bound is kept: when the time is over nothing is started any more, and
 * what is there is removed.
 *
 * @param instances how many instances there may be at a time, at least 3
 * @param time how long instances may be there in all, at most
 * @param hourlyPrice what one instance costs in an hour; zero if that is not known
 * @param currency what the price is in, for example {@code EUR}
 */
public record LiveBounds(int instances, Duration time, BigDecimal hourlyPrice, String currency) {

    /** Three instances for half an hour, at an unknown price. */
    public static final LiveBounds DEFAULT = new LiveBounds(3, Duration.ofMinutes(30), BigDecimal.ZERO, "");

    /**
     * Checks the bounds.
     *
     * @param instances how many instances there may be at a time, at least 3
     * @param time how long instances may be there in all, at most
     * @param hourlyPrice what one instance costs in an hour; zero if that is not known
     * @param currency what the price is in
     * @throws IllegalArgumentException if there are fewer than three instances, or no time, or the price is negative
     */
    public LiveBounds {
        Objects.requireNonNull(currency, "currency");
        if (instances < 3) {
            throw new IllegalArgumentException("a live run needs at least 3 instances at a time, not " + instances);
        }
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a live run needs some time, not " + time);
        }
        if (hourlyPrice.signum() < 0) {
            throw new IllegalArgumentException("the price of an hour must not be negative, but is " + hourlyPrice);
        }
    }

    /**
     * Changes how long it may take.
     *
     * @param other how long instances may be there in all, at most
     * @return the changed copy
     */
    public LiveBounds within(Duration other) {
        return new LiveBounds(instances, other, hourlyPrice, currency);
    }

    /**
     * Says what an instance costs.
     *
     * @param anHour the price of an hour, for example {@code "0.0047"}
     * @param unit the currency
     * @return the changed copy
     */
    public LiveBounds at(String anHour, String unit) {
        return new LiveBounds(instances, time, new BigDecimal(anHour), unit);
    }

    /**
     * Gives the most that a run can take.
     *
     * @return instances times minutes
     */
    public long instanceMinutes() {
        return instances * (time.plusSeconds(59).toMinutes());
    }

    /**
     * Describes the bound for people.
     *
     * @return one line
     */
    public String describe() {
        String most = "at most " + instances + " instances at a time for at most "
                + time.plusSeconds(59).toMinutes() + " min: " + instanceMinutes() + " instance-minutes";
        if (hourlyPrice.signum() == 0) {
            return most + "; override bounds() to have the price shown";
        }
        BigDecimal price = hourlyPrice
                .multiply(BigDecimal.valueOf(instanceMinutes()))
                .divide(BigDecimal.valueOf(60), 2, RoundingMode.UP);
        return most + ", " + price.toPlainString() + " " + currency + " at most";
    }
}
