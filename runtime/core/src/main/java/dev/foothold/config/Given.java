package dev.foothold.config;

import java.util.List;
import java.util.Map;

/** What somebody gave for a setting, before anybody knows what it should be. */
sealed interface Given {

    /** Says where it was given. */
    SettingSource source();

    /** Names its form for messages, never its content. */
    String form();

    /** A single value, as it was written. */
    record Text(String text, SettingSource source) implements Given {
        @Override
        public String form() {
            return "a single value";
        }
    }

    /** Several values in order. */
    record Items(List<Given> items, SettingSource source) implements Given {
        @Override
        public String form() {
            return "a list";
        }
    }

    /**
     * Several values by key.
     *
     * @param dotted whether {@code a.b} is the key {@code b} of what is under {@code a}
     */
    record Entries(Map<String, Given> entries, SettingSource source, boolean dotted) implements Given {
        @Override
        public String form() {
            return "a mapping";
        }

        static Entries none(SettingSource source) {
            return new Entries(Map.of(), source, false);
        }
    }

    /** A key with nothing after it. */
    record Nothing(SettingSource source) implements Given {
        @Override
        public String form() {
            return "nothing";
        }
    }
}
