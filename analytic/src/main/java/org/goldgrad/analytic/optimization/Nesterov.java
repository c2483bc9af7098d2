package org.goldgrad.analytic.optimization;

import java.util.List;
import org.goldgrad.analytic.formula.Rule;

/**
 * Nesterov's momentum, on objectives whose gradient at a point p is curvature·p + g_t: the gradient is taken where the
 * velocity alone would lead (Sutskever et al. 2013), or the parameters are that point and the step looks ahead once more.
 *
 * <p>With φ_t = θ_t − momentum·v_t in the first form, φ is the θ of the others.
 */
public final class Nesterov {
    /** What happens to one parameter at step t; what is kept is 0 in the beginning. */
    public static final String RULE = """
            form=outside      q = curvature theta + g
            form=outside      v = momentum v + q
            form=outside      theta = theta - lr (q + momentum v)
            form=inside       q = curvature theta + g
            form=inside       v = momentum v + lr q
            form=inside       theta = theta - (lr q + momentum v)
            form=look_ahead   q = curvature (theta - momentum v) + g
            form=look_ahead   v = momentum v + lr q
            form=look_ahead   theta = theta - v
            """;

    /** The trajectory. */
    public static final Trajectory DEFINITION = new Trajectory(Rule.of(RULE), List.of("v"), List.of("q"));

    private Nesterov() {}
}
