"""Initial weights: their scale, what becomes of activations, and weights drawn from three distributions."""

from itertools import product
from math import erf, exp, pi, sqrt
from random import Random

from goldgrad import Tensor
from textbook_vectors import adapter

CUT = 2.0  # where normal distributions are truncated, in their standard deviations


@adapter.operation("initialization.preactivation_moments")
def preactivation_moments(inputs, integers, conventions):
    """E[a] and Var(a) of a = c + Σ w_i h_i, by going through everything that may happen.

    w  outcomes      h  states×fan
    """
    w, h, c = inputs["w"], inputs["h"], inputs["c"]
    a = [sum(wi * hi for wi, hi in zip(weights, row)) for weights in product(w, repeat=len(h[0])) for row in h]
    mean = sum(a) / len(a)
    return {"mean": c + mean, "variance": sum((x - mean) ** 2 for x in a) / len(a)}


def fans(integers):
    """fan_in and fan_out of a weight outputs×inputs×height×width."""
    kernel = integers["height"] * integers["width"]
    return integers["inputs"] * kernel, integers["outputs"] * kernel


def variance(scheme, fan_in, fan_out):
    return {"lecun": 1 / fan_in, "he": 2 / fan_in, "glorot": 2 / (fan_in + fan_out)}[scheme]


def deviation(integers, conventions):
    return sqrt(variance(conventions["variance"], *fans(integers)))


@adapter.operation("initialization.scale")
def scale(inputs, integers, conventions):
    """σ and the bound √3 σ of the uniform distribution that has it."""
    fan_in, fan_out = fans(integers)
    sigma = deviation(integers, conventions)
    return {"fan_in": float(fan_in), "fan_out": float(fan_out), "sigma": sigma, "bound": sqrt(3) * sigma}


@adapter.operation("initialization.depth")
def depth(inputs, integers, conventions):
    """q ← d_{t-1} σ_t² (1 + α²)/2 q, the expected mean square after each layer of leaky relus."""
    x, slope = inputs["x"], inputs["slope"]
    before, level, levels = len(x), sum(xi * xi for xi in x) / len(x), []
    for width in inputs["widths"]:
        level *= before * variance(conventions["variance"], before, width) * (1 + slope * slope) / 2
        levels.append(level)
        before = width
    return {"q": levels}


def drawn(integers, one):
    """W  outputs×inputs×height×width, every entry drawn by itself from the seed's generator."""
    shape = tuple(integers[name] for name in ("outputs", "inputs", "height", "width"))
    random = Random(integers["seed"])
    size = shape[0] * shape[1] * shape[2] * shape[3]
    return {"W": Tensor(shape, [one(random) for _ in range(size)])}


@adapter.operation("initialization.gaussian")
def gaussian(inputs, integers, conventions):
    sigma = deviation(integers, conventions)
    return drawn(integers, lambda random: random.gauss(0, sigma))


@adapter.operation("initialization.uniform")
def uniform(inputs, integers, conventions):
    bound = sqrt(3) * deviation(integers, conventions)
    return drawn(integers, lambda random: random.uniform(-bound, bound))


@adapter.operation("initialization.truncated_normal")
def truncated_normal(inputs, integers, conventions):
    """Draws again until it is within ±2s; correction=corrected divides σ by what is left of it.

    c² = 1 - 2aφ(a)/(2Φ(a) - 1), a = 2
    """
    left = 1 - 2 * CUT * exp(-CUT * CUT / 2) / sqrt(2 * pi) / erf(CUT / sqrt(2))
    sigma = deviation(integers, conventions)
    s = sigma / sqrt(left) if conventions["correction"] == "corrected" else sigma

    def one(random):
        w = random.gauss(0, s)
        while abs(w) > CUT * s:
            w = random.gauss(0, s)
        return w

    return drawn(integers, one)
