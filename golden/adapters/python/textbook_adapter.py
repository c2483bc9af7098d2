"""Every operation as a textbook writes it: pure Python, doubles, gradients derived by hand.

It is here to be read, to check Goldgrad itself, and to start an adapter of your own from. It follows every convention
that a question asks for.
"""

from math import sqrt

import textbook_clipping  # noqa: F401: it adds its operations to the adapter
import textbook_initialization  # noqa: F401: and so does this
import textbook_metrics  # noqa: F401
import textbook_networks  # noqa: F401: those of what it is made of, too
import textbook_optimization  # noqa: F401
from textbook_vectors import adapter, add_to, dot, eigen, outer, solve, transpose, zeros


# Regularization


@adapter.operation("regularization.dropout_expected_loss")
def dropout_expected_loss(inputs, integers, conventions):
    """plain      E‖y - (X⊙R)w‖²   = Σ_i (y_i - p x_i·w)² + p(1-p) Σ_ij (x_ij w_j)²
    inverted   E‖y - (X⊙R)w/p‖²: the same with w/p in place of w
    """
    p = inputs["p"]
    w = [wj / p for wj in inputs["w"]] if conventions["scaling"] == "inverted" else inputs["w"]
    loss = 0.0
    for x, y in zip(inputs["X"], inputs["y"]):
        xw = [xj * wj for xj, wj in zip(x, w)]
        loss += (y - p * sum(xw)) ** 2 + p * (1 - p) * dot(xw, xw)
    return {"loss": loss}


@adapter.operation("regularization.dropout_solution")
def dropout_solution(inputs, integers, conventions):
    """plain   p w = (XᵀX + λΓ²)⁻¹ Xᵀy      λ = (1-p)/p      Γ² = diag(XᵀX)      inverted   w for pw"""
    p, columns = inputs["p"], transpose(inputs["X"])
    A = [[dot(a, b) for b in columns] for a in columns]
    for j, row in enumerate(A):
        row[j] += (1 - p) / p * row[j]
    pw = solve(A, [dot(a, inputs["y"]) for a in columns])
    return {"w": pw if conventions["scaling"] == "inverted" else [x / p for x in pw]}


@adapter.operation("regularization.ridge_solution")
def ridge_solution(inputs, integers, conventions):
    """w = (XᵀX + λI)⁻¹ Xᵀy"""
    columns = transpose(inputs["X"])
    A = [[dot(a, b) for b in columns] for a in columns]
    for j, row in enumerate(A):
        row[j] += inputs["lambda"]
    return {"w": solve(A, [dot(a, inputs["y"]) for a in columns])}


# Normalization


def moments(x):
    """μ = (1/n) Σ x_j and v = (1/n) Σ (x_j - μ)²."""
    mean = sum(x) / len(x)
    return mean, sum((xj - mean) ** 2 for xj in x) / len(x)


@adapter.operation("normalization.layer_norm")
def layer_norm(inputs, integers, conventions):
    """x̂_j = (x_j - μ)/√(v + ε)      y_j = γ_j x̂_j + β_j      over the last axis"""
    y, means, variances, xhats = [], [], [], []
    for sequence in inputs["x"]:
        statistics = [moments(x) for x in sequence]
        means.append([mean for mean, _ in statistics])
        variances.append([variance for _, variance in statistics])
        xhat = [
            [(xj - mean) / sqrt(variance + inputs["eps"]) for xj in x]
            for x, (mean, variance) in zip(sequence, statistics)
        ]
        xhats.append(xhat)
        y.append([[g * xj + b for xj, g, b in zip(x, inputs["gamma"], inputs["beta"])] for x in xhat])
    return {"y": y, "mean": means, "variance": variances, "xhat": xhats}


@adapter.operation("normalization.layer_norm.gradient")
def layer_norm_gradient(inputs, integers, conventions):
    """Given dy, dmean and dvariance, with s = √(v + ε) and d_j = γ_j dy_j:

    dv = dvariance - Σ d_j (x_j - μ)/(2s³)      dμ = dmean - Σ d_j/s
    dx_j = d_j/s + 2(x_j - μ)/n dv + dμ/n      dγ_j = Σ dy_j (x_j - μ)/s      dβ_j = Σ dy_j
    """
    gamma = inputs["gamma"]
    n = len(gamma)
    dgamma, dbeta = [0.0] * n, [0.0] * n

    def backward(x, dy, dmean, dvariance):
        mean, variance = moments(x)
        s = sqrt(variance + inputs["eps"])
        centered = [xj - mean for xj in x]
        d = [gj * dyj for gj, dyj in zip(gamma, dy)]
        for j in range(n):
            dgamma[j] += dy[j] * centered[j] / s
            dbeta[j] += dy[j]
        dv = dvariance - dot(d, centered) / (2 * s**3)
        dmu = dmean - sum(d) / s
        return [dj / s + 2 * cj / n * dv + dmu / n for dj, cj in zip(d, centered)]

    dx = [
        [backward(*row) for row in zip(*sequence)]
        for sequence in zip(inputs["x"], inputs["dy"], inputs["dmean"], inputs["dvariance"])
    ]
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}


# Autoencoder


@adapter.operation("autoencoder.pca")
def pca(inputs, integers, conventions):
    """S = X̄X̄ᵀ/n or X̄X̄ᵀ/(n-1) = Σ s_i u_i u_iᵀ      projector = Σ_{i≤k} u_i u_iᵀ      columns of X are samples"""
    X = inputs["X"]
    n = len(X[0])
    centered = [[x - sum(row) / n for x in row] for row in X]
    divisor = n if conventions["divisor"] == "n" else n - 1
    values, vectors = eigen([[dot(a, b) / divisor for b in centered] for a in centered])
    projector = zeros(len(X), len(X))
    for u in vectors[: integers["k"]]:
        add_to(projector, outer(u, u))
    return {"eigenvalues": values, "projector": projector}


if __name__ == "__main__":
    adapter.main()
