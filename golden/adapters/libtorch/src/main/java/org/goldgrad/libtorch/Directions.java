package org.goldgrad.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Descent along other directions than the gradient. libtorch has no such optimizers: here are its losses and layers, what it
 * differentiates and solves, and SGD, which takes the step.
 */
final class Directions {
    /** Of a loss: the sum of what the elements lose. */
    private static final long SUM = 2;

    private Directions() {}

    /** The parameters after every step, each with a first axis for the steps. */
    private static List<Tensor> descend(
            Question q, List<Tensor> parameters, long steps, IntFunction<List<Tensor>> directions) {
        Groups groups = new Groups(parameters);
        Optimizer sgd = Descent.plain(groups, q.setting("lr"), 0);
        List<List<Tensor>> after = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            groups.setGradients(directions.apply(t));
            sgd.step();
            after.add(parameters.stream().map(Groups::copy).toList());
        }
        return IntStream.range(0, parameters.size())
                .mapToObj(i ->
                        Tensors.stack(after.stream().map(step -> step.get(i)).toList()))
                .toList();
    }

    /** The gradient, and that from a step uphill, in shares. */
    static Map<String, Tensor> gradientNormPenalty(Question q) {
        Tensor theta = q.variable("theta0");
        Tensor y = q.tensor("y");
        double a = q.setting("a");
        List<Tensor> all = new ArrayList<>();
        List<Tensor> thetas = descend(q, List.of(theta), y.size(0), t -> {
            Tensor g = quartic(q, theta, y.select(0, t));
            Tensor uphill = Clipping.direction(q, g).mul(q.tensor("r"));
            Tensor there = theta.detach().add(uphill).set_requires_grad(true);
            all.add(g.mul(new Scalar(1 - a))
                    .add(quartic(q, there, y.select(0, t)).mul(new Scalar(a))));
            return List.of(all.get(t));
        });
        return Map.of("q", Tensors.stack(all), "theta", thetas.get(0));
    }

    /** The gradient of ½‖Mθ − y‖² + ¼κΣθ⁴. */
    private static Tensor quartic(Question q, Tensor theta, Tensor y) {
        Tensor squares =
                torch.mse_loss(torch.linear(theta, q.tensor("M")), y, SUM).mul(new Scalar(0.5));
        Tensor fourth = theta.pow(new Scalar(4)).sum().mul(q.tensor("kappa")).mul(new Scalar(0.25));
        return Autograd.gradient(squares.add(fourth), theta);
    }

    /** ∂L/∂w for every weight w, divided by the derivative of the path norm by w². */
    static Map<String, Tensor> pathSgd(Question q) {
        List<Tensor> weights = List.of(q.variable("U0"), q.variable("V0"), q.variable("W0"));
        Tensor x = q.tensor("x");
        List<Tensor> after = descend(q, weights, x.size(0), t -> {
            Tensor h1 = torch.linear(x.select(0, t), weights.get(0)).relu();
            Tensor h2 = torch.linear(h1, weights.get(1)).relu();
            Tensor f = torch.linear(h2, weights.get(2));
            Tensor loss = torch.mse_loss(f, q.tensor("y").select(0, t), SUM).mul(new Scalar(0.5));
            List<Tensor> gradients = Autograd.differentiable(loss, weights);
            List<Tensor> kappa = pathNorms(weights, torch.ones_like(x.select(0, t)));
            return IntStream.range(0, weights.size())
                    .mapToObj(i -> gradients.get(i).detach().div(kappa.get(i)))
                    .toList();
        });
        return Map.of("U", after.get(0), "V", after.get(1), "W", after.get(2));
    }

    /** The path norm is what the net makes of ones with its weights squared and no relu, summed up. */
    private static List<Tensor> pathNorms(List<Tensor> weights, Tensor ones) {
        List<Tensor> squares = weights.stream()
                .map(w -> w.detach().square().set_requires_grad(true))
                .toList();
        Tensor paths = ones;
        for (Tensor square : squares) {
            paths = torch.linear(paths, square);
        }
        return Autograd.differentiable(paths.sum(), squares).stream()
                .map(Tensor::detach)
                .toList();
    }

    static Map<String, Tensor> natural(Question q) {
        Tensor theta = q.variable("theta0");
        Tensor X = q.tensor("X");
        List<Tensor> thetas = descend(q, List.of(theta), X.size(0), t -> {
            Tensor g = logistic(X.select(0, t), theta, q.tensor("y").select(0, t));
            return List.of(torch.linalg_solve(derivative(g, theta), g.detach()));
        });
        return Map.of("theta", thetas.get(0));
    }

    static Map<String, Tensor> conatural(Question q) {
        Tensor X = q.tensor("X");
        Tensor earlier = q.variable("theta_prev");
        Tensor anyLabels = torch.zeros_like(X.select(1, 0));
        Tensor fisher = derivative(logistic(X, earlier, anyLabels), earlier);
        Tensor damped = fisher.add(torch.diag(q.tensor("lambda").expand(fisher.size(0))));
        Tensor g = q.tensor("g");
        List<Tensor> thetas = descend(
                q, List.of(q.variable("theta0")), g.size(0), t -> List.of(torch.linalg_solve(damped, g.select(0, t))));
        return Map.of("theta", thetas.get(0));
    }

    /** The gradient of the mean cross-entropy. */
    private static Tensor logistic(Tensor X, Tensor theta, Tensor y) {
        Tensor loss = torch.binary_cross_entropy_with_logits(torch.linear(theta, X), y);
        return Autograd.differentiable(loss, List.of(theta)).get(0);
    }

    /** ∂g/∂θ. Of a gradient of logistic regression it is Fisher's metric, whatever the labels: the logit is canonical. */
    private static Tensor derivative(Tensor g, Tensor theta) {
        return Tensors.stack(IntStream.range(0, Math.toIntExact(g.size(0)))
                .mapToObj(i -> Autograd.differentiable(g.select(0, i), List.of(theta))
                        .get(0)
                        .detach())
                .toList());
    }

    /** (I − Δ)⁻¹, s times, where −Δu = (2u − u from the left − u from the right)/h². */
    static Map<String, Tensor> sobolev(Question q) {
        Tensor g = q.tensor("g");
        Tensor identity = torch.diag(torch.ones_like(q.tensor("theta0")));
        Tensor neighbours = identity.roll(new long[] {1}, 0).add(identity.roll(new long[] {-1}, 0));
        Tensor laplacian =
                neighbours.sub(identity.mul(new Scalar(2))).div(q.tensor("h").square());
        Tensor metric = identity.sub(laplacian);
        List<Tensor> thetas = descend(q, List.of(q.variable("theta0")), g.size(0), t -> {
            Tensor d = g.select(0, t);
            for (int k = 0; k < q.integer("s"); k++) {
                d = torch.linalg_solve(metric, d);
            }
            return List.of(d);
        });
        return Map.of("theta", thetas.get(0));
    }
}
