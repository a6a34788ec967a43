package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;

/** The search for an arrangement of one group in which no unit has a forbidden partner. */
final class AllowedArrangement {

    /** Shuffles tried; each ends at its first forbidden pair. About one in exp(1 + forbidden partners a unit) succeeds. */
    private static final int SHUFFLES = 10_000;

    /** Random repairs tried a unit before giving up; where little is forbidden, one or two are enough. */
    private static final int REPAIRS = 1_000;

    /** How much less likely the walk is where one more pair is forbidden. */
    private static final double PASS = 0.05;

    private static final int MOVES_A_ROUND = 200;

    private static final int MOST_ROUNDS = 1_000;

    private final int[] units;
    private final Derangement.Forbidden forbidden;
    private final int[] partners;
    private final SeededRandom random;

    AllowedArrangement(int[] units, Derangement.Forbidden forbidden, int[] partners, SeededRandom random) {
        this.units = units;
        this.forbidden = forbidden;
        this.partners = partners;
        this.random = random;
    }

    /** Fills in the partners of the group's units and returns whether all allowed arrangements were equally likely. */
    boolean find(int groupNumber) {
        for (int attempt = 0; attempt < SHUFFLES; attempt++) {
            if (shuffleWhileAllowed()) {
                return true;
            }
        }
        search(groupNumber);
        return false;
    }

    /** Draws a uniform arrangement, unit by unit, and gives up at the first pair that is not allowed. */
    private boolean shuffleWhileAllowed() {
        int[] left = units.clone();
        for (int i = 0; i < units.length; i++) {
            int j = i + random.nextInt(units.length - i);
            int partner = left[j];
            if (!allowed(units[i], partner)) {
                return false;
            }
            left[j] = left[i];
            partners[units[i]] = partner;
        }
        return true;
    }

    /** Finds an arrangement where too much is forbidden for shuffles. */
    void search(int groupNumber) {
        int[] shuffled = units.clone();
        random.shuffle(shuffled);
        for (int i = 0; i < units.length; i++) {
            partners[units[i]] = shuffled[i];
        }
        repair(groupNumber);
        mix(groupNumber);
    }

    /** Goes through the units with a forbidden partner and swaps it with that of another unit, if that forbids no more. */
    private void repair(int groupNumber) {
        long budget = (long) REPAIRS * units.length;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int unit : units) {
                while (!allowed(unit, partners[unit])) {
                    Require.that(
                            budget-- > 0,
                            Reason.NO_ARRANGEMENT,
                            "no allowed arrangement of the %d units of group %d was found; unit %d has too few partners left:"
                                    + " forbid fewer, or merge the group with another",
                            units.length,
                            groupNumber,
                            unit);
                    changed |= swapIfNoWorse(unit, anyUnit());
                }
            }
        }
    }

    private boolean swapIfNoWorse(int first, int second) {
        int before = faults(first, partners[first]) + faults(second, partners[second]);
        int after = faults(first, partners[second]) + faults(second, partners[first]);
        if (after > before) {
            return false;
        }
        swap(first, second);
        return true;
    }

    /**
     * Lets go of the traces of the repair: a walk over all arrangements that is {@link #PASS} times as likely in one for each
     * forbidden pair it has, looked at after a fixed number of moves until none is forbidden. Those without are equally likely
     * then, and the walk can cross what separates them.
     */
    private void mix(int groupNumber) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int move = 0; move < MOVES_A_ROUND * units.length; move++) {
                swapOrPass(anyUnit(), anyUnit());
            }
            if (isAllowed()) {
                return;
            }
        }
        throw new UnusableSampleException(
                Reason.NO_ARRANGEMENT,
                "the " + units.length + " units of group " + groupNumber
                        + " have so few allowed arrangements that none can be"
                        + " drawn fairly; forbid fewer, or merge the group with another");
    }

    private void swapOrPass(int first, int second) {
        int more = faults(first, partners[second])
                + faults(second, partners[first])
                - faults(first, partners[first])
                - faults(second, partners[second]);
        if (more <= 0 || random.nextDouble() < (more == 1 ? PASS : PASS * PASS)) {
            swap(first, second);
        }
    }

    private boolean isAllowed() {
        for (int unit : units) {
            if (!allowed(unit, partners[unit])) {
                return false;
            }
        }
        return true;
    }

    private void swap(int first, int second) {
        int kept = partners[first];
        partners[first] = partners[second];
        partners[second] = kept;
    }

    private int anyUnit() {
        return units[random.nextInt(units.length)];
    }

    private int faults(int unit, int partner) {
        return allowed(unit, partner) ? 0 : 1;
    }

    private boolean allowed(int unit, int partner) {
        return unit != partner && !forbidden.test(unit, partner);
    }
}
