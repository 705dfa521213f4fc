package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrandsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void threadsEndWhenThereIsNothingToDo() throws Exception {
        assertThat(Errands.now("foothold-ssh-test", () -> {}).await(Deadline.after(LONG)))
                .isTrue();

        Await.until("the end of all threads", () -> Await.clientThreads() == 0 && Await.idleThreads() == 0);
    }

    @Test
    void anErrandThatIsStuckHoldsUpNobodyAndEndsWhenItIsInterrupted() {
        Errand stuck = Errands.now("foothold-ssh-test", this::waitForEver);

        assertThat(stuck.await(Deadline.after(Duration.ofMillis(10)))).isFalse();
        assertThat(Errands.now("foothold-ssh-test", () -> {}).await(Deadline.after(LONG)))
                .isTrue();
        stuck.interrupt();
        assertThat(stuck.await(Deadline.after(LONG))).isTrue();
    }

    @Test
    void anInterruptBeforeTheBeginningIsKept() {
        AtomicBoolean interrupted = new AtomicBoolean();
        Errand errand = new Errand(() -> interrupted.set(Thread.currentThread().isInterrupted()));
        errand.interrupt();
        errand.run();

        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptThatComesTooLateReachesNobodyElse() {
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 2000; i++) {
            Errand first = Errands.now("foothold-ssh-test", () -> {});
            Errand second = Errands.now("foothold-ssh-test", () -> {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
            });
            first.interrupt();
            second.await(Deadline.after(LONG));
        }

        assertThat(interrupted).hasValue(0);
    }

    @Test
    void whoWaitsKeepsItsOwnInterrupt() {
        Errand errand = Errands.now("foothold-ssh-test", () -> {});
        Thread.currentThread().interrupt();

        assertThat(errand.await(Deadline.after(LONG))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    private void waitForEver() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
