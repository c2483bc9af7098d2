"""Initial weights: those of torch.nn.init, after torch.manual_seed."""

from functools import partial
from math import sqrt

import torch
from torch.nn import init

from torch_tensors import adapter, empty

adapter.decline("initialization.preactivation_moments", "PyTorch has no moments of pre-activations")
adapter.decline("initialization.scale", "torch.nn.init draws weights, and does not tell their scale")
adapter.decline("initialization.depth", "PyTorch has no expectations over weights")


def drawn(identifier, lecun, he, glorot, **conventions):
    """Answers an operation by what fills a weight outputs×inputs×height×width, for each convention."""

    @adapter.operation(identifier, conventions=conventions)
    def draw(inputs, integers, conventions):
        W = empty(*(integers[name] for name in ("outputs", "inputs", "height", "width")))
        torch.manual_seed(integers["seed"])
        return {"W": {"lecun": lecun, "he": he, "glorot": glorot}[conventions["variance"]](W)}


drawn(
    "initialization.gaussian",
    partial(init.kaiming_normal_, nonlinearity="linear"),
    partial(init.kaiming_normal_, nonlinearity="relu"),
    init.xavier_normal_,
)
drawn(
    "initialization.uniform",
    partial(init.kaiming_uniform_, nonlinearity="linear"),
    partial(init.kaiming_uniform_, nonlinearity="relu"),
    init.xavier_uniform_,
)


def truncated(W, squared):
    """torch.nn.init.trunc_normal_ of a standard deviation whose square is a function of both fans, cut at twice that"""
    s = sqrt(squared(*init._calculate_fan_in_and_fan_out(W)))
    return init.trunc_normal_(W, std=s, a=-2 * s, b=2 * s)


drawn(
    "initialization.truncated_normal",
    partial(truncated, squared=lambda fan_in, fan_out: 1 / fan_in),
    partial(truncated, squared=lambda fan_in, fan_out: 2 / fan_in),
    partial(truncated, squared=lambda fan_in, fan_out: 2 / (fan_in + fan_out)),
    correction="uncorrected",
)
