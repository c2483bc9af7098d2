package org.goldgrad.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;
import org.junit.jupiter.api.Test;

final class RunJsonTest {
    private static JsonNode json(Run run) throws JsonProcessingException {
        return new ObjectMapper().readTree(Json.of(new RunJson(run).document()));
    }

    @Test
    void counts_every_verdict_apart() throws JsonProcessingException {
        JsonNode report = json(Fixtures.everyVerdict("nd4j", "\"\n\u0000</script>"));
        assertFalse(report.get("conforms").booleanValue());
        assertEquals(1, report.get("exit").intValue());
        assertEquals(7, report.get("cases").intValue());
        assertEquals(3, report.get("agrees").intValue());
        assertEquals(1, report.get("differs").intValue());
        assertEquals(2, report.get("declined").intValue());
        assertEquals(1, report.get("crashed").intValue());
        JsonNode worst = report.at("/operations/0/results/1");
        assertEquals("differs", worst.get("verdict").textValue());
        assertEquals(0.5, worst.get("actual").doubleValue());
        assertEquals("\"\n\u0000</script>", worst.get("reason").textValue());
        assertEquals(
                "vhat[2,0,1] (step 3) is 0.5, should be 0.25",
                worst.get("divergence").textValue());
        assertEquals(1, worst.get("notes").size());
    }

    /** The worst over all operations; one that agrees in no case is not among them. */
    @Test
    void is_as_precise_as_its_worst_operation() throws JsonProcessingException {
        Verdict good = new Verdict.Agrees(new Verdict.Precision(0.5, 0.1, 15.5, 53), "");
        Verdict coarse = new Verdict.Agrees(new Verdict.Precision(40, 0.2, 14, 48.5), "");
        Verdict fuzzy = new Verdict.Agrees(new Verdict.Precision(3, 0.3, 9.25, 51), "");
        JsonNode report = json(Fixtures.run(
                "nd4j",
                Fixtures.result(Fixtures.ADAM, Optional.empty(), good, coarse),
                Fixtures.result(Fixtures.MOMENTUM, Optional.empty(), fuzzy),
                Fixtures.result(Fixtures.PCA, Optional.empty(), Fixtures.differs("wrong"))));
        assertEquals(40, report.get("ulp").doubleValue());
        assertEquals(9.25, report.get("digits").doubleValue());
        assertEquals(48.5, report.get("bits").doubleValue());
    }

    @Test
    void what_json_has_no_number_for_is_a_string_and_what_was_not_measured_is_absent() throws JsonProcessingException {
        Verdict nan = new Verdict.Differs(
                new Verdict.Precision(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0),
                new Verdict.Worst("theta", 1, Double.NaN, 0),
                "is NaN",
                "",
                List.of());
        JsonNode report = json(Fixtures.run("nd4j", Fixtures.result(Fixtures.ADAM, Optional.empty(), nan)));
        assertEquals("NaN", report.at("/operations/0/results/0/actual").textValue());
        assertEquals("Infinity", report.at("/operations/0/results/0/ulp").textValue());
        assertTrue(report.at("/operations/0/ulp").isMissingNode());
        assertTrue(report.at("/bits").isMissingNode());
    }
}
