package dev.foothold.bootstrap;

/** Makes names for machines that every cloud's console takes. */
final class MachineNames {

    private static final int LONGEST = 63;

    private MachineNames() {}

    /** Joins a model's name and what tells the machine from others: letters, digits and hyphens, at most 63. */
    static String of(String model, String suffix) {
        String tail = "-" + plain(suffix);
        String head = plain(model);
        return head.substring(0, Math.min(head.length(), LONGEST - tail.length())) + tail;
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-");
    }
}
