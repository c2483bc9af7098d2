"""Networks of recurrent layers over arrays: stacks of them, and losses on top; gradients by hand."""

from numpy_arrays import adapter, np
from numpy_gates import lstm_back, lstm_states
from numpy_recurrent import bidirectional, bidirectional_gradient, elman, elman_back, product

# Stacks

ABOVE = {"h0": "H0", "c0": "C0", "U": "UA", "W": "WA", "b": "B"}


def climb(inputs, forward):
    """The layers from the bottom up, each with the states of the one below for x, and what forward makes of each."""
    given = {name: above for name, above in ABOVE.items() if name in inputs}
    layers, answers, x = [], [], inputs["x"]
    for level in range(len(inputs["B"]) + 1):
        parts = {name: inputs[above][level - 1] if level else inputs[name] for name, above in given.items()}
        layers.append({**parts, "x": x})
        answers.append(forward(layers[-1]))
        x = answers[-1]["h"]
    return layers, answers


def descend(layers, answers, dh, back, last=None):
    """From the top down: dh of a layer is dx of the one above; last enters at the last step of every layer but the top.

    The gradients by name, and Γ of every layer but the top. back gives a layer's gradients and Γ.
    """
    levels, Gammas = [], []
    for level in reversed(range(len(layers))):
        found, Gamma = back(layers[level], answers[level], dh)
        levels.insert(0, found)
        Gammas.insert(0, Gamma)
        dh = found["dx"].copy()
        if last is not None and level:
            dh[-1] += last[level - 1]
    given = {name: above for name, above in ABOVE.items() if name in layers[0]}
    gradients = {"d" + above: np.stack([found["d" + name] for found in levels[1:]]) for name, above in given.items()}
    return {**levels[0], **gradients}, np.stack(Gammas[:-1])


def climb_plain(inputs, conventions):
    def forward(layer):
        return {"h": elman(layer, conventions["nonlinearity"])[1]}

    return climb(inputs, forward)


def climb_lstm(inputs, conventions):
    return climb(inputs, lambda layer: lstm_states(layer, conventions["gate_order"]))


def stack_answer(answers):
    return {"h": answers[-1]["h"], "below": np.stack([answer["h"] for answer in answers[:-1]])}


def stacked_answer(answers):
    last = np.stack([answer["h"][-1] for answer in answers])
    return {**stack_answer(answers), "last0": last[0], "last": last[1:]}


@adapter.operation("recurrent.stacked")
def stacked(inputs, integers, conventions):
    """Plain layers, each over the states of the one below; last0 and last are their last states."""
    return stacked_answer(climb_plain(inputs, conventions)[1])


@adapter.operation("recurrent.stacked.gradient")
def stacked_gradient(inputs, integers, conventions):
    """The upstreams of last states enter at the last step of each layer."""
    layers, answers = climb_plain(inputs, conventions)
    dh = inputs["dh"].copy()
    dh[-1] += inputs["dlast"][-1]

    def back(layer, answer, dh):
        return elman_back(layer, answer["h"], dh, conventions["nonlinearity"])[:2]

    last = [inputs["dlast0"], *inputs["dlast"][:-1]]
    found, dbelow = descend(layers, answers, dh, back, last)
    return {**found, **stacked_answer(answers), "dbelow": dbelow}


@adapter.operation("recurrent.lstm.stacked")
def lstm_stacked(inputs, integers, conventions):
    """Layers of long short-term memory, each over the states of the one below."""
    return stack_answer(climb_lstm(inputs, conventions)[1])


@adapter.operation("recurrent.lstm.stacked.gradient")
def lstm_stacked_gradient(inputs, integers, conventions):
    """Nothing comes back through the last cells."""
    layers, answers = climb_lstm(inputs, conventions)

    def back(layer, answer, dh):
        return lstm_back(layer, answer, dh, np.zeros_like(layer["c0"]), conventions["gate_order"])

    found, dbelow = descend(layers, answers, inputs["dh"], back)
    return {**found, **stack_answer(answers), "dbelow": dbelow}


# Regression


def regression_error(h, inputs, conventions):
    """prediction_t = h_t F + f      squares = Σ error²      error = prediction - z, 0 where no target is

    All three, and N, the number of targets.
    """
    prediction = h @ inputs["F"] + inputs["f"]
    error = prediction - inputs["z"]
    if conventions["targets"] == "last":
        error[:-1] = 0
    N = error.size if conventions["targets"] == "all" else error[-1].size
    return prediction, error, (error**2).sum(), N


@adapter.operation("recurrent.regression")
def regression(inputs, integers, conventions):
    """loss = squares/N"""
    h = elman(inputs, conventions["nonlinearity"])[1]
    prediction, _, squares, N = regression_error(h, inputs, conventions)
    return {"prediction": prediction, "loss": squares / N, "h": h, "squares": squares}


@adapter.operation("recurrent.regression.gradient")
def regression_gradient(inputs, integers, conventions):
    """dŷ = dprediction + 2/N dloss error      dF = Σ h_tᵀ dŷ_t      df = Σ dŷ_t      dh_t = dŷ_t Fᵀ"""
    phi = conventions["nonlinearity"]
    h = elman(inputs, phi)[1]
    prediction, error, squares, N = regression_error(h, inputs, conventions)
    dsquares = inputs["dloss"] / N
    dy = inputs["dprediction"] + 2 * dsquares * error
    found, Gamma, _ = elman_back(inputs, h, dy @ inputs["F"].T, phi)
    gradients = {**found, "dF": product(h, dy), "df": dy.sum(axis=(0, 1))}
    forward = {"h": h, "prediction": prediction, "squares": squares, "loss": squares / N}
    return {**gradients, **forward, "dsquares": dsquares, "dh": Gamma}


def direct(h, inputs, conventions):
    """∂L_t/∂h_t = 2/N error_t Fᵀ, what the loss sees of every state itself."""
    _, error, _, N = regression_error(h, inputs, conventions)
    return 2 * (error @ inputs["F"].T) / N


def norms(steps):
    """Frobenius norms over all axes but the first."""
    return np.sqrt((steps**2).sum(axis=(1, 2)))


@adapter.operation("recurrent.gradient_flow")
def gradient_flow(inputs, integers, conventions):
    """norms_t = ‖Γ_t‖      bound_t = ‖∂L_t/∂h_t‖ + γ‖W‖ bound_{t+1}      ‖W‖ the largest singular value"""
    phi = conventions["nonlinearity"]
    h = elman(inputs, phi)[1]
    dh = direct(h, inputs, conventions)
    slope = np.linalg.norm(inputs["W"], 2) * (0.25 if phi == "sigmoid" else 1)
    bound = norms(dh)
    for t in reversed(range(len(bound) - 1)):
        bound[t] += slope * bound[t + 1]
    Gamma = elman_back(inputs, h, dh, phi)[1]
    return {"norms": norms(Gamma), "bound": bound, "Gamma": Gamma}


@adapter.operation("recurrent.lstm.gradient_flow")
def lstm_gradient_flow(inputs, integers, conventions):
    """norms_t = ‖Γ_t‖"""
    order = conventions["gate_order"]
    states = lstm_states(inputs, order)
    dh = direct(states["h"], inputs, conventions)
    Gamma = lstm_back(inputs, states, dh, np.zeros_like(inputs["c0"]), order)[1]
    return {"norms": norms(Gamma), "Gamma": Gamma}


# Regression both ways


def in_both_directions(inputs):
    """The question to recurrent.bidirectional: sequences of full length, no biases, initial states of 0."""
    x = inputs["x"]
    time, batch, _ = x.shape
    hidden = len(inputs["Wf"])
    biases = {name: np.zeros(hidden, x.dtype) for name in ("bf", "bb")}
    states = {name: np.zeros((batch, hidden), x.dtype) for name in ("hf0", "hb0")}
    return {**inputs, **biases, **states, "lengths": np.full(batch, time, x.dtype)}


LOGISTIC = {"nonlinearity": "sigmoid", "merge": "sum"}


@adapter.operation("recurrent.bidirectional.regression")
def bidirectional_regression(inputs, integers, conventions):
    """y_t = hf_t Vf + hb_t Vb      loss = Σ_t ‖z_t - y_t‖²"""
    sides = bidirectional(in_both_directions(inputs), integers, LOGISTIC)
    hf, hb = sides["hf"], sides["hb"]
    y = hf @ inputs["Vf"] + hb @ inputs["Vb"]
    return {"y": y, "loss": ((inputs["z"] - y) ** 2).sum(), "hf": hf, "hb": hb}


@adapter.operation("recurrent.bidirectional.regression.gradient")
def bidirectional_regression_gradient(inputs, integers, conventions):
    """dy ← dy + 2 dloss (y - z)      dVf = Σ hf_tᵀ dy_t      dhf_t = dy_t Vfᵀ, and for hb likewise"""
    forward = bidirectional_regression(inputs, integers, conventions)
    dy = inputs["dy"] + 2 * inputs["dloss"] * (forward["y"] - inputs["z"])
    direct = {f"dh{side}": dy @ inputs["V" + side].T for side in "fb"}
    upstream = {**direct, "dmerged": np.zeros_like(forward["hf"])}
    found = bidirectional_gradient({**in_both_directions(inputs), **upstream}, integers, LOGISTIC)
    wanted = {name: found[name] for name in ("dx", "dUf", "dWf", "dUb", "dWb")}
    return {**wanted, "dVf": product(forward["hf"], dy), "dVb": product(forward["hb"], dy), **forward}


# Classification


@adapter.operation("recurrent.classifier")
def classifier(inputs, integers, conventions):
    """logits = h_T F + f      logp = logits - log Σ exp(logits)      loss = -(mean of logp of the labels)"""
    h = elman(inputs)[1]
    logits = h[-1] @ inputs["F"] + inputs["f"]
    shifted = logits - logits.max(axis=1, keepdims=True)
    logp = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    labels = inputs["labels"].astype(int)
    return {"logp": logp, "loss": -logp[np.arange(len(labels)), labels].mean(), "h": h, "logits": logits}


@adapter.operation("recurrent.classifier.gradient")
def classifier_gradient(inputs, integers, conventions):
    """dp = dlogp - dloss/batch onehot      dlogits = dp - softmax Σ dp      dh_T = dlogits Fᵀ"""
    forward = classifier(inputs, integers, conventions)
    h, labels = forward["h"], inputs["labels"].astype(int)
    dp = inputs["dlogp"].copy()
    dp[np.arange(len(labels)), labels] -= inputs["dloss"] / len(labels)
    dlogits = dp - np.exp(forward["logp"]) * dp.sum(axis=1, keepdims=True)
    dh = np.zeros_like(h)
    dh[-1] = dlogits @ inputs["F"].T
    found, Gamma, _ = elman_back(inputs, h, dh)
    wanted = {name: found[name] for name in ("dU", "dW", "db")}
    gradients = {**wanted, "dF": h[-1].T @ dlogits, "df": dlogits.sum(axis=0)}
    return {**gradients, **forward, "dlogits": dlogits, "dh": Gamma}
