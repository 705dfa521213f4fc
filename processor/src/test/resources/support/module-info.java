/** Stands in for the runtime, which is built after the processor. */
module dev.foothold.runtime {
    requires static transitive org.jspecify;

    exports dev.foothold.annotation;
    exports dev.foothold.config;
    exports dev.foothold.environ;
    exports dev.foothold.model;
    exports dev.foothold.provider;
}
