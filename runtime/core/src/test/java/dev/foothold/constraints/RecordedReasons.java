package dev.foothold.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foothold.testing.VectorCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the contents of recorded errors, names, values and reasons, in ours, which are worded differently. */
final class RecordedReasons {

    /** The recorded texts, and what ours has to say instead; the groups are names and values. */
    private static final Map<Pattern, List<String>> WORDS = new LinkedHashMap<>();

    static {
        say("malformed constraint (\".*\")", "$1 is not a constraint");
        say("unknown constraint (\".*\")", "there is no constraint $1");
        say("unknown constraint value: (.*)", "there is no constraint \"$1\"");
        say("unexpected non-string key: (.*)", "the key $1 is not text");
        say(
                "unexpected type passed as in (.*): int",
                "constraint \"$1\" must be a list of texts, but one of them is a number");
        say("bad (\".*?\") constraint: already set", "constraint $1 is given twice");
        say(
                "bad (\".*?\") constraint: (\".*\") is not a valid space name",
                "constraint $1 must be names",
                "$2 is none");
        say("(\".*\") is not a valid space name", "constraint \"spaces\" must be names", "$1 is none");
        say("bad (\".*?\") constraint: (\".*\") not recognized", "the value $2 of constraint $1 must be one of amd64");
        say(
                "bad (\".*?\") constraint: invalid container type (\".*\")",
                "the value $2 of constraint $1 must be one of none");
        say("bad (\".*?\") constraint: must be a non-negative integer", "of constraint $1 must be a whole number");
        say("must be a non-negative integer", "must be a whole number");
        say(
                "bad (\".*?\") constraint: must be a non-negative float with optional M/G/T/P suffix",
                "of constraint $1 must be a size of");
        say("bad (\".*?\") constraint: must be 'true' or 'false'", "of constraint $1 must be true or false");
        say("bad (\".*?\") constraint", "of constraint $1 must be");
        say("ambiguous constraints: (\".*?\") overlaps with (\".*?\")", "constraints $1 and $2 exclude each other");
        say(
                "ambiguous constraints: (\".*?\") overlaps with (\".*?\"): (.*)",
                "constraints $1 and $2 exclude each other; $3");
        say("ambiguous constraints", "exclude each other");
        say("invalid constraint value: (.*)\nvalid values are: \\[(.*)]", "there is no \"$1\" here");
    }

    private RecordedReasons() {}

    private static void say(String recorded, String... ours) {
        WORDS.put(Pattern.compile(recorded, Pattern.DOTALL), List.of(ours));
    }

    static boolean expected(VectorCase vector) {
        JsonNode expect = vector.get("expect");
        return expect.has("error") || expect.has("error_contains");
    }

    static void assertSays(String message, VectorCase vector) {
        JsonNode expect = vector.get("expect");
        List<String> recorded = new ArrayList<>();
        if (expect.has("error")) {
            String error = expect.get("error").asText();
            assertThat(WORDS.keySet())
                    .as(error)
                    .anyMatch(pattern -> pattern.matcher(error).matches());
            recorded.add(error);
        }
        expect.path("error_contains").forEach(part -> recorded.add(part.asText()));
        assertThat(recorded).isNotEmpty();
        for (String text : recorded) {
            assertThat(message).contains(ours(text));
        }
    }

    private static List<String> ours(String text) {
        for (Map.Entry<Pattern, List<String>> entry : WORDS.entrySet()) {
            Matcher matcher = entry.getKey().matcher(text);
            if (matcher.matches()) {
                List<String> parts = new ArrayList<>();
                entry.getValue().forEach(part -> parts.add(matcher.replaceFirst(part)));
                if (text.startsWith("invalid constraint value")) {
                    parts.addAll(List.of(matcher.group(2).split(" ")));
                }
                return parts;
            }
        }
        return List.of(text);
    }
}
