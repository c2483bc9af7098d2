"""Networks of recurrent layers as a textbook writes them: stacks, and losses on top."""

from math import exp, log, sqrt

from textbook_gates import lstm_back, lstm_states
from textbook_recurrent import bidirectional, bidirectional_gradient, elman, elman_back
from textbook_vectors import adapter, affine, columns_sum, eigen, each, flat, matmul, plus, product, transpose, zeros

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


def descend(layers, answers, dh, back):
    """From the top down: the gradients by name, and Γ of every layer but the top.

    back gives the gradients and Γ of the layer of a level, for dh of its states; dx is dh of the layer below.
    """
    levels, Gammas = [], []
    for level in reversed(range(len(layers))):
        found, Gamma = back(level, layers[level], answers[level], dh)
        levels.insert(0, found)
        Gammas.insert(0, Gamma)
        dh = found["dx"]
    given = {name: above for name, above in ABOVE.items() if name in layers[0]}
    gradients = {"d" + above: [found["d" + name] for found in levels[1:]] for name, above in given.items()}
    return {**levels[0], **gradients}, Gammas[:-1]


def climb_plain(inputs, conventions):
    return climb(inputs, lambda layer: {"h": elman(layer, conventions["nonlinearity"])[1]})


def climb_lstm(inputs, conventions):
    return climb(inputs, lambda layer: lstm_states(layer, conventions["gate_order"]))


def stack_answer(answers):
    return {"h": answers[-1]["h"], "below": [answer["h"] for answer in answers[:-1]]}


def stacked_answer(answers):
    last0, *last = (answer["h"][-1] for answer in answers)
    return {**stack_answer(answers), "last0": last0, "last": last}


@adapter.operation("recurrent.stacked")
def stacked(inputs, integers, conventions):
    """Plain layers, each over the states of the one below; last0 and last are their last states."""
    return stacked_answer(climb_plain(inputs, conventions)[1])


@adapter.operation("recurrent.stacked.gradient")
def stacked_gradient(inputs, integers, conventions):
    """The upstreams of last states enter at the last step of each layer."""
    layers, answers = climb_plain(inputs, conventions)
    last = [inputs["dlast0"], *inputs["dlast"]]

    def back(level, layer, answer, dh):
        return elman_back(layer, answer["h"], [*dh[:-1], plus(dh[-1], last[level])], conventions["nonlinearity"])[:2]

    found, dbelow = descend(layers, answers, inputs["dh"], back)
    return {**found, **stacked_answer(answers), "dbelow": dbelow}


@adapter.operation("recurrent.lstm.stacked")
def lstm_stacked(inputs, integers, conventions):
    """Layers of long short-term memory, each over the states of the one below."""
    return stack_answer(climb_lstm(inputs, conventions)[1])


@adapter.operation("recurrent.lstm.stacked.gradient")
def lstm_stacked_gradient(inputs, integers, conventions):
    """Nothing comes back through the last cells."""
    layers, answers = climb_lstm(inputs, conventions)

    def back(level, layer, answer, dh):
        return lstm_back(layer, answer, dh, each(lambda c: 0.0, layer["c0"]), conventions["gate_order"])[:2]

    found, dbelow = descend(layers, answers, inputs["dh"], back)
    return {**found, **stack_answer(answers), "dbelow": dbelow}


# Regression


def squared(x):
    """Σ x² over all steps."""
    return sum(one * one for row in flat(x) for one in row)


def predictions(h, inputs, conventions):
    """prediction_t = h_t F + f      error = prediction - z, 0 where no target is      N, the number of targets"""
    prediction = [affine(step, inputs["F"], inputs["f"]) for step in h]
    error = each(lambda y, z: y - z, prediction, inputs["z"])
    targets = error if conventions["targets"] == "all" else error[-1:]
    N = sum(len(row) for row in flat(targets))
    error = [*each(lambda e: 0.0, error[: len(error) - len(targets)]), *targets]
    return prediction, error, N


@adapter.operation("recurrent.regression")
def regression(inputs, integers, conventions):
    """squares = Σ error²      loss = squares/N"""
    h = elman(inputs, conventions["nonlinearity"])[1]
    prediction, error, N = predictions(h, inputs, conventions)
    squares = squared(error)
    return {"prediction": prediction, "loss": squares / N, "h": h, "squares": squares}


@adapter.operation("recurrent.regression.gradient")
def regression_gradient(inputs, integers, conventions):
    """dŷ = dprediction + 2/N dloss error      dF = Σ h_tᵀ dŷ_t      df = Σ dŷ_t      dh_t = dŷ_t Fᵀ"""
    forward = regression(inputs, integers, conventions)
    h = forward["h"]
    _, error, N = predictions(h, inputs, conventions)
    dsquares = inputs["dloss"] / N
    dy = each(lambda d, e: d + 2 * dsquares * e, inputs["dprediction"], error)
    dh = [matmul(step, transpose(inputs["F"])) for step in dy]
    found, Gamma, _ = elman_back(inputs, h, dh, conventions["nonlinearity"])
    gradients = {**found, "dF": product(h, dy), "df": columns_sum(dy)}
    return {**gradients, **forward, "dsquares": dsquares, "dh": Gamma}


def direct(h, inputs, conventions):
    """∂L_t/∂h_t = 2/N error_t Fᵀ, what the loss sees of every state itself."""
    _, error, N = predictions(h, inputs, conventions)
    return [each(lambda d: 2 * d / N, matmul(step, transpose(inputs["F"]))) for step in error]


def norms(steps):
    """Frobenius norms."""
    return [sqrt(squared([step])) for step in steps]


@adapter.operation("recurrent.gradient_flow")
def gradient_flow(inputs, integers, conventions):
    """norms_t = ‖Γ_t‖      bound_t = ‖∂L_t/∂h_t‖ + γ‖W‖ bound_{t+1}      ‖W‖ = √λ₁(WᵀW)"""
    phi, W = conventions["nonlinearity"], inputs["W"]
    h = elman(inputs, phi)[1]
    dh = direct(h, inputs, conventions)
    slope = sqrt(eigen(matmul(transpose(W), W))[0][0]) * (0.25 if phi == "sigmoid" else 1)
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
    Gamma = lstm_back(inputs, states, dh, each(lambda c: 0.0, inputs["c0"]), order)[1]
    return {"norms": norms(Gamma), "Gamma": Gamma}


# Regression both ways

LOGISTIC = {"nonlinearity": "sigmoid", "merge": "sum"}


def in_both_directions(inputs):
    """The question to recurrent.bidirectional: sequences of full length, no biases, initial states of 0."""
    time, batch, hidden = len(inputs["x"]), len(inputs["x"][0]), len(inputs["Wf"])
    none = {"bf": zeros(hidden), "bb": zeros(hidden), "hf0": zeros(batch, hidden), "hb0": zeros(batch, hidden)}
    return {**inputs, **none, "lengths": [time] * batch}


@adapter.operation("recurrent.bidirectional.regression")
def bidirectional_regression(inputs, integers, conventions):
    """y_t = hf_t Vf + hb_t Vb      loss = Σ_t ‖z_t - y_t‖²"""
    sides = bidirectional(in_both_directions(inputs), integers, LOGISTIC)
    hf, hb = sides["hf"], sides["hb"]
    y = [plus(matmul(f, inputs["Vf"]), matmul(b, inputs["Vb"])) for f, b in zip(hf, hb)]
    return {"y": y, "loss": squared(each(lambda z, y: z - y, inputs["z"], y)), "hf": hf, "hb": hb}


@adapter.operation("recurrent.bidirectional.regression.gradient")
def bidirectional_regression_gradient(inputs, integers, conventions):
    """dy ← dy + 2 dloss (y - z)      dVf = Σ hf_tᵀ dy_t      dhf_t = dy_t Vfᵀ, and for hb likewise"""
    forward = bidirectional_regression(inputs, integers, conventions)
    dy = each(lambda d, y, z: d + 2 * inputs["dloss"] * (y - z), inputs["dy"], forward["y"], inputs["z"])
    upstream = {f"dh{side}": [matmul(step, transpose(inputs["V" + side])) for step in dy] for side in "fb"}
    upstream["dmerged"] = each(lambda h: 0.0, forward["hf"])
    found = bidirectional_gradient({**in_both_directions(inputs), **upstream}, integers, LOGISTIC)
    wanted = {name: found[name] for name in ("dx", "dUf", "dWf", "dUb", "dWb")}
    return {**wanted, "dVf": product(forward["hf"], dy), "dVb": product(forward["hb"], dy), **forward}


# Classification


def log_softmax(logits):
    """logits - log Σ exp(logits), shifted by the largest so that nothing overflows."""
    shifted = [logit - max(logits) for logit in logits]
    total = log(sum(exp(one) for one in shifted))
    return [one - total for one in shifted]


@adapter.operation("recurrent.classifier")
def classifier(inputs, integers, conventions):
    """logits = h_T F + f      logp = logits - log Σ exp(logits)      loss = -(mean of logp of the labels)"""
    h = elman(inputs)[1]
    logits = affine(h[-1], inputs["F"], inputs["f"])
    logp = [log_softmax(row) for row in logits]
    likely = [row[int(label)] for row, label in zip(logp, inputs["labels"])]
    return {"logp": logp, "loss": -sum(likely) / len(likely), "h": h, "logits": logits}


@adapter.operation("recurrent.classifier.gradient")
def classifier_gradient(inputs, integers, conventions):
    """dp = dlogp - dloss/batch onehot      dlogits = dp - softmax Σ dp      dh_T = dlogits Fᵀ"""
    forward = classifier(inputs, integers, conventions)
    h, dlogits = forward["h"], []
    for row, label, dp in zip(forward["logp"], inputs["labels"], inputs["dlogp"]):
        dp = [d - (inputs["dloss"] / len(inputs["labels"]) if c == label else 0.0) for c, d in enumerate(dp)]
        dlogits.append([d - exp(p) * sum(dp) for d, p in zip(dp, row)])
    dh = each(lambda h: 0.0, h)
    dh[-1] = matmul(dlogits, transpose(inputs["F"]))
    found, Gamma, _ = elman_back(inputs, h, dh)
    wanted = {name: found[name] for name in ("dU", "dW", "db")}
    gradients = {**wanted, "dF": product(h[-1:], [dlogits]), "df": columns_sum([dlogits])}
    return {**gradients, **forward, "dlogits": dlogits, "dh": Gamma}
