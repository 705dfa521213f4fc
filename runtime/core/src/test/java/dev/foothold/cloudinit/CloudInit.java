package dev.foothold.cloudinit;

import dev.foothold.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** Debian's cloud-init, asked what it thinks of documents. */
final class CloudInit {

    /** What the command {@code cloud-init schema} does, for many files in one process; deprecations are complaints too. */
    private static final String CHECK = """
            import os, sys
            from cloudinit.config.schema import SchemaValidationError, get_schema, validate_cloudconfig_schema
            from cloudinit import safeyaml
            schema = get_schema()
            for name in sorted(os.listdir(sys.argv[1])):
                with open(os.path.join(sys.argv[1], name), "rb") as f:
                    content = f.read()
                try:
                    if not content.startswith(b"#cloud-config\\n"):
                        raise ValueError("wrong first line")
                    validate_cloudconfig_schema(safeyaml.load(content), schema, strict=True)
                except Exception as e:
                    print(name + ": " + type(e).__name__ + ": " + str(e).replace("\\n", " "))
            """;

    private CloudInit() {}

    /** Ends the test here if it is missing. */
    static void require() {
        Tools.require("cloud-init");
    }

    /** Checks every file of a directory, and gives what there is to complain about. */
    static List<String> complaints(Path directory) throws IOException, InterruptedException {
        Tools.Result result = Tools.run("", "/usr/bin/python3", "-c", CHECK, directory.toString());
        if (result.exit() != 0) {
            Assertions.fail(result.stderr());
        }
        return (result.stdout() + result.stderr()).lines().toList();
    }

    /** Has the command itself check one document, and gives what it says. */
    static Tools.Result schema(Path directory, String document) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("user-data"), document);
        return Tools.run("", "cloud-init", "schema", "--config-file", file.toString());
    }
}
