package org.goldgrad.properties.regularization;

import java.util.LinkedHashMap;
import java.util.Map;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.reference.regularization.DropoutMask;

/** Whether dropout divides what it keeps by p. */
final class Scaling {
    static final Convention CONVENTION = new Convention(
            "scaling",
            "Whether dropout divides what it keeps by p",
            choices(),
            "Srivastava et al. 2014, section 10; https://github.com/karpathy/convnetjs/issues/61");

    private Scaling() {}

    private static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("plain", "the mask is 0 or 1 (the paper; weights are scaled by p at test time)");
        choices.put("inverted", "the mask is 0 or 1/p (every framework today)");
        return choices;
    }

    static DropoutMask mask(Inputs in) {
        return in.convention("scaling").equals("inverted") ? DropoutMask.INVERTED : DropoutMask.PLAIN;
    }
}
