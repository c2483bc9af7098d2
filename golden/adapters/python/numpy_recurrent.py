"""Plain recurrent layers over arrays, and their gradients by hand."""

from numpy_arrays import adapter, np

# Scalars and averages


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


@adapter.operation("recurrent.running_average")
def running_average(inputs, integers, conventions):
    """y_t = (1/t) Σ_{s≤t} x_s      last = y_T"""
    x = inputs["x"]
    y = x.cumsum(axis=0) / np.arange(1, len(x) + 1, dtype=x.dtype)[:, None]
    return {"y": y, "last": y[-1]}


# One layer


def sigmoid(z):
    """1/(1+e⁻ᶻ), without e⁻ᶻ overflowing where z is far below 0."""
    return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))


PHI = {"tanh": np.tanh, "relu": lambda a: np.maximum(a, 0), "sigmoid": sigmoid, "identity": lambda a: a}
SLOPE = {  # φ'(a), from φ(a)
    "tanh": lambda h: (1 - h) * (1 + h),
    "relu": lambda h: (h > 0).astype(h.dtype),
    "sigmoid": lambda h: h * (1 - h),
    "identity": np.ones_like,
}


def elman(layer, phi="tanh"):
    """a_t = x_t U + h_{t-1} W + b      h_t = φ(a_t)      both time×batch×hidden"""
    U, W, b, h = (layer[name] for name in ("U", "W", "b", "h0"))
    before, after = [], []
    for x in layer["x"]:
        before.append(x @ U + h @ W + b)
        h = PHI[phi](before[-1])
        after.append(h)
    return np.stack(before), np.stack(after)


def earlier(start, states):
    """The state before every step."""
    return np.concatenate([start[None], states[:-1]])


def product(left, right):
    """Σ_t leftᵀ right, the gradient of a matrix M of left M, for left time×batch×m and right time×batch×n."""
    return np.einsum("tbm,tbn->mn", left, right)


def elman_back(layer, h, dh, phi="tanh", window=None):
    """Γ_t = dh_t + da_{t+1} Wᵀ      da_t = Γ_t ⊙ φ'(a_t)
    dU = Σ x_tᵀ da_t      dW = Σ h_{t-1}ᵀ da_t      db = Σ da_t      dx_t = da_t Uᵀ      dh0 = da_1 Wᵀ

    The gradients by name, Γ and da. With a window nothing goes back from one window to the one before.
    """
    Gamma, da, back = np.empty_like(h), np.empty_like(h), np.zeros_like(layer["h0"])
    for t in reversed(range(len(h))):
        Gamma[t] = dh[t] + back
        da[t] = Gamma[t] * SLOPE[phi](h[t])
        cut = window and t > 0 and t % window == 0
        back = np.zeros_like(back) if cut else da[t] @ layer["W"].T
    found = {
        "dx": da @ layer["U"].T,
        "dh0": back,
        "dU": product(layer["x"], da),
        "dW": product(earlier(layer["h0"], h), da),
        "db": da.sum(axis=(0, 1)),
    }
    return found, Gamma, da


@adapter.operation("recurrent.vanilla")
def vanilla(inputs, integers, conventions):
    """a_t = x_t U + h_{t-1} W + b      h_t = φ(a_t)"""
    a, h = elman(inputs, conventions["nonlinearity"])
    return {"a": a, "h": h}


@adapter.operation("recurrent.vanilla.gradient")
def vanilla_gradient(inputs, integers, conventions):
    """Backpropagation through time, in elman_back."""
    phi = conventions["nonlinearity"]
    a, h = elman(inputs, phi)
    found, Gamma, da = elman_back(inputs, h, inputs["dh"], phi)
    return {**found, "Gamma": Gamma, "a": a, "h": h, "da": da}


@adapter.operation("recurrent.truncated.gradient")
def truncated_gradient(inputs, integers, conventions):
    """The same, but nothing goes back from one window to the one before."""
    a, h = elman(inputs)
    found, _, da = elman_back(inputs, h, inputs["dh"], window=integers["window"])
    return {**found, "a": a, "h": h, "da": da}


def low_rank_weights(inputs, conventions):
    """s and W = R + s P Qᵀ."""
    P, Q = inputs["P"], inputs["Q"]
    s = inputs["alpha"] if conventions["scale"] == "alpha" else 1 / P.shape[1]
    return s, inputs["R"] + s * (P @ Q.T)


@adapter.operation("recurrent.low_rank")
def low_rank(inputs, integers, conventions):
    """h_t = tanh(x_t U + h_{t-1} W + b)      W = R + s P Qᵀ"""
    _, W = low_rank_weights(inputs, conventions)
    return {"W": W, "h": elman({**inputs, "W": W})[1]}


@adapter.operation("recurrent.low_rank.gradient")
def low_rank_gradient(inputs, integers, conventions):
    """dP = s dW Q      dQ = s dWᵀ P"""
    s, W = low_rank_weights(inputs, conventions)
    layer = {**inputs, "W": W}
    h = elman(layer)[1]
    found = elman_back(layer, h, inputs["dh"])[0]
    dW = found["dW"]
    return {**found, "dP": s * (dW @ inputs["Q"]), "dQ": s * (dW.T @ inputs["P"]), "W": W, "h": h}


# Lengths and directions


def inside(lengths, time):
    """1 where a sequence has a step, 0 where padding is: time×batch×1."""
    return (np.arange(time)[:, None, None] < lengths[:, None]).astype(lengths.dtype)


def ends(lengths):
    """Where the last steps are, in time and batch."""
    return lengths.astype(int) - 1, np.arange(len(lengths))


def flipped(x, lengths):
    """Every sequence from its last step to its first; the padding stays where it is."""
    x = x.copy()
    for k, n in enumerate(lengths.astype(int)):
        x[:n, k] = x[:n, k][::-1]
    return x


@adapter.operation("recurrent.variable_length")
def variable_length(inputs, integers, conventions):
    """h_t = tanh(x_t U + h_{t-1} W + b) for t ≤ n, and 0 after it      last = h_n"""
    h = elman(inputs)[1] * inside(inputs["lengths"], len(inputs["x"]))
    return {"h": h, "last": h[ends(inputs["lengths"])]}


@adapter.operation("recurrent.variable_length.gradient")
def variable_length_gradient(inputs, integers, conventions):
    """Nothing comes back from the padding, and dlast enters at t = n."""
    forward = variable_length(inputs, integers, conventions)
    dh = inputs["dh"] * inside(inputs["lengths"], len(inputs["x"]))
    dh[ends(inputs["lengths"])] += inputs["dlast"]
    return {**elman_back(inputs, forward["h"], dh)[0], **forward}


def sides(inputs):
    """The layers of the two directions, and what turns the arrays of each in time."""
    turns = {"f": lambda x: x, "b": lambda x: flipped(x, inputs["lengths"])}
    for side, turn in turns.items():
        layer = {name: inputs[name + side] for name in "UWb"}
        yield {**layer, "x": turn(inputs["x"]), "h0": inputs[f"h{side}0"]}, turn


@adapter.operation("recurrent.bidirectional")
def bidirectional(inputs, integers, conventions):
    """hf_t = φ(x_t Uf + hf_{t-1} Wf + bf)      hb_t = φ(x_t Ub + hb_{t+1} Wb + bb)      0 in the padding"""
    phi, within = conventions["nonlinearity"], inside(inputs["lengths"], len(inputs["x"]))
    hf, hb = (turn(elman(layer, phi)[1]) * within for layer, turn in sides(inputs))
    merged = {"sum": hf + hb, "mean": (hf + hb) / 2, "product": hf * hb}[conventions["merge"]]
    return {"hf": hf, "hb": hb, "merged": merged}


@adapter.operation("recurrent.bidirectional.gradient")
def bidirectional_gradient(inputs, integers, conventions):
    """dhf ← dhf + dmerged ∂merged/∂hf, and dhb likewise, each back through its own layer"""
    phi, within = conventions["nonlinearity"], inside(inputs["lengths"], len(inputs["x"]))
    forward = bidirectional(inputs, integers, conventions)
    share = {"sum": (1, 1), "mean": (0.5, 0.5), "product": (forward["hb"], forward["hf"])}[conventions["merge"]]
    found = {"dx": 0}
    for side, part, (layer, turn) in zip("fb", share, sides(inputs)):
        dh = (inputs["dh" + side] + part * inputs["dmerged"]) * within
        back = elman_back(layer, turn(forward["h" + side]), turn(dh), phi)[0]
        found["dx"] = found["dx"] + turn(back["dx"])
        found[f"dh{side}0"] = back["dh0"]
        found.update({f"d{name}{side}": back["d" + name] for name in "UWb"})
    return {**found, **forward}


# Blocks, and states before the nonlinearity


@adapter.operation("recurrent.residual")
def residual(inputs, integers, conventions):
    """a_t = h_{t-1} W_t + b_t      h_t = φ(a_t) + h_{t-1}"""
    h, before, after = inputs["h0"], [], []
    for W, b in zip(inputs["W"], inputs["b"]):
        before.append(h @ W + b)
        h = PHI[conventions["nonlinearity"]](before[-1]) + h
        after.append(h)
    return {"a": np.stack(before), "h": np.stack(after)}


@adapter.operation("recurrent.residual.gradient")
def residual_gradient(inputs, integers, conventions):
    """Γ_t = dh_t + Γ_{t+1} + da_{t+1} W_{t+1}ᵀ      da_t = Γ_t ⊙ φ'(a_t)      dW_t = h_{t-1}ᵀ da_t"""
    phi, W = conventions["nonlinearity"], inputs["W"]
    forward = residual(inputs, integers, conventions)
    slope = SLOPE[phi](PHI[phi](forward["a"]))
    da, back = np.empty_like(slope), np.zeros_like(inputs["h0"])
    for t in reversed(range(len(W))):
        Gamma = inputs["dh"][t] + back
        da[t] = Gamma * slope[t]
        back = Gamma + da[t] @ W[t].T
    dW = np.einsum("tbm,tbn->tmn", earlier(inputs["h0"], forward["h"]), da)
    return {"dh0": back, "dW": dW, "db": da.sum(axis=1), **forward, "da": da}


@adapter.operation("recurrent.preactivation")
def preactivation(inputs, integers, conventions):
    """h_t = φ(h_{t-1}) W + x_t U + b"""
    h, hs = inputs["h0"], []
    for x in inputs["x"]:
        h = PHI[conventions["nonlinearity"]](h) @ inputs["W"] + x @ inputs["U"] + inputs["b"]
        hs.append(h)
    return {"h": np.stack(hs)}


@adapter.operation("recurrent.preactivation.gradient")
def preactivation_gradient(inputs, integers, conventions):
    """Γ_t = dh_t + (Γ_{t+1} Wᵀ) ⊙ φ'(h_t)      dU = Σ x_tᵀ Γ_t      dW = Σ φ(h_{t-1})ᵀ Γ_t"""
    phi, x, h0 = conventions["nonlinearity"], inputs["x"], inputs["h0"]
    h = preactivation(inputs, integers, conventions)["h"]
    squashed = PHI[phi](earlier(h0, h))
    Gamma, back = np.empty_like(h), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        Gamma[t] = inputs["dh"][t] + back
        back = (Gamma[t] @ inputs["W"].T) * SLOPE[phi](squashed[t])
    dU, dW = product(x, Gamma), product(squashed, Gamma)
    return {"dx": Gamma @ inputs["U"].T, "dh0": back, "dU": dU, "dW": dW, "db": Gamma.sum(axis=(0, 1)), "h": h}
