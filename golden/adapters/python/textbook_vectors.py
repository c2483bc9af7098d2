"""The adapter of the textbook, and its vectors: a vector is a list, a matrix a list of rows, and so on."""

from math import exp, hypot, sqrt
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


def solve(A, b):
    """A⁻¹b by Gaussian elimination with partial pivoting."""
    n = len(b)
    rows = [list(a) + [bi] for a, bi in zip(A, b)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k])]
    x = [0.0] * n
    for k in reversed(range(n)):
        x[k] = (rows[k][n] - dot(rows[k][k + 1 : n], x[k + 1 :])) / rows[k][k]
    return x


def eigen(S):
    """Eigenvalues of a symmetric matrix, largest first, and their eigenvectors (Jacobi 1846).

    Each rotation of axes p and q makes S_pq zero:   θ = (S_qq - S_pp)/(2 S_pq)      t = sign θ/(|θ| + √(θ² + 1))
    c = 1/√(t² + 1)      s = tc      (Golub and Van Loan 2013, section 8.5)
    """
    n = len(S)
    S = [list(row) for row in S]
    V = [[float(i == j) for j in range(n)] for i in range(n)]
    for _ in range(60):  # sweeps; it converges quadratically, so in five or six
        for p in range(n):
            for q in range(p + 1, n):
                if S[p][q] == 0:
                    continue
                theta = (S[q][q] - S[p][p]) / (2 * S[p][q])
                t = (1.0 if theta >= 0 else -1.0) / (abs(theta) + hypot(theta, 1.0))
                c = 1 / sqrt(t * t + 1)
                s = t * c
                for row in S + V:
                    row[p], row[q] = c * row[p] - s * row[q], s * row[p] + c * row[q]
                S[p], S[q] = (
                    [c * a - s * b for a, b in zip(S[p], S[q])],
                    [s * a + c * b for a, b in zip(S[p], S[q])],
                )
                S[p][q] = S[q][p] = 0.0
    order = sorted(range(n), key=lambda i: -S[i][i])
    return [S[i][i] for i in order], [[row[i] for row in V] for i in order]
