package dev.foothold.internal.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tells that a file system does not do what a store depends on. */
final class UnfitFileSystemException extends IOException {

    static final String REMEDY =
            "; keep the state on a file system that locks files and renames at once, as local disks do";

    private static final long serialVersionUID = 1L;

    UnfitFileSystemException(String fault, @Nullable Throwable cause) {
        super(fault + REMEDY, cause);
    }
}
