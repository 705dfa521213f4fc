package dev.foothold.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.foothold.processor.model.RuntimeTypes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds how the processor gets on with the rest of a compilation: other processors, class files, faults. */
class RoundsTest {

    private static final JavaFileObject ACME = Sources.source(
            "acme.Acme",
            "package acme;",
            "@dev.foothold.annotation.Provider(\"acme\")",
            "class Acme implements dev.foothold.environ.Environ {",
            "    Acme(Config config) {}",
            "    record Config(String host) {}",
            "}");

    private static Compilation compileWith(OtherProcessor other, JavaFileObject... sources) {
        return Sources.compile(
                Sources.STRICT,
                List.of(sources),
                Sources.runtime(),
                new ProviderProcessor(),
                new ProviderIndexProcessor(),
                other);
    }

    private static List<String> messages(Compilation compilation) {
        return Sources.errorsAndWarnings(compilation).stream()
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
    }

    private static List<String> generated(Compilation compilation) {
        return compilation.generatedSourceFiles().stream()
                .map(file -> file.getName().replaceFirst("^/SOURCE_OUTPUT/", ""))
                .sorted()
                .toList();
    }

    @Test
    void aRecordThatAnotherProcessorGenerates_isWaitedFor() {
        OtherProcessor other = new OtherProcessor()
                .writes("acme.First", "package acme; class First {}")
                .writes("acme.Config", "package acme; record Config(int port) {}");
        Compilation compilation = compileWith(
                other,
                Sources.source(
                        "acme.Acme",
                        "package acme;",
                        "@dev.foothold.annotation.Provider(\"acme\")",
                        "class Acme implements dev.foothold.environ.Environ {",
                        "    Acme(Config config) {}",
                        "}"));
        assertThat(messages(compilation)).isEmpty();
        assertThat(generated(compilation)).contains("acme/AcmeDefaultProvider.java", "acme/AcmeProviderFactory.java");
    }

    @Test
    void aSupertypeThatAnotherProcessorGenerates_isWaitedFor() {
        OtherProcessor other = new OtherProcessor()
                .writes(
                        "acme.Base",
                        "package acme; abstract class Base implements dev.foothold.environ.ZonedEnviron { Base() {} }");
        Compilation compilation = compileWith(
                other,
                Sources.source(
                        "acme.Acme",
                        "package acme;",
                        "@dev.foothold.annotation.ZonedProvider(\"acme\")",
                        "class Acme extends Base {}"));
        assertThat(messages(compilation)).isEmpty();
        assertThat(generated(compilation)).contains("acme/AcmeDefaultProvider.java");
    }

    @Test
    void aConstantThatAnotherProcessorGenerates_isWaitedFor() {
        OtherProcessor other =
                new OtherProcessor().writes("acme.Names", "package acme; interface Names { String ACME = \"acme\"; }");
        Compilation compilation = compileWith(
                other,
                Sources.source(
                        "acme.Acme",
                        "package acme;",
                        "@dev.foothold.annotation.Provider(Names.ACME)",
                        "class Acme implements dev.foothold.environ.Environ {}"));
        assertThat(messages(compilation)).isEmpty();
        assertThat(generated(compilation)).contains("acme/AcmeDefaultProvider.java");
    }

    @Test
    void anAnnotationThatTheCompilerRefuses_getsNoSecondError() {
        Compilation compilation = Sources.compile(
                List.of(),
                List.of(Sources.source(
                        "acme.Acme",
                        "package acme;",
                        "@dev.foothold.annotation.Provider",
                        "class Acme implements dev.foothold.environ.Environ {}")));
        assertThat(messages(compilation)).singleElement().asString().contains("missing a default value");
    }

    @Test
    void aMissingType_isReportedOnlyIfNothingElseIsWrong() {
        Compilation compilation = Sources.compile(
                List.of(),
                List.of(
                        Sources.source(
                                "acme.Acme",
                                "package acme;",
                                "@dev.foothold.annotation.Provider(\"acme\")",
                                "class Acme implements dev.foothold.environ.Environ { Acme(Nowhere n) {} }"),
                        Sources.source(
                                "acme.Other",
                                "package acme;",
                                "@dev.foothold.annotation.Provider(\"\")",
                                "class Other implements dev.foothold.environ.Environ {}")));
        assertThat(messages(compilation))
                .anyMatch(message -> message.startsWith("[BlankName]"))
                .noneMatch(message -> message.startsWith("[MissingType]"));
    }

    @Test
    void compilingTwice_givesTheSameBytes() {
        List<JavaFileObject> sources = Sources.in(Sources.RESOURCES.resolve("good/nested"));
        assertThat(bytes(Sources.compile(List.of(), sources))).isEqualTo(bytes(Sources.compile(List.of(), sources)));
    }

    private static Map<String, String> bytes(Compilation compilation) {
        Map<String, String> files = new TreeMap<>();
        compilation.generatedFiles().stream()
                .filter(file -> file.getKind() != JavaFileObject.Kind.CLASS)
                .forEach(file -> files.put(file.getName(), Sources.text(file)));
        return files;
    }

    @Test
    void aRecordFromAJar_isReadWithItsAnnotationsAndBlamedOnTheClassThatTakesIt(@TempDir Path temp) throws IOException {
        Path source = Files.createDirectories(temp.resolve("lib")).resolve("Shared.java");
        Files.writeString(source, """
                package lib;

                import dev.foothold.annotation.Setting;

                public record Shared(@Setting(name = "pin", secret = true) int number, Object any) {}
                """);
        Path jar = Sources.compileToFiles(temp, Sources.runtime());
        JavaFileObject acme = Sources.source(
                "acme.Acme",
                "package acme;",
                "@dev.foothold.annotation.Provider(\"acme\")",
                "class Acme implements dev.foothold.environ.Environ { Acme(lib.Shared shared) {} }");
        List<Path> classPath =
                List.of(jar, Sources.runtime().get(0), Sources.runtime().get(1));

        var only = Sources.errorsAndWarnings(Sources.compile(List.of(), List.of(acme), classPath));
        assertThat(only).singleElement().satisfies(error -> {
            assertThat(error.getMessage(null))
                    .startsWith(
                            "[UnsupportedSettingType] Setting \"any\" of \"lib.Shared\" has type \"java.lang.Object\"")
                    .endsWith("(It is in \"lib.Shared\", which is not being compiled.)");
            assertThat(error.getLineNumber()).isEqualTo(3);
        });

        Files.writeString(source, Files.readString(source).replace("Object any", "String any"));
        List<Path> repaired = List.of(
                Sources.compileToFiles(temp, Sources.runtime()),
                Sources.runtime().get(0),
                Sources.runtime().get(1));
        assertThat(bytes(Sources.compile(Sources.STRICT, List.of(acme), repaired))
                        .values())
                .anyMatch(text -> text.contains(".of(\"pin\", SettingType.INTEGER)\n            .asSecret()"));
    }

    @Test
    void classesOfAnEarlierBuildOnTheClassPath_areNoClash(@TempDir Path out) throws IOException {
        List<Path> sources = Sources.files(Sources.RESOURCES.resolve("good/zoned"));
        List<String> options = List.of("-cp", Sources.runtimePath() + File.pathSeparator + out);
        assertThat(Sources.compile(options, sources, out)).isEmpty();
        assertThat(Sources.compile(options, sources, out)).isEmpty();
    }

    @Test
    void theIndex_keepsWhatWasListedByHandIfItExists(@TempDir Path out) throws IOException {
        Path index = Files.createDirectories(out.resolve("META-INF/services")).resolve(RuntimeTypes.PROVIDER_FACTORY);
        Files.writeString(index, "# by hand\nacme.Gone\nacme.AcmeConfig # a class that exists\n");
        List<Path> sources = Sources.files(Sources.RESOURCES.resolve("good/zoned"));
        assertThat(Sources.compile(List.of("-cp", Sources.runtimePath()), sources, out))
                .isEmpty();
        assertThat(index).hasContent("acme.AcmeConfig\nacme.AcmeEnvironProviderFactory\n");
    }

    @Test
    void theIndex_leavesOutWhatHasErrors(@TempDir Path out) {
        List<Path> sources = new ArrayList<>(Sources.files(Sources.RESOURCES.resolve("good/plain")));
        sources.add(Sources.RESOURCES.resolve("bad/AbstractClass.java"));
        assertThat(Sources.compile(List.of("-cp", Sources.runtimePath()), sources, out))
                .hasSize(1);
        assertThat(out.resolve("META-INF/services/" + RuntimeTypes.PROVIDER_FACTORY))
                .hasContent("acme.PlainEnvironProviderFactory\n");
    }

    @Test
    void verbose_saysWhatWasGenerated() {
        assertThat(Sources.compile(List.of("-Adev.foothold.verbose"), List.of(ACME))
                        .notes())
                .singleElement()
                .satisfies(note -> assertThat(note.getMessage(null))
                        .isEqualTo("Generated acme.AcmeDefaultProvider and acme.AcmeProviderFactory."));
        assertThat(Sources.compile(List.of("-Adev.foothold.verbose=false"), List.of(ACME))
                        .notes())
                .isEmpty();
        assertThat(Sources.compile(List.of(), List.of(ACME)).notes()).isEmpty();
    }

    @Test
    void notWritten_isAWarningForTheFileThatExistsAndTheOtherIsWritten() {
        OtherProcessor first = new OtherProcessor()
                .writes("acme.AcmeProviderFactory", "package acme; public class AcmeProviderFactory {}");
        Compilation compilation =
                Sources.compile(List.of(), List.of(ACME), Sources.runtime(), first, new ProviderProcessor());
        assertThat(Sources.errorsAndWarnings(compilation))
                .filteredOn(diagnostic -> diagnostic.getMessage(null).startsWith("["))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.getKind()).isEqualTo(Diagnostic.Kind.WARNING);
                    assertThat(warning.getMessage(null))
                            .startsWith("[NotWritten] \"acme.AcmeProviderFactory\" was not written: ");
                });
        assertThat(compilation.status()).isEqualTo(Compilation.Status.SUCCESS);
        assertThat(generated(compilation)).contains("acme/AcmeDefaultProvider.java");
    }

    @Test
    void internal_isReportedOnTheTypeWithTheTraceAsANote() {
        Compilation compilation = Sources.compile(
                List.of(), List.of(ACME), Sources.runtime(), new WithBrokenFiler(new ProviderProcessor()));
        assertThat(Sources.errorsAndWarnings(compilation)).singleElement().satisfies(error -> {
            assertThat(error.getKind()).isEqualTo(Diagnostic.Kind.ERROR);
            assertThat(error.getMessage(null)).startsWith("[Internal] The processor failed on \"acme.Acme\".");
            assertThat(error.getLineNumber()).isEqualTo(3);
        });
        assertThat(compilation.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.getMessage(null))
                        .contains("java.lang.IllegalStateException: broken")
                        .contains("at dev.foothold.processor"));
    }
}
