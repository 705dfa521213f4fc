package dev.foothold.ssh;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import java.util.function.Consumer;

/** Damages texts at random, the same way for the same seed. */
final class Mutations {

    private static final String ALPHABET = "Aa0+/= \t\n\r-\0\"é\ud83d\ufffe:,";

    private Mutations() {}

    /** Feeds damaged copies to a parser that may refuse them in one way only; tells how many it took. */
    static int feed(Consumer<String> parser, int count, long seed, String... originals) {
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < count; i++) {
            String damaged = damage(originals[random.nextInt(originals.length)], random);
            try {
                parser.accept(damaged);
                taken++;
            } catch (IllegalArgumentException expected) {
                // That is how a parser refuses.
            } catch (RuntimeException e) {
                fail("seed %d, round %d, input <%s>".formatted(seed, i, damaged), e);
            }
        }
        return taken;
    }

    private static String damage(String original, Random random) {
        StringBuilder text = new StringBuilder(original);
        for (int times = 1 + random.nextInt(3); times > 0 && !text.isEmpty(); times--) {
            int at = random.nextInt(text.length());
            char letter = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, letter);
                case 1 -> text.insert(at, letter);
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.setLength(at);
                default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
            }
        }
        return text.toString();
    }
}
