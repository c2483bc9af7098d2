"""Optimizers: NumPy has none, so these are their formulas over arrays, groups×parameters at once.

A step is a function of what the optimizer keeps, the gradient g, the number t of the step, counted from 1, the settings
and the conventions, all by name. It returns what it computes: θ, what is kept, what is known on the way.
"""

from numpy_arrays import adapter, np


def optimizer(identifier, *kept, **start):
    """Decorates the step of an optimizer, which keeps what is named: from x0 on if a question has that, else from 0."""

    def register(step):
        @adapter.operation(identifier)
        def trajectory(inputs, integers, conventions):
            shape = inputs["theta0"].shape
            now = {"theta": 0, "t": 0, **dict.fromkeys(kept, 0), **start}
            now = {name: spread(inputs.get(name + "0", value), shape) for name, value in now.items()}
            moving = {name: inputs[name] for name in ("g", "present") if name in inputs}
            own = {n: spread(x, shape) for n, x in inputs.items() if n not in {*moving, *(kept + "0" for kept in now)}}
            states = []
            for given in zip(*moving.values()):
                now = {**now, "t": now["t"] + 1}
                given = {name: spread(x, shape) for name, x in zip(moving, given)}
                found = step(**now, **given, **own, **conventions)
                now = {name: found.get(name, x) for name, x in now.items()}
                states.append({name: np.broadcast_to(x, shape) for name, x in found.items()})
            return {name: np.stack([state[name] for state in states]) for name in states[0]}

        return step

    return register


def spread(x, shape):
    """What groups have for all of their parameters, as an array that goes with those of a shape."""
    return x[:, None] if len(shape) == 2 and np.ndim(x) == 1 else x


def averages(m, v, g, beta1, beta2):
    """m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²"""
    return beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2


# Gradient descent


@optimizer("optimization.momentum", "v")
def momentum(theta, v, g, t, alpha, epsilon, rate):
    """rate=inside  v ← αv + εg, θ ← θ - v      rate=outside  v ← αv + g, θ ← θ - εv"""
    v = alpha * v + (epsilon * g if rate == "inside" else g)
    return {"theta": theta - (v if rate == "inside" else epsilon * v), "v": v}


@optimizer("optimization.running_average", "v")
def running_average(theta, v, g, t, beta, delta, correction):
    """v ← βv + (1-β)g      raw  θ ← θ - δv      corrected  θ ← θ - δ v/(1-βᵗ)"""
    v = beta * v + (1 - beta) * g
    return {"theta": theta - delta * (v / (1 - beta**t) if correction == "corrected" else v), "v": v}


@optimizer("optimization.sgd", "v")
def sgd(theta, v, g, t, lr, momentum, dampening, weight_decay, decay, first_step):
    """coupled  g ← g + λθ      v ← μv + (1-d)g      undamped  v_1 = g_1      θ ← θ - αv      decoupled  θ ← … - αλθ"""
    coupled = decay == "coupled"
    if coupled:
        g = g + weight_decay * theta
    v = g if t == 1 and first_step == "undamped" else momentum * v + (1 - dampening) * g
    return {"theta": theta - lr * (v if coupled else v + weight_decay * theta), "v": v}


@optimizer("optimization.nesterov", "v")
def nesterov(theta, v, g, t, lr, momentum, curvature, form):
    """q is the gradient of ½ curvature θ² + gθ, at θ - μv for look_ahead, else at θ
    outside  v ← μv + q, θ ← θ - α(q + μv)      inside  v ← μv + αq, θ ← θ - (αq + μv)      look_ahead  θ ← θ - v
    """
    q = curvature * (theta - momentum * v if form == "look_ahead" else theta) + g
    step = q if form == "outside" else lr * q
    v = momentum * v + step
    change = v if form == "look_ahead" else step + momentum * v
    return {"theta": theta - (lr * change if form == "outside" else change), "v": v, "q": q}


# Steps scaled by running estimates


@optimizer("optimization.adam", "m", "v")
def adam(theta, m, v, g, t, lr, beta1, beta2, eps, weight_decay, epsilon, decay):
    """coupled  g ← g + λθ      decoupled  θ ← … - αλθ      unscaled  θ ← … - λθ      a = 1-β₁ᵗ      b = 1-β₂ᵗ
    outside   θ ← θ - α (m/a)/(√(v/b) + ε)      hat           θ ← θ - α (√b/a) m/(√v + ε)
    inside    θ ← θ - α (m/a)/√(v/b + ε)        uncorrected   θ ← θ - α m/(√v + ε)
    """
    if decay == "coupled":
        g = g + weight_decay * theta
    m, v = averages(m, v, g, beta1, beta2)
    a, b = 1 - beta1**t, 1 - beta2**t
    if epsilon in ("outside", "inside"):
        way = {"mhat": m / a, "vhat": v / b}
        root = np.sqrt(way["vhat"]) + eps if epsilon == "outside" else np.sqrt(way["vhat"] + eps)
        step = way["mhat"] / root
    else:
        way = {"rate": np.sqrt(b) / a} if epsilon == "hat" else {}
        step = way.get("rate", 1) * m / (np.sqrt(v) + eps)
    rest = {"coupled": 0, "decoupled": lr * weight_decay, "unscaled": weight_decay}[decay] * theta
    return {"theta": theta - (rest + lr * step), "m": m, "v": v, **way}


@optimizer("optimization.adam_resumed", "m", "v")
def adam_resumed(theta, m, v, t, present, counter, **rest):
    """Adam with ε outside and decoupled decay, in place of what was where there is a gradient"""
    if counter == "own":
        t = t - (1 - present)
    new = adam(theta, m, v, t=np.maximum(t, 1), epsilon="outside", decay="decoupled", **rest)
    return {"t": t, **{n: np.where(present == 1, new[n], x) for n, x in (("theta", theta), ("m", m), ("v", v))}}


@optimizer("optimization.amsgrad", "m", "v", "w")
def amsgrad(theta, m, v, w, g, t, lr, beta1, beta2, eps, maximum):
    """w ← max(w, v); corrected  max(w, v/b)      a = 1-β₁ᵗ      b = 1-β₂ᵗ
    raw         θ ← θ - α (m/a)/(√(w/b) + ε)      hat           θ ← θ - α (√b/a) m/(√w + ε)
    corrected   θ ← θ - α (m/a)/(√w + ε)          uncorrected   θ ← θ - α m/(√w + ε)
    """
    m, v = averages(m, v, g, beta1, beta2)
    a, b = 1 - beta1**t, 1 - beta2**t
    w = np.maximum(w, v / b if maximum == "corrected" else v)
    factor = {"raw": 1 / a, "hat": np.sqrt(b) / a, "corrected": 1 / a, "uncorrected": 1}[maximum]
    root = np.sqrt(w / b if maximum == "raw" else w)
    return {"theta": theta - lr * factor * m / (root + eps), "m": m, "v": v, "w": w}


@optimizer("optimization.nadam", "m", "v", product=1)
def nadam(theta, m, v, product, g, t, lr, beta1, beta2, eps, psi, schedule):
    """θ ← θ - α (μ' m/future + (1-μ) g/past)/(√(v/(1-β₂ᵗ)) + ε)
    decaying   μ = μ_t, μ' = μ_{t+1}, past = 1 - μ_1…μ_t, future = 1 - μ_1…μ_{t+1}      μ_t = β₁(1 - ½ 0.96^(tψ))
    constant   μ = μ' = β₁, past = 1 - β₁ᵗ, future = 1 - β₁ᵗ⁺¹      same   future = past
    """
    m, v = averages(m, v, g, beta1, beta2)
    mu = later = beta1
    way = {}
    past, future = 1 - beta1**t, 1 - beta1 ** (t + 1 if schedule == "constant" else t)
    if schedule == "decaying":
        mu, later = (beta1 * (1 - 0.96 ** (s * psi) / 2) for s in (t, t + 1))
        product = product * mu
        past, future = 1 - product, 1 - product * later
        way = {"mu": mu, "product": product}
    ahead, now = later * m / future, (1 - mu) * g / past
    theta = theta - lr * (ahead + now) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return {"theta": theta, "m": m, "v": v, **way, "ahead": ahead, "now": now}


@optimizer("optimization.adamax", "m", "u")
def adamax(theta, m, u, g, t, lr, beta1, beta2, eps, epsilon):
    """u ← max(β₂u, |g|); within  max(β₂u, |g| + ε)      a = 1-β₁ᵗ; uncorrected  1
    θ ← θ - α (m/a)/u; beside and uncorrected  α (m/a)/(u + ε)
    """
    m = beta1 * m + (1 - beta1) * g
    u = np.maximum(beta2 * u, abs(g) + (eps if epsilon == "within" else 0))
    a = 1 if epsilon == "uncorrected" else 1 - beta1**t
    return {"theta": theta - lr * (m / a) / (u if epsilon in ("within", "none") else u + eps), "m": m, "u": u}


@optimizer("optimization.rmsprop", "v", "mean", "b")
def rmsprop(theta, v, mean, b, g, t, lr, rho, eps, momentum, epsilon, centered, rate):
    """mean ← ρ mean + (1-ρ)g      v ← ρv + (1-ρ)g²      s = v; centered  v - mean²
    step = g/(√s + ε); inside  g/√(s + ε)      b ← μb + step, θ ← θ - αb; rate=inside  b ← μb + α step, θ ← θ - b
    """
    mean, v = averages(mean, v, g, rho, rho)
    s = v - mean**2 if centered == "centered" else v
    step = g / (np.sqrt(s) + eps if epsilon == "outside" else np.sqrt(s + eps))
    b = momentum * b + (lr * step if rate == "inside" else step)
    return {"theta": theta - (b if rate == "inside" else lr * b), "v": v, "mean": mean, "b": b, "step": step}


@optimizer("optimization.adagrad", "v")
def adagrad(theta, v, g, t, lr, eps, epsilon):
    """v ← v + g²      outside  θ ← θ - α g/(√v + ε)      inside  θ ← θ - α g/√(v + ε)"""
    v = v + g**2
    return {"theta": theta - lr * g / (np.sqrt(v) + eps if epsilon == "outside" else np.sqrt(v + eps)), "v": v}


@optimizer("optimization.adadelta", "v", "u")
def adadelta(theta, v, u, g, t, lr, rho, eps):
    """v ← ρv + (1-ρ)g²      d = g √(u + ε)/√(v + ε)      u ← ρu + (1-ρ)d²      θ ← θ - αd"""
    v = rho * v + (1 - rho) * g**2
    d = g * np.sqrt(u + eps) / np.sqrt(v + eps)
    u = rho * u + (1 - rho) * d**2
    return {"theta": theta - lr * d, "v": v, "u": u, "d": d}
