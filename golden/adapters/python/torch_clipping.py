"""Clipped and scaled gradients, projected weights: torch.nn.utils, torch.renorm, torch.nn.functional.normalize."""

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

from torch_tensors import adapter


def with_gradients(g):
    """A parameter for each tensor of gradients, tensors×parameters."""
    parameters = [torch.nn.Parameter(torch.zeros_like(gi)) for gi in g]
    for p, gi in zip(parameters, g):
        p.grad = gi.clone()
    return parameters


def gradients(parameters):
    return torch.stack([p.grad for p in parameters])


@adapter.operation("optimization.clip_by_norm", conventions={"epsilon": "added"}, settings=("limit",))
def clip_by_norm(inputs, integers, conventions):
    """torch.nn.utils.clip_grad_norm_ of all parameters (scope=global), or of each (scope=tensor)"""
    parameters = with_gradients(inputs["g"])
    for together in [parameters] if conventions["scope"] == "global" else parameters:
        clip_grad_norm_(together, inputs["limit"])
    return {"clipped": gradients(parameters)}


adapter.decline(
    "optimization.clip_by_norm.gradient",
    "torch.nn.utils.clip_grad_norm_ changes gradients in place, where PyTorch does not differentiate",
)


@adapter.operation("optimization.clip_by_value", settings=("limit",))
def clip_by_value(inputs, integers, conventions):
    """torch.nn.utils.clip_grad_value_"""
    parameters = with_gradients(inputs["g"])
    clip_grad_value_(parameters, inputs["limit"])
    return {"clipped": gradients(parameters)}


@adapter.operation("optimization.scale_gradient", settings=("factor",))
def scale_gradient(inputs, integers, conventions):
    """The gradient of a loss times the factor, by automatic differentiation, as torch.cuda.amp.GradScaler scales"""
    theta = torch.zeros_like(inputs["g"]).requires_grad_()
    return {"scaled": torch.autograd.grad((inputs["g"] * theta).sum() * inputs["factor"], theta)[0]}


@adapter.operation("optimization.project_to_ball", settings=("radius",))
def project_to_ball(inputs, integers, conventions):
    """torch.renorm, which adds 10⁻⁷ to norms beyond the limit: ../../findings/pytorch.md"""
    return {"projected": torch.renorm(inputs["W"][None], p=2, dim=0, maxnorm=inputs["radius"])[0]}


@adapter.operation("optimization.project_to_sphere", conventions={"guard": "positive"}, settings=("radius",))
def project_to_sphere(inputs, integers, conventions):
    """torch.nn.functional.normalize, whose divisor is at least the smallest normal number, so that 0 stays 0"""
    W = inputs["W"]
    unit = torch.nn.functional.normalize(W.flatten(), dim=0, eps=torch.finfo(W.dtype).tiny).reshape(W.shape)
    return {"projected": unit * inputs["radius"]}


SETTINGS = ("scale", "limit", "lr", "weight_decay", "radius")


@adapter.operation("optimization.clipped_descent", conventions={"epsilon": "added"}, settings=SETTINGS)
def clipped_descent(inputs, integers, conventions):
    """clip_grad_norm_, torch.optim.SGD, normalize(eps=r), which divides by max(‖x‖, r)

    Weight decay is that of SGD (decay=after), or in the loss (decay=before).
    """
    parameters = [torch.nn.Parameter(theta.clone()) for theta in inputs["theta0"]]
    decay = inputs["weight_decay"]
    after = conventions["decay"] == "after"
    optimizer = torch.optim.SGD(parameters, lr=inputs["lr"], weight_decay=decay if after else 0)
    thetas, clipped = [], []
    for g in inputs["g"]:
        optimizer.zero_grad()
        for p, gi in zip(parameters, g):
            if not after:
                (decay * p.square().sum() / 2).backward()
            p.grad = gi / inputs["scale"] + (0 if after else p.grad)
        clip_grad_norm_(parameters, inputs["limit"])
        clipped.append(gradients(parameters).clone())
        optimizer.step()
        with torch.no_grad():
            for p in parameters:
                p.copy_(torch.nn.functional.normalize(p, dim=0, eps=inputs["radius"]) * inputs["radius"])
        thetas.append(torch.stack(parameters).detach().clone())
    return {"clipped": torch.stack(clipped), "theta": torch.stack(thetas)}
