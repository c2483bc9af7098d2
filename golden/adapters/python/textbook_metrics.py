"""Steps along other directions than the gradient: perturbed ones, and the steepest ones of other metrics."""

from math import sqrt

from textbook_vectors import adapter, dot, matmul, outer, sigmoid, solve, times, transpose, zeros


def moved(theta, lr, direction):
    """θ - lr d"""
    return [x - lr * d for x, d in zip(theta, direction)]


def applied(A, x):
    """A x"""
    return [dot(row, x) for row in A]


@adapter.operation("optimization.gradient_norm_penalty")
def gradient_norm_penalty(inputs, integers, conventions):
    """g = ∇L(θ)      q = (1-a) g + a ∇L(θ + r g/‖g‖)      θ ← θ - αq
    L(θ) = ½‖Mθ - y‖² + ¼κΣθ⁴      ∇L(θ) = Mᵀ(Mθ - y) + κθ³
    """
    M, kappa, a = inputs["M"], inputs["kappa"], inputs["a"]
    theta, thetas, qs = inputs["theta0"], [], []

    def gradient(theta, y):
        error = [p - yi for p, yi in zip(applied(M, theta), y)]
        return [e + kappa * x**3 for e, x in zip(applied(transpose(M), error), theta)]

    for y in inputs["y"]:
        g = gradient(theta, y)
        there = moved(theta, -inputs["r"] / sqrt(dot(g, g)), g)
        q = [(1 - a) * here + a * other for here, other in zip(g, gradient(there, y))]
        theta = moved(theta, inputs["lr"], q)
        qs.append(q)
        thetas.append(theta)
    return {"q": qs, "theta": thetas}


@adapter.operation("optimization.path_sgd")
def path_sgd(inputs, integers, conventions):
    """w ← w - lr/κ_w ∂L/∂w      L = ½‖W relu(V relu(U x)) - y‖²
    κ_w is the sum over all paths through w of the squares of the other two weights, multiplied:
    those of the ways from the inputs to where w begins, times those of the ways on from where it ends
    """
    U, V, W = (inputs[name + "0"] for name in "UVW")
    found = {name: [] for name in ("U", "V", "W", "kappa_U", "kappa_V", "kappa_W")}
    for x, y in zip(inputs["x"], inputs["y"]):
        h = [max(z, 0.0) for z in applied(U, x)]
        k = [max(z, 0.0) for z in applied(V, h)]
        df = [f - yi for f, yi in zip(applied(W, k), y)]
        dk = [d if ki > 0 else 0.0 for d, ki in zip(applied(transpose(W), df), k)]
        dh = [d if hi > 0 else 0.0 for d, hi in zip(applied(transpose(V), dk), h)]
        gradients = outer(dh, x), outer(dk, h), outer(df, k)

        squares = [times(A, A) for A in (U, V, W)]
        to = [[1.0] * len(x)]
        for A in squares[:2]:
            to.append(applied(A, to[-1]))
        on = [[1.0] * len(y)]
        for A in reversed(squares[1:]):
            on.insert(0, applied(transpose(A), on[0]))
        kappas = [outer(end, begin) for end, begin in zip(on, to)]

        U, V, W = (
            [[w - inputs["lr"] * d / q for w, d, q in zip(*rows)] for rows in zip(A, dA, kappa)]
            for A, dA, kappa in zip((U, V, W), gradients, kappas)
        )
        for name, value in zip(found, (U, V, W, *kappas)):
            found[name].append(value)
    return found


def fisher(X, p):
    """F = (1/n) Xᵀ diag(p(1-p)) X      X  samples×features"""
    weighted = [[pi * (1 - pi) * x / len(X) for x in row] for pi, row in zip(p, X)]
    return matmul(transpose(X), weighted)


def probabilities(X, theta):
    return list(map(sigmoid, applied(X, theta)))


@adapter.operation("optimization.natural_gradient")
def natural_gradient(inputs, integers, conventions):
    """d = F⁻¹ ∇L      ∇L = (1/n) Xᵀ(p - y)      p = σ(Xθ)      θ ← θ - lr d"""
    theta, found = inputs["theta0"], {"theta": [], "F": [], "d": []}
    for X, y in zip(inputs["X"], inputs["y"]):
        p = probabilities(X, theta)
        F = fisher(X, p)
        d = solve(F, applied(transpose(X), [(pi - yi) / len(X) for pi, yi in zip(p, y)]))
        theta = moved(theta, inputs["lr"], d)
        for name, value in zip(found, (theta, F, d)):
            found[name].append(value)
    return found


@adapter.operation("optimization.conatural_gradient")
def conatural_gradient(inputs, integers, conventions):
    """d = (F + λI)⁻¹ g      F of an earlier task, at its θ_prev      θ ← θ - lr d"""
    F = fisher(inputs["X"], probabilities(inputs["X"], inputs["theta_prev"]))
    A = [[x + (inputs["lambda"] if i == j else 0.0) for j, x in enumerate(row)] for i, row in enumerate(F)]
    return {"F": F, **descent(inputs, lambda g: solve(A, g))}


@adapter.operation("optimization.sobolev_gradient")
def sobolev_gradient(inputs, integers, conventions):
    """d = (I - Δ)⁻ˢ g      (Δu)_i = (u_{i+1} - 2u_i + u_{i-1})/h² on a circle      θ ← θ - lr d"""
    n, across = len(inputs["theta0"]), 1 / inputs["h"] ** 2
    A = zeros(n, n)
    for i in range(n):
        A[i][i] += 1 + 2 * across
        A[i][(i + 1) % n] -= across
        A[i][(i - 1) % n] -= across

    def smoothed(g):
        for _ in range(integers["s"]):
            g = solve(A, g)
        return g

    return descent(inputs, smoothed)


def descent(inputs, direction):
    """θ ← θ - lr d, d being a function of the given gradient."""
    theta, thetas, ds = inputs["theta0"], [], []
    for g in inputs["g"]:
        d = direction(g)
        theta = moved(theta, inputs["lr"], d)
        thetas.append(theta)
        ds.append(d)
    return {"theta": thetas, "d": ds}
