"""PyTorch: its own layers, functions, optimizers, linear algebra and automatic differentiation; 1.13 or later.

What PyTorch has no operation for is declined, even where a few lines of arithmetic could answer: those lines, not
PyTorch, would be judged.
"""

import re

import torch

from goldgrad import Adapter, Tensor

DTYPES = {"float64": "binary64", "float32": "binary32", "bfloat16": "bfloat16", "float16": "binary16"}

adapter = Adapter("torch", torch.__version__)


def use(dtype="float64", device="cpu", tf32="off"):
    """Computes in a dtype and on a device from here on: what is read is rounded, what is written widened."""
    adapter.dtype = DTYPES[dtype]
    adapter.device = device
    if device == "cuda":
        adapter.device = f"cuda {torch.cuda.get_device_name()}, TF32 {tf32}"
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32 == "on"
    kind = getattr(torch, dtype)

    def decode(tensor):
        return torch.tensor(tensor.flat, dtype=torch.float64).to(device, kind).reshape(tensor.shape)

    def encode(tensor):
        if tensor.dtype != kind:
            raise TypeError(f"computed in {tensor.dtype}, not in {kind}")
        return Tensor(tuple(tensor.shape), tensor.detach().to("cpu", torch.float64).reshape(-1).tolist())

    adapter.decode, adapter.encode, adapter.declines = decode, encode, declines


def declines(error):
    """Small formats lack operations, which PyTorch says in these words."""
    lacking = r"not implemented for '|Low precision dtypes|Got (Half|BFloat16)|types other than float and double"
    return str(error).splitlines()[0] if isinstance(error, RuntimeError) and re.search(lacking, str(error)) else None


# Recurrent


@adapter.operation("recurrent.scalar")
def scalar(inputs, integers, conventions):
    """Automatic differentiation, twice; every step has its own copy of w."""
    u, w, h0 = (inputs[name].requires_grad_() for name in ("u", "w", "h0"))
    copies = w.expand(len(u)).unbind()
    zs, hs = [], [h0]
    for ut, wt in zip(u.unbind(), copies):
        zs.append(ut + hs[-1])
        hs.append(wt * zs[-1])
    edges = torch.stack(torch.autograd.grad(hs[-1], copies, create_graph=True))
    dw, du, dh0 = torch.autograd.grad(hs[-1], (w, u, h0), create_graph=True)
    # With one step dw no longer depends on w, of which PyTorch makes None.
    ddw = torch.autograd.grad(dw, w, allow_unused=True)[0]
    return {
        "z": torch.stack(zs),
        "h": torch.stack(hs[1:]),
        "y": hs[-1],
        "edges": edges,
        "dw": dw,
        "du": du,
        "dh0": dh0,
        "ddw": torch.zeros_like(w) if ddw is None else ddw,
    }


def run_lstm(inputs):
    """torch.nn.LSTM with the given weights, and what it answers; weights are packed 4·hidden×features, gates ifgo."""
    U, W, b = inputs["U"], inputs["W"], inputs["b"]
    features, _, hidden = U.shape
    layer = torch.nn.LSTM(features, hidden).to(U.device, U.dtype)
    with torch.no_grad():
        layer.weight_ih_l0.copy_(U.permute(1, 2, 0).reshape(4 * hidden, features))
        layer.weight_hh_l0.copy_(W.permute(1, 2, 0).reshape(4 * hidden, hidden))
        layer.bias_ih_l0.copy_(b.reshape(-1))
        layer.bias_hh_l0.zero_()  # it is added to the other
    h, (_, c) = layer(inputs["x"], (inputs["h0"][None], inputs["c0"][None]))
    return layer, h, c[0]


@adapter.operation("recurrent.lstm", conventions={"gate_order": "ifgo"})
def lstm(inputs, integers, conventions):
    """torch.nn.LSTM"""
    _, h, c = run_lstm(inputs)
    return {"h": h, "c": c}


@adapter.operation("recurrent.lstm.gradient", conventions={"gate_order": "ifgo"})
def lstm_gradient(inputs, integers, conventions):
    """torch.nn.LSTM, backwards"""
    x, h0, c0 = (inputs[name].requires_grad_() for name in ("x", "h0", "c0"))
    layer, h, c = run_lstm(inputs)
    torch.autograd.backward([h, c], [inputs["dh"], inputs["dc"]])
    hidden = h0.shape[1]

    def unpacked(gradient):
        return gradient.reshape(4, hidden, -1).permute(2, 0, 1)

    return {
        "dx": x.grad,
        "dh0": h0.grad,
        "dc0": c0.grad,
        "dU": unpacked(layer.weight_ih_l0.grad),
        "dW": unpacked(layer.weight_hh_l0.grad),
        "db": layer.bias_ih_l0.grad.reshape(4, hidden),
    }


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


def normalize(inputs):
    x = inputs["x"]
    y = torch.nn.functional.layer_norm(x, x.shape[-1:], inputs["gamma"], inputs["beta"], inputs["eps"])
    variance, mean = torch.var_mean(x, dim=-1, unbiased=False)
    return {"y": y, "mean": mean, "variance": variance}


@adapter.operation("normalization.layer_norm", settings=("eps",))
def layer_norm(inputs, integers, conventions):
    """torch.nn.functional.layer_norm, torch.var_mean"""
    return normalize(inputs)


@adapter.operation("normalization.layer_norm.gradient", settings=("eps",))
def layer_norm_gradient(inputs, integers, conventions):
    """torch.nn.functional.layer_norm and torch.var_mean, backwards"""
    x, gamma, beta = (inputs[name].requires_grad_() for name in ("x", "gamma", "beta"))
    outputs = normalize(inputs)
    torch.autograd.backward(list(outputs.values()), [inputs["d" + name] for name in outputs])
    return {"dx": x.grad, "dgamma": gamma.grad, "dbeta": beta.grad}


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
