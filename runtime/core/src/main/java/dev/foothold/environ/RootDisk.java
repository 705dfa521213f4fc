package dev.foothold.environ;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says what a root disk is made of: the storage pool that the constraint {@code root-disk-source} names. How large it is
 * says {@link dev.foothold.constraints.Constraints#rootDiskMib()}.
 *
 * @param provider the kind of storage, in the cloud's words; empty if the pool does not say
 * @param attributes all that is known about the pool; unmodifiable
 */
public record RootDisk(String provider, Map<String, Object> attributes) {

    /** The attribute of a pool that says which kind of storage it is. */
    public static final String TYPE = "type";

    /**
     * Copies the map.
     *
     * @param provider the kind of storage, in the cloud's words; empty if the pool does not say
     * @param attributes all that is known about the pool
     */
    public RootDisk {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /**
     * Describes a root disk in a storage pool.
     *
     * @param pool the attributes of the pool; its kind of storage is the text under {@value #TYPE}
     * @return the description
     */
    public static RootDisk in(Map<String, ?> pool) {
        return new RootDisk(pool.get(TYPE) instanceof String type ? type : "", new LinkedHashMap<>(pool));
    }
}
