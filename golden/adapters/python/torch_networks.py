"""Networks of recurrent layers: stacks, and torch.nn.functional's losses on top."""

import torch
from torch.nn.functional import linear, log_softmax, mse_loss, nll_loss

from torch_recurrent import elman, layer, own_weights, states, states_in_turn, two_ways, unrolled, weights
from torch_tensors import adapter, operation_and_gradient

# Stacks


def stack_of(inputs):
    return [own_weights(inputs), *(weights(*above) for above in zip(inputs["UA"], inputs["WA"], inputs["B"]))]


def bottom_up(inputs, bottom, above):
    """Initial states of all layers: layers×batch×hidden."""
    return torch.cat([inputs[bottom][None], inputs[above]])


@operation_and_gradient("recurrent.stacked")
def stacked(inputs, integers, conventions):
    """torch.nn.RNN(num_layers=…) for tanh and relu"""
    start = bottom_up(inputs, "h0", "H0")
    h, last = elman(inputs["x"], start, *stack_of(inputs), phi=conventions["nonlinearity"])
    return {"h": h, "last0": last[0], "last": last[1:]}


@operation_and_gradient("recurrent.lstm.stacked", conventions={"gate_order": "ifgo"})
def lstm_stacked(inputs, integers, conventions):
    """torch.nn.LSTM(num_layers=…)"""
    start = bottom_up(inputs, "h0", "H0"), bottom_up(inputs, "c0", "C0")
    return {"h": layer(torch.nn.LSTM, *stack_of(inputs))(inputs["x"], start)[0]}


# Losses


def linear_on(h, inputs):
    return linear(h, inputs["F"].T, inputs["f"])


def regression_loss(prediction, inputs, conventions):
    """torch.nn.functional.mse_loss over all steps, or the last; a prediction is time×batch×outputs."""
    z = inputs["z"]
    return mse_loss(prediction, z) if conventions["targets"] == "all" else mse_loss(prediction[-1], z[-1])


@operation_and_gradient("recurrent.regression")
def regression(inputs, integers, conventions):
    """torch.nn.RNN for tanh and relu, torch.nn.functional.linear, mse_loss"""
    prediction = linear_on(states(inputs, conventions["nonlinearity"]), inputs)
    return {"prediction": prediction, "loss": regression_loss(prediction, inputs, conventions)}


@operation_and_gradient("recurrent.bidirectional.regression")
def bidirectional_regression(inputs, integers, conventions):
    """torch.nn.functional.linear and torch.sigmoid, torch.nn.functional.mse_loss"""
    x = inputs["x"]
    T, batch, _ = x.shape
    hidden = len(inputs["Wf"])
    sides = [weights(inputs["U" + side], inputs["W" + side], x.new_zeros(hidden)) for side in "fb"]
    hf, hb = two_ways(x, x.new_full((batch,), T), x.new_zeros(2, batch, hidden), *sides, "sigmoid")
    y = linear(hf, inputs["Vf"].T) + linear(hb, inputs["Vb"].T)
    return {"y": y, "loss": mse_loss(y, inputs["z"], reduction="sum")}


@operation_and_gradient("recurrent.classifier")
def classifier(inputs, integers, conventions):
    """torch.nn.RNN, torch.nn.functional.linear, log_softmax, nll_loss"""
    logp = log_softmax(linear_on(states(inputs)[-1], inputs), dim=-1)
    return {"logp": logp, "loss": nll_loss(logp, inputs["labels"].long())}


def lstm_states_in_turn(inputs):
    own = layer(torch.nn.LSTM, own_weights(inputs))

    def step(state, xt):
        h, (_, c) = own(xt, state)
        return h, c

    return [h for h, _ in unrolled(step, (inputs["h0"][None], inputs["c0"][None]), inputs["x"].split(1))]


def loss_gradients(hs, inputs, conventions):
    """∂loss/∂h_t of a list of states, each 1×batch×hidden; 0 where the loss does not see one."""
    loss = regression_loss(linear_on(torch.cat(hs), inputs), inputs, conventions)
    found = torch.autograd.grad(loss, hs, allow_unused=True)
    return [torch.zeros_like(h) if dh is None else dh for h, dh in zip(hs, found)]


def norms(gradients):
    return torch.stack([torch.linalg.vector_norm(dh) for dh in gradients])


@adapter.operation("recurrent.gradient_flow")
def gradient_flow(inputs, integers, conventions):
    """Backwards to every state of a layer, and for the bound to states that nothing comes of but the loss"""
    phi = conventions["nonlinearity"]
    inputs["h0"].requires_grad_()
    hs = states_in_turn(inputs, phi)
    alone = [h.detach().requires_grad_() for h in hs]
    direct = norms(loss_gradients(alone, inputs, conventions))
    slope = torch.linalg.matrix_norm(inputs["W"], 2) / (4 if phi == "sigmoid" else 1)
    bound = unrolled(lambda later, own: own + slope * later, torch.zeros_like(slope), direct.flip(0))
    return {"norms": norms(loss_gradients(hs, inputs, conventions)), "bound": torch.stack(bound).flip(0)}


@adapter.operation("recurrent.lstm.gradient_flow", conventions={"gate_order": "ifgo"})
def lstm_gradient_flow(inputs, integers, conventions):
    """torch.nn.LSTM, backwards to every state"""
    inputs["h0"].requires_grad_()
    return {"norms": norms(loss_gradients(lstm_states_in_turn(inputs), inputs, conventions))}
