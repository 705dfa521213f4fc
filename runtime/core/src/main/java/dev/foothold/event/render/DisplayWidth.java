package dev.foothold.event.render;

/**
 * Knows how many columns of a terminal a text takes: two for the wide characters of East Asian scripts and for emoji,
 * none for what is put on the character before, and for colours. Where terminals differ, the larger number.
 */
final class DisplayWidth {

    /** First and last of what is wide or full-width in the Unicode standard, annex 11; gaps of unassigned ones filled. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3, 0x25FD, 0x25FE,
        0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE,
        0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA,
        0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B, 0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2795, 0x2797, 0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55,
        0x2E80, 0x303E, 0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4C6, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAD9,
        0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x1B2FB, 0x1F004, 0x1F004, 0x1F0CF,
        0x1F0CF, 0x1F18E, 0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E,
        0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8, 0x1F43E, 0x1F440,
        0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550, 0x1F567, 0x1F57A, 0x1F57A, 0x1F595,
        0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680, 0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5,
        0x1F6DF, 0x1F6EB, 0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C, 0x1F945, 0x1F947,
        0x1F9FF, 0x1FA70, 0x1FAF6, 0x20000, 0x3134A, 0x20000, 0x3FFFD
    };

    private static final int FIRST_WIDE = WIDE[0];
    private static final int EMOJI_STYLE = 0xFE0F;

    private DisplayWidth() {}

    /** Counts the columns of a text in one line. */
    static int of(String text) {
        int width = 0;
        int last = 0;
        for (int i = 0; i < text.length(); ) {
            int end = ControlSequences.end(text, i);
            if (end > i) {
                i = end;
                continue;
            }
            int character = text.codePointAt(i);
            // A narrow symbol that is asked to look like an emoji becomes a wide one.
            int columns = character == EMOJI_STYLE && last == 1 ? 1 : of(character);
            width += columns;
            last = columns;
            i += Character.charCount(character);
        }
        return width;
    }

    /** Shortens a text without colours to some columns, with dots for what is missing. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int end = 0;
        int width = 0;
        while (true) {
            int character = text.codePointAt(end);
            width += Math.max(of(character), character == EMOJI_STYLE ? 1 : 0);
            if (width > columns - 3) {
                return text.substring(0, end) + ".".repeat(Math.min(3, Math.max(0, columns)));
            }
            end += Character.charCount(character);
        }
    }

    private static int of(int character) {
        if (character < FIRST_WIDE) {
            return isOnTheOneBefore(character) ? 0 : 1;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (character <= WIDE[i + 1]) {
                if (character >= WIDE[i]) {
                    return isOnTheOneBefore(character) ? 0 : 2;
                }
                break;
            }
        }
        // The second and third parts of a Korean syllable.
        return isOnTheOneBefore(character) || character >= 0x1160 && character <= 0x11FF ? 0 : 1;
    }

    private static boolean isOnTheOneBefore(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.CONTROL -> true;
            // The soft hyphen is shown.
            case Character.FORMAT -> character != 0xAD;
            default -> false;
        };
    }
}
