package io.arrakis.api.stats;

import java.util.Arrays;

/** Units by group, the groups in the order of their numbers, the units of each in their own order. */
final class Groups {

    private final int[][] members;
    private final int[] numbers;
    private final int units;

    private Groups(int[][] members, int[] numbers, int units) {
        this.members = members;
        this.numbers = numbers;
        this.units = units;
    }

    static Groups of(String name, int[] groupOfUnit) {
        Require.notEmpty(name, groupOfUnit.length);
        int[] numbers = Arrays.stream(groupOfUnit).sorted().distinct().toArray();
        int[] sizes = new int[numbers.length];
        int[] groups = new int[groupOfUnit.length];
        for (int unit = 0; unit < groups.length; unit++) {
            groups[unit] = Arrays.binarySearch(numbers, groupOfUnit[unit]);
            sizes[groups[unit]]++;
        }
        int[][] members = new int[numbers.length][];
        for (int group = 0; group < members.length; group++) {
            members[group] = new int[sizes[group]];
        }
        for (int unit = groups.length - 1; unit >= 0; unit--) {
            members[groups[unit]][--sizes[groups[unit]]] = unit;
        }
        return new Groups(members, numbers, groups.length);
    }

    /** Returns 1 for true and 0 for false. */
    static int[] numbers(boolean[] labels) {
        int[] numbers = new int[labels.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = labels[i] ? 1 : 0;
        }
        return numbers;
    }

    int count() {
        return members.length;
    }

    int units() {
        return units;
    }

    /** Returns the units of a group, not to be changed. */
    int[] members(int group) {
        return members[group];
    }

    /** Returns the number that the caller gave this group. */
    int number(int group) {
        return numbers[group];
    }
}
