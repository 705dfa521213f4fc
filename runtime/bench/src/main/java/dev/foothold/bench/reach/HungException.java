package dev.foothold.bench.reach;

import java.io.IOException;

/** Says that a client has not answered for so long that it never will; its process has been ended. */
final class HungException extends IOException {

    private static final long serialVersionUID = 1L;

    HungException(String message) {
        super(message);
    }
}
