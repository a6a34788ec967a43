package io.arrakis.api.stats;

import io.arrakis.api.stats.UnusableSampleException.Reason;

/** The search for an arrangement of one group in which no unit has a forbidden partner. */
final class AllowedArrangement {

    /** Random repairs tried a unit before giving up; where little is forbidden, one or two are enough. */
    private static final int REPAIRS = 1_000;

    private static final int MIXING_SWAPS = 10;

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

    /** Fills in the partners of the group's units. */
    void find(int groupNumber) {
        int[] shuffled = units.clone();
        random.shuffle(shuffled);
        for (int i = 0; i < units.length; i++) {
            partners[units[i]] = shuffled[i];
        }
        repair(groupNumber);
        mix();
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
                    changed |= swapIfNoWorse(unit, units[random.nextInt(units.length)]);
                }
            }
        }
    }

    /** Lets go of the traces of the repair. */
    private void mix() {
        for (int i = 0; i < MIXING_SWAPS * units.length; i++) {
            swapIfNoWorse(units[random.nextInt(units.length)], units[random.nextInt(units.length)]);
        }
    }

    private boolean swapIfNoWorse(int first, int second) {
        int before = faults(first, partners[first]) + faults(second, partners[second]);
        int after = faults(first, partners[second]) + faults(second, partners[first]);
        if (after > before) {
            return false;
        }
        int kept = partners[first];
        partners[first] = partners[second];
        partners[second] = kept;
        return true;
    }

    private int faults(int unit, int partner) {
        return allowed(unit, partner) ? 0 : 1;
    }

    private boolean allowed(int unit, int partner) {
        return unit != partner && !forbidden.test(unit, partner);
    }
}
