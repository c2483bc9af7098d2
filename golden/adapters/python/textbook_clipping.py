"""Clipped and scaled gradients, projected weights: arrays are tensors×parameters, or rows×columns."""

from math import hypot

from textbook_vectors import adapter, each, plus

ADDED = 1e-6  # what is added to the norm by epsilon=added


def norm(array):
    """‖x‖ = √Σx², of which no square overflows or is lost."""
    return hypot(*map(norm, array)) if isinstance(array, list) else abs(array)


def times(a, array):
    return each(lambda x: a * x, array)


def shortened(array, n, limit):
    """x c/max(n, c)"""
    return times(limit / max(n, limit), array)


def added(conventions):
    return ADDED if conventions["epsilon"] == "added" else 0.0


@adapter.operation("optimization.clip_by_norm")
def clip_by_norm(inputs, integers, conventions):
    """g c/max(n, c)      n = ‖g‖, or ‖g‖ + 10⁻⁶      scope=global  of all tensors      scope=tensor  of each"""
    g, c, more = inputs["g"], inputs["limit"], added(conventions)
    if conventions["scope"] == "tensor":
        norms = [norm(gi) for gi in g]
        return {"norms": norms, "clipped": [shortened(gi, n + more, c) for gi, n in zip(g, norms)]}
    return {"norm": norm(g), "clipped": shortened(g, norm(g) + more, c)}


@adapter.operation("optimization.clip_by_norm.gradient")
def clip_by_norm_gradient(inputs, integers, conventions):
    """Where n > c:   dg = c/n (d - u ⟨u, d⟩ ‖g‖/n)      u = g/‖g‖      elsewhere   dg = d"""
    c, more = inputs["limit"], added(conventions)

    def backward(g, d):
        size = norm(g)
        n = size + more
        if n <= c:
            return d
        u = times(1 / size, g)
        along = total(each(lambda a, b: a * b, u, d)) * size / n
        return times(c / n, each(lambda a, b: b - a * along, u, d))

    g, d = inputs["g"], inputs["dclipped"]
    return {"dg": list(map(backward, g, d)) if conventions["scope"] == "tensor" else backward(g, d)}


def total(array):
    return sum(map(total, array)) if isinstance(array, list) else array


@adapter.operation("optimization.clip_by_value")
def clip_by_value(inputs, integers, conventions):
    """min(max(g, -c), c)"""
    c = inputs["limit"]
    return {"clipped": each(lambda x: min(max(x, -c), c), inputs["g"])}


@adapter.operation("optimization.scale_gradient")
def scale_gradient(inputs, integers, conventions):
    return {"scaled": times(inputs["factor"], inputs["g"])}


@adapter.operation("optimization.project_to_ball")
def project_to_ball(inputs, integers, conventions):
    """W r/max(‖W‖, r)"""
    n = norm(inputs["W"])
    return {"norm": n, "projected": shortened(inputs["W"], n, inputs["radius"])}


@adapter.operation("optimization.project_to_sphere")
def project_to_sphere(inputs, integers, conventions):
    """guard=positive  W r/‖W‖, and 0 of 0      guard=epsilon  W r/(‖W‖ + ε)"""
    W, n = inputs["W"], norm(inputs["W"])
    divisor = n + inputs["eps"] if conventions["guard"] == "epsilon" else n
    return {"norm": n, "projected": times(inputs["radius"] / divisor, W) if divisor > 0 else W}


@adapter.operation("optimization.clipped_descent")
def clipped_descent(inputs, integers, conventions):
    """decay=after    k = clip(g/S)         d = k + λθ
    decay=before   k = clip(g/S + λθ)    d = k
    θ ← P(θ - αd), where P(x) = x r/max(‖x‖, r) of each tensor for itself
    """
    lr, decay, r = inputs["lr"], inputs["weight_decay"], inputs["radius"]
    theta, thetas, clipped = inputs["theta0"], [], []
    for g in inputs["g"]:
        g, pull = each(lambda x: x / inputs["scale"], g), times(decay, theta)
        if conventions["decay"] == "before":
            g = plus(g, pull)
        k = shortened(g, norm(g) + added(conventions), inputs["limit"])
        d = plus(k, pull) if conventions["decay"] == "after" else k
        theta = [shortened(x, norm(x), r) for x in plus(theta, times(-lr, d))]
        clipped.append(k)
        thetas.append(theta)
    return {"clipped": clipped, "theta": thetas}
