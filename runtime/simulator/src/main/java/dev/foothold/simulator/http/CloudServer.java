package dev.foothold.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foothold.simulator.CloudApiException;
import dev.foothold.simulator.SimulatedCloud;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Serves a cloud over HTTP on the loopback interface; the requests are in this package's description. Safe for use by
 * several threads.
 */
public final class CloudServer implements AutoCloseable {
    private static final int LARGEST_BODY = 1 << 20;

    private final SimulatedCloud cloud;
    private final byte[] authorization;
    private final Runnable shutdown;
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicLong refused = new AtomicLong();

    /** What a request is answered with. */
    private record Answer(int status, @Nullable Object body) {}

    private static final Answer ENDING = new Answer(202, Map.of());

    private CloudServer(SimulatedCloud cloud, String token, Runnable shutdown) throws IOException {
        this.cloud = cloud;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.shutdown = shutdown;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "simulator-http");
            thread.setDaemon(true);
            return thread;
        });
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    }

    /**
     * Starts to serve, on a port that the operating system chooses.
     *
     * @param cloud what to serve; the caller closes it, after this server
     * @param token what clients must know
     * @param shutdown what to do when a client asks for the end; runs on a thread of the server and must not wait for
     *     it
     * @return the server
     * @throws IOException if no port can be bound
     */
    public static CloudServer start(SimulatedCloud cloud, String token, Runnable shutdown) throws IOException {
        CloudServer server = new CloudServer(cloud, token, shutdown);
        server.server.setExecutor(server.threads);
        server.server.createContext("/", server::handle);
        server.server.start();
        return server;
    }

    /**
     * Says where the server is.
     *
     * @return for example {@code http://127.0.0.1:40123}
     */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stops serving; requests under way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
                authorize(exchange);
                if (body.length > LARGEST_BODY) {
                    throw new Json.Malformed("the body has more than " + LARGEST_BODY + " bytes");
                }
                answer = answer(exchange, body);
            } catch (Json.Malformed e) {
                answer = error(exchange, refusal(CloudApiException.INVALID_PARAMETER, String.valueOf(e.getMessage())));
            } catch (CloudApiException e) {
                answer = error(exchange, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                answer = error(exchange, refusal(CloudApiException.UNAVAILABLE, "the cloud is ending"));
            } catch (RuntimeException e) {
                answer = error(exchange, refusal("InternalError", "the simulator failed: " + e));
            }
            send(exchange, answer);
            if (answer == ENDING) {
                shutdown.run();
            }
        }
    }

    private void authorize(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
            throw refusal(CloudApiException.UNAUTHORIZED, "the Authorization header does not hold this cloud's token");
        }
    }

    private Answer answer(HttpExchange exchange, byte[] body) throws Json.Malformed, InterruptedException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        String[] words = path.split("/", 4); // "", "v1", the collection, the rest
        String rest = words.length > 3 ? words[3] : "";
        String what = words.length > 2 && words[1].equals("v1") ? method + " " + words[2] : "";
        switch (what) {
            case "POST instances":
                if (rest.isEmpty()) {
                    return new Answer(202, Json.machine(cloud.runInstance(Json.runRequest(Json.read(body)))));
                }
                if (rest.endsWith("/reboot")) {
                    cloud.reboot(rest.substring(0, rest.length() - "/reboot".length()));
                    return new Answer(202, Map.of());
                }
                break;
            case "GET instances":
                return rest.isEmpty()
                        ? new Answer(200, instances(exchange.getRequestURI().getRawQuery()))
                        : new Answer(200, Json.machine(cloud.get(rest)));
            case "DELETE instances":
                cloud.terminate(rest);
                return new Answer(204, null);
            case "GET zones":
                return new Answer(200, Map.of("zones", cloud.zones()));
            case "GET offerings":
                return new Answer(200, Map.of("offerings", cloud.offerings()));
            case "GET images":
                return new Answer(200, Map.of("images", cloud.images()));
            case "GET faults":
                return new Answer(
                        200,
                        Map.of(
                                "faults",
                                cloud.faults().active().stream()
                                        .map(fault -> fault.name())
                                        .toList()));
            case "PUT faults":
                cloud.faults().inject(Json.fault(rest, Json.read(body)));
                return new Answer(204, null);
            case "DELETE faults":
                if (rest.isEmpty()) {
                    cloud.faults().liftAll();
                } else {
                    cloud.faults().lift(rest);
                }
                return new Answer(204, null);
            case "POST shutdown":
                return ENDING; // and handle() ends the cloud when the client knows
            default:
                break;
        }
        throw refusal(CloudApiException.NOT_FOUND, "there is no " + method + " " + path);
    }

    private Map<String, Object> instances(@Nullable String query) throws Json.Malformed, InterruptedException {
        Map<String, String> tags = new HashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] pair = parameter.split("=", 2);
            String value = pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
            int equals = value.indexOf('=');
            if (!pair[0].equals("tag") || equals < 0) {
                throw new Json.Malformed("the query is not made of tag=key%3Dvalue");
            }
            tags.put(value.substring(0, equals), value.substring(equals + 1));
        }
        List<Map<String, Object>> machines =
                cloud.list(tags).stream().map(Json::machine).toList();
        return Map.of("instances", machines);
    }

    private CloudApiException refusal(String code, String message) {
        return new CloudApiException(code, message, "http-" + refused.incrementAndGet(), null);
    }

    private static Answer error(HttpExchange exchange, CloudApiException error) {
        error.retryAfter()
                .ifPresent(wait -> exchange.getResponseHeaders().set("Retry-After", Long.toString(Json.seconds(wait))));
        return new Answer(status(error.code()), Json.error(error));
    }

    private static int status(String code) {
        return switch (code) {
            case CloudApiException.INVALID_PARAMETER -> 400;
            case CloudApiException.UNAUTHORIZED -> 401;
            case CloudApiException.QUOTA_EXCEEDED -> 403;
            case CloudApiException.NOT_FOUND -> 404;
            case CloudApiException.IDEMPOTENT_PARAMETER_MISMATCH, CloudApiException.INCORRECT_STATE -> 409;
            case CloudApiException.THROTTLED -> 429;
            case CloudApiException.INSUFFICIENT_CAPACITY, CloudApiException.UNAVAILABLE -> 503;
            default -> 500;
        };
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        if (answer.body() == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] bytes = Json.write(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
