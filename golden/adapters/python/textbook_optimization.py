"""Optimizers, each as the lines of one step, for one parameter.

A step is a function of what the optimizer keeps of the parameter, its gradient g, the number t of the step, counted
from 1, the settings and the conventions, all by name. It returns all that it computes: θ, what is kept, and what is
known on the way.
"""

from math import exp, log, sqrt

from textbook_vectors import adapter, each


def optimizer(identifier, *kept, **start):
    """Decorates the step of an optimizer.

    kept    what it keeps from step to step, beside θ, from 0 on; from x0 on where a question has x0 of x
    start   the same for what starts from another number
    """
    start = {**dict.fromkeys(kept, 0.0), **start}

    def register(step):
        @adapter.operation(identifier)
        def trajectory(inputs, integers, conventions):
            return steps(step, inputs, conventions, start)

        return step

    return register


def steps(step, inputs, conventions, start):
    """What a step computes of all parameters, step after step: arrays by name, the first axis of which is time."""
    shape = inputs["theta0"]
    first = {name: inputs.get(name + "0", value) for name, value in {"theta": 0.0, "t": 0, **start}.items()}
    moving = {name: inputs[name] for name in ("g", "present") if name in inputs}
    settings = {name: x for name, x in inputs.items() if name not in {*moving, *(kept + "0" for kept in first)}}

    def after(now, given, settings):
        kept = {name: now[name] for name in first}
        kept["t"] += 1
        return {**kept, **step(**kept, **given, **settings, **conventions)}

    states, settings = [by_place(first, shape)], by_place(settings, shape)
    for s in range(len(inputs["g"])):
        given = by_place({name: x[s] for name, x in moving.items()}, shape)
        states.append(each(after, states[-1], given, settings))
    return {name: [each(lambda now: now[name], state) for state in states[1:]] for name in names(states[-1]) - {"t"}}


def by_place(arrays, shape):
    """What each parameter has of arrays, by name: a number is for all, a list is by group, or by group and place."""
    if not isinstance(shape, list):
        return arrays
    return [
        by_place({name: x[k] if isinstance(x, list) else x for name, x in arrays.items()}, part)
        for k, part in enumerate(shape)
    ]


def names(state):
    """What is known of every parameter."""
    return names(state[0]) if isinstance(state, list) else set(state)


# Gradient descent


@optimizer("optimization.momentum", "v")
def momentum(theta, v, g, t, alpha, epsilon, rate):
    """rate=inside    v ← αv + εg      θ ← θ - v
    rate=outside   v ← αv + g       θ ← θ - εv
    """
    inside, outside = (epsilon, 1.0) if rate == "inside" else (1.0, epsilon)
    v = alpha * v + inside * g
    return {"v": v, "theta": theta - outside * v}


@optimizer("optimization.running_average", "v")
def running_average(theta, v, g, t, beta, delta, correction):
    """v ← βv + (1-β)g      raw  θ ← θ - δv      corrected  θ ← θ - δ v/(1-βᵗ)"""
    v = beta * v + (1 - beta) * g
    return {"v": v, "theta": theta - delta * (v / (1 - beta**t) if correction == "corrected" else v)}


@optimizer("optimization.sgd", "v")
def sgd(theta, v, g, t, lr, momentum, dampening, weight_decay, decay, first_step):
    """decay=coupled     g ← g + λθ
    v ← μv + (1-d)g      first_step=undamped   v_1 = g_1
    θ ← θ - αv           decay=decoupled       θ ← θ - αλθ - αv
    """
    if decay == "coupled":
        g += weight_decay * theta
    v = g if t == 1 and first_step == "undamped" else momentum * v + (1 - dampening) * g
    return {"v": v, "theta": theta - lr * v - (lr * weight_decay * theta if decay == "decoupled" else 0.0)}


@optimizer("optimization.nesterov", "v")
def nesterov(theta, v, g, t, lr, momentum, curvature, form):
    """q is the gradient of ½ curvature θ² + gθ
    form=outside      at θ         v ← μv + q       θ ← θ - α(q + μv)
    form=inside       at θ         v ← μv + αq      θ ← θ - (αq + μv)
    form=look_ahead   at θ - μv    v ← μv + αq      θ ← θ - v
    """
    q = curvature * (theta - momentum * v if form == "look_ahead" else theta) + g
    v = momentum * v + (q if form == "outside" else lr * q)
    change = {"outside": lr * (q + momentum * v), "inside": lr * q + momentum * v, "look_ahead": v}[form]
    return {"q": q, "v": v, "theta": theta - change}


# Steps scaled by running estimates


@optimizer("optimization.adam", "m", "v")
def adam(theta, m, v, g, t, lr, beta1, beta2, eps, weight_decay, epsilon, decay):
    """decay=coupled         g ← g + λθ
    m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²      m̂ = m/(1-β₁ᵗ)      v̂ = v/(1-β₂ᵗ)
    epsilon=outside       θ ← θ - α m̂/(√v̂ + ε)
    epsilon=inside        θ ← θ - α m̂/√(v̂ + ε)
    epsilon=hat           θ ← θ - α rate m/(√v + ε)      rate = √(1-β₂ᵗ)/(1-β₁ᵗ)
    epsilon=uncorrected   θ ← θ - α m/(√v + ε)
    decay=decoupled       θ ← … - αλθ      decay=unscaled   θ ← … - λθ
    """
    if decay == "coupled":
        g += weight_decay * theta
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    a, b = 1 - beta1**t, 1 - beta2**t
    if epsilon in ("outside", "inside"):
        way = {"mhat": m / a, "vhat": v / b}
        step = way["mhat"] / (sqrt(way["vhat"]) + eps if epsilon == "outside" else sqrt(way["vhat"] + eps))
    else:
        way = {"rate": sqrt(b) / a} if epsilon == "hat" else {}
        step = way.get("rate", 1.0) * m / (sqrt(v) + eps)
    share = {"coupled": 0.0, "decoupled": lr * weight_decay, "unscaled": weight_decay}[decay]
    return {"m": m, "v": v, **way, "theta": theta - (share * theta + lr * step)}


@optimizer("optimization.adam_resumed", "m", "v")
def adam_resumed(theta, m, v, g, t, present, counter, **settings):
    """Adam with ε outside and decoupled decay, from m0, v0 and t0 on; without a gradient everything stays as it is
    counter=own      the number of the step as well
    counter=global   but for the number of the step
    """
    if not present:
        return {"t": t - 1 if counter == "own" else t}
    new = adam(theta, m, v, g, t, epsilon="outside", decay="decoupled", **settings)
    return {name: new[name] for name in ("m", "v", "theta")}


@optimizer("optimization.amsgrad", "m", "v", "w")
def amsgrad(theta, m, v, w, g, t, lr, beta1, beta2, eps, maximum):
    """m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²      a = 1-β₁ᵗ      b = 1-β₂ᵗ
    maximum=raw           w ← max(w, v)      θ ← θ - α (m/a)/(√(w/b) + ε)
    maximum=hat           w ← max(w, v)      θ ← θ - α (√b/a) m/(√w + ε)
    maximum=corrected     w ← max(w, v/b)    θ ← θ - α (m/a)/(√w + ε)
    maximum=uncorrected   w ← max(w, v)      θ ← θ - α m/(√w + ε)
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    a, b = 1 - beta1**t, 1 - beta2**t
    w = max(w, v / b if maximum == "corrected" else v)
    factor = {"raw": 1 / a, "hat": sqrt(b) / a, "corrected": 1 / a, "uncorrected": 1.0}[maximum]
    return {"m": m, "v": v, "w": w, "theta": theta - lr * factor * m / (sqrt(w / b if maximum == "raw" else w) + eps)}


@optimizer("optimization.nadam", "m", "v", product=1.0)
def nadam(theta, m, v, product, g, t, lr, beta1, beta2, eps, psi, schedule):
    """m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²      θ ← θ - α m̄/(√(v/(1-β₂ᵗ)) + ε)
    schedule=decaying   m̄ = μ_{t+1} m/(1 - μ_1…μ_{t+1}) + (1-μ_t) g/(1 - μ_1…μ_t)      μ_t = β₁(1 - ½ 0.96^(tψ))
    schedule=constant   m̄ = β₁ m/(1-β₁ᵗ⁺¹) + (1-β₁) g/(1-β₁ᵗ)
    schedule=same       m̄ = (β₁ m + (1-β₁) g)/(1-β₁ᵗ)
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    mu = later = beta1
    past, future = 1 - beta1**t, 1 - beta1 ** (t + 1 if schedule == "constant" else t)
    if schedule == "decaying":
        mu, later = (beta1 * (1 - 0.5 * exp(s * psi * log(0.96))) for s in (t, t + 1))
        product *= mu
        past, future = 1 - product, 1 - product * later
    ahead, now = later * m / future, (1 - mu) * g / past
    theta -= lr * (ahead + now) / (sqrt(v / (1 - beta2**t)) + eps)
    return {"m": m, "v": v, "mu": mu, "product": product, "ahead": ahead, "now": now, "theta": theta}


@optimizer("optimization.adamax", "m", "u")
def adamax(theta, m, u, g, t, lr, beta1, beta2, eps, epsilon):
    """m ← β₁m + (1-β₁)g      a = 1-β₁ᵗ
    epsilon=none          u ← max(β₂u, |g|)        θ ← θ - α (m/a)/u
    epsilon=within        u ← max(β₂u, |g| + ε)    θ ← θ - α (m/a)/u
    epsilon=beside        u ← max(β₂u, |g|)        θ ← θ - α (m/a)/(u + ε)
    epsilon=uncorrected   u ← max(β₂u, |g|)        θ ← θ - α m/(u + ε)
    """
    m = beta1 * m + (1 - beta1) * g
    u = max(beta2 * u, abs(g) + (eps if epsilon == "within" else 0.0))
    a = 1.0 if epsilon == "uncorrected" else 1 - beta1**t
    return {"m": m, "u": u, "theta": theta - lr * (m / a) / (u if epsilon in ("within", "none") else u + eps)}


@optimizer("optimization.rmsprop", "v", "mean", "b")
def rmsprop(theta, v, mean, b, g, t, lr, rho, eps, momentum, epsilon, centered, rate):
    """v ← ρv + (1-ρ)g²      b ← μb + g/(√v + ε)      θ ← θ - αb
    epsilon=inside      g/√(v + ε)
    centered=centered   v - mean² in place of v there      mean ← ρ mean + (1-ρ)g
    rate=inside         b ← μb + α g/…      θ ← θ - b
    """
    v = rho * v + (1 - rho) * g * g
    mean = rho * mean + (1 - rho) * g
    spread = v - mean * mean if centered == "centered" else v
    step = g / (sqrt(spread) + eps if epsilon == "outside" else sqrt(spread + eps))
    inside, outside = (lr, 1.0) if rate == "inside" else (1.0, lr)
    b = momentum * b + inside * step
    return {"v": v, "mean": mean, "step": step, "b": b, "theta": theta - outside * b}


@optimizer("optimization.adagrad", "v")
def adagrad(theta, v, g, t, lr, eps, epsilon):
    """v ← v + g²      outside  θ ← θ - α g/(√v + ε)      inside  θ ← θ - α g/√(v + ε)"""
    v += g * g
    return {"v": v, "theta": theta - lr * g / (sqrt(v) + eps if epsilon == "outside" else sqrt(v + eps))}


@optimizer("optimization.adadelta", "v", "u")
def adadelta(theta, v, u, g, t, lr, rho, eps):
    """v ← ρv + (1-ρ)g²      d = g √(u + ε)/√(v + ε)      u ← ρu + (1-ρ)d²      θ ← θ - αd"""
    v = rho * v + (1 - rho) * g * g
    d = sqrt(u + eps) / sqrt(v + eps) * g
    u = rho * u + (1 - rho) * d * d
    return {"v": v, "d": d, "u": u, "theta": theta - lr * d}
