/**
 * Foothold's runtime: the annotations and the SPI that provider authors write against, and the bootstrap, launch,
 * distribution and destroy that users call.
 */
@SuppressWarnings("requires-automatic") // sshj has no module descriptor; nothing of it is exported
module dev.foothold.runtime {
    requires com.hierynomus.sshj;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires org.yaml.snakeyaml;
    requires jdk.net;
    requires static transitive org.jspecify;

    exports dev.foothold;
    exports dev.foothold.annotation;
    exports dev.foothold.bootstrap;
    exports dev.foothold.cloud;
    exports dev.foothold.cloudinit;
    exports dev.foothold.config;
    exports dev.foothold.constraints;
    exports dev.foothold.destroy;
    exports dev.foothold.distribution;
    exports dev.foothold.environ;
    exports dev.foothold.event;
    exports dev.foothold.event.render;
    exports dev.foothold.firewall;
    exports dev.foothold.instance;
    exports dev.foothold.journal;
    exports dev.foothold.machine;
    exports dev.foothold.model;
    exports dev.foothold.network;
    exports dev.foothold.provider;
    exports dev.foothold.redact;
    exports dev.foothold.retry;
    exports dev.foothold.script;
    exports dev.foothold.ssh;
    exports dev.foothold.state;
    exports dev.foothold.time;

    uses dev.foothold.provider.ProviderFactory;
}
