package dev.foothold.environ;

/** Says what the machines of a cloud can be told at their first boot. */
public enum UserDataSupport {
    /** They apply a {@code #cloud-config} document: keys, files and commands. */
    CLOUD_CONFIG,
    /**
     * They take nothing. The cloud has to tell their host keys ({@link dev.foothold.instance.Instance#hostKeys()}), and
     * they have to let the user's own keys in ({@link MachineLogin} for those that the environ knows itself); Foothold
     * brings its keys along when it logs in for the first time. They keep their host keys.
     */
    NONE
}
