package io.arrakis.api.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InterventionTest {
    private static final HookName NEURONS = HookName.of(HookPoint.MLP_POST, 1);

    @Test
    void equalValuesAreEqual() {
        Intervention one = Intervention.everywhere(NEURONS, new Edit.Add(Values.vector(1, 2)))
                .inUnits(3, 4);
        Intervention same = Intervention.everywhere(NEURONS, new Edit.Add(Values.vector(1, 2)))
                .inUnits(3, 4);
        Intervention other = Intervention.everywhere(NEURONS, new Edit.Add(Values.vector(1, 3)))
                .inUnits(3, 4);
        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }

    @Test
    void valuesAreCopied() {
        float[] numbers = {1, 2};
        Values values = Values.vector(numbers);
        numbers[0] = 9;
        values.toArray()[1] = 9;
        assertThat(values.toArray()).containsExactly(1, 2);
    }

    @Test
    void refusesHeadsAndPositionsWhereThereAreNone() {
        Intervention zero = Intervention.everywhere(NEURONS, new Edit.Zero());
        assertThatThrownBy(() -> zero.inHeads(0)).hasMessageContaining("has no heads to choose from");
        Intervention pooled = Intervention.everywhere(HookName.of(HookPoint.POOLER_OUTPUT), new Edit.Zero());
        assertThatThrownBy(() -> pooled.atPositions(Positions.last())).hasMessageContaining("has no positions");
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> IndexSet.of()).hasMessageContaining("at least one");
        assertThatThrownBy(() -> IndexSet.of(-1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> IndexSet.of(2, 2)).hasMessageContaining("twice");
        assertThatThrownBy(() -> Positions.at(-1)).hasMessageContaining("0 or more");
        assertThatThrownBy(() -> new Edit.Scale(Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Values.of(new long[] {2, 2}, new float[3])).hasMessageContaining("needs 4 numbers");
    }
}
