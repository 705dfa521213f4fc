package dev.foothold.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foothold.distribution.Rebalancing.Action;
import dev.foothold.distribution.Rebalancing.Step;
import dev.foothold.distribution.ZoneShare.Rule;
import dev.foothold.testing.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is computed at once is what one machine after the other leads to, and nothing better can be reached. */
class ZonePlanBruteForceTest {

    private static final String NAMES = "abcdefghijklmnopqrstuvwxyz";
    private static final int[] CAPS = {ZoneLoad.NO_CAP, 3, 1};
    private static final List<Spread> SPREADS = List.of(
            Spread.even(),
            Spread.within(2),
            Spread.unlimited(),
            Spread.even().withMinDomains(3),
            Spread.within(2).withMinDomains(2));

    /** Zones and rules as plain numbers, and the rule of the plan in the words of its documentation. */
    private record World(int[] counts, int[] caps, boolean[] avoided, Spread spread) {

        ZonePlan plan() {
            List<ZoneLoad> zones = new ArrayList<>();
            for (int zone = 0; zone < counts.length; zone++) {
                ZoneLoad load = ZoneLoad.of(NAMES.substring(zone, zone + 1), counts[zone])
                        .withCap(caps[zone]);
                zones.add(avoided[zone] ? load.avoided("no room") : load);
            }
            return ZonePlan.over(zones).withSpread(spread);
        }

        boolean mayGetOneMore(int[] now, int zone) {
            return !avoided[zone] && now[zone] < caps[zone] && now[zone] + 1L - lowest(now) <= spread.maxSkew();
        }

        int lowest(int[] now) {
            return now.length < spread.minDomains()
                    ? 0
                    : Arrays.stream(now).min().orElse(0);
        }

        int skew(int[] now) {
            return Arrays.stream(now).max().orElse(0) - lowest(now);
        }

        OptionalInt emptiest(int[] now) {
            return IntStream.range(0, now.length)
                    .filter(zone -> mayGetOneMore(now, zone))
                    .boxed()
                    .min((one, other) -> Integer.compare(now[one], now[other]))
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty());
        }

        OptionalInt fullest(int[] now) {
            return IntStream.range(0, now.length)
                    .map(zone -> now.length - 1 - zone)
                    .filter(zone -> now[zone] > 0)
                    .boxed()
                    .min((one, other) -> Integer.compare(now[other], now[one]))
                    .map(OptionalInt::of)
                    .orElse(OptionalInt.empty());
        }

        @Override
        public String toString() {
            return Arrays.toString(counts) + " caps " + Arrays.toString(caps) + " avoided " + Arrays.toString(avoided)
                    + " " + spread;
        }
    }

    /** All worlds of some zones with at most some machines each. */
    private static void allWorlds(int zones, int most, Consumer<World> check) {
        int kinds = (most + 1) * CAPS.length * 2;
        int worlds = (int) Math.pow(kinds, zones);
        for (Spread spread : SPREADS) {
            for (int world = 0; world < worlds; world++) {
                int[] counts = new int[zones];
                int[] caps = new int[zones];
                boolean[] avoided = new boolean[zones];
                int rest = world;
                for (int zone = 0; zone < zones; zone++) {
                    counts[zone] = rest % (most + 1);
                    rest /= most + 1;
                    caps[zone] = CAPS[rest % CAPS.length];
                    rest /= CAPS.length;
                    avoided[zone] = rest % 2 == 1;
                    rest /= 2;
                }
                check.accept(new World(counts, caps, avoided, spread));
            }
        }
    }

    private static World random(Random random, int zones, int most) {
        int[] counts = random.ints(zones, 0, most).toArray();
        int[] caps = random.ints(zones, 0, 4 * most)
                .map(cap -> cap > 2 * most ? ZoneLoad.NO_CAP : cap)
                .toArray();
        boolean[] avoided = new boolean[zones];
        for (int zone = 0; zone < zones; zone++) {
            avoided[zone] = random.nextInt(6) == 0;
        }
        Spread spread = random.nextInt(3) == 0
                ? Spread.unlimited()
                : new Spread(1 + random.nextInt(most), 1 + random.nextInt(zones + 2) * random.nextInt(2));
        return new World(counts, caps, avoided, spread);
    }

    @Test
    void placingManyIsPlacingOneAfterTheOther_inAllSmallCases() {
        int[] cases = {0};
        for (int zones = 0; zones <= 3; zones++) {
            allWorlds(zones, 2, world -> {
                for (int count : new int[] {0, 1, 3, 6}) {
                    checkPlacement(world, count);
                    cases[0]++;
                }
            });
        }
        assertThat(cases[0]).isGreaterThan(120_000);
    }

    @Test
    void placingManyIsPlacingOneAfterTheOther_inLargerCases() {
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            checkPlacement(random(random, 1 + random.nextInt(20), 1 + random.nextInt(60)), random.nextInt(500));
        });
    }

    private static void checkPlacement(World world, int count) {
        Placement placement = world.plan().place(count);
        int[] now = world.counts().clone();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            OptionalInt zone = world.emptiest(now);
            if (zone.isEmpty()) {
                break;
            }
            now[zone.getAsInt()]++;
            expected.add(NAMES.substring(zone.getAsInt(), zone.getAsInt() + 1));
        }
        if (!placement.assignments().toList().equals(expected)
                || placement.count() != expected.size()
                || placement.missing() != count - expected.size()
                || !Arrays.equals(after(placement.zones()), now)) {
            throw new AssertionError(world + " and " + count + " more: expected " + expected + ", but it was "
                    + placement.assignments().toList() + "\n" + placement);
        }
        for (ZoneShare zone : placement.zones()) {
            boolean open = zone.rule() == Rule.NONE;
            if (placement.missing() > 0 && open) {
                throw new AssertionError(
                        world + " and " + count + " more: nothing forbids to place more\n" + placement);
            }
        }
    }

    /** Whoever places otherwise, as long as every step keeps the rules, places no more, and no more evenly. */
    @Test
    void noOtherOrderPlacesMore_orMoreEvenly() {
        for (int zones = 1; zones <= 3; zones++) {
            allWorlds(zones, 2, world -> {
                int count = 4;
                List<List<Integer>> reached = new ArrayList<>(List.of(boxed(world.counts())));
                int steps = 0;
                while (steps < count) {
                    List<List<Integer>> next = new ArrayList<>();
                    for (List<Integer> now : reached) {
                        for (int zone = 0; zone < now.size(); zone++) {
                            if (world.mayGetOneMore(unboxed(now), zone)) {
                                List<Integer> then = new ArrayList<>(now);
                                then.set(zone, now.get(zone) + 1);
                                if (!next.contains(then)) {
                                    next.add(then);
                                }
                            }
                        }
                    }
                    if (next.isEmpty()) {
                        break;
                    }
                    reached = next;
                    steps++;
                }
                Placement placement = world.plan().place(count);
                long best = reached.stream()
                        .mapToLong(now -> unevenness(unboxed(now)))
                        .min()
                        .orElseThrow();
                if (placement.count() != steps || unevenness(after(placement.zones())) != best) {
                    throw new AssertionError(world + ": " + steps + " of " + count + " can be placed, and as even as "
                            + best + "\n" + placement);
                }
            });
        }
    }

    @Test
    void removingManyIsRemovingOneAfterTheOther() {
        for (int zones = 0; zones <= 3; zones++) {
            allWorlds(zones, 2, world -> {
                for (int count = 0; count <= 7; count += 1 + count / 4) {
                    checkRemoval(world, count);
                }
            });
        }
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            checkRemoval(random(random, 1 + random.nextInt(20), 1 + random.nextInt(60)), random.nextInt(700));
        });
    }

    private static void checkRemoval(World world, int count) {
        Placement removal = world.plan().remove(count);
        int[] now = world.counts().clone();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count && world.fullest(now).isPresent(); i++) {
            int zone = world.fullest(now).getAsInt();
            now[zone]--;
            expected.add(NAMES.substring(zone, zone + 1));
        }
        if (!removal.assignments().toList().equals(expected)
                || removal.missing() != count - expected.size()
                || !Arrays.equals(after(removal.zones()), now)) {
            throw new AssertionError(world + " less " + count + ": expected " + expected + "\n" + removal);
        }
    }

    @Test
    void removingTakesBackWhatWasPlaced() {
        Seeds.forEach(500, seed -> {
            Random random = new Random(seed);
            int zones = 1 + random.nextInt(9);
            int[] even = IntStream.generate(() -> 4).limit(zones).toArray();
            int[] caps = IntStream.generate(() -> ZoneLoad.NO_CAP).limit(zones).toArray();
            World world =
                    new World(even, caps, new boolean[zones], random.nextBoolean() ? Spread.even() : Spread.within(3));
            int count = random.nextInt(40);
            Placement placement = world.plan().place(count);
            List<String> back = new ArrayList<>(placement.assignments().toList());
            Collections.reverse(back);

            World then = new World(after(placement.zones()), world.caps(), world.avoided(), world.spread());

            assertThat(then.plan().remove(count).assignments()).isEqualTo(back).hasSize(count);
        });
    }

    @Test
    void rebalancingIsMovingOneAfterTheOther() {
        for (int zones = 0; zones <= 3; zones++) {
            allWorlds(zones, 4, world -> checkRebalance(world, 1 + world.counts().length));
        }
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            checkRebalance(random(random, 1 + random.nextInt(20), 1 + random.nextInt(60)), 1 + random.nextInt(9));
        });
    }

    private static void checkRebalance(World world, int surge) {
        Rebalancing rebalancing = world.plan().rebalance(surge);
        int[] now = world.counts().clone();
        int moves = 0;
        while (world.skew(now) > world.spread().maxSkew()) {
            OptionalInt to = world.emptiest(now);
            OptionalInt from = world.fullest(now);
            if (to.isEmpty() || from.isEmpty() || now[from.getAsInt()] - now[to.getAsInt()] < 2) {
                break;
            }
            now[to.getAsInt()]++;
            now[from.getAsInt()]--;
            moves++;
        }
        if (rebalancing.moves() != moves
                || rebalancing.skew() != world.skew(now)
                || !Arrays.equals(after(rebalancing.zones()), now)) {
            throw new AssertionError(
                    world + ": expected " + moves + " moves to " + Arrays.toString(now) + "\n" + rebalancing);
        }
        checkSteps(world, rebalancing, surge, now);
    }

    private static void checkSteps(World world, Rebalancing rebalancing, int surge, int[] end) {
        int[] now = world.counts().clone();
        int extra = 0;
        for (Step step : rebalancing.steps().toList()) {
            int zone = NAMES.indexOf(step.zone());
            boolean start = step.action() == Action.START;
            if (start && !world.mayGetOneMore(now, zone)) {
                throw new AssertionError(world + ": " + step + " breaks a rule at " + Arrays.toString(now));
            }
            now[zone] += start ? 1 : -1;
            extra += start ? 1 : -1;
            if (extra < 0 || extra > surge) {
                throw new AssertionError(world + ": " + extra + " machines more than there were, of " + surge);
            }
        }
        if (extra != 0 || !Arrays.equals(now, end)) {
            throw new AssertionError(world + ": the steps lead to " + Arrays.toString(now));
        }
    }

    /** Searches all ways of moving machines, breadth first. */
    @Test
    void noOtherMovesGetWithinTheSpreadSooner() {
        for (int zones = 1; zones <= 3; zones++) {
            allWorlds(zones, 3, world -> {
                if (world.spread().isLimited()
                        && world.skew(world.counts()) > world.spread().maxSkew()) {
                    OptionalInt fewest = fewestMoves(world);
                    Rebalancing rebalancing = world.plan().rebalance(1);
                    if (rebalancing.isWithinSpread() != fewest.isPresent()
                            || fewest.isPresent() && rebalancing.moves() != fewest.getAsInt()) {
                        throw new AssertionError(world + ": expected " + fewest + "\n" + rebalancing);
                    }
                }
            });
        }
    }

    private static OptionalInt fewestMoves(World world) {
        Map<List<Integer>, Integer> moves = new HashMap<>(Map.of(boxed(world.counts()), 0));
        Queue<int[]> queue = new ArrayDeque<>(List.of(world.counts()));
        while (!queue.isEmpty()) {
            int[] now = queue.remove();
            int made = moves.get(boxed(now));
            if (world.skew(now) <= world.spread().maxSkew()) {
                return OptionalInt.of(made);
            }
            for (int to = 0; to < now.length; to++) {
                for (int from = 0; from < now.length; from++) {
                    if (from != to && now[from] > 0 && world.mayGetOneMore(now, to)) {
                        int[] then = now.clone();
                        then[to]++;
                        then[from]--;
                        if (moves.putIfAbsent(boxed(then), made + 1) == null) {
                            queue.add(then);
                        }
                    }
                }
            }
        }
        return OptionalInt.empty();
    }

    @Test
    void aZoneThatIsNotEligibleNeverChangesTheAnswerForTheOthers() {
        Seeds.forEach(1_000, seed -> {
            Random random = new Random(seed);
            World world = random(random, 1 + random.nextInt(8), 1 + random.nextInt(20));
            ZoneLoad stranger = ZoneLoad.of(random.nextBoolean() ? "0" : "z", random.nextInt(30))
                    .withCap(random.nextInt(30))
                    .ineligible("closed");
            List<ZoneLoad> more = new ArrayList<>(world.plan().zones());
            more.add(random.nextInt(more.size() + 1), stranger);
            ZonePlan without = world.plan();
            ZonePlan with = ZonePlan.over(more).withSpread(world.spread());
            int count = random.nextInt(100);

            assertThat(answers(with, count, stranger)).isEqualTo(answers(without, count, stranger));
        });
    }

    private static List<Object> answers(ZonePlan plan, int count, ZoneLoad stranger) {
        Placement placement = plan.place(count);
        Placement removal = plan.remove(count);
        Rebalancing rebalancing = plan.rebalance(1);
        return List.of(
                others(placement.zones(), stranger),
                placement.assignments().toList(),
                others(removal.zones(), stranger),
                removal.assignments().toList(),
                others(rebalancing.zones(), stranger),
                rebalancing.steps().toList());
    }

    @Test
    void theFirstMachinesGoToTheSameZonesHoweverManyFollow() {
        Seeds.forEach(500, seed -> {
            Random random = new Random(seed);
            World world = random(random, 1 + random.nextInt(8), 1 + random.nextInt(20));
            int few = random.nextInt(50);
            Placement first = world.plan().place(few);

            assertThat(world.plan()
                            .place(few + random.nextInt(50))
                            .assignments()
                            .limit(first.count()))
                    .isEqualTo(first.assignments().toList());
        });
    }

    /** A zone to which no rule applies gets another machine if enough are asked for, and only such a one. */
    @Test
    void theRuleThatIsNamedIsTheOneThatForbidsMore() {
        Seeds.forEach(2_000, seed -> {
            Random random = new Random(seed);
            World world = random(random, 1 + random.nextInt(8), 1 + random.nextInt(20));
            List<ZoneShare> some = world.plan().place(random.nextInt(50)).zones();
            List<ZoneShare> many = world.plan().place(1_000_000).zones();
            for (int zone = 0; zone < some.size(); zone++) {
                ZoneShare share = some.get(zone);
                assertThat(many.get(zone).after() > share.after())
                        .as("%s: %s", world, share)
                        .isEqualTo(share.rule() == Rule.NONE);
            }
        });
    }

    private static List<ZoneShare> others(List<ZoneShare> shares, ZoneLoad stranger) {
        return shares.stream()
                .filter(share -> !share.zone().equals(stranger.zone()))
                .toList();
    }

    private static long unevenness(int[] counts) {
        return Arrays.stream(counts).mapToLong(count -> (long) count * count).sum();
    }

    private static int[] after(List<ZoneShare> shares) {
        return shares.stream().mapToInt(ZoneShare::after).toArray();
    }

    private static List<Integer> boxed(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    private static int[] unboxed(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).toArray();
    }
}
