package io.arrakis.runtime.result;

import io.arrakis.api.result.ColumnType;
import io.arrakis.api.result.Table;
import io.arrakis.api.result.Tensor;
import java.util.List;

/** Refuses numbers that are not: infinite ones everywhere, NaN where nothing allows it. */
final class Finite {

    private Finite() {}

    static void require(double value, Place place) {
        if (Double.isInfinite(value) || (Double.isNaN(value) && !place.undefined())) {
            throw UnfitResultException.notFinite(place, value);
        }
    }

    static void require(Tensor tensor, Place place) {
        float[] values = tensor.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                require(values[i], place.element(i));
            }
        }
    }

    /** Cells may always be undefined. */
    static void require(Table table, Place place) {
        for (int column = 0; column < table.columns().size(); column++) {
            if (table.columns().get(column).type() == ColumnType.NUMBER) {
                requireColumn(table, column, place);
            }
        }
    }

    private static void requireColumn(Table table, int column, Place place) {
        String name = table.columns().get(column).name();
        List<List<Object>> rows = table.rows();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row).get(column) instanceof Double value && value.isInfinite()) {
                throw UnfitResultException.notFinite(place.element(name).element(row), value);
            }
        }
    }
}
