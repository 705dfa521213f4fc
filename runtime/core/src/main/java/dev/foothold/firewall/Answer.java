package dev.foothold.firewall;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a program on a machine has written, taken apart. */
final class Answer {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();

    private Answer() {}

    static Answer parse(String output) {
        Answer answer = new Answer();
        StringBuilder text = answer.texts.computeIfAbsent("", name -> new StringBuilder());
        for (String line : output.split("\n")) {
            if (line.startsWith(MachineProgram.RECORD)) {
                String[] record = line.substring(MachineProgram.RECORD.length()).split(" ", 2);
                answer.values.put(record[0], record.length == 1 ? "" : record[1]);
                boolean known = !record[0].equals("end");
                text = answer.texts.computeIfAbsent(known ? record[0] : "", name -> new StringBuilder());
            } else {
                text.append(line).append('\n');
            }
        }
        return answer;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Gives what stands behind a key. */
    String value(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new FirewallException("the machine's answer is not complete: it does not say \"" + key + "\"");
        }
        return value;
    }

    /** Gives the lines that follow a key. */
    String text(String key) {
        value(key);
        return texts.get(key).toString();
    }

    /** Gives everything that tools have written: the lines that are not about rules. */
    String noise() {
        StringBuilder noise = new StringBuilder();
        texts.forEach((key, text) -> {
            if (!key.equals("v4") && !key.equals("v6") && !key.equals("chains")) {
                noise.append(text);
            }
        });
        return noise.toString().strip();
    }
}
