"""Steps along other directions than the gradient: automatic differentiation, torch.linalg.solve, torch.optim.SGD."""

import torch
from torch.autograd import grad
from torch.autograd.functional import hessian
from torch.nn.functional import binary_cross_entropy_with_logits, linear, relu

from torch_tensors import adapter


def descent(theta0, lr, directions):
    """torch.optim.SGD from the parameters theta0 on: what each of them is after every step.

    directions  makes of the parameters, step by step, what goes to the place of their gradients
    """
    parameters = [torch.nn.Parameter(theta.clone()) for theta in theta0]
    optimizer = torch.optim.SGD(parameters, lr=lr)
    steps = []
    for direction in directions(parameters):
        for p, d in zip(parameters, direction):
            p.grad = d
        optimizer.step()
        steps.append([p.detach().clone() for p in parameters])
    return [torch.stack(states) for states in zip(*steps)]


@adapter.operation("optimization.gradient_norm_penalty", settings=("kappa", "lr", "r", "a"))
def gradient_norm_penalty(inputs, integers, conventions):
    """Automatic differentiation at θ and at θ + r g/‖g‖"""
    M, r, a = inputs["M"], inputs["r"], inputs["a"]
    qs = []

    def gradient(theta, y):
        theta = theta.detach().requires_grad_()
        loss = (linear(M, theta[None])[:, 0] - y).square().sum() / 2 + inputs["kappa"] / 4 * theta.pow(4).sum()
        return grad(loss, theta)[0]

    def directions(parameters):
        for y in inputs["y"]:
            g = gradient(parameters[0], y)
            there = gradient(parameters[0] + r * g / torch.linalg.vector_norm(g), y)
            qs.append((1 - a) * g + a * there)
            yield [qs[-1]]

    (theta,) = descent([inputs["theta0"]], inputs["lr"], directions)
    return {"q": torch.stack(qs), "theta": theta}


@adapter.operation("optimization.path_sgd", settings=("lr",))
def path_sgd(inputs, integers, conventions):
    """Automatic differentiation of the loss, and of the sum over paths: the net of squared weights on ones"""

    def directions(parameters):
        for x, y in zip(inputs["x"], inputs["y"]):
            U, V, W = parameters
            loss = (linear(relu(linear(relu(linear(x, U)), V)), W) - y).square().sum() / 2
            squares = [p.detach().square().requires_grad_() for p in parameters]
            paths = torch.ones_like(x)
            for A in squares:
                paths = linear(paths, A)
            kappas = grad(paths.sum(), squares)
            yield [d / kappa for d, kappa in zip(grad(loss, parameters), kappas)]

    return dict(zip("UVW", descent([inputs[name + "0"] for name in "UVW"], inputs["lr"], directions)))


def cross_entropy(X, y):
    """The mean cross-entropy of logistic regression, as a function of θ."""
    return lambda theta: binary_cross_entropy_with_logits(linear(X, theta[None])[:, 0], y)


@adapter.operation("optimization.natural_gradient", settings=("lr",))
def natural_gradient(inputs, integers, conventions):
    """torch.linalg.solve; Fisher's matrix is the Hessian of the loss, by automatic differentiation"""

    def directions(parameters):
        for X, y in zip(inputs["X"], inputs["y"]):
            loss, theta = cross_entropy(X, y), parameters[0]
            yield [torch.linalg.solve(hessian(loss, theta.detach()), grad(loss(theta), theta)[0])]

    return {"theta": descent([inputs["theta0"]], inputs["lr"], directions)[0]}


@adapter.operation("optimization.conatural_gradient", settings=("lambda", "lr"))
def conatural_gradient(inputs, integers, conventions):
    """torch.linalg.solve; Fisher's matrix is the Hessian of the loss, whatever the labels"""
    X, previous = inputs["X"], inputs["theta_prev"]
    F = hessian(cross_entropy(X, torch.zeros_like(X[:, 0])), previous)
    A = F + inputs["lambda"] * torch.eye(len(F)).to(F)
    return given(inputs, lambda g: torch.linalg.solve(A, g))


@adapter.operation("optimization.sobolev_gradient", settings=("h", "lr"))
def sobolev_gradient(inputs, integers, conventions):
    """torch.linalg.solve, s times"""
    identity = torch.eye(len(inputs["theta0"])).to(inputs["theta0"])
    A = identity - (identity.roll(1, 0) - 2 * identity + identity.roll(-1, 0)) / inputs["h"] ** 2

    def smoothed(g):
        for _ in range(integers["s"]):
            g = torch.linalg.solve(A, g)
        return g

    return given(inputs, smoothed)


def given(inputs, direction):
    """Descent along a function of given gradients."""
    found = descent([inputs["theta0"]], inputs["lr"], lambda parameters: ([direction(g)] for g in inputs["g"]))
    return {"theta": found[0]}
