package dev.foothold.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ErrandsTest {

    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void threadsEndWhenThereIsNothingToDo() throws Exception {
        Errands.now(() -> {}).get(60, TimeUnit.SECONDS);
        Errands.after(Duration.ofMillis(1), done::countDown).get(60, TimeUnit.SECONDS);

        Await.until("the end of all errand threads", () -> Await.errandThreads() == 0);
    }

    @Test
    void aLaterErrandThatIsCancelledIsForgottenAndItsThreadEnds() throws Exception {
        Errands.after(Duration.ofDays(1), done::countDown).cancel(false);

        Await.until("the end of all errand threads", () -> Await.errandThreads() == 0);
        assertThat(done.getCount()).isOne();
    }

    @Test
    void anErrandThatIsStuckHoldsUpNobody() throws Exception {
        Future<?> stuck = Errands.now(() -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        Deadline.after(Duration.ofMillis(10)).await(stuck);
        Errands.now(() -> {}).get(60, TimeUnit.SECONDS);

        assertThat(stuck.isDone()).isFalse();
        done.countDown();
        stuck.get(60, TimeUnit.SECONDS);
    }
}
