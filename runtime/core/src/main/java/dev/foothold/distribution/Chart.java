package dev.foothold.distribution;

import dev.foothold.distribution.ZoneShare.Rule;
import java.util.List;

/** Draws zones as bars, for people. */
final class Chart {

    /** How long a bar is at most, if nothing else is said. */
    static final int WIDTH = 40;

    private Chart() {}

    static String draw(List<ZoneShare> zones, int width, boolean unicode) {
        if (width < 1) {
            throw new IllegalArgumentException("a bar must be at least 1 character wide, but it is " + width);
        }
        int longest = 1;
        int widest = 0;
        for (ZoneShare zone : zones) {
            longest = Math.max(longest, Math.max(zone.before(), zone.after()));
            widest = Math.max(widest, harmless(zone.zone()).length());
        }
        int columns = Math.min(width, longest);
        StringBuilder chart = new StringBuilder();
        for (ZoneShare zone : zones) {
            String name = harmless(zone.zone());
            chart.append(name).append(" ".repeat(widest - name.length())).append("  ");
            chart.append(bar(zone, columns, longest, unicode)).append("  ").append(zone.before());
            if (zone.change() != 0) {
                chart.append(unicode ? " → " : " -> ").append(zone.after());
            }
            if (zone.rule() != Rule.NONE) {
                chart.append("  ").append(harmless(zone.why()));
            }
            chart.append('\n');
        }
        return chart.toString();
    }

    private static String bar(ZoneShare zone, int columns, int longest, boolean unicode) {
        int stays = Math.min(zone.before(), zone.after());
        int changes = Math.abs(zone.change());
        int kept = scaled(stays, columns, longest);
        int changed = Math.max(scaled(stays + changes, columns, longest) - kept, Math.min(1, changes));
        if (kept + changed > columns) {
            kept = columns - changed;
        }
        String change = zone.change() > 0 ? unicode ? "▓" : "+" : unicode ? "░" : "-";
        return (unicode ? "█" : "#").repeat(kept) + change.repeat(changed) + " ".repeat(columns - kept - changed);
    }

    /** Gives how many columns some machines take; none only if there is none. */
    private static int scaled(int machines, int columns, int longest) {
        return machines == 0 ? 0 : Math.max(1, (int) Math.round((double) machines * columns / longest));
    }

    /** Shows what could command a terminal, or break the line, as a question mark. */
    private static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || c == 0x2028
                                        || c == 0x2029
                                ? '?'
                                : c));
        return shown.toString();
    }
}
