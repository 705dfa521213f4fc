package dev.foothold.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSinkTest {

    private static final Event EVENT = new Event.OperationStarted(EveryEvent.AT, EveryEvent.ORIGIN);

    private final Logger logger = Logger.getLogger(EventSink.class.getName());
    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }

    @Test
    void aSinkThatFails_isLoggedOnceAndAskedAgain() {
        List<Event> seen = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("full");
        EventSink sink = EventSink.guarded(event -> {
            seen.add(event);
            throw failure;
        });

        sink.on(EVENT);
        sink.on(EVENT);
        sink.on(EVENT);

        assertThat(seen).hasSize(3);
        assertThat(logged).singleElement().satisfies(record -> {
            assertThat(record.getMessage()).contains("OperationStarted");
            assertThat(record.getThrown()).isSameAs(failure);
        });
    }

    @Test
    void eachSinkThatFails_isLogged() {
        for (int i = 0; i < 2; i++) {
            EventSink.guarded(event -> {
                        throw new AssertionError();
                    })
                    .on(EVENT);
        }
        assertThat(logged).hasSize(2);
    }

    @Test
    void aGuardedSinkIsNotGuardedTwice() {
        EventSink guarded = EventSink.guarded(EventSink.none());

        assertThat(EventSink.guarded(guarded)).isSameAs(guarded);
    }

    @Test
    void severalSinksGetEachEventInOrder_alsoIfOneFails() {
        List<String> seen = new ArrayList<>();
        EventSink all = EventSink.all(
                event -> seen.add("first"),
                event -> {
                    throw new IllegalStateException("full");
                },
                event -> seen.add("last"));

        all.on(EVENT);
        all.on(EVENT);

        assertThat(seen).containsExactly("first", "last", "first", "last");
        assertThat(logged).hasSize(1);
    }
}
