"""PyTorch: its own layers, functions, optimizers, linear algebra and automatic differentiation; 1.13 or later.

What PyTorch has no operation for is declined, even where a few lines of arithmetic could answer: those lines, not
PyTorch, would be judged. Recurrences that it has no layer for are made of its linear and nonlinear functions.
"""

import torch

import torch_networks  # noqa: F401: it adds its operations to the adapter, and those of what it is made of
from torch_tensors import DTYPES, adapter, operation_and_gradient, use


# Optimization


def trajectory(optimizer, parameters, gradients, states):
    """Steps through given gradients, one for each parameter; θ and what the optimizer keeps, after every step.

    `states` names what it keeps: {"m": "exp_avg"}.
    """
    steps = {name: [] for name in ("theta", *states)}
    for gradient in gradients:
        for parameter, g in zip(parameters, gradient):
            parameter.grad = g.clone()
        optimizer.step()
        steps["theta"].append(torch.stack([p.detach().clone() for p in parameters]))
        for name, kept in states.items():
            steps[name].append(torch.stack([optimizer.state[p][kept].clone() for p in parameters]))
    return {name: torch.stack(values) for name, values in steps.items()}


def sgd(inputs, velocity, rate, **options):
    """torch.optim.SGD from a velocity of 0 on.

    Left to itself it starts from v_1 = g_1, undamped, as its documentation says; which is v_0 = 0 only without damping.
    Without momentum it keeps no velocity, and steps along the gradient.
    """
    theta = torch.nn.Parameter(inputs["theta0"])
    optimizer = torch.optim.SGD([theta], lr=rate, momentum=velocity, **options)
    optimizer.state[theta]["momentum_buffer"] = torch.zeros_like(theta)
    steps = trajectory(optimizer, [theta], inputs["g"][:, None], {"v": "momentum_buffer"})
    return {"theta": steps["theta"][:, 0], "v": steps["v"][:, 0] if velocity else inputs["g"]}


@adapter.operation("optimization.momentum", conventions={"rate": "outside"}, settings=("alpha", "epsilon"))
def momentum(inputs, integers, conventions):
    """torch.optim.SGD(momentum=α)"""
    return sgd(inputs, inputs["alpha"], inputs["epsilon"])


@adapter.operation("optimization.running_average", conventions={"correction": "raw"}, settings=("beta", "delta"))
def running_average(inputs, integers, conventions):
    """torch.optim.SGD(momentum=β, dampening=β)"""
    return sgd(inputs, inputs["beta"], inputs["delta"], dampening=inputs["beta"])


@adapter.operation(
    "optimization.adam",
    conventions={"epsilon": "outside"},
    settings=("lr", "beta1", "beta2", "eps", "weight_decay"),
)
def adam(inputs, integers, conventions):
    """torch.optim.Adam (decay=coupled) or torch.optim.AdamW (decay=decoupled), a parameter group for every group"""
    parameters = [torch.nn.Parameter(row) for row in inputs["theta0"].unbind()]
    names = ("lr", "beta1", "beta2", "eps", "weight_decay")
    groups = [
        {"params": [p], "lr": lr, "betas": (beta1, beta2), "eps": eps, "weight_decay": decay}
        for p, lr, beta1, beta2, eps, decay in zip(parameters, *(inputs[name] for name in names))
    ]
    kind = torch.optim.Adam if conventions["decay"] == "coupled" else torch.optim.AdamW
    return trajectory(kind(groups), parameters, inputs["g"], {"m": "exp_avg", "v": "exp_avg_sq"})


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
