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
    private final boolean uniform;

    private Derangement(int[] partners, boolean uniform, Groups groups, Forbidden forbidden) {
        this.partners = partners;
        this.uniform = uniform;
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
        return new Derangement(partners, true, members, (unit, partner) -> false);
    }

    /**
     * Returns a derangement within groups that also avoids forbidden partners, such as those that would make a true pair again,
     * or whose second member is the same word. All allowed ones are equally likely as long as shuffles find one, which they
     * do while a unit has up to about six forbidden partners. Where more is forbidden it repairs a shuffle and mixes it by a
     * random walk of 200 moves a unit or a few times that, after which they are equally likely but for what the walk remembers;
     * {@link #isUniform()} says which it was. Costs about exp(1 + f) n / (1 + f) calls of the test for f forbidden partners a
     * unit, or with the walk some thousands a unit.
     *
     * @param groups    the group of each unit, any numbers; each needs two units
     * @param forbidden which partners a unit must not get
     * @throws UnusableSampleException if there are no units, a group has one only, or (reason {@code NO_ARRANGEMENT}) none
     *     that is allowed was found, or none could be drawn fairly
     */
    public static Derangement avoiding(int[] groups, Forbidden forbidden, SeededRandom random) {
        Groups members = grouped(groups);
        int[] partners = new int[groups.length];
        boolean uniform = true;
        for (int group = 0; group < members.count(); group++) {
            int[] units = members.members(group);
            uniform &= new AllowedArrangement(units, forbidden, partners, random).find(members.number(group));
        }
        return new Derangement(partners, uniform, members, forbidden);
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

    /** Returns whether it was drawn from all allowed ones with equal probability; otherwise about so. */
    public boolean isUniform() {
        return uniform;
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
