package dev.foothold.config;

import dev.foothold.internal.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the parts of a YAML document into what is given for settings. */
final class GivenYaml {

    private GivenYaml() {}

    static Given.Entries of(YamlTree.Entries document, String file) {
        Map<String, Given> entries = new LinkedHashMap<>();
        document.entries().forEach((key, part) -> entries.put(key, given(part, file)));
        return new Given.Entries(entries, SettingSource.file(file, document.line()), false);
    }

    private static Given given(YamlTree.Part part, String file) {
        SettingSource source = SettingSource.file(file, part.line());
        if (part instanceof YamlTree.Entries entries) {
            return of(entries, file);
        }
        if (part instanceof YamlTree.Items items) {
            List<Given> list = new ArrayList<>();
            items.items().forEach(item -> list.add(given(item, file)));
            return new Given.Items(list, source);
        }
        return part instanceof YamlTree.Scalar scalar
                ? new Given.Text(scalar.text(), source)
                : new Given.Nothing(source);
    }
}
