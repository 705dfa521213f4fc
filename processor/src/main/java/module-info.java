/**
 * Checks annotated providers at compile time and generates their glue, factories and discovery index.
 *
 * @provides javax.annotation.processing.Processor
 */
@SuppressWarnings("requires-automatic")
module dev.foothold.processor {
    requires java.compiler;
    requires com.palantir.javapoet;
    requires static com.google.auto.service;
    requires static org.jspecify;

    provides javax.annotation.processing.Processor with
            dev.foothold.processor.ProviderProcessor,
            dev.foothold.processor.ProviderIndexProcessor;
}
