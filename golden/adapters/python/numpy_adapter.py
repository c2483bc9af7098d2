"""NumPy: formulas over arrays, and its own mean, var, cov, eigh, lstsq and solve."""

import numpy_clipping  # noqa: F401: it adds its operations to the adapter
import numpy_initialization  # noqa: F401: and so does this
import numpy_metrics  # noqa: F401
import numpy_networks  # noqa: F401: those of what it is made of, too
import numpy_optimization  # noqa: F401
from numpy_arrays import DTYPES, adapter, np, use


# Regularization


@adapter.operation("regularization.dropout_expected_loss")
def dropout_expected_loss(inputs, integers, conventions):
    """plain      E‖y - (X⊙R)w‖² = ‖y - pXw‖² + p(1-p) Σ (x_ij w_j)²
    inverted   the same with w/p in place of w
    """
    p = inputs["p"]
    xw = inputs["X"] * (inputs["w"] / p if conventions["scaling"] == "inverted" else inputs["w"])
    return {"loss": ((inputs["y"] - p * xw.sum(axis=1)) ** 2).sum() + p * (1 - p) * (xw**2).sum()}


@adapter.operation("regularization.dropout_solution")
def dropout_solution(inputs, integers, conventions):
    """plain   p w = (XᵀX + λΓ²)⁻¹ Xᵀy      λ = (1-p)/p      Γ² = diag(XᵀX)      inverted   w for pw"""
    X, p = inputs["X"], inputs["p"]
    gram = X.T @ X
    pw = np.linalg.solve(gram + (1 - p) / p * np.diag(np.diag(gram)), X.T @ inputs["y"])
    return {"w": pw if conventions["scaling"] == "inverted" else pw / p}


@adapter.operation("regularization.ridge_solution")
def ridge_solution(inputs, integers, conventions):
    """w minimises ‖y - Xw‖² + λ‖w‖² = ‖(y, 0) - (X, √λI)w‖²"""
    X, y = inputs["X"], inputs["y"]
    penalty = np.sqrt(inputs["lambda"]) * np.eye(X.shape[1], dtype=X.dtype)
    rows, right = np.vstack([X, penalty]), np.concatenate([y, np.zeros(len(penalty), X.dtype)])
    return {"w": np.linalg.lstsq(rows, right, rcond=None)[0]}


# Normalization


@adapter.operation("normalization.layer_norm")
def layer_norm(inputs, integers, conventions):
    """y_j = γ_j (x_j - μ)/√(v + ε) + β_j      over the last axis"""
    x = inputs["x"]
    mean, variance = x.mean(axis=-1), x.var(axis=-1)
    scaled = (x - mean[..., None]) / np.sqrt(variance + inputs["eps"])[..., None]
    return {"y": inputs["gamma"] * scaled + inputs["beta"], "mean": mean, "variance": variance, "xhat": scaled}


@adapter.operation("normalization.layer_norm.gradient")
def layer_norm_gradient(inputs, integers, conventions):
    """With s = √(v + ε) and d = γ ⊙ dy:   dv = dvariance - Σ d_j (x_j - μ)/(2s³)      dμ = dmean - Σ d_j/s

    dx_j = d_j/s + 2(x_j - μ)/n dv + dμ/n      dγ_j = Σ dy_j (x_j - μ)/s      dβ_j = Σ dy_j
    """
    x, dy = inputs["x"], inputs["dy"]
    n = x.shape[-1]
    centered = x - x.mean(axis=-1, keepdims=True)
    s = np.sqrt(x.var(axis=-1, keepdims=True) + inputs["eps"])
    d = inputs["gamma"] * dy
    dv = inputs["dvariance"][..., None] - (d * centered).sum(axis=-1, keepdims=True) / (2 * s**3)
    dmu = inputs["dmean"][..., None] - (d / s).sum(axis=-1, keepdims=True)
    dx = d / s + 2 * centered / n * dv + dmu / n
    return {"dx": dx, "dgamma": (dy * centered / s).sum(axis=(0, 1)), "dbeta": dy.sum(axis=(0, 1))}


# Autoencoder


@adapter.operation("autoencoder.pca")
def pca(inputs, integers, conventions):
    """S = cov(X) = Σ s_i u_i u_iᵀ      projector = Σ_{i≤k} u_i u_iᵀ      columns of X are samples"""
    X = inputs["X"]
    values, vectors = np.linalg.eigh(np.cov(X, ddof=0 if conventions["divisor"] == "n" else 1, dtype=X.dtype))
    U = vectors[:, ::-1][:, : integers["k"]]  # eigh lists the smallest first
    return {"eigenvalues": values[::-1], "projector": U @ U.T}


if __name__ == "__main__":
    parser = adapter.parser()
    parser.add_argument("--dtype", choices=DTYPES, default="float64", help="what to compute in (default: %(default)s)")
    use(parser.parse_args().dtype)
    adapter.serve()
