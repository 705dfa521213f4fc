package dev.foothold.testkit;

import dev.foothold.cloud.Call;
import dev.foothold.cloud.Interceptor;
import dev.foothold.environ.CloudException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Is one way in which a cloud, or the network before it, lets its users down. Told by a {@link FaultInjector}; immutable
 * and thread-safe.
 */
public abstract class Lie implements Interceptor {

    private final String description;

    private Lie(String description) {
        this.description = description;
    }

    /**
     * Does what was asked for, and loses the answer: the caller sees a connection that was reset, and cannot know.
     *
     * @return the lie
     */
    public static Lie replyLost() {
        return new Lie("the reply is lost") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                next.call();
                throw new IOException("connection reset after " + call.operation() + " was sent (injected)");
            }
        };
    }

    /**
     * Loses the request: nothing is done.
     *
     * @return the lie
     */
    public static Lie requestLost() {
        return new Lie("the request is lost") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                throw new IOException("connection refused for " + call.operation() + " (injected)");
            }
        };
    }

    /**
     * Delivers the request twice, as a network or a client library may: the first answer is dropped.
     *
     * @return the lie
     */
    public static Lie sentTwice() {
        return new Lie("the request is sent twice") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                next.call();
                return next.call();
            }
        };
    }

    /**
     * Refuses: nothing is done.
     *
     * @param kind what the refusal means
     * @return the lie
     */
    public static Lie refusal(CloudException.Kind kind) {
        return refusal(kind, null);
    }

    /**
     * Refuses for being asked too often: nothing is done.
     *
     * @param retryAfter how long the cloud asks to wait
     * @return the lie
     */
    public static Lie throttled(Duration retryAfter) {
        return refusal(CloudException.Kind.THROTTLED, retryAfter);
    }

    private static Lie refusal(CloudException.Kind kind, @Nullable Duration retryAfter) {
        return new Lie("it is refused for " + kind) {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                CloudException refusal =
                        new CloudException(kind, call.operation() + " is refused for " + kind + " (injected)");
                throw retryAfter == null ? refusal : refusal.withRetryAfter(retryAfter);
            }
        };
    }

    /**
     * Lists nothing, as clouds do whose listings lag behind. Calls that do not answer with a list or a map are left alone.
     *
     * @return the lie
     */
    public static Lie nothingListed() {
        return new Lie("nothing is listed yet") {
            @Override
            @SuppressWarnings("unchecked") // a list of nothing is a list of anything
            public <T> T around(Call call, Callable<T> next) throws Exception {
                T answer = next.call();
                if (answer instanceof List) {
                    return (T) List.of();
                }
                return answer instanceof Map ? (T) Map.of() : answer;
            }
        };
    }

    /**
     * Lists every other one only. Calls that do not answer with a list are left alone.
     *
     * @return the lie
     */
    public static Lie halfListed() {
        return new Lie("half of it is listed") {
            @Override
            @SuppressWarnings("unchecked") // a part of a list is a list of the same
            public <T> T around(Call call, Callable<T> next) throws Exception {
                T answer = next.call();
                if (!(answer instanceof List<?> all)) {
                    return answer;
                }
                return (T) IntStream.range(0, all.size())
                        .filter(i -> i % 2 == 0)
                        .<Object>mapToObj(all::get)
                        .toList();
            }
        };
    }

    /**
     * Answers late.
     *
     * @param by how long the caller waits in addition
     * @return the lie
     */
    public static Lie late(Duration by) {
        return new Lie("the answer is " + by.toMillis() + " ms late") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                T answer = next.call();
                Thread.sleep(by.toMillis());
                return answer;
            }
        };
    }

    /**
     * Does what was asked for, and has the caller interrupted before it learns of that.
     *
     * @return the lie
     */
    public static Lie interrupted() {
        return new Lie("the caller is interrupted") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                next.call();
                throw new InterruptedException(call.operation() + " was interrupted after it was sent (injected)");
            }
        };
    }

    /** Does what was asked for, and kills the client before it learns of that. */
    static Lie killed(Runnable kill) {
        return new Lie("the client is killed") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                next.call();
                kill.run();
                throw new ClientKilled();
            }
        };
    }

    /** Does nothing for a client that is dead. */
    static Lie dead(BooleanSupplier dead) {
        return new Lie("the client is dead") {
            @Override
            public <T> T around(Call call, Callable<T> next) throws Exception {
                if (dead.getAsBoolean()) {
                    throw new ClientKilled();
                }
                return next.call();
            }
        };
    }

    /**
     * Describes the lie for messages.
     *
     * @return for example {@code the reply is lost}
     */
    @Override
    public String toString() {
        return description;
    }
}
