package dev.foothold.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class CloudProcessTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private HttpResponse<String> send(URI url, String token, String method, String path, Object body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(CloudProcess cloud, String method, String path, Object body)
            throws IOException, InterruptedException {
        return send(cloud.url(), cloud.token(), method, path, body);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    private static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static boolean answers(JsonNode address) throws IOException {
        try (Socket socket =
                new Socket(address.path("value").asText(), address.path("port").asInt())) {
            return socket.getInputStream().read() == 'S';
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Launches an instance whose runcmd leaves a process that carries the mark in its command line. */
    private JsonNode launch(CloudProcess cloud, String mark) throws Exception {
        String userData =
                "#cloud-config\nruncmd:\n- nohup bash -c 'exec -a " + mark + " sleep 1000' >/dev/null 2>&1 &\n";
        HttpResponse<String> accepted = send(
                cloud,
                "POST",
                "/v1/instances",
                Map.of(
                        "type",
                        "small",
                        "image",
                        "debian-12",
                        "zone",
                        "b",
                        "token",
                        "t-1",
                        "tags",
                        Map.of("owner", "me & you"),
                        "userData",
                        Base64.getEncoder().encodeToString(userData.getBytes(StandardCharsets.UTF_8))));
        assertThat(accepted.statusCode()).isEqualTo(202);
        String path = "/v1/instances/" + json(accepted).path("id").asText();
        eventually("SSH answers", () -> {
            JsonNode addresses = json(send(cloud, "GET", path, null)).path("addresses");
            return addresses.size() == 2 && answers(addresses.get(0));
        });
        assertThat(processes(mark)).isPositive();
        return json(send(cloud, "GET", path, null));
    }

    private static long processes(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> commandLine(process).contains(mark))
                .count();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void servesTheWholeLifeOfAnInstance() throws Exception {
        long before = System.nanoTime();
        try (CloudProcess cloud = CloudProcess.start(directory, "--zones", "a,b")) {
            System.out.printf("cloud process ready in %d ms%n", (System.nanoTime() - before) / 1_000_000);
            JsonNode machine = launch(cloud, "mark-life");
            String path = "/v1/instances/" + machine.path("id").asText();

            assertThat(machine.path("status").asText()).isEqualTo("RUNNING");
            assertThat(machine.path("zone").asText()).isEqualTo("b");
            assertThat(machine.path("tags").path("owner").asText()).isEqualTo("me & you");
            assertThat(json(send(cloud, "GET", "/v1/instances?tag=owner%3Dme%20%26%20you", null))
                            .path("instances"))
                    .containsExactly(machine);
            assertThat(json(send(cloud, "GET", "/v1/instances?tag=owner%3Dyou", null))
                            .path("instances"))
                    .isEmpty();
            assertThat(json(send(cloud, "GET", "/v1/zones", null)).path("zones").findValuesAsText("name"))
                    .containsExactly("a", "b");
            assertThat(send(cloud, "POST", path + "/reboot", null).statusCode()).isEqualTo(202);
            assertThat(send(cloud, "DELETE", path, null).statusCode()).isEqualTo(204);
            assertThat(processes("mark-life")).isZero();
            HttpResponse<String> gone = send(cloud, "GET", path, null);
            assertThat(gone.statusCode()).isEqualTo(404);
            assertThat(json(gone).path("code").asText()).isEqualTo("NotFound");
            assertThat(json(gone).path("message").asText())
                    .contains(machine.path("id").asText());
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void errorsHaveAStatusACodeAndTheTimeToTryAgain() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            Map<String, Object> request = Map.of("type", "small", "image", "debian-12", "zone", "a");
            assertThat(send(cloud, "PUT", "/v1/faults/no-capacity/a", null).statusCode())
                    .isEqualTo(204);
            HttpResponse<String> full = send(cloud, "POST", "/v1/instances", request);
            assertThat(full.statusCode()).isEqualTo(503);
            assertThat(json(full).path("code").asText()).isEqualTo("InsufficientCapacity");
            send(cloud, "DELETE", "/v1/faults/no-capacity/a", null);
            send(
                    cloud,
                    "PUT",
                    "/v1/faults/call-fails/runInstance",
                    Map.of("code", "Throttled", "retryAfterSeconds", 3));
            HttpResponse<String> throttled = send(cloud, "POST", "/v1/instances", request);
            assertThat(throttled.statusCode()).isEqualTo(429);
            assertThat(throttled.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(json(throttled).path("retryAfterSeconds").asInt()).isEqualTo(3);
            assertThat(send(cloud, "POST", "/v1/instances", request).statusCode())
                    .isEqualTo(202);
            assertThat(send(cloud, "POST", "/v1/instances", List.of()).statusCode())
                    .isEqualTo(400);
            assertThat(send(cloud, "PUT", "/v1/faults/gremlins", null).statusCode())
                    .isEqualTo(400);
            assertThat(send(cloud, "GET", "/v2/zones", null).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void everyFaultOfAMachineCanBeSwitchedOnAndOff() throws Exception {
        Map<String, Map<String, Object>> faults = new TreeMap<>();
        faults.put("black-hole", Map.of());
        faults.put("dies-in-handshake", Map.of("lasting", "PT1S"));
        faults.put("drops-connections", Map.of());
        faults.put("late-login", Map.of("by", "PT1S"));
        faults.put("late-nonce", Map.of("file", "/var/lib/nonce", "by", "PT1S"));
        faults.put("penalties", Map.of());
        faults.put("silent", Map.of("lasting", "PT0.5S"));
        faults.put("wrong-host-key", Map.of());
        faults.put("wrong-nonce", Map.of("file", "/var/lib/nonce"));
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            for (Map.Entry<String, Map<String, Object>> fault : faults.entrySet()) {
                assertThat(send(cloud, "PUT", "/v1/faults/" + fault.getKey(), fault.getValue())
                                .statusCode())
                        .as(fault.getKey())
                        .isEqualTo(204);
            }
            JsonNode active = json(send(cloud, "GET", "/v1/faults", null)).path("faults");
            assertThat(active).extracting(JsonNode::asText).containsExactlyElementsOf(faults.keySet());
            send(cloud, "DELETE", "/v1/faults/silent", null);
            assertThat(json(send(cloud, "GET", "/v1/faults", null)).path("faults"))
                    .hasSize(faults.size() - 1);
            send(cloud, "DELETE", "/v1/faults", null);
            assertThat(json(send(cloud, "GET", "/v1/faults", null)).path("faults"))
                    .isEmpty();
        }
    }

    @Test
    void aFaultThatIsNotFullySaidIsRefused() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            for (Map.Entry<String, Map<String, Object>> fault : Map.<String, Map<String, Object>>of(
                            "late-nonce", Map.of("by", "PT1S"),
                            "wrong-nonce", Map.of(),
                            "late-login", Map.of(),
                            "silent", Map.of("lasting", "a while"))
                    .entrySet()) {
                HttpResponse<String> refused = send(cloud, "PUT", "/v1/faults/" + fault.getKey(), fault.getValue());
                assertThat(refused.statusCode()).as(fault.getKey()).isEqualTo(400);
                assertThat(json(refused).path("message").asText()).containsPattern("file is missing|by is|lasting is");
            }
        }
    }

    @Test
    void aMachineMayBeSilentForAWhile() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            send(cloud, "PUT", "/v1/faults/silent", Map.of("lasting", "PT1S"));
            HttpResponse<String> accepted =
                    send(cloud, "POST", "/v1/instances", Map.of("type", "small", "image", "debian-12"));
            String path = "/v1/instances/" + json(accepted).path("id").asText();
            JsonNode address =
                    json(send(cloud, "GET", path, null)).path("addresses").get(0);

            eventually("it accepts and says nothing", () -> isSilent(address));
            eventually("it answers as it should", () -> !isSilent(address) && answers(address));
        }
    }

    private static boolean isSilent(JsonNode address) throws IOException {
        try (Socket socket =
                new Socket(address.path("value").asText(), address.path("port").asInt())) {
            socket.setSoTimeout(200);
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void whoDoesNotKnowTheTokenIsRefused() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            HttpResponse<String> refused = send(cloud.url(), "guess", "GET", "/v1/zones", null);

            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(json(refused).path("code").asText()).isEqualTo("Unauthorized");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("cloud.json"))))
                    .isEqualTo("rw-------");
            assertThat(CloudFile.read(directory))
                    .hasToString("CloudFile[url=" + cloud.url() + ", pid=" + cloud.pid() + "]");
        }
    }

    @Test
    void aDirectoryHasOneLiveCloud() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            assertThatThrownBy(() -> CloudProcess.start(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("belongs to a cloud that is alive, process " + cloud.pid());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void killingItLeavesNothingOfItsMachinesAndTheDirectoryCanBeUsedAgain() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory, "--zones", "a,b")) {
            launch(cloud, "mark-kill");
            ProcessHandle.of(cloud.pid()).orElseThrow().destroyForcibly();

            eventually("the machine's processes are gone", () -> processes("mark-kill") == 0);
        }
        try (CloudProcess next = CloudProcess.start(directory)) {
            assertThat(send(next, "GET", "/v1/zones", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theInterruptKeyDoesNotReachIt() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            new ProcessBuilder("kill", "-s", "INT", Long.toString(cloud.pid()))
                    .start()
                    .waitFor();

            // A signal that is ignored leaves no trace to wait for: the mask says that it is.
            String status = Files.readString(Path.of("/proc", Long.toString(cloud.pid()), "status"));
            long ignored = Long.parseUnsignedLong(
                    status.lines()
                            .filter(line -> line.startsWith("SigIgn:"))
                            .findFirst()
                            .orElseThrow()
                            .substring("SigIgn:".length())
                            .strip(),
                    16);
            assertThat(ignored & 1L << 1).isNotZero();
            assertThat(send(cloud, "GET", "/v1/zones", null).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRequestEndsIt() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(directory)) {
            assertThat(send(cloud, "POST", "/v1/shutdown", null).statusCode()).isEqualTo(202);

            eventually("the process ends", () -> ProcessHandle.of(cloud.pid()).isEmpty());
            assertThat(directory.resolve("cloud.json")).doesNotExist();
        }
    }

    @Test
    void theEndOfItsStandardInputEndsItWhenAskedFor() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--dir",
                        directory.toString(),
                        "--until-stdin-closes")
                // Where a user who is not root is told what that means.
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.inputReader().readLine()).startsWith("A simulated cloud serves at http://127.0.0.1:");
            process.getOutputStream().close();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(directory).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aBadOptionIsExplained() {
        assertThatThrownBy(() -> CloudProcess.start(directory, "--boot-delay", "soon"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 2")
                .hasMessageContaining("Option --boot-delay takes a time such as 5ms or 2s, not 'soon'.")
                .hasMessageContaining("usage: serve --dir DIRECTORY");
    }

    @Test
    @EnabledIfSystemProperty(named = "user.name", matches = "root")
    void rootRunsNoScriptsWithoutAPrivateRootFileSystem() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--dir",
                        directory.toString())
                .redirectErrorStream(true);
        builder.environment().put("PATH", "/nonexistent"); // where there is no unshare
        Process process = builder.start();
        try {
            assertThat(process.inputReader().readLine()).startsWith("A simulated cloud serves at");
            CloudFile cloud = CloudFile.read(directory);
            String path = "/v1/instances/"
                    + json(send(
                                    cloud.url(),
                                    cloud.token(),
                                    "POST",
                                    "/v1/instances",
                                    Map.of("type", "small", "image", "debian-12")))
                            .path("id")
                            .asText();

            eventually(
                    "the instance fails",
                    () -> json(send(cloud.url(), cloud.token(), "GET", path, null))
                            .path("status")
                            .asText()
                            .equals("FAILED"));
            assertThat(json(send(cloud.url(), cloud.token(), "GET", path, null))
                            .path("message")
                            .asText())
                    .contains("its scripts would run as root on this host without a root file system of their own");
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }
}
