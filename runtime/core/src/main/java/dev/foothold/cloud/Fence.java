package dev.foothold.cloud;

import java.util.Objects;
import java.util.concurrent.Callable;

/** Lets a call that may change something pass only after something else was done. */
final class Fence implements Interceptor {

    private final Runnable before;

    Fence(Runnable before) {
        this.before = Objects.requireNonNull(before, "before");
    }

    @Override
    public <T> T around(Call call, Callable<T> next) throws Exception {
        if (call.changes()) {
            before.run();
        }
        return next.call();
    }
}
