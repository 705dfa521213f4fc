package dev.foothold.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foothold.environ.ResourceKind;
import dev.foothold.instance.InstanceId;
import dev.foothold.journal.Holder.Life;
import dev.foothold.journal.OperationRecord.Outcome;
import dev.foothold.journal.OperationRecord.SideResource;
import dev.foothold.journal.OperationRecord.Stage;
import dev.foothold.journal.OperationRecord.Start;
import dev.foothold.state.MemoryStateStore;
import dev.foothold.state.StateException;
import dev.foothold.time.Scope;
import dev.foothold.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who has a model, who may take it from whom, and what is written down about that. */
class JournalTest {

    private static final Journal.Watcher SILENT = (record, longest) -> {};

    private final Timeline timeline = Timeline.virtual(1);
    private final MemoryStateStore store = new MemoryStateStore();
    private final Journal here = journal("here", Life.UNKNOWN);
    private final Journal there = journal("there", Life.UNKNOWN);

    private Journal journal(String host, Life others) {
        return new Journal(
                store,
                "prod",
                timeline,
                new Pulse(new Holder(host, "boot of " + host, 4711, 1), Pulse.DEFAULT_PERIOD, holder -> others));
    }

    private String text() {
        return store.read("prod/operation").orElseThrow().text();
    }

    private void write(String text) {
        store.compareAndSet(
                "prod/operation",
                store.read("prod/operation").map(object -> object.version()).orElse(null),
                text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- Claiming

    @Test
    @Tag("D-3")
    void whoComesSecondIsToldWhoHasTheModelSinceWhenAndWhetherHeLives() {
        Journal sameHost = journal("here", Life.ALIVE);
        here.claim("op-1", "bootstrap", "");

        assertThatThrownBy(() -> sameHost.claim("op-2", "launch", ""))
                .isExactlyInstanceOf(OperationInProgressException.class)
                .hasMessageContainingAll(
                        "\"prod\"",
                        "bootstrap",
                        "process 4711 on host here",
                        "since 2026-01-01T00:00:00Z",
                        "heartbeat 0ms old",
                        "it is alive",
                        "memory:/prod/operation");
    }

    @Test
    void anOperationThatHasEndedLeavesTheModelFree() {
        here.claim("op-1", "bootstrap", "").end();

        assertThat(store.scan("")).isEmpty();
        assertThat(there.claim("op-2", "launch", "").record().id()).isEqualTo("op-2");
    }

    @Test
    void whatWasWrittenDownIsReadAgain() {
        Operation operation = here.claim("op-1", "bootstrap", "0123");
        operation.asking("t-1", "zone \"a\"");
        operation.refused("t-1", "zone \"a\"");
        operation.asking("t-2", null);
        operation.started("t-2", null, InstanceId.of("i: 1"));
        operation.asking("t-3", "b");
        operation.created(ResourceKind.SECURITY_GROUP, "sg-1");
        operation.proved("[2001:db8::1]:22");

        OperationRecord record = there.unfinished().orElseThrow();

        assertThat(record).isEqualTo(operation.record());
        assertThat(record.starts())
                .containsExactly(
                        new Start("t-1", "zone \"a\"", Outcome.REFUSED, null),
                        new Start("t-2", null, Outcome.STARTED, InstanceId.of("i: 1")),
                        new Start("t-3", "b", Outcome.ASKED, null));
        assertThat(record.resources()).containsExactly(new SideResource(ResourceKind.SECURITY_GROUP, "sg-1"));
        assertThat(record.stage()).isEqualTo(Stage.PROVED);
        assertThat(record.isDoubtful()).isTrue();
    }

    // ---- Taking over

    @Test
    void whoIsProvedToBeDeadIsSucceededAtOnce() throws Exception {
        here.claim("op-1", "bootstrap", "0123").asking("t-1", "a");
        Instant before = timeline.now();

        Operation taken = journal("here", Life.GONE).takeOver(SILENT).orElseThrow();

        assertThat(timeline.now()).isEqualTo(before);
        assertThat(taken.record().id()).isEqualTo("op-1");
        assertThat(taken.record().fingerprint()).isEqualTo("0123");
        assertThat(taken.record().starts()).hasSize(1);
    }

    @Test
    void whoWasGivenUpIsSucceededAtOnce() throws Exception {
        here.claim("op-1", "bootstrap", "").giveUp();

        assertThat(there.takeOver(SILENT)).isPresent();
    }

    @Test
    void whoMayBeAliveIsWatchedForThreePeriods() throws Exception {
        here.claim("op-1", "bootstrap", "");
        List<Duration> told = new ArrayList<>();
        Instant before = timeline.now();

        assertThat(there.takeOver((record, longest) -> told.add(longest))).isPresent();
        assertThat(Duration.between(before, timeline.now())).isEqualTo(Duration.ofSeconds(30));
        assertThat(told).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void whoseHeartBeatsIsNotSucceeded() throws Exception {
        Operation operation = here.claim("op-1", "bootstrap", "");
        try (Heartbeat heart = operation.startHeart()) {
            assertThat(heart.<Boolean>during("race", () -> {
                        assertThatThrownBy(() -> there.takeOver(SILENT))
                                .isExactlyInstanceOf(OperationInProgressException.class)
                                .hasMessageContaining("host here");
                        return true;
                    }))
                    .isTrue();
        }
        operation.beat();
    }

    @Test
    void aProcessThatRunsButWhoseHeartHasStoppedIsWatchedAndSucceeded() throws Exception {
        here.claim("op-1", "bootstrap", "");
        timeline.sleep(Duration.ofMinutes(5));

        assertThat(journal("here", Life.ALIVE).takeOver(SILENT)).isPresent();
    }

    @Test
    void aClockThatIsWrongKillsNobody() throws Exception {
        for (String wrong : List.of("1999-01-01T00:00:00Z", "2099-01-01T00:00:00Z")) {
            Operation operation = here.claim("op-1", "bootstrap", "");
            try (Scope scope = timeline.open("test", Duration.ofHours(1))) {
                // A holder elsewhere, whose clock is wrong by years, and who beats all the same.
                scope.fork("holder with a wrong clock", () -> {
                    for (int i = 2; i < 10; i++) {
                        write(text().replaceFirst("(?m)^  at: .*$", "  at: '" + wrong + "'")
                                .replaceFirst("(?m)^  number: .*$", "  number: " + i));
                        timeline.sleep(Duration.ofSeconds(10));
                    }
                    return true;
                });
                assertThatThrownBy(() -> there.takeOver(SILENT)).isInstanceOf(OperationInProgressException.class);
            }
            operation.end();
        }
    }

    @Test
    void ofTwoSuccessorsOneWins() throws Exception {
        here.claim("op-1", "bootstrap", "");
        int[] winners = new int[1];
        try (Scope scope = timeline.open("test", Duration.ofHours(1))) {
            for (String host : List.of("there", "elsewhere", "nowhere")) {
                scope.fork(host, () -> {
                    try {
                        winners[0] += journal(host, Life.UNKNOWN)
                                .takeOver(SILENT)
                                .map(taken -> 1)
                                .orElse(0);
                    } catch (OperationInProgressException e) {
                        assertThat(e).hasMessageContaining("bootstrap by process");
                    }
                    return true;
                });
            }
            scope.awaitAll();
        }

        assertThat(winners[0]).isEqualTo(1);
    }

    @Test
    void anOperationThatEndsWhileItIsWatchedLeavesNothingToTakeOver() throws Exception {
        Operation operation = here.claim("op-1", "bootstrap", "");
        try (Scope scope = timeline.open("test", Duration.ofHours(1))) {
            scope.fork("end", () -> {
                timeline.sleep(Duration.ofSeconds(12));
                operation.end();
                return true;
            });
            assertThat(there.takeOver(SILENT)).isEmpty();
        }
    }

    // ---- Losing

    @Test
    void whoWasSucceededWritesNothingMore() throws Exception {
        Operation slow = here.claim("op-1", "bootstrap", "");
        there.takeOver(SILENT).orElseThrow();
        String text = text();

        List<Runnable> writes = List.of(
                slow::beat,
                slow::end,
                slow::giveUp,
                slow::undoing,
                () -> slow.asking("t", "a"),
                () -> slow.started("t", "a", InstanceId.of("i-1")),
                () -> slow.created(ResourceKind.VOLUME, "v"),
                () -> slow.proved("a"));
        assertThat(writes)
                .allSatisfy(write -> assertThatThrownBy(write::run)
                        .isInstanceOfSatisfying(
                                OperationLostException.class,
                                e -> assertThat(e.isContinued()).isTrue())
                        .hasMessageContainingAll("host there", "takes no further step"));
        assertThat(text()).isEqualTo(text);
    }

    @Test
    void whoseModelWasDestroyedIsToldSo() {
        Operation operation = here.claim("op-1", "bootstrap", "");
        operation.asking("t-1", "a");
        Operation destroy = there.supersede("op-2", "destroy");

        assertThatThrownBy(operation::beat)
                .isInstanceOfSatisfying(
                        OperationLostException.class,
                        e -> assertThat(e.isContinued()).isFalse())
                .hasMessageContaining("destroy by process");
        assertThat(destroy.record().isDoubtful())
                .as("what was asked for stays on record")
                .isTrue();
        destroy.end();
        assertThatThrownBy(operation::beat).isInstanceOf(OperationLostException.class);
    }

    @Test
    void workThatIsLostMeanwhileIsInterrupted() throws Exception {
        Operation slow = here.claim("op-1", "bootstrap", "");
        boolean[] interrupted = new boolean[1];
        try (Heartbeat heart = slow.startHeart()) {
            assertThatThrownBy(() -> heart.during("work", () -> {
                        there.supersede("op-2", "destroy");
                        try {
                            timeline.sleep(Duration.ofHours(1));
                        } catch (InterruptedException e) {
                            interrupted[0] = true;
                            throw e;
                        }
                        return true;
                    }))
                    .isInstanceOf(OperationLostException.class);
        }
        assertThat(interrupted[0]).isTrue();
    }

    @Test
    void workThatFailsFailsAsItWould() {
        Operation operation = here.claim("op-1", "bootstrap", "");
        IllegalStateException failure = new IllegalStateException("no");
        try (Heartbeat heart = operation.startHeart()) {
            assertThatThrownBy(() -> heart.during("work", () -> {
                        throw failure;
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .hasCause(failure);
        }
    }

    // ---- Records that cannot be used

    @Test
    void aRecordOfANewerVersionIsRefusedAndNotTouched() {
        here.claim("op-1", "bootstrap", "");
        write(text().replace("format: 1", "format: 2"));
        assertNothingIsDoneAbout("newer version", "format 2");
    }

    @Test
    void aRecordThatIsNonsenseIsRefusedWithItsPlaceAndNotTouched() {
        write("format: 1\nid: [unclosed\n");
        assertNothingIsDoneAbout("line 3, column 1", "memory:/prod/operation");
        write("format: 1\nid: x\nkind: bootstrap\nclaim: y\nsince: yesterday\n");
        assertNothingIsDoneAbout("line 1", "\"heartbeat\" is missing");
    }

    private void assertNothingIsDoneAbout(String... words) {
        String before = text();
        List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls = List.of(
                there::unfinished,
                () -> there.claim("op-2", "launch", ""),
                () -> there.takeOver(SILENT),
                () -> there.supersede("op-2", "destroy"));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call)
                        .isInstanceOf(StateException.class)
                        .hasMessageContainingAll(words)
                        .hasMessageContaining("nothing was changed"));
        assertThat(text()).isEqualTo(before);
    }

    @Test
    void keysThatAreNotKnownAreNoError() {
        here.claim("op-1", "bootstrap", "");
        write(text() + "remark: by hand\n");

        assertThat(there.unfinished()).map(OperationRecord::id).isEqualTo(Optional.of("op-1"));
    }
}
