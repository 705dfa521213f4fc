package dev.foothold.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.testing.VectorCase;
import dev.foothold.testing.Vectors;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What an address says about itself, against recorded answers. */
class AddressVectorsTest {

    @TestFactory
    Stream<DynamicTest> scopes() {
        return Vectors.file("address_scope").tests(AddressVectorsTest::check);
    }

    private static void check(VectorCase vector) {
        MachineAddress address = MachineAddress.of(vector.get("value").asText());

        assertThat(address.type().name().replace("_", "").toLowerCase(Locale.ROOT))
                .isEqualTo(vector.expect("type").asText());
        assertThat(address.scope())
                .isEqualTo(
                        switch (vector.expect("scope").asText()) {
                            case "local-machine" -> AddressScope.MACHINE_LOCAL;
                            case "link-local" -> AddressScope.LINK_LOCAL;
                            // A fan is an overlay network: its addresses reach as far as the cloud does.
                            case "local-cloud", "local-fan" -> AddressScope.CLOUD_LOCAL;
                            case "public" -> AddressScope.PUBLIC;
                            default -> AddressScope.UNKNOWN;
                        });
    }

    @Test
    void anAddressOfALinkMayNameAnInterface() {
        assertThat(AddressScope.of("fe80::1%nosuch0")).isEqualTo(AddressScope.LINK_LOCAL);
    }

    @Test
    void colonsAloneAreNoAddress() {
        assertThat(AddressScope.of("not:an:address")).isEqualTo(AddressScope.UNKNOWN);
    }

    @Test
    void whatTheProviderSaysWins() {
        assertThat(MachineAddress.of("10.0.0.1", AddressScope.PUBLIC).scope()).isEqualTo(AddressScope.PUBLIC);
    }
}
