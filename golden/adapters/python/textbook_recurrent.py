"""Plain recurrent layers as a textbook writes them."""

from math import tanh

from textbook_vectors import adapter, affine, columns_sum, each, matmul, plus, product, sigmoid, times, transpose

# Scalars and averages


@adapter.operation("recurrent.scalar")
def scalar(inputs, integers, conventions):
    """z_t = u_t + h_{t-1}      h_t = w z_t      y = h_T

    δ_t = ∂y/∂h_t:   δ_T = 1      δ_{t-1} = w δ_t      edges_t = δ_t z_t      du_t = w δ_t      dh0 = δ_0
    Dots are derivatives by w:   ż_t = ḣ_{t-1}      ḣ_t = z_t + w ż_t      δ̇_{t-1} = δ_t + w δ̇_t
    dw = Σ δ_t z_t      ddw = Σ δ̇_t z_t + δ_t ż_t
    """
    u, w, h0 = inputs["u"], inputs["w"], inputs["h0"]
    z, h, z_dot = [], [], []
    state, state_dot = h0, 0.0
    for ut in u:
        z.append(ut + state)
        z_dot.append(state_dot)
        state, state_dot = w * z[-1], z[-1] + w * z_dot[-1]
        h.append(state)
    edges, du, ddw = [], [], 0.0
    delta, delta_dot = 1.0, 0.0
    for zt, zt_dot in zip(reversed(z), reversed(z_dot)):
        edges.insert(0, delta * zt)
        du.insert(0, w * delta)
        ddw += delta_dot * zt + delta * zt_dot
        delta, delta_dot = w * delta, delta + w * delta_dot
    return {"z": z, "h": h, "y": h[-1], "edges": edges, "dw": sum(edges), "du": du, "dh0": delta, "ddw": ddw}


@adapter.operation("recurrent.running_average")
def running_average(inputs, integers, conventions):
    """y_t = (1/t) Σ_{s≤t} x_s      last = y_T"""
    total, y = [0.0] * len(inputs["x"][0]), []
    for t, x in enumerate(inputs["x"], start=1):
        total = plus(total, x)
        y.append([one / t for one in total])
    return {"y": y, "last": y[-1]}


# One layer: h_0 is batch×hidden, x time×batch×features

PHI = {"tanh": tanh, "relu": lambda a: max(a, 0.0), "sigmoid": sigmoid, "identity": lambda a: a}
SLOPE = {  # φ'(a), from φ(a)
    "tanh": lambda h: (1 - h) * (1 + h),
    "relu": lambda h: float(h > 0),
    "sigmoid": lambda h: h * (1 - h),
    "identity": lambda h: 1.0,
}


def elman(layer, phi="tanh"):
    """a_t = x_t U + h_{t-1} W + b      h_t = φ(a_t)      both time×batch×hidden"""
    before, after = [], [layer["h0"]]
    for x in layer["x"]:
        before.append(plus(affine(x, layer["U"], layer["b"]), matmul(after[-1], layer["W"])))
        after.append(each(PHI[phi], before[-1]))
    return before, after[1:]


def elman_back(layer, h, dh, phi="tanh", window=None):
    """Γ_t = dh_t + da_{t+1} Wᵀ      da_t = Γ_t ⊙ φ'(a_t)
    dU = Σ x_tᵀ da_t      dW = Σ h_{t-1}ᵀ da_t      db = Σ da_t      dx_t = da_t Uᵀ      dh0 = da_1 Wᵀ

    The gradients by name, Γ and da. With a window nothing goes back from one window to the one before.
    """
    nothing = each(lambda h: 0.0, layer["h0"])
    back, Gamma, da = nothing, [], []
    for t in reversed(range(len(h))):
        Gamma.insert(0, plus(dh[t], back))
        da.insert(0, times(Gamma[0], each(SLOPE[phi], h[t])))
        cut = window and t > 0 and t % window == 0
        back = nothing if cut else matmul(da[0], transpose(layer["W"]))
    found = {
        "dx": [matmul(step, transpose(layer["U"])) for step in da],
        "dh0": back,
        "dU": product(layer["x"], da),
        "dW": product([layer["h0"], *h[:-1]], da),
        "db": columns_sum(da),
    }
    return found, Gamma, da


@adapter.operation("recurrent.vanilla")
def vanilla(inputs, integers, conventions):
    """The formulas are in elman."""
    a, h = elman(inputs, conventions["nonlinearity"])
    return {"a": a, "h": h}


@adapter.operation("recurrent.vanilla.gradient")
def vanilla_gradient(inputs, integers, conventions):
    """The formulas are in elman_back."""
    a, h = elman(inputs, conventions["nonlinearity"])
    found, Gamma, da = elman_back(inputs, h, inputs["dh"], conventions["nonlinearity"])
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
    s = inputs["alpha"] if conventions["scale"] == "alpha" else 1 / len(P[0])
    return s, each(lambda r, pq: r + s * pq, inputs["R"], matmul(P, transpose(Q)))


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
    dP = each(lambda d: s * d, matmul(found["dW"], inputs["Q"]))
    dQ = each(lambda d: s * d, matmul(transpose(found["dW"]), inputs["P"]))
    return {**found, "dP": dP, "dQ": dQ, "W": W, "h": h}


# Lengths and directions


def inside(x, lengths):
    """x as long as a sequence lasts, and 0 after it."""
    return [[row if t < n else [0.0] * len(row) for row, n in zip(step, lengths)] for t, step in enumerate(x)]


def flipped(x, lengths):
    """Every sequence from its last step to its first; the padding stays where it is."""
    sequences = zip(transpose(x), map(int, lengths))
    return transpose([sequence[:n][::-1] + sequence[n:] for sequence, n in sequences])


@adapter.operation("recurrent.variable_length")
def variable_length(inputs, integers, conventions):
    """h_t = tanh(x_t U + h_{t-1} W + b) for t ≤ n, and 0 after it      last = h_n"""
    h = inside(elman(inputs)[1], inputs["lengths"])
    return {"h": h, "last": [h[int(n) - 1][k] for k, n in enumerate(inputs["lengths"])]}


@adapter.operation("recurrent.variable_length.gradient")
def variable_length_gradient(inputs, integers, conventions):
    """Nothing comes back from the padding, and dlast enters at t = n."""
    forward = variable_length(inputs, integers, conventions)
    dh = inside(inputs["dh"], inputs["lengths"])
    for k, n in enumerate(inputs["lengths"]):
        dh[int(n) - 1][k] = plus(dh[int(n) - 1][k], inputs["dlast"][k])
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
    phi, lengths = conventions["nonlinearity"], inputs["lengths"]
    hf, hb = (inside(turn(elman(layer, phi)[1]), lengths) for layer, turn in sides(inputs))
    merge = {"sum": lambda f, b: f + b, "mean": lambda f, b: (f + b) / 2, "product": lambda f, b: f * b}
    return {"hf": hf, "hb": hb, "merged": each(merge[conventions["merge"]], hf, hb)}


@adapter.operation("recurrent.bidirectional.gradient")
def bidirectional_gradient(inputs, integers, conventions):
    """dhf ← dhf + dmerged ∂merged/∂hf, and dhb likewise, each back through its own layer"""
    phi, lengths = conventions["nonlinearity"], inputs["lengths"]
    forward = bidirectional(inputs, integers, conventions)
    slope = {"sum": lambda other: 1.0, "mean": lambda other: 0.5, "product": lambda other: other}[conventions["merge"]]
    found = {"dx": each(lambda x: 0.0, inputs["x"])}
    for side, other, (layer, turn) in zip("fb", "bf", sides(inputs)):
        merged = times(inputs["dmerged"], each(slope, forward["h" + other]))
        dh = inside(plus(inputs["dh" + side], merged), lengths)
        back = elman_back(layer, turn(forward["h" + side]), turn(dh), phi)[0]
        found["dx"] = plus(found["dx"], turn(back["dx"]))
        found[f"dh{side}0"] = back["dh0"]
        found.update({f"d{name}{side}": back["d" + name] for name in "UWb"})
    return {**found, **forward}


# Blocks, and states before the nonlinearity


@adapter.operation("recurrent.residual")
def residual(inputs, integers, conventions):
    """a_t = h_{t-1} W_t + b_t      h_t = φ(a_t) + h_{t-1}"""
    before, after = [], [inputs["h0"]]
    for W, b in zip(inputs["W"], inputs["b"]):
        before.append(affine(after[-1], W, b))
        after.append(plus(each(PHI[conventions["nonlinearity"]], before[-1]), after[-1]))
    return {"a": before, "h": after[1:]}


@adapter.operation("recurrent.residual.gradient")
def residual_gradient(inputs, integers, conventions):
    """Γ_t = dh_t + Γ_{t+1} + da_{t+1} W_{t+1}ᵀ      da_t = Γ_t ⊙ φ'(a_t)      dW_t = h_{t-1}ᵀ da_t"""
    phi, W = conventions["nonlinearity"], inputs["W"]
    forward = residual(inputs, integers, conventions)
    back, da = each(lambda h: 0.0, inputs["h0"]), []
    for t in reversed(range(len(W))):
        Gamma = plus(inputs["dh"][t], back)
        da.insert(0, times(Gamma, each(lambda a: SLOPE[phi](PHI[phi](a)), forward["a"][t])))
        back = plus(Gamma, matmul(da[0], transpose(W[t])))
    before = [inputs["h0"], *forward["h"][:-1]]
    dW = [product([h], [step]) for h, step in zip(before, da)]
    return {"dh0": back, "dW": dW, "db": [columns_sum([step]) for step in da], **forward, "da": da}


@adapter.operation("recurrent.preactivation")
def preactivation(inputs, integers, conventions):
    """h_t = φ(h_{t-1}) W + x_t U + b"""
    h = [inputs["h0"]]
    for x in inputs["x"]:
        squashed = each(PHI[conventions["nonlinearity"]], h[-1])
        h.append(plus(matmul(squashed, inputs["W"]), affine(x, inputs["U"], inputs["b"])))
    return {"h": h[1:]}


@adapter.operation("recurrent.preactivation.gradient")
def preactivation_gradient(inputs, integers, conventions):
    """Γ_t = dh_t + (Γ_{t+1} Wᵀ) ⊙ φ'(h_t)      dU = Σ x_tᵀ Γ_t      dW = Σ φ(h_{t-1})ᵀ Γ_t      db = Σ Γ_t"""
    phi = conventions["nonlinearity"]
    h = preactivation(inputs, integers, conventions)["h"]
    squashed = each(PHI[phi], [inputs["h0"], *h[:-1]])
    back, Gamma = each(lambda h: 0.0, inputs["h0"]), []
    for t in reversed(range(len(h))):
        Gamma.insert(0, plus(inputs["dh"][t], back))
        back = times(matmul(Gamma[0], transpose(inputs["W"])), each(SLOPE[phi], squashed[t]))
    dx = [matmul(step, transpose(inputs["U"])) for step in Gamma]
    dU, dW = product(inputs["x"], Gamma), product(squashed, Gamma)
    return {"dx": dx, "dh0": back, "dU": dU, "dW": dW, "db": columns_sum(Gamma), "h": h}
