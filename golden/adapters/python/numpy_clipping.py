"""Clipped and scaled gradients, projected weights: formulas over arrays."""

from numpy_arrays import adapter, np


def norm(array, axis=None):
    """‖x‖ = s ‖x/s‖ with s = max |x|, so that no square overflows or is lost; of all, or along an axis that stays."""
    s = abs(array).max(axis=axis, keepdims=True)
    s = np.where(s > 0, s, 1).astype(array.dtype)
    n = s * np.sqrt(((array / s) ** 2).sum(axis=axis, keepdims=True))
    return n if axis is not None else n.reshape(())


def compared(array, conventions, scope="global"):
    """What is compared with the limit: ‖x‖, or ‖x‖ + 10⁻⁶."""
    n = norm(array, axis=None if scope == "global" else 1)
    return n + (1e-6 if conventions["epsilon"] == "added" else 0)


def shortened(array, n, limit):
    """x c/max(n, c)"""
    return array * (limit / np.maximum(n, limit))


@adapter.operation("optimization.clip_by_norm")
def clip_by_norm(inputs, integers, conventions):
    """g c/max(n, c)      n = ‖g‖, or ‖g‖ + 10⁻⁶, of all tensors or of each"""
    n = compared(inputs["g"], conventions, conventions["scope"])
    return {"clipped": shortened(inputs["g"], n, inputs["limit"])}


@adapter.operation("optimization.clip_by_norm.gradient")
def clip_by_norm_gradient(inputs, integers, conventions):
    """Where n > c:   dg = c/n (d - u ⟨u, d⟩ ‖g‖/n)      u = g/‖g‖      elsewhere   dg = d"""
    g, d, c = inputs["g"], inputs["dclipped"], inputs["limit"]
    axis = None if conventions["scope"] == "global" else 1
    size, n = norm(g, axis), compared(g, conventions, conventions["scope"])
    u = g / np.where(size > 0, size, 1).astype(g.dtype)
    along = (u * d).sum(axis=axis, keepdims=True) * size / n
    return {"dg": np.where(n > c, c / n * (d - u * along), d)}


@adapter.operation("optimization.clip_by_value")
def clip_by_value(inputs, integers, conventions):
    return {"clipped": np.clip(inputs["g"], -inputs["limit"], inputs["limit"])}


@adapter.operation("optimization.scale_gradient")
def scale_gradient(inputs, integers, conventions):
    return {"scaled": inputs["factor"] * inputs["g"]}


@adapter.operation("optimization.project_to_ball")
def project_to_ball(inputs, integers, conventions):
    """W r/max(‖W‖, r)"""
    n = norm(inputs["W"])
    return {"projected": shortened(inputs["W"], n, inputs["radius"]), "norm": n}


@adapter.operation("optimization.project_to_sphere")
def project_to_sphere(inputs, integers, conventions):
    """guard=positive  W r/‖W‖, and 0 of 0      guard=epsilon  W r/(‖W‖ + ε)"""
    W, n = inputs["W"], norm(inputs["W"])
    divisor = n + inputs["eps"] if conventions["guard"] == "epsilon" else n
    return {"projected": W * (inputs["radius"] / divisor) if divisor > 0 else W, "norm": n}


@adapter.operation("optimization.clipped_descent")
def clipped_descent(inputs, integers, conventions):
    """decay=after  k = clip(g/S), d = k + λθ      decay=before  k = clip(g/S + λθ), d = k
    θ ← P(θ - αd), where P(x) = x r/max(‖x‖, r) of each tensor for itself
    """
    before = conventions["decay"] == "before"
    theta, thetas, clipped = inputs["theta0"], [], []
    for g in inputs["g"]:
        pull = inputs["weight_decay"] * theta
        g = g / inputs["scale"] + (pull if before else 0)
        k = shortened(g, compared(g, conventions), inputs["limit"])
        theta = theta - inputs["lr"] * (k if before else k + pull)
        theta = shortened(theta, norm(theta, axis=1), inputs["radius"])
        clipped.append(k)
        thetas.append(theta)
    return {"clipped": np.stack(clipped), "theta": np.stack(thetas)}
