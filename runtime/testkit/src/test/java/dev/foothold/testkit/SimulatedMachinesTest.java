package dev.foothold.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.simulator.RunRequest;
import dev.foothold.simulator.Zone;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cloud for each class, or for each test. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedMachinesTest {

    @RegisterExtension
    static final SimulatedMachines SHARED = SimulatedMachines.inventoryOnly("a", "b");

    @RegisterExtension
    final SimulatedMachines own = SimulatedMachines.inventoryOnly("c");

    @Test
    @Order(1)
    void inAStaticFieldTheCloudIsThatOfTheClass() throws Exception {
        SHARED.cloud().runInstance(RunRequest.of("small", "ubuntu-24.04"));
        own.cloud().runInstance(RunRequest.of("small", "ubuntu-24.04"));
        assertThat(SHARED.cloud().zones()).extracting(Zone::name).containsExactly("a", "b");
        assertThat(own.cloud().zones()).extracting(Zone::name).containsExactly("c");
    }

    @Test
    @Order(2)
    void otherwiseEachTestHasItsOwn() throws Exception {
        assertThat(SHARED.cloud().list(Map.of())).hasSize(1);
        assertThat(own.cloud().list(Map.of())).isEmpty();
    }

    @Test
    @Order(3)
    void itIsServedOverHttp() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(SHARED.url().resolve("/v1/zones"))
                .header("Authorization", "Bearer " + SHARED.token())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .contains("\"a\"", "\"b\"");
    }

    @Test
    void anInventoryHasNoMachines() {
        assertThat(own.cloud().isolation()).isEmpty();
    }

    @Test
    void outsideOfATestThereIsNone() {
        SimulatedMachines nowhere = SimulatedMachines.inZones("a");
        assertThatThrownBy(nowhere::cloud).hasMessageContaining("@RegisterExtension");
    }
}
