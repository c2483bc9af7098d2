package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;

final class CurvesTest {
    private static final Corpus CORPUS =
            Corpus.standard(Stream.of("recurrent.gradient_flow", "recurrent.lstm.gradient_flow", "recurrent.lstm")
                    .map(Catalogue::operation)
                    .toList());

    /** Four nonlinearities, two choices of targets; three spectral radii, norms and bounds. */
    @Test
    void gradient_norms_are_drawn_beside_their_bounds() {
        List<Map<String, Object>> panels = curves("recurrent.gradient_flow");
        assertEquals(8, panels.size());
        for (Map<String, Object> panel : panels) {
            assertEquals(6, drawn(panel).size());
        }
        assertEquals(2, curves("recurrent.lstm.gradient_flow").size());
    }

    /** Norms that vanish are at the edge; nothing is outside, and nothing is no number. */
    @Test
    void every_point_is_inside_its_panel() {
        for (Map<String, Object> panel : curves("recurrent.gradient_flow")) {
            for (String points : drawn(panel)) {
                for (String point : points.split(" ")) {
                    double x = Double.parseDouble(point.split(",")[0]);
                    double y = Double.parseDouble(point.split(",")[1]);
                    assertTrue(0 <= x && x <= 300 && 0 <= y && y <= 160, point);
                }
            }
        }
    }

    @Test
    void what_is_no_number_for_every_step_is_not_drawn() {
        assertEquals(List.of(), curves("recurrent.lstm"));
    }

    /** The points of every curve of a panel. */
    private static List<String> drawn(Map<String, Object> panel) {
        return ((List<?>) Objects.requireNonNull(panel.get("curves")))
                .stream()
                        .map(curve -> String.valueOf(((Map<?, ?>) curve).get("points")))
                        .toList();
    }

    private static List<Map<String, Object>> curves(String id) {
        Operation operation = Catalogue.operation(id);
        return Curves.of(operation, CORPUS.cases(id));
    }
}
