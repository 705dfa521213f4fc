package dev.foothold.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.foothold.journal.Holder.Life;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What one process can prove about another. */
class HolderTest {

    private final Holder self = Holder.current();

    @Test
    void thisProcessIsAlive() {
        assumeThat(self.boot()).isNotEmpty();

        assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(self.life()).isEqualTo(Life.ALIVE);
    }

    @Test
    void aProcessThatHasEndedIsGone() throws Exception {
        assumeThat(self.boot()).isNotEmpty();
        Process process = new ProcessBuilder("true").start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(new Holder(self.host(), self.boot(), process.pid(), self.start()).life())
                .isEqualTo(Life.GONE);
    }

    @Test
    void anotherProcessOfTheSameIdIsNotTheHolder() {
        assumeThat(self.boot()).isNotEmpty();

        assertThat(new Holder(self.host(), self.boot(), self.pid(), self.start() + 1).life())
                .isEqualTo(Life.GONE);
    }

    @Test
    void onAnotherHostOrBeforeItsLastStartNothingCanBeProved() {
        assertThat(new Holder(self.host(), "another boot", self.pid(), self.start()).life())
                .isEqualTo(Life.UNKNOWN);
        assertThat(new Holder(self.host(), "", self.pid(), 0).life()).isEqualTo(Life.UNKNOWN);
    }
}
