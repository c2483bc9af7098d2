package org.goldgrad.properties.recurrent;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;

/** The laws of recurrent weights of low rank. */
final class LowRankClaims {
    private static final Operation LAYER = LowRankOperation.OPERATION;

    private LowRankClaims() {}

    /**
     * Two gauges that are exact in any binary format: column j of P times 2ᵏ and that of Q by it; column 1 of P added to
     * column 2, and column 2 of Q subtracted from column 1.
     */
    static Check gauge(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw);
        int rank = in.array("P").size(1);
        double c = draw.of(2.0, 0.25, 8.0, -1.0);
        int j = draw.choice(rank);
        Inputs scaled =
                in.with("P", column(in.array("P"), j, j, c - 1)).with("Q", column(in.array("Q"), j, j, 1 / c - 1));
        Check check = subject.ask(LAYER, scaled).agrees(Check.NOTHING_YET, "h", subject.ask(LAYER, in), "h");
        if (rank == 1) {
            return check;
        }
        Inputs sheared = in.with("P", column(in.array("P"), 0, 1, 1)).with("Q", column(in.array("Q"), 1, 0, -1));
        return subject.ask(LAYER, sheared).agrees(check, "h", subject.ask(LAYER, in), "h");
    }

    /** A matrix with some multiple of one column added to another. */
    private static Array column(Array matrix, int from, int to, double factor) {
        int n = matrix.size(1);
        Array changed = matrix;
        for (int row = 0; row < matrix.size(0); row++) {
            int at = row * n + to;
            changed = changed.with(at, matrix.at(at) + factor * matrix.at(row * n + from));
        }
        return changed;
    }
}
