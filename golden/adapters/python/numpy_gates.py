"""Layers with gates over arrays, and their gradients by hand."""

from numpy_arrays import adapter, np
from numpy_recurrent import earlier, sigmoid


def to_gates(x, W):
    """x W^• for every gate: batch×gates×hidden, for x batch×features and W features×gates×hidden."""
    return np.tensordot(x, W, 1)


def from_gates(dz, W):
    """Σ_• dz^• W^•ᵀ."""
    return np.einsum("...gh,fgh->...f", dz, W)


def products(left, dz):
    """Σ_t leftᵀ dz^• for every gate, the gradient of W of left W^•."""
    return np.einsum("tbf,tbgh->fgh", left, dz)


# Long short-term memory


def lstm_states(layer, order):
    """i, f, o = sigmoid(x U^• + h W^• + b^•)      g = tanh(x U^g + h W^g + b^g)
    C ← f ⊙ C + i ⊙ g      h ← tanh(C) ⊙ o      each time×batch×hidden

    A layer may have a second bias d^•, and something more to add at run time.
    """
    U, W, b, h, C = (layer[name] for name in ("U", "W", "b", "h0", "c0"))
    steps = {name: [] for name in "ifgoCh"}
    for x in layer["x"]:
        z = to_gates(x, U) + to_gates(h, W) + b + layer.get("d", 0) + layer.get("more", 0)
        gates = {gate: z[:, at] for at, gate in enumerate(order)}
        now = {gate: np.tanh(z) if gate == "g" else sigmoid(z) for gate, z in gates.items()}
        C = now["f"] * C + now["i"] * now["g"]
        h = np.tanh(C) * now["o"]
        for name, value in {**now, "C": C, "h": h}.items():
            steps[name].append(value)
    return {name: np.stack(values) for name, values in steps.items()}


def lstm_back(layer, states, dh, dc, order):
    """Γ_t = dh_t + Σ_• dz^• W^•ᵀ      dC ← dC + Γ_t ⊙ o ⊙ (1 - tanh² C)
    dz^i = dC ⊙ g ⊙ i(1-i)      dz^f = dC ⊙ C_{t-1} ⊙ f(1-f)
    dz^g = dC ⊙ i ⊙ (1-g²)      dz^o = Γ_t ⊙ tanh C ⊙ o(1-o)
    dU = Σ xᵀ dz      dW = Σ hᵀ dz      db = Σ dz      dx = dz Uᵀ      dC ← dC ⊙ f

    The gradients by name, and Γ.
    """
    before = {"h": earlier(layer["h0"], states["h"]), "C": earlier(layer["c0"], states["C"])}
    Gamma, dC, back = np.empty_like(dh), dc, np.zeros_like(layer["h0"])
    packed = np.empty(dh.shape[:2] + layer["b"].shape, dh.dtype)
    for t in reversed(range(len(dh))):
        i, f, g, o, C = (states[name][t] for name in "ifgoC")
        Gamma[t] = dh[t] + back
        dC = dC + Gamma[t] * o * (1 - np.tanh(C)) * (1 + np.tanh(C))
        dz = {
            "i": dC * g * i * (1 - i),
            "f": dC * before["C"][t] * f * (1 - f),
            "g": dC * i * (1 - g) * (1 + g),
            "o": Gamma[t] * np.tanh(C) * o * (1 - o),
        }
        packed[t] = np.stack([dz[gate] for gate in order], axis=1)
        back = from_gates(packed[t], layer["W"])
        dC = dC * f
    found = {"dx": from_gates(packed, layer["U"]), "dh0": back, "dc0": dC, "db": packed.sum(axis=(0, 1))}
    return {**found, "dU": products(layer["x"], packed), "dW": products(before["h"], packed)}, Gamma


@adapter.operation("recurrent.lstm")
def lstm(inputs, integers, conventions):
    """The formulas are in lstm_states."""
    states = lstm_states(inputs, conventions["gate_order"])
    return {"c": states["C"][-1], **states}


@adapter.operation("recurrent.lstm.gradient")
def lstm_gradient(inputs, integers, conventions):
    """The formulas are in lstm_back."""
    forward = lstm(inputs, integers, conventions)
    found, _ = lstm_back(inputs, forward, inputs["dh"], inputs["dc"], conventions["gate_order"])
    return {**found, **forward}


def in_rows(inputs, conventions):
    """A question to recurrent.lstm.columns as one to recurrent.lstm, with d, and with 1 more for the forget gate."""
    more = np.zeros_like(inputs["d"])
    if conventions["forget_bias"] == "added":
        more[conventions["gate_order"].index("f")] = 1
    return {**inputs, "more": more, **{name: inputs[name].transpose(2, 0, 1) for name in "UW"}}


@adapter.operation("recurrent.lstm.columns")
def lstm_columns(inputs, integers, conventions):
    """The same of U xᵀ + b + W hᵀ + d"""
    return lstm(in_rows(inputs, conventions), integers, conventions)


@adapter.operation("recurrent.lstm.columns.gradient")
def lstm_columns_gradient(inputs, integers, conventions):
    """dd = db"""
    found = lstm_gradient(in_rows(inputs, conventions), integers, conventions)
    return {**found, **{name: found[name].transpose(1, 2, 0) for name in ("dU", "dW")}, "dd": found["db"]}


# Gated recurrent units


def gru_step(inputs, x, h, conventions):
    """r, z = sigmoid(x U^• + b^• + h W^• + d^•)
    reset=after    n = tanh(x U^n + b^n + r ⊙ q)      q = h W^n + d^n
    reset=before   n = tanh(x U^n + b^n + q)      q = (r ⊙ h) W^n + d^n
    """
    U, W, b, d = (inputs[name] for name in "UWbd")
    after = conventions["reset"] == "after"
    p, q = to_gates(x, U) + b, to_gates(h, W) + d
    at = conventions["gate_order"].index
    r, z = (sigmoid(p[:, at(gate)] + q[:, at(gate)]) for gate in "rz")
    q = q[:, at("n")] if after else (r * h) @ W[:, at("n")] + d[at("n")]
    return {"r": r, "z": z, "n": np.tanh(p[:, at("n")] + (r * q if after else q)), "q": q}


@adapter.operation("recurrent.gru")
def gru(inputs, integers, conventions):
    """keep   h ← (1-z) ⊙ n + z ⊙ h      replace   h ← z ⊙ n + (1-z) ⊙ h"""
    h, steps = inputs["h0"], []
    for x in inputs["x"]:
        now = gru_step(inputs, x, h, conventions)
        z = now["z"]
        h = (1 - z) * now["n"] + z * h if conventions["update"] == "keep" else z * now["n"] + (1 - z) * h
        steps.append({**now, "h": h})
    return {name: np.stack([now[name] for now in steps]) for name in "rznh"}


@adapter.operation("recurrent.gru.gradient")
def gru_gradient(inputs, integers, conventions):
    """keep      dn = Γ_t ⊙ (1-z)      dz = Γ_t ⊙ (h - n)      dh = Γ_t ⊙ z
    replace   dn = Γ_t ⊙ z      dz = Γ_t ⊙ (n - h)      dh = Γ_t ⊙ (1-z)      where h = h_{t-1}, Γ_t = ∂L/∂h_t
    dp^n = dn ⊙ (1-n²)      dp^r = dr ⊙ r(1-r)      dp^z = dz ⊙ z(1-z)      dq^r, dq^z = dp^r, dp^z
    after     dq^n = dp^n ⊙ r      dr = dp^n ⊙ q      dh ← dh + Σ_• dq^• W^•ᵀ
    before    dq^n = dp^n      dr = (dq^n W^nᵀ) ⊙ h      dh ← dh + … + r ⊙ (dq^n W^nᵀ)
    """
    W, order = inputs["W"], conventions["gate_order"]
    after, keep = conventions["reset"] == "after", conventions["update"] == "keep"
    forward = gru(inputs, integers, conventions)
    before = earlier(inputs["h0"], forward["h"])
    ways = {name: np.empty_like(before) for name in ("dn", "dz", "dr")}
    packed = np.empty(before.shape[:2] + W.shape[1:], W.dtype)
    dp, dq, entered = packed, packed.copy(), np.repeat(before[:, :, None], 3, axis=2)
    back = np.zeros_like(inputs["h0"])
    for t in reversed(range(len(before))):
        h = before[t]
        now = gru_step(inputs, inputs["x"][t], h, conventions)
        r, z, n, q = (now[name] for name in "rznq")
        Gamma = inputs["dh"][t] + back
        dn, dz = (Gamma * (1 - z), Gamma * (h - n)) if keep else (Gamma * z, Gamma * (n - h))
        dpn = dn * (1 - n) * (1 + n)
        dqn = dpn * r if after else dpn
        dentered = dqn @ W[:, order.index("n")].T
        dr = dpn * q if after else dentered * h
        dpr, dpz = dr * r * (1 - r), dz * z * (1 - z)
        for gate, dpg, dqg in (("r", dpr, dpr), ("z", dpz, dpz), ("n", dpn, dqn)):
            dp[t, :, order.index(gate)], dq[t, :, order.index(gate)] = dpg, dqg
        back = Gamma * (z if keep else 1 - z) + (dentered if after else r * dentered)
        back = back + sum(dq[t, :, order.index(gate)] @ W[:, order.index(gate)].T for gate in "rz")
        if not after:
            entered[t, :, order.index("n")] = r * h
        for name, adjoint in (("dn", dn), ("dz", dz), ("dr", dr)):
            ways[name][t] = adjoint
    found = {"dx": from_gates(dp, inputs["U"]), "dh0": back, "db": dp.sum(axis=(0, 1)), "dd": dq.sum(axis=(0, 1))}
    dW = np.einsum("tbgf,tbgh->fgh", entered, dq)
    return {**found, "dU": products(inputs["x"], dp), "dW": dW, **forward, **ways}
