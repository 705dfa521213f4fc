package dev.foothold.event.render;

/**
 * Holds what is said about an event.
 *
 * @param tone how it is meant
 * @param text may have more than one line, and whatever clouds and machines have put into it
 */
record Words(Tone tone, String text) {

    /** Says how words are meant, and so how they are shown. */
    enum Tone {
        /** What is under way, and of no interest once something else is. */
        PASSING("-", "·", "2"),
        DONE("+", "✓", "32"),
        SETBACK("!", "!", "33"),
        FAILED("x", "✗", "31"),
        /** The words of a machine. */
        OUTPUT("|", "│", "2"),
        /** For logs only. */
        DETAIL("-", "·", "2");

        private final String ascii;
        private final String unicode;
        private final String colour;

        Tone(String ascii, String unicode, String colour) {
            this.ascii = ascii;
            this.unicode = unicode;
            this.colour = colour;
        }

        /** One column, in ASCII. */
        String mark() {
            return ascii;
        }

        String mark(Terminal terminal) {
            return terminal.paint(colour, terminal.unicode() ? unicode : ascii);
        }
    }
}
