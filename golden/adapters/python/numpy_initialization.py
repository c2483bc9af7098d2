"""Initial weights: their scale, what becomes of activations, and weights drawn by numpy.random."""

from math import erf, exp, pi, sqrt

from numpy_arrays import DTYPES, adapter, np

KINDS = {format: dtype for dtype, format in DTYPES.items()}


@adapter.operation("initialization.preactivation_moments")
def preactivation_moments(inputs, integers, conventions):
    """a = c + Σ w_i h_i, with the w_i independent of each other and of h:
    E[a] = c + E[w] E[Σh]      Var(a) = Var(w) E[Σh²] + E[w]² Var(Σh)
    """
    w, h = inputs["w"], inputs["h"]
    sums = h.sum(axis=1)
    variance = w.var() * (h**2).sum(axis=1).mean() + w.mean() ** 2 * sums.var()
    return {"mean": inputs["c"] + w.mean() * sums.mean(), "variance": variance}


def fans(integers):
    """fan_in and fan_out of a weight outputs×inputs×height×width."""
    kernel = integers["height"] * integers["width"]
    return integers["inputs"] * kernel, integers["outputs"] * kernel


def deviation(fan_in, fan_out, conventions):
    """σ of a weight."""
    return sqrt({"lecun": 1 / fan_in, "he": 2 / fan_in, "glorot": 2 / (fan_in + fan_out)}[conventions["variance"]])


@adapter.operation("initialization.scale")
def scale(inputs, integers, conventions):
    """σ and the bound √3 σ of the uniform distribution that has it."""
    both = fans(integers)
    sigma = deviation(*both, conventions)
    found = {"fan_in": both[0], "fan_out": both[1], "sigma": sigma, "bound": sqrt(3) * sigma}
    return {name: rounded(x) for name, x in found.items()}


@adapter.operation("initialization.depth")
def depth(inputs, integers, conventions):
    """q ← d_{t-1} σ_t² (1 + α²)/2 q, the expected mean square after each layer of leaky relus."""
    x, widths = inputs["x"], [int(width) for width in inputs["widths"]]
    factors = [d * deviation(d, n, conventions) ** 2 for d, n in zip([len(x), *widths], widths)]
    return {"q": (x**2).mean() * np.cumprod(rounded(factors) * (1 + inputs["slope"] ** 2) / 2)}


def rounded(x):
    """Numbers in the dtype that is computed in."""
    return np.asarray(x, KINDS[adapter.dtype])


def drawn(integers, draw):
    """W  outputs×inputs×height×width, by a generator of its own for every seed."""
    shape = tuple(integers[name] for name in ("outputs", "inputs", "height", "width"))
    return {"W": rounded(draw(np.random.default_rng(integers["seed"]), shape))}


@adapter.operation("initialization.gaussian")
def gaussian(inputs, integers, conventions):
    sigma = deviation(*fans(integers), conventions)
    return drawn(integers, lambda random, shape: random.normal(0, sigma, shape))


@adapter.operation("initialization.uniform")
def uniform(inputs, integers, conventions):
    bound = sqrt(3) * deviation(*fans(integers), conventions)
    return drawn(integers, lambda random, shape: random.uniform(-bound, bound, shape))


@adapter.operation("initialization.truncated_normal")
def truncated_normal(inputs, integers, conventions):
    """Draws again what is beyond ±2s; correction=corrected divides σ by what is left of it

    c² = 1 - 2aφ(a)/(2Φ(a) - 1), a = 2
    """
    left = 1 - 4 * exp(-2) / sqrt(2 * pi) / erf(sqrt(2))
    s = deviation(*fans(integers), conventions) / (sqrt(left) if conventions["correction"] == "corrected" else 1)

    def draw(random, shape):
        W = random.normal(0, s, shape)
        while (beyond := abs(W) > 2 * s).any():
            W[beyond] = random.normal(0, s, beyond.sum())
        return W

    return drawn(integers, draw)
