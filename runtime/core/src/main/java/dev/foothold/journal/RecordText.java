package dev.foothold.journal;

import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.internal.yaml.YamlException;
import dev.foothold.internal.yaml.YamlText;
import dev.foothold.internal.yaml.YamlTree;
import dev.foothold.internal.yaml.YamlTree.Entries;
import dev.foothold.internal.yaml.YamlTree.Items;
import dev.foothold.internal.yaml.YamlTree.Part;
import dev.foothold.internal.yaml.YamlTree.Scalar;
import dev.foothold.journal.OperationRecord.Outcome;
import dev.foothold.journal.OperationRecord.SideResource;
import dev.foothold.journal.OperationRecord.Stage;
import dev.foothold.journal.OperationRecord.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns an operation's record into YAML and back. Keys that are not known are ignored, but not kept. */
final class RecordText {

    /** Goes up when an older version would misunderstand a record. */
    static final int FORMAT = 1;

    private RecordText() {}

    /** Tells what is wrong with a record, and where. */
    static final class BadRecordException extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        BadRecordException(String message, int line, @Nullable Throwable cause) {
            super(message, cause);
            this.line = line;
        }

        /** Counted from 1; 0 if no line is wrong. */
        int line() {
            return line;
        }
    }

    static String render(OperationRecord record) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("format", FORMAT);
        text.put("id", record.id());
        text.put("kind", record.kind());
        text.put("claim", record.claim());
        Holder holder = record.holder();
        if (holder != null) {
            text.put(
                    "holder",
                    map("host", holder.host(), "boot", holder.boot(), "pid", holder.pid(), "start", holder.start()));
        }
        text.put("since", record.since().toString());
        text.put(
                "heartbeat",
                map(
                        "at",
                        record.heartbeat().toString(),
                        "number",
                        record.beats(),
                        "period",
                        record.period().toString()));
        text.put("fingerprint", record.fingerprint());
        text.put("stage", word(record.stage()));
        if (!record.proof().isEmpty()) {
            text.put("proof", record.proof());
        }
        text.put("starts", record.starts().stream().map(RecordText::start).toList());
        text.put(
                "resources",
                record.resources().stream()
                        .map(resource -> map("kind", resource.kind().name(), "id", resource.id()))
                        .toList());
        return YamlText.render(text);
    }

    private static Map<String, Object> start(Start start) {
        Map<String, Object> text = map("token", start.token(), "outcome", word(start.outcome()));
        if (start.zone() != null) {
            text.put("zone", start.zone());
        }
        if (start.instance() != null) {
            text.put("instance", start.instance().value());
        }
        return text;
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    static OperationRecord parse(String text) throws BadRecordException {
        Entries all;
        try {
            all = YamlTree.parse(text);
        } catch (YamlException e) {
            throw new BadRecordException(String.valueOf(e.getMessage()), e.line(), e);
        }
        int format = required(all, "format", Integer::valueOf);
        if (format > FORMAT) {
            throw new BadRecordException(
                    "it was written by a newer version of Foothold (format " + format + "; this version knows " + FORMAT
                            + "); use that version to go on or to destroy the model",
                    0,
                    null);
        }
        Entries heartbeat = part(all, "heartbeat");
        List<Start> starts = new ArrayList<>();
        for (Entries start : items(all, "starts")) {
            starts.add(new Start(
                    required(start, "token", Function.identity()),
                    optional(start, "zone", Function.identity()),
                    required(start, "outcome", word -> Outcome.valueOf(word.toUpperCase(java.util.Locale.ROOT))),
                    optional(start, "instance", InstanceId::of)));
        }
        List<SideResource> resources = new ArrayList<>();
        for (Entries resource : items(all, "resources")) {
            resources.add(new SideResource(
                    required(resource, "kind", ResourceKind::of), required(resource, "id", Function.identity())));
        }
        String proof = optional(all, "proof", Function.identity());
        return new OperationRecord(
                required(all, "id", Function.identity()),
                required(all, "kind", Function.identity()),
                required(all, "claim", Function.identity()),
                all.entries().get("holder") instanceof Entries holder ? holder(holder) : null,
                required(all, "since", Instant::parse),
                required(heartbeat, "at", Instant::parse),
                required(heartbeat, "number", Long::valueOf),
                required(heartbeat, "period", RecordText::period),
                required(all, "fingerprint", Function.identity()),
                required(all, "stage", word -> Stage.valueOf(word.toUpperCase(java.util.Locale.ROOT))),
                proof == null ? "" : proof,
                starts,
                resources);
    }

    private static Duration period(String text) {
        Duration period = Duration.parse(text);
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return period;
    }

    private static Holder holder(Entries holder) throws BadRecordException {
        return new Holder(
                required(holder, "host", Function.identity()),
                required(holder, "boot", Function.identity()),
                required(holder, "pid", Long::valueOf),
                required(holder, "start", Long::valueOf));
    }

    private static Entries part(Entries parent, String key) throws BadRecordException {
        Part part = parent.entries().get(key);
        if (part instanceof Entries entries) {
            return entries;
        }
        throw wrong(part == null ? parent.line() : part.line(), "\"" + key + "\" is missing, or no mapping", null);
    }

    private static List<Entries> items(Entries parent, String key) throws BadRecordException {
        Part part = parent.entries().get(key);
        if (part == null) {
            return List.of();
        }
        List<Entries> items = new ArrayList<>();
        for (Part item : part instanceof Items list ? list.items() : List.of(part)) {
            if (!(item instanceof Entries entries)) {
                throw wrong(item.line(), "\"" + key + "\" must be a list of mappings", null);
            }
            items.add(entries);
        }
        return items;
    }

    private static <T> T required(Entries parent, String key, Function<String, T> reading) throws BadRecordException {
        T value = optional(parent, key, reading);
        if (value == null) {
            throw wrong(parent.line(), "\"" + key + "\" is missing", null);
        }
        return value;
    }

    private static <T> @Nullable T optional(Entries parent, String key, Function<String, T> reading)
            throws BadRecordException {
        Part part = parent.entries().get(key);
        if (part == null) {
            return null;
        }
        if (!(part instanceof Scalar scalar)) {
            throw wrong(part.line(), "\"" + key + "\" must be a single value", null);
        }
        try {
            return reading.apply(scalar.text());
        } catch (RuntimeException e) {
            throw wrong(part.line(), "\"" + key + "\" cannot be \"" + scalar.text() + "\"", e);
        }
    }

    private static BadRecordException wrong(int line, String what, @Nullable Throwable cause) {
        return new BadRecordException("line " + line + ": " + what, line, cause);
    }
}
