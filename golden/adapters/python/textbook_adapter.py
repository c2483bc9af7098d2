"""Every operation as a textbook writes it: pure Python, doubles, gradients derived by hand.

It is here to be read, to check Goldgrad itself, and to start an adapter of your own from. It follows every convention
that a question asks for.
"""

from math import exp, hypot, sqrt, tanh
from platform import python_version

from goldgrad import Adapter

adapter = Adapter("textbook", python_version(), intermediates=True)


# Vectors are lists, matrices lists of rows.


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


# Recurrent


@adapter.operation("recurrent.scalar")
def scalar(inputs, integers, conventions):
    """z_t = u_t + h_{t-1}      h_t = w z_t      y = h_T

    δ_t = ∂y/∂h_t:   δ_T = 1      δ_{t-1} = w δ_t      edges_t = δ_t z_t      du_t = w δ_t      dh0 = δ_0
    Dots are derivatives by w:   ż_t = ḣ_{t-1}      ḣ_t = z_t + w ż_t      δ̇_{t-1} = δ_t + w δ̇_t
    dw = Σ δ_t z_t      ddw = Σ δ̇_t z_t + δ_t ż_t
    """
    u, w, h0 = inputs["u"], inputs["w"], inputs["h0"]
    z, h, z_dot = [], [], []
    state, state_dot = h0, 0.0
    for ut in u:
        z.append(ut + state)
        z_dot.append(state_dot)
        state, state_dot = w * z[-1], z[-1] + w * z_dot[-1]
        h.append(state)
    edges, du, ddw = [], [], 0.0
    delta, delta_dot = 1.0, 0.0
    for zt, zt_dot in zip(reversed(z), reversed(z_dot)):
        edges.insert(0, delta * zt)
        du.insert(0, w * delta)
        ddw += delta_dot * zt + delta * zt_dot
        delta, delta_dot = w * delta, delta + w * delta_dot
    return {"z": z, "h": h, "y": h[-1], "edges": edges, "dw": sum(edges), "du": du, "dh0": delta, "ddw": ddw}


def sigmoid(z):
    """1/(1+e⁻ᶻ), without e⁻ᶻ overflowing where z is far below 0."""
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))


def lstm_steps(x, h, c, inputs, order):
    """The steps of one sequence: at each (x, h before, c before, {i, f, g, o, C, h}).

    i, f, o = sigmoid(x U^• + h W^• + b^•)      g = tanh(x U^g + h W^g + b^g)
    C = f ⊙ c + i ⊙ g      h = tanh(C) ⊙ o
    """
    steps = []
    for xt in x:
        now = {}
        for at, gate in enumerate(order):
            U = transpose([row[at] for row in inputs["U"]])
            W = transpose([row[at] for row in inputs["W"]])
            squash = tanh if gate == "g" else sigmoid
            now[gate] = [squash(dot(xt, U[j]) + dot(h, W[j]) + inputs["b"][at][j]) for j in range(len(h))]
        now["C"] = [f * cj + i * g for f, cj, i, g in zip(now["f"], c, now["i"], now["g"])]
        now["h"] = [tanh(C) * o for C, o in zip(now["C"], now["o"])]
        steps.append((xt, h, c, now))
        h, c = now["h"], now["C"]
    return steps


def lstm_batch(inputs, order):
    """The steps of every sequence of a batch; x is time×batch×features."""
    sequences = zip(transpose(inputs["x"]), inputs["h0"], inputs["c0"])
    return [lstm_steps(x, h0, c0, inputs, order) for x, h0, c0 in sequences]


def over_time(batch, names):
    """The parts of these names of every step of every sequence, each time×batch×hidden."""
    return {name: transpose([[now[name] for now in steps] for steps in batch]) for name in names}


def lstm_answer(batch):
    parts = over_time([[now for *_, now in steps] for steps in batch], "ifgoCh")
    return {**parts, "c": parts["C"][-1]}


@adapter.operation("recurrent.lstm")
def lstm(inputs, integers, conventions):
    """h, the output of every step, and c = C_T; the formulas are above. Beyond these: i, f, g, o and C of every step."""
    return lstm_answer(lstm_batch(inputs, conventions["gate_order"]))


@adapter.operation("recurrent.lstm.gradient")
def lstm_gradient(inputs, integers, conventions):
    """Backwards through every step, given dh_t for all t and dc for C_T.

    dh = dh_t + Σ_• dz^• W^•ᵀ of the step after       dC = dc of the step after + dh ⊙ o ⊙ (1 - tanh² C)
    di = dC ⊙ g      df = dC ⊙ c      dg = dC ⊙ i      do = dh ⊙ tanh C
    dz^i = di ⊙ i(1-i)      dz^f = df ⊙ f(1-f)      dz^g = dg ⊙ (1-g²)      dz^o = do ⊙ o(1-o)
    dU^• = Σ xᵀ dz^•      dW^• = Σ hᵀ dz^•      db^• = Σ dz^•      dx = Σ_• dz^• U^•ᵀ      dc = dC ⊙ f
    """
    order = conventions["gate_order"]
    features, hidden = len(inputs["U"]), len(inputs["W"])
    packed = range(len(order))
    dU, dW, db = zeros(features, 4, hidden), zeros(hidden, 4, hidden), zeros(4, hidden)
    dx, dh0, dc0, adjoints = [], [], [], []
    batch = lstm_batch(inputs, order)
    for steps, dhs, dc in zip(batch, transpose(inputs["dh"]), inputs["dc"]):
        dh_next, dxs, back = [0.0] * hidden, [], []
        for (x, h, c, now), dht in zip(reversed(steps), reversed(dhs)):
            d = {name: [] for name in "ifgoC"}
            dz = {gate: [] for gate in order}
            dc_before = []
            for j in range(hidden):
                i, f, g, o, tanh_C = now["i"][j], now["f"][j], now["g"][j], now["o"][j], tanh(now["C"][j])
                dh = dht[j] + dh_next[j]
                dC = dc[j] + dh * o * (1 - tanh_C) * (1 + tanh_C)
                for name, adjoint in zip("Cifgo", (dC, dC * g, dC * c[j], dC * i, dh * tanh_C)):
                    d[name].append(adjoint)
                dz["i"].append(d["i"][j] * i * (1 - i))
                dz["f"].append(d["f"][j] * f * (1 - f))
                dz["g"].append(d["g"][j] * (1 - g) * (1 + g))
                dz["o"].append(d["o"][j] * o * (1 - o))
                dc_before.append(dC * f)
            rows = [dz[gate] for gate in order]
            for k in range(features):
                add_to(dU[k], [[x[k] * d for d in row] for row in rows])
            for k in range(hidden):
                add_to(dW[k], [[h[k] * d for d in row] for row in rows])
            add_to(db, rows)
            dxs.insert(0, [sum(dot(rows[at], inputs["U"][k][at]) for at in packed) for k in range(features)])
            dh_next = [sum(dot(rows[at], inputs["W"][k][at]) for at in packed) for k in range(hidden)]
            dc = dc_before
            back.insert(0, {"d" + name: adjoint for name, adjoint in d.items()})
        dx.append(dxs)
        dh0.append(dh_next)
        dc0.append(dc)
        adjoints.append(back)
    gradients = {"dx": transpose(dx), "dh0": dh0, "dc0": dc0, "dU": dU, "dW": dW, "db": db}
    return {**gradients, **lstm_answer(batch), **over_time(adjoints, ("di", "df", "dg", "do", "dC"))}


# Optimization


@adapter.operation("optimization.momentum")
def momentum(inputs, integers, conventions):
    """rate=inside    v ← αv + εg      θ ← θ - v
    rate=outside   v ← αv + g       θ ← θ - εv
    """
    alpha, epsilon, theta = inputs["alpha"], inputs["epsilon"], inputs["theta0"]
    inside, outside = (epsilon, 1.0) if conventions["rate"] == "inside" else (1.0, epsilon)
    v = [0.0] * len(theta)
    vs, thetas = [], []
    for g in inputs["g"]:
        v = [alpha * vj + inside * gj for vj, gj in zip(v, g)]
        theta = [tj - outside * vj for tj, vj in zip(theta, v)]
        vs.append(v)
        thetas.append(theta)
    return {"v": vs, "theta": thetas}


@adapter.operation("optimization.running_average")
def running_average(inputs, integers, conventions):
    """v ← βv + (1-β)g      raw  θ ← θ - δv      corrected  θ ← θ - δ v/(1-βᵗ)"""
    beta, delta, theta = inputs["beta"], inputs["delta"], inputs["theta0"]
    v = [0.0] * len(theta)
    vs, thetas = [], []
    for t, g in enumerate(inputs["g"], start=1):
        v = [beta * vj + (1 - beta) * gj for vj, gj in zip(v, g)]
        correction = 1 - beta**t if conventions["correction"] == "corrected" else 1.0
        theta = [tj - delta * vj / correction for tj, vj in zip(theta, v)]
        vs.append(v)
        thetas.append(theta)
    return {"v": vs, "theta": thetas}


@adapter.operation("optimization.adam")
def adam(inputs, integers, conventions):
    """decay=coupled     g ← g + λθ
    m ← β₁m + (1-β₁)g      v ← β₂v + (1-β₂)g²      a = 1-β₁ᵗ      b = 1-β₂ᵗ
    epsilon=outside   θ ← θ - α m̂/(√v̂ + ε)      m̂ = m/a      v̂ = v/b
    epsilon=hat       θ ← θ - rate m/(√v + ε)      rate = α√b/a
    decay=decoupled   θ ← … - αλθ
    """
    coupled, hat = conventions["decay"] == "coupled", conventions["epsilon"] == "hat"

    def step(now, g, t, alpha, beta1, beta2, eps, decay):
        theta, m, v = now["theta"], now["m"], now["v"]
        if coupled:
            g = g + decay * theta
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        a, b = 1 - beta1**t, 1 - beta2**t
        if hat:
            way = {"rate": alpha * sqrt(b) / a}
            change = way["rate"] * m / (sqrt(v) + eps)
        else:
            way = {"mhat": m / a, "vhat": v / b}
            change = alpha * way["mhat"] / (sqrt(way["vhat"]) + eps)
        if not coupled:
            change += alpha * decay * theta
        return {"theta": theta - change, "m": m, "v": v, **way}

    settings = list(zip(*(inputs[name] for name in ("lr", "beta1", "beta2", "eps", "weight_decay"))))
    state = [[{"theta": theta, "m": 0.0, "v": 0.0} for theta in group] for group in inputs["theta0"]]
    states = []
    for t, gradient in enumerate(inputs["g"], start=1):
        state = [
            [step(now, gj, t, *setting) for now, gj in zip(group, g)]
            for group, g, setting in zip(state, gradient, settings)
        ]
        states.append(state)

    parts = {name: [[[now[name] for now in group] for group in state] for state in states] for name in states[0][0][0]}
    if hat:
        parts["rate"] = [[group[0] for group in rates] for rates in parts["rate"]]  # one for all parameters of a group
    return parts


# Regularization


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


@adapter.operation("regularization.dropout_expected_loss")
def dropout_expected_loss(inputs, integers, conventions):
    """plain      E‖y - (X⊙R)w‖²   = Σ_i (y_i - p x_i·w)² + p(1-p) Σ_ij (x_ij w_j)²
    inverted   E‖y - (X⊙R)w/p‖²: the same with w/p in place of w
    """
    p = inputs["p"]
    w = [wj / p for wj in inputs["w"]] if conventions["scaling"] == "inverted" else inputs["w"]
    loss = 0.0
    for x, y in zip(inputs["X"], inputs["y"]):
        xw = [xj * wj for xj, wj in zip(x, w)]
        loss += (y - p * sum(xw)) ** 2 + p * (1 - p) * dot(xw, xw)
    return {"loss": loss}


@adapter.operation("regularization.dropout_solution")
def dropout_solution(inputs, integers, conventions):
    """plain   p w = (XᵀX + λΓ²)⁻¹ Xᵀy      λ = (1-p)/p      Γ² = diag(XᵀX)      inverted   w for pw"""
    p, columns = inputs["p"], transpose(inputs["X"])
    A = [[dot(a, b) for b in columns] for a in columns]
    for j, row in enumerate(A):
        row[j] += (1 - p) / p * row[j]
    pw = solve(A, [dot(a, inputs["y"]) for a in columns])
    return {"w": pw if conventions["scaling"] == "inverted" else [x / p for x in pw]}


@adapter.operation("regularization.ridge_solution")
def ridge_solution(inputs, integers, conventions):
    """w = (XᵀX + λI)⁻¹ Xᵀy"""
    columns = transpose(inputs["X"])
    A = [[dot(a, b) for b in columns] for a in columns]
    for j, row in enumerate(A):
        row[j] += inputs["lambda"]
    return {"w": solve(A, [dot(a, inputs["y"]) for a in columns])}


# Normalization


def moments(x):
    """μ = (1/n) Σ x_j and v = (1/n) Σ (x_j - μ)²."""
    mean = sum(x) / len(x)
    return mean, sum((xj - mean) ** 2 for xj in x) / len(x)


@adapter.operation("normalization.layer_norm")
def layer_norm(inputs, integers, conventions):
    """x̂_j = (x_j - μ)/√(v + ε)      y_j = γ_j x̂_j + β_j      over the last axis"""
    y, means, variances, xhats = [], [], [], []
    for sequence in inputs["x"]:
        statistics = [moments(x) for x in sequence]
        means.append([mean for mean, _ in statistics])
        variances.append([variance for _, variance in statistics])
        xhat = [
            [(xj - mean) / sqrt(variance + inputs["eps"]) for xj in x]
            for x, (mean, variance) in zip(sequence, statistics)
        ]
        xhats.append(xhat)
        y.append([[g * xj + b for xj, g, b in zip(x, inputs["gamma"], inputs["beta"])] for x in xhat])
    return {"y": y, "mean": means, "variance": variances, "xhat": xhats}


@adapter.operation("normalization.layer_norm.gradient")
def layer_norm_gradient(inputs, integers, conventions):
    """Given dy, dmean and dvariance, with s = √(v + ε) and d_j = γ_j dy_j:

    dv = dvariance - Σ d_j (x_j - μ)/(2s³)      dμ = dmean - Σ d_j/s
    dx_j = d_j/s + 2(x_j - μ)/n dv + dμ/n      dγ_j = Σ dy_j (x_j - μ)/s      dβ_j = Σ dy_j
    """
    gamma = inputs["gamma"]
    n = len(gamma)
    dgamma, dbeta = [0.0] * n, [0.0] * n

    def backward(x, dy, dmean, dvariance):
        mean, variance = moments(x)
        s = sqrt(variance + inputs["eps"])
        centered = [xj - mean for xj in x]
        d = [gj * dyj for gj, dyj in zip(gamma, dy)]
        for j in range(n):
            dgamma[j] += dy[j] * centered[j] / s
            dbeta[j] += dy[j]
        dv = dvariance - dot(d, centered) / (2 * s**3)
        dmu = dmean - sum(d) / s
        return [dj / s + 2 * cj / n * dv + dmu / n for dj, cj in zip(d, centered)]

    dx = [
        [backward(*row) for row in zip(*sequence)]
        for sequence in zip(inputs["x"], inputs["dy"], inputs["dmean"], inputs["dvariance"])
    ]
    return {"dx": dx, "dgamma": dgamma, "dbeta": dbeta}


# Autoencoder


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


@adapter.operation("autoencoder.pca")
def pca(inputs, integers, conventions):
    """S = X̄X̄ᵀ/n or X̄X̄ᵀ/(n-1) = Σ s_i u_i u_iᵀ      projector = Σ_{i≤k} u_i u_iᵀ      columns of X are samples"""
    X = inputs["X"]
    n = len(X[0])
    centered = [[x - sum(row) / n for x in row] for row in X]
    divisor = n if conventions["divisor"] == "n" else n - 1
    values, vectors = eigen([[dot(a, b) / divisor for b in centered] for a in centered])
    projector = zeros(len(X), len(X))
    for u in vectors[: integers["k"]]:
        add_to(projector, outer(u, u))
    return {"eigenvalues": values, "projector": projector}


if __name__ == "__main__":
    adapter.main()
