"""Layers with gates as a textbook writes them; the gates are an axis of the weights in some order."""

from math import tanh

from textbook_vectors import adapter, affine, columns_sum, each, matmul, plus, product, sigmoid, times, transpose


def of_gates(weights, order):
    """The weights of every gate by its letter, of features×gates×hidden."""
    return dict(zip(order, transpose(weights)))


def packed(gates, order):
    """The inverse: features×gates×hidden of what every gate has."""
    return transpose([gates[gate] for gate in order])


def biases(gates, order):
    """gates×hidden of what every gate has at every step and sequence."""
    return [columns_sum(gates[gate]) for gate in order]


def back_through(gates, weights):
    """Σ_• dz^• W^•ᵀ."""
    return plus(*(matmul(gates[gate], transpose(W)) for gate, W in weights.items()))


def stacked(steps):
    """Dictionaries of every step as one, of what there is at every step."""
    return {name: [now[name] for now in steps] for name in steps[0]}


def logistic_slope(s):
    """σ'(z) from s = σ(z)."""
    return s * (1 - s)


def tanh_slope(g):
    """tanh'(z) from g = tanh z."""
    return (1 - g) * (1 + g)


# Long short-term memory


def lstm_states(layer, order):
    """i, f, o = sigmoid(x U^• + h W^• + b^•)      g = tanh(x U^g + h W^g + b^g)
    C ← f ⊙ C + i ⊙ g      h ← tanh(C) ⊙ o      each time×batch×hidden

    A layer may have second biases d^•, and something more to add at run time.
    """
    U, W, b = of_gates(layer["U"], order), of_gates(layer["W"], order), dict(zip(order, layer["b"]))
    none = each(lambda b: 0.0, layer["b"])
    d, more = dict(zip(order, layer.get("d", none))), dict(zip(order, layer.get("more", none)))
    h, C, steps = layer["h0"], layer["c0"], []
    for x in layer["x"]:
        now = {}
        for gate in order:
            z = plus(affine(x, U[gate], b[gate]), affine(h, W[gate], d[gate]))
            now[gate] = [[(tanh if gate == "g" else sigmoid)(a + m) for a, m in zip(row, more[gate])] for row in z]
        C = each(lambda f, c, i, g: f * c + i * g, now["f"], C, now["i"], now["g"])
        h = each(lambda C, o: tanh(C) * o, C, now["o"])
        steps.append({**now, "C": C, "h": h})
    return stacked(steps)


def lstm_back(layer, states, dh, dc, order):
    """Γ_t = dh_t + Σ_• dz^• W^•ᵀ      dC ← dC + Γ_t ⊙ o ⊙ (1 - tanh² C)
    di = dC ⊙ g      df = dC ⊙ C_{t-1}      dg = dC ⊙ i      do = Γ_t ⊙ tanh C
    dz^i = di ⊙ i(1-i)      dz^f = df ⊙ f(1-f)      dz^g = dg ⊙ (1-g²)      dz^o = do ⊙ o(1-o)
    dU^• = Σ xᵀ dz^•      dW^• = Σ hᵀ dz^•      db^• = Σ dz^•      dx = Σ_• dz^• U^•ᵀ      dC ← dC ⊙ f

    The gradients by name, Γ, and di, df, dg, do and dC of every step.
    """
    U, W = of_gates(layer["U"], order), of_gates(layer["W"], order)
    back, onward, Gamma, ways, dzs = each(lambda h: 0.0, layer["h0"]), dc, [], [], []
    before = {"h": [layer["h0"], *states["h"][:-1]], "C": [layer["c0"], *states["C"][:-1]]}
    for t in reversed(range(len(dh))):
        i, f, g, o, C = (states[name][t] for name in "ifgoC")
        squashed = each(tanh, C)
        Gamma.insert(0, plus(dh[t], back))
        dC = plus(onward, times(Gamma[0], o, each(tanh_slope, squashed)))
        way = {"i": times(dC, g), "f": times(dC, before["C"][t]), "g": times(dC, i), "o": times(Gamma[0], squashed)}
        slopes = {gate: each(tanh_slope if gate == "g" else logistic_slope, states[gate][t]) for gate in order}
        dzs.insert(0, {gate: times(way[gate], slopes[gate]) for gate in order})
        ways.insert(0, {"dC": dC, **{"d" + gate: adjoint for gate, adjoint in way.items()}})
        back = back_through(dzs[0], W)
        onward = times(dC, f)
    dz = stacked(dzs)
    found = {
        "dx": [back_through(step, U) for step in dzs],
        "dh0": back,
        "dc0": onward,
        "dU": packed({gate: product(layer["x"], dz[gate]) for gate in order}, order),
        "dW": packed({gate: product(before["h"], dz[gate]) for gate in order}, order),
        "db": biases(dz, order),
    }
    return found, Gamma, stacked(ways)


@adapter.operation("recurrent.lstm")
def lstm(inputs, integers, conventions):
    """h, the output of every step, and c = C_T. Beyond these: i, f, g, o and C of every step."""
    states = lstm_states(inputs, conventions["gate_order"])
    return {**states, "c": states["C"][-1]}


@adapter.operation("recurrent.lstm.gradient")
def lstm_gradient(inputs, integers, conventions):
    """Backwards through every step, given dh_t for all t and dc for C_T."""
    forward = lstm(inputs, integers, conventions)
    found, _, ways = lstm_back(inputs, forward, inputs["dh"], inputs["dc"], conventions["gate_order"])
    return {**found, **forward, **ways}


def in_rows(inputs, conventions):
    """A question to recurrent.lstm.columns as one to recurrent.lstm, with d, and with 1 more for the forget gate.

    Every gate's U, hidden×features, becomes features×hidden, and W likewise.
    """
    added = {"f": 1.0} if conventions["forget_bias"] == "added" else {}
    more = [[added.get(gate, 0.0)] * len(inputs["h0"][0]) for gate in conventions["gate_order"]]
    return {**inputs, "more": more, **{name: transpose([transpose(gate) for gate in inputs[name]]) for name in "UW"}}


@adapter.operation("recurrent.lstm.columns")
def lstm_columns(inputs, integers, conventions):
    """The same of U xᵀ + b + W hᵀ + d"""
    return lstm(in_rows(inputs, conventions), integers, conventions)


@adapter.operation("recurrent.lstm.columns.gradient")
def lstm_columns_gradient(inputs, integers, conventions):
    """dd = db"""
    found = lstm_gradient(in_rows(inputs, conventions), integers, conventions)
    columns = {name: [transpose(gate) for gate in transpose(found[name])] for name in ("dU", "dW")}
    return {**found, **columns, "dd": found["db"]}


# Gated recurrent units


def gru_states(inputs, conventions):
    """r, z = sigmoid(x U^• + b^• + h W^• + d^•)
    reset=after    n = tanh(x U^n + b^n + r ⊙ q)      q = h W^n + d^n
    reset=before   n = tanh(x U^n + b^n + q)      q = (r ⊙ h) W^n + d^n
    update=keep   h ← (1-z) ⊙ n + z ⊙ h      update=replace   h ← z ⊙ n + (1-z) ⊙ h
    """
    order, after, keep = conventions["gate_order"], conventions["reset"] == "after", conventions["update"] == "keep"
    U, W = of_gates(inputs["U"], order), of_gates(inputs["W"], order)
    b, d = dict(zip(order, inputs["b"])), dict(zip(order, inputs["d"]))
    h, steps = inputs["h0"], []
    for x in inputs["x"]:
        p = {gate: affine(x, U[gate], b[gate]) for gate in order}
        r, z = (each(sigmoid, plus(p[gate], affine(h, W[gate], d[gate]))) for gate in "rz")
        q = affine(h if after else times(r, h), W["n"], d["n"])
        n = each(tanh, plus(p["n"], times(r, q) if after else q))
        h = each(lambda z, n, h: (1 - z) * n + z * h if keep else z * n + (1 - z) * h, z, n, h)
        steps.append({"r": r, "z": z, "n": n, "q": q, "h": h})
    return stacked(steps)


@adapter.operation("recurrent.gru")
def gru(inputs, integers, conventions):
    """The formulas are in gru_states."""
    states = gru_states(inputs, conventions)
    return {name: states[name] for name in "rznh"}


@adapter.operation("recurrent.gru.gradient")
def gru_gradient(inputs, integers, conventions):
    """With h = h_{t-1} and Γ_t = ∂L/∂h_t:

    keep      dn = Γ_t ⊙ (1-z)      dz = Γ_t ⊙ (h - n)      dh = Γ_t ⊙ z
    replace   dn = Γ_t ⊙ z      dz = Γ_t ⊙ (n - h)      dh = Γ_t ⊙ (1-z)
    dp^n = dn ⊙ (1-n²)      dp^r = dr ⊙ r(1-r)      dp^z = dz ⊙ z(1-z)      dq^r, dq^z = dp^r, dp^z
    after     dq^n = dp^n ⊙ r      dr = dp^n ⊙ q      dh ← dh + Σ_• dq^• W^•ᵀ      dW^n = Σ hᵀ dq^n
    before    dq^n = dp^n      dr = (dq^n W^nᵀ) ⊙ h      dh ← dh + … + r ⊙ (dq^n W^nᵀ)      dW^n = Σ (r ⊙ h)ᵀ dq^n
    dU^• = Σ xᵀ dp^•      db^• = Σ dp^•      dd^• = Σ dq^•      dx = Σ_• dp^• U^•ᵀ
    """
    order, after, keep = conventions["gate_order"], conventions["reset"] == "after", conventions["update"] == "keep"
    U, W = of_gates(inputs["U"], order), of_gates(inputs["W"], order)
    states = gru_states(inputs, conventions)
    before = [inputs["h0"], *states["h"][:-1]]
    back, ways, dps, dqs = each(lambda h: 0.0, inputs["h0"]), [], [], []
    for t in reversed(range(len(before))):
        h, (r, z, n, q) = before[t], (states[name][t] for name in "rznq")
        Gamma = plus(inputs["dh"][t], back)
        kept = z if keep else each(lambda z: 1 - z, z)
        dn = times(Gamma, each(lambda z: 1 - z, z) if keep else z)
        dz = each(lambda G, h, n: G * (h - n) if keep else G * (n - h), Gamma, h, n)
        dp = {"n": times(dn, each(tanh_slope, n)), "z": times(dz, each(logistic_slope, z))}
        dqn = times(dp["n"], r) if after else dp["n"]
        entered = matmul(dqn, transpose(W["n"]))
        dr = times(dp["n"], q) if after else times(entered, h)
        dp["r"] = times(dr, each(logistic_slope, r))
        through = plus(*(matmul(dp[gate], transpose(W[gate])) for gate in "rz"))
        back = plus(times(Gamma, kept), through, entered if after else times(r, entered))
        dps.insert(0, dp)
        dqs.insert(0, {**dp, "n": dqn})
        ways.insert(0, {"dn": dn, "dz": dz, "dr": dr})
    dp, dq = stacked(dps), stacked(dqs)
    left = {"r": before, "z": before, "n": before if after else times(states["r"], before)}
    found = {
        "dx": [back_through(step, U) for step in dps],
        "dh0": back,
        "dU": packed({gate: product(inputs["x"], dp[gate]) for gate in order}, order),
        "dW": packed({gate: product(left[gate], dq[gate]) for gate in order}, order),
        "db": biases(dp, order),
        "dd": biases(dq, order),
    }
    return {**found, **{name: states[name] for name in "rznh"}, **stacked(ways)}
