package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.PathSgd;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.PathSgd.State;

/** {@code optimization.path_sgd}: descent that does not see how a net's weights are scaled against each other. */
public final class PathSgdOperation {
    private static final String SOURCE = "Neyshabur, Salakhutdinov and Srebro 2015, https://arxiv.org/abs/1506.02617";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.path_sgd", "Path-SGD")
            .formula("""
                    f(x) = W relu(V relu(U x))      L_t = ½‖f(x_t) - y_t‖²      U, V, W from step t-1
                    w_t = w_{t-1} - lr/κ_w ∂L_t/∂w   for every weight w of U, V and W at once
                    κ_w = Σ over the paths through w, from an input to an output, of the squares of the other two weights,
                    multiplied: κ_U[i,f] = Σ_ko V_ki² W_ok², κ_V[k,i] = Σ_fo U_if² W_ok², κ_W[o,k] = Σ_fi U_if² V_ki²
                    no κ is 0; no unit stands where its relu bends""")
            .source(SOURCE)
            .input("U0", "hidden1,features", Domain.REAL)
            .input("V0", "hidden2,hidden1", Domain.REAL)
            .input("W0", "outputs,hidden2", Domain.REAL)
            .input("x", "steps,features", Domain.REAL)
            .input("y", "steps,outputs", Domain.REAL)
            .setting("lr", "", Domain.POSITIVE)
            .intermediate("kappa_U", "steps,hidden1,features")
            .intermediate("kappa_V", "steps,hidden2,hidden1")
            .intermediate("kappa_W", "steps,outputs,hidden2")
            .output("U", "steps,hidden1,features")
            .output("V", "steps,hidden2,hidden1")
            .output("W", "steps,outputs,hidden2")
            .size("hidden1", 1, 3)
            .size("features", 1, 3)
            .size("hidden2", 1, 3)
            .size("outputs", 1, 3)
            .size("steps", 1, 3)
            .definition(PathSgd::define)
            .wellPosed(in -> Steps.exist(PathSgd::define, in))
            .reference(PathSgdOperation::refer)
            .mistakes(PathSgdMistakes.all())
            .claims(
                    holds(
                            "path-sgd-invariance",
                            "multiplying what goes into a hidden node by c > 0 and dividing what comes out of it by c does the "
                                    + "same to the weights after every step, so that the net is the same function throughout",
                            SOURCE,
                            PathSgdClaims::invariance),
                    refuted(
                            "sgd-invariance",
                            "after a step of plain gradient descent, a net whose hidden node was rescaled so is still the same "
                                    + "function as without (here: has the same output on the sample)",
                            SOURCE + " (which refutes it)",
                            "Path-SGD's step is rescaled with the weights; a plain one is divided by c where they are multiplied",
                            PathSgdClaims::plain),
                    holds(
                            "path-sgd-kappa",
                            "κ_w is half of ∂²φ²/∂w², where φ² = 1ᵀ W² V² U² 1 (squares element by element) is one pass forward "
                                    + "through the net with squared weights, no relu and inputs of 1",
                            SOURCE,
                            PathSgdClaims::kappa))
            .example(
                    "two steps of a net with six features",
                    Inputs.empty()
                            .with(
                                    "U0",
                                    Array.matrix(
                                            new double[] {1, -0.5, 0.25, 2, -1.5, 0.75},
                                            new double[] {-0.75, 1.5, 2, -0.25, 1, 0.5},
                                            new double[] {0.5, 1, -1, 0.75, 0.25, -2}))
                            .with("V0", Array.matrix(new double[] {1.5, 0.5, -1}, new double[] {-0.5, 2, 1.25}))
                            .with("W0", Array.matrix(new double[] {2, -0.75}))
                            .with("x", Array.matrix(new double[] {0.5, -1, 2, 1, 0.25, -0.5}, new double[] {
                                -2, 1.5, 0.75, -1, 0.5, 3
                            }))
                            .with("y", Array.matrix(new double[] {1.5}, new double[] {-2}))
                            .with("lr", 0x1p-5))
            .declare();

    private PathSgdOperation() {}

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.PathSgd(in.scalar("lr"));
        Array x = in.array("x");
        Array y = in.array("y");
        List<State> states = Steps.from(
                new State(Ejml.matrix(in.array("U0")), Ejml.matrix(in.array("V0")), Ejml.matrix(in.array("W0"))),
                x.size(0),
                (state, t) -> rule.step(
                        state, Ejml.matrix(x.take(0, t), x.size(1), 1), Ejml.matrix(y.take(0, t), y.size(1), 1)));
        return new Outputs(
                Map.of("U", stacked(states, State::U), "V", stacked(states, State::V), "W", stacked(states, State::W)));
    }

    private static Array stacked(List<State> states, Function<State, SimpleMatrix> read) {
        List<SimpleMatrix> weights = states.stream().map(read).toList();
        SimpleMatrix one = weights.get(0);
        return Ejml.array(weights, weights.size(), one.getNumRows(), one.getNumCols());
    }
}
