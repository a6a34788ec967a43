package io.arrakis.api.stats;

import io.arrakis.api.stability.Stable;
import io.arrakis.api.stats.UnusableSampleException.Reason;

/**
 * A random rearrangement within groups that leaves no unit in its place: the null for pairs, when unit i keeps its first member
 * and takes the second of unit {@code partner(i)}.
 *
 * <p>Every instance has been checked when it was made: it is a permutation, stays within the groups, has no fixed point, and
 * obeys the constraint it was made with. Immutable and safe to share.
 */
@Stable
public final class Derangement {

    private final int[] partners;

    private Derangement(int[] partners, Groups groups, Forbidden forbidden) {
        this.partners = partners;
        prove(groups, forbidden);
    }

    /** Says which partners a unit must not get, beside itself. */
    @Stable
    @FunctionalInterface
    public interface Forbidden {

        /** Returns whether unit {@code unit} must not take the second member of unit {@code partner}; must not change. */
        boolean test(int unit, int partner);
    }

    /**
     * Returns a derangement within groups; all are equally likely. Costs about O(e n).
     *
     * @param groups the group of each unit (say, relation and parts of speech), any numbers; each needs two units
     * @throws UnusableSampleException if there are no units, or a group has one only
     */
    public static Derangement within(int[] groups, SeededRandom random) {
        Groups members = grouped(groups);
        int[] partners = new int[groups.length];
        for (int group = 0; group < members.count(); group++) {
            derange(members.members(group), partners, random);
        }
        return new Derangement(partners, members, (unit, partner) -> false);
    }

    /**
     * Returns a derangement within groups that also avoids forbidden partners, such as those that would make a true pair again,
     * or whose second member is the same word. It starts from a random arrangement, swaps away what is forbidden, and then makes
     * ten allowed random swaps a unit; every allowed arrangement that swaps can reach is about equally likely. Costs O(n) calls
     * of the test where little is forbidden.
     *
     * @param groups    the group of each unit, any numbers; each needs two units
     * @param forbidden which partners a unit must not get
     * @throws UnusableSampleException if there are no units, a group has one only, or (reason {@code NO_ARRANGEMENT}) none
     *     was found that is allowed
     */
    public static Derangement avoiding(int[] groups, Forbidden forbidden, SeededRandom random) {
        Groups members = grouped(groups);
        int[] partners = new int[groups.length];
        for (int group = 0; group < members.count(); group++) {
            new AllowedArrangement(members.members(group), forbidden, partners, random).find(members.number(group));
        }
        return new Derangement(partners, members, forbidden);
    }

    private static Groups grouped(int[] groups) {
        Groups members = Groups.of("groups", groups);
        for (int group = 0; group < members.count(); group++) {
            Require.that(
                    members.members(group).length > 1,
                    Reason.TOO_FEW,
                    "group %d has one unit (number %d), which cannot change places; merge it with another or leave it out",
                    members.number(group),
                    members.members(group)[0]);
        }
        return members;
    }

    /** Shuffles until nothing is in its place, which takes e tries on average and keeps all derangements equally likely. */
    private static void derange(int[] places, int[] partners, SeededRandom random) {
        int[] shuffled = places.clone();
        do {
            random.shuffle(shuffled);
        } while (hasFixedPoint(places, shuffled));
        for (int i = 0; i < places.length; i++) {
            partners[places[i]] = shuffled[i];
        }
    }

    private static boolean hasFixedPoint(int[] places, int[] shuffled) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == shuffled[i]) {
                return true;
            }
        }
        return false;
    }

    private void prove(Groups groups, Forbidden forbidden) {
        int[] groupOf = new int[partners.length];
        for (int group = 0; group < groups.count(); group++) {
            for (int unit : groups.members(group)) {
                groupOf[unit] = group;
            }
        }
        boolean[] taken = new boolean[partners.length];
        for (int unit = 0; unit < partners.length; unit++) {
            int partner = partners[unit];
            boolean holds = partner != unit
                    && !taken[partner]
                    && groupOf[partner] == groupOf[unit]
                    && !forbidden.test(unit, partner);
            if (!holds) {
                throw new IllegalStateException("unit " + unit + " got partner " + partner + ", which is not allowed");
            }
            taken[partner] = true;
        }
    }

    /** Returns the number of units. */
    public int size() {
        return partners.length;
    }

    /** Returns the unit whose second member this unit takes: another one of the same group. */
    public int partner(int unit) {
        Require.index("unit", unit, partners.length);
        return partners[unit];
    }

    /** Returns the partner of each unit; the caller owns the array. */
    public int[] partners() {
        return partners.clone();
    }
}
