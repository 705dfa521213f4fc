package dev.foothold.testkit;

import dev.foothold.constraints.Constraints;
import dev.foothold.environ.CloudException;
import dev.foothold.environ.Resource;
import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.machine.Arch;
import dev.foothold.machine.Base;
import dev.foothold.model.ModelSettings;
import dev.foothold.model.Tags;
import dev.foothold.provider.DefaultProvider;
import dev.foothold.provider.Foothold;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Checks that a provider honours the contract. An author extends it and says how the provider is opened:
 *
 * <pre>{@code
 * class AcmeContractTest extends ProviderContract {
 *
 *     private final InMemoryAcme cloud = new InMemoryAcme();
 *
 *     @Override
 *     protected DefaultProvider open(ModelSettings model, Foothold foothold) {
 *         return new AcmeEnvironDefaultProvider(new AcmeEnviron(cloud.client("a-token")), model, foothold);
 *     }
 * }
 * }</pre>
 *
 * <p>Tests run in the order of the {@linkplain Rule rules}, and the first failure is the one to look at. Groups of tests
 * switch on by what the environ implements and by what is overridden here; what is left out says why, and what to override
 * to have it checked. Rules that SHOULD be kept are reported as aborted tests if they are not.
 *
 * <p>There is one instance of the class for all tests, so a stand-in for the cloud can be kept in a field. Every test has
 * an owner of its own and removes what it has started; nothing else in the cloud is touched.
 *
 * <p>With the system property {@code foothold.contract=live} only those rules are checked that a real account can show,
 * within {@link #bounds()}, which are printed before anything is started. What is left is removed by its tag afterwards,
 * also if the run is aborted.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestClassOrder(ContractOrder.class)
@TestMethodOrder(ContractOrder.class)
public abstract class ProviderContract {

    private static final int MANY = 30;

    private @Nullable Workbench bench;

    /** For subclasses. */
    protected ProviderContract() {}

    /**
     * Opens the provider. Called several times; all of them must speak to the same cloud.
     *
     * @param model the model that the provider works for
     * @param foothold what it works with
     * @return the provider; the kit closes it
     * @throws Exception if it cannot be opened
     */
    protected abstract DefaultProvider open(ModelSettings model, Foothold foothold) throws Exception;

    /**
     * Says how long things may take.
     *
     * @return {@link Patience#OFFLINE} or {@link Patience#LIVE} by default
     */
    protected Patience patience() {
        return ContractMode.current() == ContractMode.LIVE ? Patience.LIVE : Patience.OFFLINE;
    }

    /**
     * Says what instances are started with.
     *
     * @return Ubuntu 24.04 by default
     */
    protected Base base() {
        return Base.parse("ubuntu@24.04");
    }

    /**
     * Says what instances are started on.
     *
     * @return {@link Arch#AMD64} by default
     */
    protected Arch arch() {
        return Arch.AMD64;
    }

    /**
     * Says how large instances are: in a real account, small ones.
     *
     * @return none by default: the first size that the environ lists
     */
    protected Constraints constraints() {
        return Constraints.none();
    }

    /**
     * Tells whether the cloud has idempotent creation: whether it starts only one instance for one token.
     *
     * @return true by default
     */
    protected boolean startsOnce() {
        return true;
    }

    /**
     * Says how many instances there can be at the same time, for clouds that cannot make machines but only have some. Tests
     * stop what they do not need any more before they start more than that.
     *
     * @return {@link Integer#MAX_VALUE} by default: enough for every test; at least 3
     */
    protected int machines() {
        return Integer.MAX_VALUE;
    }

    /**
     * Says how many instances it takes to see whether listings are complete: more than fit on one page. Started offline
     * only.
     *
     * @return 30 by default, or {@link #machines()} if these are fewer
     */
    protected int many() {
        return Math.min(MANY, machines());
    }

    /**
     * Tells whether machines answer SSH, so that a bootstrap can be finished as in real life. Otherwise it ends when the
     * cloud has started the machine.
     *
     * @return false by default
     */
    protected boolean hasMachines() {
        return false;
    }

    /**
     * Gives what a machine was told at its first boot, for clouds that can be asked.
     *
     * @param id the machine
     * @return its user data as the cloud keeps it; empty, the default, if that cannot be seen
     * @throws Exception if the cloud cannot be asked
     */
    protected Optional<byte[]> userDataOf(InstanceId id) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes a resource besides instances, as users would.
     *
     * @param kind one of the environ's kinds
     * @param tags what it has to carry
     * @return what was made; empty, the default, if that cannot be done here
     * @throws Exception if the cloud refuses
     */
    protected Optional<Resource> make(ResourceKind kind, Tags tags) throws Exception {
        return Optional.empty();
    }

    /**
     * Makes the cloud refuse every call that the kind applies to, until the trouble is ended: every call for those about
     * credentials and pace, starts only for the others. {@link CloudException.Kind#NOT_AUTHORISED} applies to
     * {@code startInstance} only. The environ may learn of it from the cloud's answers only.
     *
     * @param kind what to refuse for: one of {@code CREDENTIAL_INVALID}, {@code CREDENTIAL_EXPIRED},
     *     {@code NOT_AUTHORISED}, {@code THROTTLED}, {@code CAPACITY}, {@code QUOTA}
     * @param zone the zone that has no room, for {@code CAPACITY}; null if the cloud has no zones, and for all others
     * @return the trouble; empty, the default, if that cannot be done here
     * @throws Exception if it cannot be made
     */
    protected Optional<Trouble> provoke(CloudException.Kind kind, @Nullable String zone) throws Exception {
        return Optional.empty();
    }

    /**
     * Gives the secrets that the provider is opened with, which must never be shown.
     *
     * @return none by default, and nothing is checked then
     */
    protected List<String> secrets() {
        return List.of();
    }

    /**
     * Says how much a run in a real account may cost.
     *
     * @return {@link LiveBounds#DEFAULT} by default
     */
    protected LiveBounds bounds() {
        return LiveBounds.DEFAULT;
    }

    @BeforeAll
    void openTheProvider() throws Exception {
        bench().open();
    }

    @AfterEach
    void removeWhatWasStarted() {
        bench().tidy();
    }

    @AfterAll
    void closeTheProvider() throws Exception {
        bench().close();
    }

    final Workbench bench() {
        Workbench made = bench;
        if (made == null) {
            made = new Workbench(this);
            bench = made;
        }
        return made;
    }

    @Nested
    @DisplayName("startInstance")
    class Start extends StartRules {
        Start() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("stopInstance, stopInstances")
    class Stop extends StopRules {
        Stop() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("allInstances and what is derived from it")
    class Listing extends ListRules {
        Listing() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("availability zones")
    class Zones extends ZoneRules {
        Zones() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("images, sizes, constraints and preparing")
    class Offers extends OfferRules {
        Offers() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("HasResources")
    class Others extends ResourceRules {
        Others() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("InstanceTagger")
    class Tagger extends TagRules {
        Tagger() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("classify and CredentialProbe")
    class Refusals extends RefusalRules {
        Refusals() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("every method")
    class Calls extends CallRules {
        Calls() {
            super(bench());
        }
    }

    @Nested
    @DisplayName("the whole, when things go wrong")
    class Life extends LifeRules {
        Life() {
            super(bench());
        }
    }
}
