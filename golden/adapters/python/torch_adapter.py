"""PyTorch: its own layers, functions, optimizers, linear algebra and automatic differentiation; 1.13 or later.

What PyTorch has no operation for is declined, even where a few lines of arithmetic could answer: those lines, not
PyTorch, would be judged. Recurrences that it has no layer for are made of its linear and nonlinear functions.
"""

import torch

import torch_clipping  # noqa: F401: it adds its operations to the adapter
import torch_initialization  # noqa: F401: and so does this
import torch_metrics  # noqa: F401
import torch_networks  # noqa: F401: those of what it is made of, too
import torch_optimization  # noqa: F401
from torch_tensors import DTYPES, adapter, operation_and_gradient, use


# Regularization

adapter.decline(
    "regularization.dropout_expected_loss",
    "torch.nn.Dropout draws masks; PyTorch has no operation for their expectation",
)


def penalized(X, y, penalty):
    """The w that minimises ‖y - Xw‖² + ‖penalty ⊙ w‖², by torch.linalg.lstsq on both stacked.

    Not by its default driver, gelsy, whose pivots nobody fills: ../../findings/pytorch.md.
    """
    right = torch.cat([y, torch.zeros_like(penalty)])
    return torch.linalg.lstsq(torch.cat([X, torch.diag(penalty)]), right[:, None], driver="gels").solution[:, 0]


@adapter.operation("regularization.dropout_solution")
def dropout_solution(inputs, integers, conventions):
    """inverted  ‖y - Xw‖² + (1-p)/p ‖Γw‖²      plain  the same for pw      Γ² = diag(XᵀX)"""
    X, p = inputs["X"], inputs["p"]
    w = penalized(X, inputs["y"], torch.sqrt((1 - p) / p) * torch.linalg.vector_norm(X, dim=0))
    return {"w": w if conventions["scaling"] == "inverted" else w / p}


@adapter.operation("regularization.ridge_solution")
def ridge_solution(inputs, integers, conventions):
    """‖y - Xw‖² + λ‖w‖²"""
    X = inputs["X"]
    return {"w": penalized(X, inputs["y"], torch.sqrt(inputs["lambda"]).expand(X.shape[1]))}


# Normalization


@operation_and_gradient("normalization.layer_norm", settings=("eps",))
def layer_norm(inputs, integers, conventions):
    """torch.nn.functional.layer_norm, torch.var_mean"""
    x = inputs["x"]
    y = torch.nn.functional.layer_norm(x, x.shape[-1:], inputs["gamma"], inputs["beta"], inputs["eps"])
    variance, mean = torch.var_mean(x, dim=-1, unbiased=False)
    return {"y": y, "mean": mean, "variance": variance}


# Autoencoder


@adapter.operation("autoencoder.pca")
def pca(inputs, integers, conventions):
    """torch.cov, torch.linalg.eigh"""
    S = torch.cov(inputs["X"], correction=0 if conventions["divisor"] == "n" else 1)
    values, vectors = torch.linalg.eigh(S)
    U = vectors.flip(1)[:, : integers["k"]]  # eigh lists the smallest first
    return {"eigenvalues": values.flip(0), "projector": U @ U.T}


if __name__ == "__main__":
    parser = adapter.parser()
    parser.add_argument("--dtype", choices=DTYPES, default="float64", help="what to compute in (default: %(default)s)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu", help="where (default: %(default)s)")
    parser.add_argument(
        "--tf32",
        choices=("on", "off"),
        default="off",
        help="whether float32 matrix products on cuda may round their inputs to 11 bits (default: %(default)s)",
    )
    use(**vars(parser.parse_args()))
    adapter.serve()
