"""Recurrent layers: those of torch.nn, and where it has none, its linear and nonlinear functions step by step."""

from itertools import accumulate

import torch
from torch.nn.functional import linear, pad
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from torch_tensors import adapter, differentiated, operation_and_gradient

PHI = {"tanh": torch.tanh, "relu": torch.relu, "sigmoid": torch.sigmoid, "identity": torch.nn.Identity()}


# Scalars and averages


@adapter.operation("recurrent.scalar")
def scalar(inputs, integers, conventions):
    """Automatic differentiation, twice; every step has its own copy of w."""
    u, w, h0 = (inputs[name].requires_grad_() for name in ("u", "w", "h0"))
    copies = w.expand(len(u)).unbind()
    zs, hs = [], [h0]
    for ut, wt in zip(u.unbind(), copies):
        zs.append(ut + hs[-1])
        hs.append(wt * zs[-1])
    edges = torch.stack(torch.autograd.grad(hs[-1], copies, create_graph=True))
    dw, du, dh0 = torch.autograd.grad(hs[-1], (w, u, h0), create_graph=True)
    # With one step dw no longer depends on w, of which PyTorch makes None.
    ddw = torch.autograd.grad(dw, w, allow_unused=True)[0]
    return {
        "z": torch.stack(zs),
        "h": torch.stack(hs[1:]),
        "y": hs[-1],
        "edges": edges,
        "dw": dw,
        "du": du,
        "dh0": dh0,
        "ddw": torch.zeros_like(w) if ddw is None else ddw,
    }


@adapter.operation("recurrent.running_average")
def running_average(inputs, integers, conventions):
    """torch.mean of every beginning"""
    x = inputs["x"]
    y = torch.stack([x[:t].mean(dim=0) for t in range(1, len(x) + 1)])
    return {"y": y, "last": y[-1]}


# Layers


def weights(U, W, b, d=None):
    """PyTorch's parameters of a layer: U, features×hidden or features×gates×hidden, as (gates·hidden)×features."""
    return {
        "weight_ih": U.movedim(0, -1).reshape(-1, len(U)),
        "weight_hh": W.movedim(0, -1).reshape(-1, len(W)),
        "bias_ih": b.reshape(-1),
        "bias_hh": (torch.zeros_like(b) if d is None else d).reshape(-1),  # it is added to the other
    }


def layer(kind, *stack, **options):
    """A layer of torch.nn, or a stack of them, with given tensors in the places of its parameters.

    They get there as in torch.nn.utils.weight_norm, so that gradients reach what they were made from. Of
    bidirectional=True every layer of the stack is two, first the one from the first step on.
    """
    directions = ("", "_reverse") if options.get("bidirectional") else ("",)
    hidden, features = stack[0]["weight_hh"].shape[1], stack[0]["weight_ih"].shape[1]
    module = kind(features, hidden, len(stack) // len(directions), **options)
    places = [f"_l{level}{direction}" for level in range(module.num_layers) for direction in directions]
    for place, parameters in zip(places, stack):
        for name, tensor in parameters.items():
            delattr(module, name + place)
            setattr(module, name + place, tensor)
    return module


def unrolled(step, state, xs):
    """The states of a recurrence after every x: state = step(state, x)."""
    return list(accumulate(xs, step, initial=state))[1:]


def elman(x, h0, *stack, phi="tanh"):
    """h_t = φ(x_t U + h_{t-1} W + b), layer upon layer: states of the top time×batch×hidden, last layers×batch×hidden.

    It is torch.nn.RNN where that has φ.
    """
    if phi in ("tanh", "relu"):
        return layer(torch.nn.RNN, *stack, nonlinearity=phi)(x, h0)

    def step(h, xt):
        return PHI[phi](linear(xt, own["weight_ih"], own["bias_ih"]) + linear(h, own["weight_hh"], own["bias_hh"]))

    last = []
    for own, h in zip(stack, h0):
        x = torch.stack(unrolled(step, h, x))
        last.append(x[-1])
    return x, torch.stack(last)


def own_weights(inputs, side=""):
    return weights(*(inputs[name + side] for name in "UWb"))


def states(inputs, phi="tanh"):
    """The states of one layer, time×batch×hidden."""
    return elman(inputs["x"], inputs["h0"][None], own_weights(inputs), phi=phi)[0]


def states_in_turn(inputs, phi):
    """The same, each 1×batch×hidden, of a layer called step by step, so that the later ones come of each."""
    own = own_weights(inputs)
    return unrolled(lambda h, xt: elman(xt, h, own, phi=phi)[0], inputs["h0"][None], inputs["x"].split(1))


def vanilla(inputs, integers, conventions):
    """torch.nn.RNN for tanh and relu"""
    return {"h": states(inputs, conventions["nonlinearity"])}


@adapter.operation("recurrent.vanilla.gradient")
def vanilla_gradient(inputs, integers, conventions):
    """torch.nn.RNN for tanh and relu, backwards; and backwards once more to every state"""
    found = differentiated(vanilla)(inputs, integers, conventions)
    hs = states_in_turn(inputs, conventions["nonlinearity"])
    Gamma = torch.autograd.grad(torch.cat(hs), hs, inputs["dh"].detach())
    return {**found, "Gamma": torch.cat(Gamma)}


adapter.operation("recurrent.vanilla")(vanilla)


@operation_and_gradient("recurrent.gru", conventions={"gate_order": "rzn", "reset": "after", "update": "keep"})
def gru(inputs, integers, conventions):
    """torch.nn.GRU"""
    own = weights(*(inputs[name] for name in "UWbd"))
    return {"h": layer(torch.nn.GRU, own)(inputs["x"], inputs["h0"][None])[0]}


@operation_and_gradient("recurrent.lstm", conventions={"gate_order": "ifgo"})
def lstm(inputs, integers, conventions):
    """torch.nn.LSTM"""
    own = layer(torch.nn.LSTM, own_weights(inputs))
    h, (_, c) = own(inputs["x"], (inputs["h0"][None], inputs["c0"][None]))
    return {"h": h, "c": c[0]}


@operation_and_gradient("recurrent.lstm.columns", conventions={"gate_order": "ifgo", "forget_bias": "stored"})
def lstm_columns(inputs, integers, conventions):
    """torch.nn.LSTM, whose weights are stored so"""
    own = {"weight_ih": "U", "weight_hh": "W", "bias_ih": "b", "bias_hh": "d"}
    own = {name: inputs[letter].flatten(0, 1) for name, letter in own.items()}
    h, (_, c) = layer(torch.nn.LSTM, own)(inputs["x"], (inputs["h0"][None], inputs["c0"][None]))
    return {"h": h, "c": c[0]}


# Blocks and other weights


@operation_and_gradient("recurrent.residual")
def residual(inputs, integers, conventions):
    """torch.nn.functional.linear block by block: PyTorch has no such layer"""
    phi = PHI[conventions["nonlinearity"]]
    blocks = zip(inputs["W"], inputs["b"])
    return {"h": torch.stack(unrolled(lambda h, Wb: phi(linear(h, Wb[0].T, Wb[1])) + h, inputs["h0"], blocks))}


@operation_and_gradient("recurrent.preactivation")
def preactivation(inputs, integers, conventions):
    """torch.nn.functional.linear step by step: PyTorch has no such layer"""
    phi = PHI[conventions["nonlinearity"]]
    U, W, b = (inputs[name] for name in "UWb")
    hs = unrolled(lambda h, xt: linear(phi(h), W.T) + linear(xt, U.T, b), inputs["h0"], inputs["x"])
    return {"h": torch.stack(hs)}


@operation_and_gradient("recurrent.low_rank", settings=("alpha",))
def low_rank(inputs, integers, conventions):
    """torch.nn.RNN with the weights torch.addmm(R, P, Qᵀ, alpha=s)"""
    R, P, Q = (inputs[name] for name in "RPQ")
    s = inputs["alpha"] if conventions["scale"] == "alpha" else 1 / P.shape[1]
    return {"h": states({**inputs, "W": torch.addmm(R, P, Q.T, alpha=s)})}


# Lengths and directions


def packed(module, x, lengths, h0):
    """What a layer makes of packed sequences: padded with zeros again, and the last states."""
    sequences = pack_padded_sequence(x, lengths.detach().long().cpu(), enforce_sorted=False)
    h, last = module(sequences, h0)
    return pad_packed_sequence(h, total_length=len(x))[0], last


@operation_and_gradient("recurrent.variable_length")
def variable_length(inputs, integers, conventions):
    """torch.nn.RNN of packed sequences"""
    own = layer(torch.nn.RNN, own_weights(inputs))
    h, last = packed(own, inputs["x"], inputs["lengths"], inputs["h0"][None])
    return {"h": h, "last": last[0]}


def truncated(inputs, integers, conventions):
    """torch.nn.RNN, a window at a time, between which its state is detached"""
    own = layer(torch.nn.RNN, own_weights(inputs))
    h, hs = inputs["h0"][None], []
    for window in inputs["x"].split(integers["window"]):
        states, h = own(window, h)
        hs.append(states)
        h = h.detach()
    return {"h": torch.cat(hs)}


adapter.operation("recurrent.truncated.gradient")(differentiated(truncated))


def two_ways(x, lengths, h0, forwards, backwards, phi):
    """Two layers, one from the first step on and one from the last, h0 2×batch×hidden: the states of each.

    It is torch.nn.RNN(bidirectional=True) of packed sequences for tanh; else both layers run sequence by sequence.
    """
    if phi == "tanh":
        both = layer(torch.nn.RNN, forwards, backwards, bidirectional=True)
        return packed(both, x, lengths, h0)[0].chunk(2, dim=-1)
    sides = []
    for side, own in enumerate((forwards, backwards)):
        turned = (lambda x: x.flip(0)) if side else (lambda x: x)
        sequences = []
        for k, n in enumerate(lengths.long().tolist()):
            h = turned(elman(turned(x[:n, k : k + 1]), h0[side : side + 1, k : k + 1], own, phi=phi)[0])
            sequences.append(pad(h, (0, 0, 0, 0, 0, len(x) - n)))
        sides.append(torch.cat(sequences, dim=1))
    return sides


@operation_and_gradient("recurrent.bidirectional")
def bidirectional(inputs, integers, conventions):
    """torch.nn.RNN(bidirectional=True) of packed sequences for tanh"""
    h0 = torch.stack([inputs["hf0"], inputs["hb0"]])
    sides = own_weights(inputs, "f"), own_weights(inputs, "b")
    hf, hb = two_ways(inputs["x"], inputs["lengths"], h0, *sides, conventions["nonlinearity"])
    both = torch.stack([hf, hb])
    merged = {"sum": torch.sum, "mean": torch.mean, "product": torch.prod}[conventions["merge"]](both, dim=0)
    return {"hf": hf, "hb": hb, "merged": merged}
