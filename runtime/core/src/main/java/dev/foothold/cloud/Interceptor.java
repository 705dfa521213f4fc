package dev.foothold.cloud;

import java.util.concurrent.Callable;

/**
 * Stands around every call to an author's environ, to watch it, delay it, repeat it or change its outcome.
 * Implementations are thread-safe.
 */
@FunctionalInterface
public interface Interceptor {

    /**
     * Makes the call, or does not.
     *
     * @param <T> what the call gives
     * @param call what is called
     * @param next makes the call; may be used any number of times
     * @return the outcome
     * @throws Exception the failure of the call; {@link InterruptedException} is passed on unchanged
     */
    <T> T around(Call call, Callable<T> next) throws Exception;
}
