package dev.foothold.distribution;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * Columns side by side, each with a height and a limit, that are filled piece by piece: always the lowest one, of several
 * the one furthest to the left. Whatever the number of pieces, it takes one sort and one pass to know where they go.
 */
final class Columns {

    private final int[] heights;
    private final int[] limits;
    /** The heights, and the limits, of those columns that have room; each sorted. */
    private final int[] starts;

    private final int[] ends;

    Columns(int[] heights, int[] limits) {
        this.heights = heights;
        this.limits = limits;
        this.starts = withRoom(heights);
        this.ends = withRoom(limits);
        Arrays.sort(starts);
        Arrays.sort(ends);
    }

    private int[] withRoom(int[] values) {
        return IntStream.range(0, values.length)
                .filter(column -> heights[column] < limits[column])
                .map(column -> values[column])
                .toArray();
    }

    /**
     * Where some pieces lead to.
     *
     * @param height every column that began below it, and whose limit allows it, reaches it
     * @param further how many columns, from the left, reach one more
     * @param isFull whether no piece would fit any more
     * @param pieces how many pieces found room
     */
    record Level(int height, int further, boolean isFull, int pieces) {}

    Level level(int pieces) {
        if (starts.length == 0) {
            return new Level(Integer.MIN_VALUE, 0, true, 0);
        }
        int begun = 0;
        int ended = 0;
        int height = starts[0];
        long left = pieces;
        while (true) {
            while (begun < starts.length && starts[begun] == height) {
                begun++;
            }
            while (ended < ends.length && ends[ended] == height) {
                ended++;
            }
            if (ended == ends.length) {
                return new Level(height, 0, true, (int) (pieces - left));
            }
            long active = begun - ended;
            int next = begun < starts.length ? Math.min(starts[begun], ends[ended]) : ends[ended];
            if (active > 0 && left < active * ((long) next - height)) {
                return new Level((int) (height + left / active), (int) (left % active), false, pieces);
            }
            left -= active * ((long) next - height);
            height = next;
        }
    }

    /** Gives the height of each column after that. */
    int[] filledTo(Level level) {
        int[] filled = new int[heights.length];
        int further = level.further();
        for (int column = 0; column < filled.length; column++) {
            boolean open = heights[column] <= level.height() && level.height() < limits[column];
            int top = open && further-- > 0 ? level.height() + 1 : level.height();
            filled[column] = Math.max(heights[column], Math.min(limits[column], top));
        }
        return filled;
    }

    /** Gives the columns that the pieces go to, one after the other; each is found when it is asked for. */
    IntStream pieces(int[] filled) {
        return StreamSupport.intStream(new Pieces(heights, filled), false);
    }
}
