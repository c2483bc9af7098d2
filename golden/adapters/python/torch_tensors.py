"""The adapter of PyTorch: how questions become its tensors, and gradients those of its automatic differentiation."""

import re

import torch

from goldgrad import Adapter, Tensor

DTYPES = {"float64": "binary64", "float32": "binary32", "bfloat16": "bfloat16", "float16": "binary16"}

adapter = Adapter("torch", torch.__version__)


def use(dtype="float64", device="cpu", tf32="off"):
    """Computes in a dtype and on a device from here on: what is read is rounded, what is written widened."""
    adapter.dtype = DTYPES[dtype]
    adapter.device = device
    if device == "cuda":
        adapter.device = f"cuda {torch.cuda.get_device_name()}, TF32 {tf32}"
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = tf32 == "on"
    kind = getattr(torch, dtype)

    def decode(tensor):
        return torch.tensor(tensor.flat, dtype=torch.float64).to(device, kind).reshape(tensor.shape)

    def encode(tensor):
        if tensor.dtype != kind:
            raise TypeError(f"computed in {tensor.dtype}, not in {kind}")
        return Tensor(tuple(tensor.shape), tensor.detach().to("cpu", torch.float64).reshape(-1).tolist())

    adapter.decode, adapter.encode, adapter.declines = decode, encode, declines


def empty(*shape):
    """A tensor of the dtype and on the device in use, to be filled."""
    return torch.empty_like(adapter.decode(Tensor((1,), [0.0])).expand(shape), memory_format=torch.contiguous_format)


def declines(error):
    """Small formats lack operations, which PyTorch says in these words."""
    lacking = r"not implemented for '|Low precision dtypes|Got (Half|BFloat16)|types other than float and double"
    return str(error).splitlines()[0] if isinstance(error, RuntimeError) and re.search(lacking, str(error)) else None


def differentiated(forward):
    """The gradient of Σ ⟨dy, y⟩ over all outputs y of an operation, backwards through the function that answers it."""

    def gradient(inputs, integers, conventions):
        leaves = {name: x.requires_grad_() for name, x in inputs.items() if isinstance(x, torch.Tensor)}
        outputs = forward(inputs, integers, conventions)
        torch.autograd.backward(list(outputs.values()), [inputs["d" + name].detach() for name in outputs])
        return {"d" + name: x.grad for name, x in leaves.items() if x.grad is not None}

    return gradient


def operation_and_gradient(identifier, **options):
    """Decorates the function of an operation that has a gradient, and answers that, too."""

    def register(forward):
        adapter.operation(identifier + ".gradient", **options)(differentiated(forward))
        return adapter.operation(identifier, **options)(forward)

    return register
