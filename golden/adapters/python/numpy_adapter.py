"""NumPy: formulas over arrays, and its own mean, var, cov, eigh, lstsq and solve."""

import os

os.environ.setdefault("NPY_PROMOTION_STATE", "weak")  # as NumPy 2: 1 - x stays float32 where x is a number (NEP 50)

import numpy as np

from goldgrad import Adapter, Tensor

DTYPES = {"float64": "binary64", "float32": "binary32"}

adapter = Adapter("numpy", np.__version__, intermediates=True)


def use(dtype):
    """Computes in a dtype from here on: what is read is rounded to it, what is written widened."""
    adapter.dtype = DTYPES[dtype]

    def decode(tensor):
        return np.array(tensor.flat, np.float64).astype(dtype).reshape(tensor.shape)

    def encode(array):
        array = np.asarray(array)
        if array.dtype != dtype:
            raise TypeError(f"computed in {array.dtype}, not in {dtype}")
        return Tensor(array.shape, array.astype(np.float64).ravel().tolist())

    adapter.decode, adapter.encode = decode, encode


# Recurrent


@adapter.operation("recurrent.scalar")
def scalar(inputs, integers, conventions):
    """y = Σ wᵏ u_{T+1-k} + wᵀ h₀, k = 1…T, so with powers of w for weights everything is a dot product:

    ∂y/∂h_t = w^{T-t}      edges_t = w^{T-t} z_t      du_t = w^{T-t+1}      dh0 = wᵀ
    ddw = Σ k(k-1) w^{k-2} u_{T+1-k} + T(T-1) w^{T-2} h₀
    """
    u, w, h = inputs["u"], inputs["w"], inputs["h0"]
    T = len(u)
    zs, hs = [], []
    for ut in u:
        zs.append(ut + h)
        h = w * zs[-1]
        hs.append(h)
    k = np.arange(T, 0, -1, dtype=u.dtype)
    edges = w ** (k - 1) * np.array(zs)
    curved = k * (k - 1) * w ** np.maximum(k - 2, 0)
    ddw = (curved * u).sum() + curved[0] * inputs["h0"]
    return {"z": zs, "h": hs, "y": h, "edges": edges, "dw": edges.sum(), "du": w**k, "dh0": w**T, "ddw": ddw}


def sigmoid(z):
    """1/(1+e⁻ᶻ), without e⁻ᶻ overflowing where z is far below 0."""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


@adapter.operation("recurrent.lstm")
def lstm(inputs, integers, conventions):
    """i, f, o = sigmoid(x U^• + h W^• + b^•)      g = tanh(x U^g + h W^g + b^g)
    C ← f ⊙ C + i ⊙ g      h ← tanh(C) ⊙ o
    """
    U, W, b, h, C = (inputs[name] for name in ("U", "W", "b", "h0", "c0"))
    steps = {name: [] for name in "ifgoCh"}
    for x in inputs["x"]:
        z = np.tensordot(x, U, 1) + np.tensordot(h, W, 1) + b
        gates = {gate: z[:, at] for at, gate in enumerate(conventions["gate_order"])}
        now = {gate: np.tanh(z) if gate == "g" else sigmoid(z) for gate, z in gates.items()}
        C = now["f"] * C + now["i"] * now["g"]
        h = np.tanh(C) * now["o"]
        for name, value in {**now, "C": C, "h": h}.items():
            steps[name].append(value)
    return {"c": C, **{name: np.stack(values) for name, values in steps.items()}}


@adapter.operation("recurrent.lstm.gradient")
def lstm_gradient(inputs, integers, conventions):
    """dh ← dh_t + Σ_• dz^• W^•ᵀ      dC ← dC + dh ⊙ o ⊙ (1 - tanh² C)
    dz^i = dC ⊙ g ⊙ i(1-i)      dz^f = dC ⊙ C_{t-1} ⊙ f(1-f)
    dz^g = dC ⊙ i ⊙ (1-g²)      dz^o = dh ⊙ tanh C ⊙ o(1-o)
    dU = Σ xᵀ dz      dW = Σ hᵀ dz      db = Σ dz      dx = dz Uᵀ      dC ← dC ⊙ f
    """
    x, U, W = inputs["x"], inputs["U"], inputs["W"]
    forward = lstm(inputs, integers, conventions)
    before = {name: [inputs[start], *forward[name][:-1]] for name, start in (("h", "h0"), ("C", "c0"))}
    dU, dW, db, dx = np.zeros_like(U), np.zeros_like(W), np.zeros_like(inputs["b"]), np.empty_like(x)
    dh_next, dC = np.zeros_like(inputs["h0"]), inputs["dc"]
    for t in reversed(range(len(x))):
        i, f, g, o, C = (forward[name][t] for name in "ifgoC")
        dh = inputs["dh"][t] + dh_next
        dC = dC + dh * o * (1 - np.tanh(C)) * (1 + np.tanh(C))
        dz = {
            "i": dC * g * i * (1 - i),
            "f": dC * before["C"][t] * f * (1 - f),
            "g": dC * i * (1 - g) * (1 + g),
            "o": dh * np.tanh(C) * o * (1 - o),
        }
        packed = np.stack([dz[gate] for gate in conventions["gate_order"]], axis=1)
        dU += np.einsum("bf,bgh->fgh", x[t], packed)
        dW += np.einsum("bf,bgh->fgh", before["h"][t], packed)
        db += packed.sum(axis=0)
        dx[t] = np.einsum("bgh,fgh->bf", packed, U)
        dh_next = np.einsum("bgh,fgh->bf", packed, W)
        dC = dC * f
    return {"dx": dx, "dh0": dh_next, "dc0": dC, "dU": dU, "dW": dW, "db": db, **forward}


# Optimization


def trajectory(state, step, gradients, names):
    """The states that a step (state, gradient, t) leads through, each part stacked under its name."""
    states = []
    for t, g in enumerate(gradients, start=1):
        state = step(state, g, t)
        states.append(state)
    return {name: np.stack(parts) for name, parts in zip(names, zip(*states))}


@adapter.operation("optimization.momentum")
def momentum(inputs, integers, conventions):
    """rate=inside  v ← αv + εg, θ ← θ - v      rate=outside  v ← αv + g, θ ← θ - εv"""
    alpha, epsilon, theta0 = inputs["alpha"], inputs["epsilon"], inputs["theta0"]

    def inside(state, g, t):
        theta, v = state
        v = alpha * v + epsilon * g
        return theta - v, v

    def outside(state, g, t):
        theta, v = state
        v = alpha * v + g
        return theta - epsilon * v, v

    step = inside if conventions["rate"] == "inside" else outside
    return trajectory((theta0, np.zeros_like(theta0)), step, inputs["g"], ("theta", "v"))


@adapter.operation("optimization.running_average")
def running_average(inputs, integers, conventions):
    """v ← βv + (1-β)g      raw  θ ← θ - δv      corrected  θ ← θ - δ v/(1-βᵗ)"""
    beta, delta, theta0 = inputs["beta"], inputs["delta"], inputs["theta0"]
    corrected = conventions["correction"] == "corrected"

    def step(state, g, t):
        theta, v = state
        v = beta * v + (1 - beta) * g
        return theta - delta * (v / (1 - beta**t) if corrected else v), v

    return trajectory((theta0, np.zeros_like(theta0)), step, inputs["g"], ("theta", "v"))


@adapter.operation("optimization.adam")
def adam(inputs, integers, conventions):
    """decay=coupled     g ← g + λθ
    m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²      a = 1-β₁ᵗ      b = 1-β₂ᵗ
    epsilon=outside   θ ← θ - α (m/a)/(√(v/b) + ε)
    epsilon=hat       θ ← θ - α (√b/a) m/(√v + ε)
    decay=decoupled   θ ← … - αλθ
    """
    alpha, beta1, beta2, eps, decay = (inputs[n][:, None] for n in ("lr", "beta1", "beta2", "eps", "weight_decay"))
    coupled, hat = conventions["decay"] == "coupled", conventions["epsilon"] == "hat"
    theta0 = inputs["theta0"]

    def step(state, g, t):
        theta, m, v = state
        if coupled:
            g = g + decay * theta
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        a, b = 1 - beta1**t, 1 - beta2**t
        change = alpha * np.sqrt(b) / a * m / (np.sqrt(v) + eps) if hat else alpha * (m / a) / (np.sqrt(v / b) + eps)
        if not coupled:
            change = change + alpha * decay * theta
        return theta - change, m, v

    start = (theta0, np.zeros_like(theta0), np.zeros_like(theta0))
    return trajectory(start, step, inputs["g"], ("theta", "m", "v"))


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
