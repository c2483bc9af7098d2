package org.goldgrad.properties.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of LSTM layers whose weights multiply columns. */
final class ColumnLstmClaims {
    private ColumnLstmClaims() {}

    static Check rows(Subject subject, Draw draw) {
        Inputs columns = ColumnLstmOperation.OPERATION.inputs(draw).withConvention("forget_bias", "stored");
        Inputs in = columns.with("d", columns.array("d").map(d -> 0));
        Map<String, Array> arrays = new LinkedHashMap<>(in.arrays());
        arrays.remove("d");
        arrays.replace("U", rowsOf(in.array("U")));
        arrays.replace("W", rowsOf(in.array("W")));
        Inputs rows = new Inputs(arrays, Map.of(), Map.of("gate_order", in.convention("gate_order")));
        return same(subject.ask(ColumnLstmOperation.OPERATION, in), subject.ask(LstmOperation.OPERATION, rows));
    }

    static Check exchange(Subject subject, Draw draw) {
        Inputs in = ColumnLstmOperation.OPERATION.inputs(draw);
        Inputs exchanged = in.with("b", in.array("d")).with("d", in.array("b"));
        return same(
                subject.ask(ColumnLstmOperation.OPERATION, in), subject.ask(ColumnLstmOperation.OPERATION, exchanged));
    }

    static Check forgetBias(Subject subject, Draw draw) {
        Inputs in = ColumnLstmOperation.OPERATION.inputs(draw);
        Inputs added = in.with("d", forgetGate(in, 0)).withConvention("forget_bias", "added");
        Inputs stored = in.with("d", forgetGate(in, 1)).withConvention("forget_bias", "stored");
        return same(
                subject.ask(ColumnLstmOperation.OPERATION, added), subject.ask(ColumnLstmOperation.OPERATION, stored));
    }

    static Check sharedGradient(Subject subject, Draw draw) {
        Measured answer = subject.ask(ColumnLstmOperation.GRADIENT, ColumnLstmOperation.GRADIENT.inputs(draw));
        return answer.agrees(Check.NOTHING_YET, "dd", answer, "db");
    }

    private static Check same(Measured one, Measured other) {
        return other.agrees(other.agrees(Check.NOTHING_YET, "h", one, "h"), "c", one, "c");
    }

    /** A bias that is 0 but for the forget gate. */
    private static Array forgetGate(Inputs in, double bias) {
        Array d = in.array("d").map(z -> 0);
        int hidden = d.size(1);
        int f = in.convention("gate_order").indexOf('f');
        for (int j = f * hidden; j < (f + 1) * hidden; j++) {
            d = d.with(j, bias);
        }
        return d;
    }

    /** 4×m×n as n×4×m. */
    private static Array rowsOf(Array columns) {
        int m = columns.size(1);
        int n = columns.size(2);
        double[] rows = new double[columns.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i % n * 4 * m + i / n] = columns.at(i);
        }
        return Array.of(new int[] {n, 4, m}, rows);
    }
}
