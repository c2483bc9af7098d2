"""Optimizers: those of torch.optim, with a parameter group for every group of a question."""

from functools import partial

import torch

from goldgrad import Unsupported
from torch_tensors import adapter

SETTINGS = ("lr", "momentum", "dampening", "weight_decay", "beta1", "beta2", "rho", "eps", "psi")
SETTINGS += ("alpha", "epsilon", "beta", "delta", "t0", "present")  # what PyTorch takes as numbers

operation = partial(adapter.operation, settings=SETTINGS)

MOMENTS = {"m": "exp_avg", "v": "exp_avg_sq"}
ADAM = {"lr": "lr", "betas": ("beta1", "beta2"), "eps": "eps"}
ADAM_DECAY = {**ADAM, "weight_decay": "weight_decay"}


def grouped(kind, inputs, options, **same):
    """An optimizer of the parameters theta0, groups×parameters, with a parameter group for each.

    `options` names the settings, which are lists by group, of every option of the optimizer; `same` holds for all
    groups. What the first group has is what the optimizer is told at large.
    """
    groups = []
    for k, theta in enumerate(inputs["theta0"]):
        own = {o: tuple(inputs[n][k] for n in s) if isinstance(s, tuple) else inputs[s][k] for o, s in options.items()}
        groups.append({"params": [torch.nn.Parameter(theta.clone())], **own, **same})
    return kind(groups, **{option: value for option, value in groups[0].items() if option != "params"})


def parameters(optimizer):
    """The parameters of every group."""
    return [p for group in optimizer.param_groups for p in group["params"]]


def resumed(optimizer, *states):
    """The optimizer as from a checkpoint, which kept a state for each of its parameters."""
    optimizer.load_state_dict({**optimizer.state_dict(), "state": dict(enumerate(states))})
    return optimizer


def trajectory(optimizer, gradients, kept):
    """θ and what an optimizer keeps after every step, steps×groups×parameters.

    `gradients` holds those of all groups, or None for a group that has none, step by step; it may make them of the
    parameters as they are then. `kept` says by what name the optimizer keeps what: {"m": "exp_avg"}.
    """
    steps = {name: [] for name in ("theta", *kept)}
    for gradient in gradients:
        for p, g in zip(parameters(optimizer), gradient):
            p.grad = None if g is None else g.clone()
        optimizer.step()
        for name, values in steps.items():
            values.append(torch.stack([found(optimizer, p, kept.get(name)) for p in parameters(optimizer)]))
    return {name: torch.stack(values) for name, values in steps.items()}


def found(optimizer, p, key):
    """What an optimizer keeps of a parameter by a name; the parameter itself, if by none."""
    value = p if key is None else optimizer.state[p].get(key)
    if value is None:
        raise Unsupported(f"torch.optim.{type(optimizer).__name__} keeps no {key} of a group without momentum")
    return value.detach().clone()


# Gradient descent


def heavy_ball(inputs, velocity, rate, **options):
    """torch.optim.SGD of one group, without groups, from a velocity of 0 on.

    Left to itself it starts from v_1 = g_1, undamped, as its documentation says; which is v_0 = 0 only without damping.
    Without momentum it keeps no velocity, and steps along the gradient.
    """
    theta = torch.nn.Parameter(inputs["theta0"])
    optimizer = torch.optim.SGD([theta], lr=rate, momentum=velocity, **options)
    resumed(optimizer, {"momentum_buffer": torch.zeros_like(theta)})
    steps = trajectory(optimizer, inputs["g"][:, None], {"v": "momentum_buffer"})
    return {"theta": steps["theta"][:, 0], "v": steps["v"][:, 0] if velocity else inputs["g"]}


@operation("optimization.momentum", conventions={"rate": "outside"})
def momentum(inputs, integers, conventions):
    """torch.optim.SGD(momentum=α)"""
    return heavy_ball(inputs, inputs["alpha"], inputs["epsilon"])


@operation("optimization.running_average", conventions={"correction": "raw"})
def running_average(inputs, integers, conventions):
    """torch.optim.SGD(momentum=β, dampening=β)"""
    return heavy_ball(inputs, inputs["beta"], inputs["delta"], dampening=inputs["beta"])


@operation("optimization.sgd", conventions={"decay": "coupled", "first_step": "undamped"})
def sgd(inputs, integers, conventions):
    """torch.optim.SGD"""
    options = {name: name for name in ("lr", "momentum", "dampening", "weight_decay")}
    return trajectory(grouped(torch.optim.SGD, inputs, options), inputs["g"], {"v": "momentum_buffer"})


@operation("optimization.nesterov")
def nesterov(inputs, integers, conventions):
    """form=outside      torch.optim.SGD(nesterov=True) along the gradient at θ of Σ ½ curvature θ² + gθ
    form=look_ahead   torch.optim.SGD along that at θ - momentum v      v = lr momentum_buffer
    """
    form = conventions["form"]
    if form == "inside":
        raise Unsupported("torch.optim.SGD(nesterov=True) keeps a velocity without the rate")
    if form == "outside" and not all(inputs["momentum"]):
        raise Unsupported("torch.optim.SGD(nesterov=True) requires a momentum")
    options = {"lr": "lr", "momentum": "momentum"}
    optimizer = grouped(torch.optim.SGD, inputs, options, nesterov=form == "outside")
    lr, ahead = (inputs["curvature"].new_tensor(inputs[name])[:, None] for name in ("lr", "momentum"))

    def velocity():
        buffers = [optimizer.state[p].get("momentum_buffer") for p in parameters(optimizer)]
        return torch.stack([torch.zeros_like(p) if b is None else b for p, b in zip(parameters(optimizer), buffers)])

    def gradients():
        for g in inputs["g"]:
            point = torch.stack(parameters(optimizer)).detach()
            if form == "look_ahead":
                point = point - ahead * lr * velocity()
            point.requires_grad_()
            loss = (inputs["curvature"] * point**2 / 2 + g * point).sum()
            yield torch.autograd.grad(loss, point)[0]

    steps = trajectory(optimizer, gradients(), {"v": "momentum_buffer"})
    return {**steps, "v": lr * steps["v"]} if form == "look_ahead" else steps


# Steps scaled by running estimates


@operation("optimization.adam", conventions={"epsilon": "outside"})
def adam(inputs, integers, conventions):
    """torch.optim.Adam (decay=coupled) or torch.optim.AdamW (decay=decoupled)"""
    if conventions["decay"] == "unscaled":
        raise Unsupported("torch.optim.AdamW multiplies the decay by the rate")
    kind = torch.optim.Adam if conventions["decay"] == "coupled" else torch.optim.AdamW
    return trajectory(grouped(kind, inputs, ADAM_DECAY), inputs["g"], MOMENTS)


@operation("optimization.adam_resumed", conventions={"counter": "own"})
def adam_resumed(inputs, integers, conventions):
    """torch.optim.AdamW with a loaded state; a missing gradient is None"""
    states = [
        {"step": torch.tensor(float(inputs["t0"])), "exp_avg": m, "exp_avg_sq": v}
        for m, v in zip(inputs["m0"], inputs["v0"])
    ]
    optimizer = resumed(grouped(torch.optim.AdamW, inputs, ADAM_DECAY), *states)
    gradients = [
        [g if there else None for g, there in zip(step, present)]
        for step, present in zip(inputs["g"], inputs["present"])
    ]
    return trajectory(optimizer, gradients, MOMENTS)


@operation("optimization.amsgrad", conventions={"maximum": "raw"})
def amsgrad(inputs, integers, conventions):
    """torch.optim.Adam(amsgrad=True)"""
    optimizer = grouped(torch.optim.Adam, inputs, ADAM, amsgrad=True)
    return trajectory(optimizer, inputs["g"], {**MOMENTS, "w": "max_exp_avg_sq"})


@operation("optimization.nadam", conventions={"schedule": "decaying"})
def nadam(inputs, integers, conventions):
    """torch.optim.NAdam"""
    optimizer = grouped(torch.optim.NAdam, inputs, {**ADAM, "momentum_decay": "psi"})
    return trajectory(optimizer, inputs["g"], MOMENTS)


@operation("optimization.adamax", conventions={"epsilon": "within"})
def adamax(inputs, integers, conventions):
    """torch.optim.Adamax"""
    return trajectory(grouped(torch.optim.Adamax, inputs, ADAM), inputs["g"], {"m": "exp_avg", "u": "exp_inf"})


@operation("optimization.rmsprop", conventions={"epsilon": "outside", "rate": "outside"})
def rmsprop(inputs, integers, conventions):
    """torch.optim.RMSprop"""
    options = {"lr": "lr", "alpha": "rho", "eps": "eps", "momentum": "momentum"}
    optimizer = grouped(torch.optim.RMSprop, inputs, options, centered=conventions["centered"] == "centered")
    return trajectory(optimizer, inputs["g"], {"v": "square_avg", "b": "momentum_buffer"})


@operation("optimization.adagrad", conventions={"epsilon": "outside"}, settings=(*SETTINGS, "v0"))
def adagrad(inputs, integers, conventions):
    """torch.optim.Adagrad, which gives all groups the initial value of the first: ../../findings/pytorch.md"""
    options = {"lr": "lr", "eps": "eps", "initial_accumulator_value": "v0"}
    return trajectory(grouped(torch.optim.Adagrad, inputs, options), inputs["g"], {"v": "sum"})


@operation("optimization.adadelta")
def adadelta(inputs, integers, conventions):
    """torch.optim.Adadelta"""
    optimizer = grouped(torch.optim.Adadelta, inputs, {"lr": "lr", "rho": "rho", "eps": "eps"})
    return trajectory(optimizer, inputs["g"], {"v": "square_avg", "u": "acc_delta"})
