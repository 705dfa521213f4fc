package dev.foothold.bench;

/** Does once what is to be measured. */
public interface Trial {

    /**
     * Names what is measured; unique among the trials of a run.
     */
    String name();

    /** Makes everything ready; not measured. */
    void prepare() throws Exception;

    /** Does it. */
    void run() throws Exception;
}
