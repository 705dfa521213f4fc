package dev.foothold.distribution;

import java.util.Spliterator;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the pieces with which columns were filled, in the order in which they were put there: level by level, each
 * from left to right. It keeps the columns that grow at the level it has come to; as each of them takes a piece there, to
 * find out which grow at the next level costs no more than the pieces themselves.
 */
final class Pieces implements Spliterator.OfInt {

    private final int[] from;
    private final int[] to;
    /** The columns that grow, in the order in which they begin; those that begin at one level from left to right. */
    private final int[] order;

    private int begun;
    private int[] growing;
    private int[] spare;
    private int size;
    private int at;
    private long level;
    /** The next level at which a column begins or has ended. */
    private long change;

    private long left;

    Pieces(int[] from, int[] to) {
        this.from = from;
        this.to = to;
        long[] byStart = IntStream.range(0, from.length)
                .filter(column -> from[column] < to[column])
                .mapToLong(column -> (long) from[column] << Integer.SIZE | column)
                .sorted()
                .toArray();
        this.order = new int[byStart.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) byStart[i];
            left += (long) to[order[i]] - from[order[i]];
        }
        this.growing = new int[order.length];
        this.spare = new int[order.length];
        if (order.length > 0) {
            change = from[order[0]];
            level = change - 1;
        }
    }

    @Override
    public boolean tryAdvance(IntConsumer action) {
        if (left == 0) {
            return false;
        }
        if (at == size) {
            climb();
        }
        left--;
        action.accept(growing[at++]);
        return true;
    }

    @Override
    public void forEachRemaining(IntConsumer action) {
        while (left > 0) {
            if (at == size) {
                climb();
            }
            left -= size - at;
            while (at < size) {
                action.accept(growing[at++]);
            }
        }
    }

    private void climb() {
        at = 0;
        level++;
        if (level < change) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (to[growing[i]] > level) {
                growing[kept++] = growing[i];
            }
        }
        if (kept == 0) {
            level = from[order[begun]];
        }
        merge(kept);
        change = begun < order.length ? from[order[begun]] : Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            change = Math.min(change, to[growing[i]]);
        }
    }

    /** Adds the columns that begin at this level, which keeps them all from left to right. */
    private void merge(int kept) {
        if (begun == order.length || from[order[begun]] > level) {
            size = kept;
            return;
        }
        int old = 0;
        size = 0;
        while (begun < order.length && from[order[begun]] == level) {
            int column = order[begun++];
            while (old < kept && growing[old] < column) {
                spare[size++] = growing[old++];
            }
            spare[size++] = column;
        }
        while (old < kept) {
            spare[size++] = growing[old++];
        }
        int[] swapped = growing;
        growing = spare;
        spare = swapped;
    }

    @Override
    public Spliterator.@Nullable OfInt trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return left;
    }

    @Override
    public int characteristics() {
        return ORDERED | SIZED | SUBSIZED | IMMUTABLE | NONNULL;
    }
}
