"""Steps along other directions than the gradient: formulas over arrays, numpy.linalg.solve."""

from numpy_arrays import adapter, np
from numpy_recurrent import sigmoid


def descent(inputs, direction, *given):
    """θ ← θ - lr d      direction(θ, …) makes d, and what is known on the way, of what is given for a step."""
    theta, steps = inputs["theta0"], []
    for now in zip(*(inputs[name] for name in given)):
        found = direction(theta, *now)
        theta = theta - inputs["lr"] * found["d"]
        steps.append({"theta": theta, **found})
    return {name: np.stack([step[name] for step in steps]) for name in steps[0]}


@adapter.operation("optimization.gradient_norm_penalty")
def gradient_norm_penalty(inputs, integers, conventions):
    """q = (1-a) g + a ∇L(θ + r g/‖g‖)      g = ∇L(θ) = Mᵀ(Mθ - y) + κθ³      θ ← θ - αq"""
    M, a = inputs["M"], inputs["a"]

    def gradient(theta, y):
        return M.T @ (M @ theta - y) + inputs["kappa"] * theta**3

    def direction(theta, y):
        g = gradient(theta, y)
        return {"d": (1 - a) * g + a * gradient(theta + inputs["r"] * (g / np.linalg.norm(g)), y)}

    found = descent(inputs, direction, "y")
    return {"theta": found["theta"], "q": found["d"]}


@adapter.operation("optimization.path_sgd")
def path_sgd(inputs, integers, conventions):
    """w ← w - lr/κ_w ∂L/∂w      L = ½‖W relu(V relu(U x)) - y‖²
    κ of a weight: the paths to where it begins, times those from where it ends, in squared weights
    """
    U, V, W = (inputs[name + "0"] for name in "UVW")
    steps = []
    for x, y in zip(inputs["x"], inputs["y"]):
        h = np.maximum(U @ x, 0)
        k = np.maximum(V @ h, 0)
        df = W @ k - y
        dk = W.T @ df * (k > 0)
        dh = V.T @ dk * (h > 0)
        to, on = np.ones_like(x), np.ones_like(y)
        squares = U**2, V**2, W**2
        begins = to, squares[0] @ to, squares[1] @ (squares[0] @ to)
        ends = squares[1].T @ (squares[2].T @ on), squares[2].T @ on, on
        kappas = [np.outer(end, begin) for end, begin in zip(ends, begins)]
        gradients = np.outer(dh, x), np.outer(dk, h), np.outer(df, k)
        U, V, W = (w - inputs["lr"] * d / kappa for w, d, kappa in zip((U, V, W), gradients, kappas))
        steps.append((U, V, W, *kappas))
    return dict(zip(("U", "V", "W", "kappa_U", "kappa_V", "kappa_W"), map(np.stack, zip(*steps))))


def fisher(X, p):
    """F = (1/n) Xᵀ diag(p(1-p)) X"""
    return X.T @ ((p * (1 - p) / len(X))[:, None] * X)


@adapter.operation("optimization.natural_gradient")
def natural_gradient(inputs, integers, conventions):
    """d = F⁻¹ ∇L      ∇L = (1/n) Xᵀ(p - y)      p = σ(Xθ)"""

    def direction(theta, X, y):
        p = sigmoid(X @ theta)
        F = fisher(X, p)
        return {"F": F, "d": np.linalg.solve(F, X.T @ ((p - y) / len(X)))}

    return descent(inputs, direction, "X", "y")


@adapter.operation("optimization.conatural_gradient")
def conatural_gradient(inputs, integers, conventions):
    """d = (F + λI)⁻¹ g      F of an earlier task, at its θ_prev"""
    X = inputs["X"]
    F = fisher(X, sigmoid(X @ inputs["theta_prev"]))
    A = F + inputs["lambda"] * np.eye(len(F), dtype=F.dtype)
    return {**descent(inputs, lambda theta, g: {"d": np.linalg.solve(A, g)}, "g"), "F": F}


@adapter.operation("optimization.sobolev_gradient")
def sobolev_gradient(inputs, integers, conventions):
    """d = (I - Δ)⁻ˢ g by solving s times      (Δu)_i = (u_{i+1} - 2u_i + u_{i-1})/h² on a circle"""
    identity = np.eye(len(inputs["theta0"]), dtype=inputs["theta0"].dtype)
    A = identity - (np.roll(identity, 1, 0) - 2 * identity + np.roll(identity, -1, 0)) / inputs["h"] ** 2

    def direction(theta, g):
        for _ in range(integers["s"]):
            g = np.linalg.solve(A, g)
        return {"d": g}

    return descent(inputs, direction, "g")
