"""The adapter of the textbook, and its vectors: a vector is a list, a matrix a list of rows, and so on."""

from math import exp
from platform import python_version

from goldgrad import Adapter

adapter = Adapter("textbook", python_version(), intermediates=True)


def dot(a, b):
    return sum(x * y for x, y in zip(a, b))


def transpose(A):
    return [list(column) for column in zip(*A)]


def outer(a, b):
    return [[x * y for y in b] for x in a]


def zeros(*shape):
    return [zeros(*shape[1:]) for _ in range(shape[0])] if shape else 0.0


def add_to(A, B):
    """A += B, for matrices."""
    for a, b in zip(A, B):
        for j, x in enumerate(b):
            a[j] += x


def each(f, *arrays):
    """f of the numbers of arrays of one shape, place by place."""
    return [each(f, *parts) for parts in zip(*arrays)] if isinstance(arrays[0], list) else f(*arrays)


def plus(*arrays):
    return each(lambda *xs: sum(xs), *arrays)


def times(*arrays):
    return each(lambda x, *ys: x * times(*ys) if ys else x, *arrays)


def matmul(A, B):
    columns = transpose(B)
    return [[dot(a, column) for column in columns] for a in A]


def affine(A, B, b):
    """A B + b, with b for every row."""
    return [plus(row, b) for row in matmul(A, B)]


def flat(x):
    """The rows of all steps, one after another."""
    return [row for step in x for row in step]


def product(left, right):
    """Σ_t leftᵀ right, the gradient of a matrix M of left M, for left time×batch×m and right time×batch×n."""
    return matmul(transpose(flat(left)), flat(right))


def columns_sum(x):
    """Σ over time and batch."""
    return [sum(column) for column in transpose(flat(x))]


def sigmoid(z):
    """1/(1+e⁻ᶻ), without e⁻ᶻ overflowing where z is far below 0."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
