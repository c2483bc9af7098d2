"""How many LSTM layers Hypothesis tries a second, on the textbook adapter in its own process.

    python3 hypothesis_lstm.py            runs 1000 examples three times and says how fast
    python3 hypothesis_lstm.py --serve    for every line with a number, runs so many and answers with a line

The property is one that people write: two implementations agree within a tolerance chosen by feeling. The sizes and numbers
are those that Goldgrad draws: x is time×batch×features, numbers are sixteenths below 8 and of either sign.
"""

import math
import os
import sys
import time

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "adapters", "python"))

import textbook_adapter  # noqa: E402
from goldgrad import Tensor  # noqa: E402

SIXTEENTHS = st.integers(-127, 127)


@st.composite
def layers(draw):
    """The inputs of a layer, and the order of its gates."""
    steps, batch, features, hidden = (draw(st.integers(1, most)) for most in (5, 3, 4, 3))

    def tensor(*shape):
        size = math.prod(shape)
        return Tensor(shape, [n / 16 for n in draw(st.lists(SIXTEENTHS, min_size=size, max_size=size))]).nested()

    inputs = {
        "x": tensor(steps, batch, features),
        "h0": tensor(batch, hidden),
        "c0": tensor(batch, hidden),
        "U": tensor(features, 4, hidden),
        "W": tensor(hidden, 4, hidden),
        "b": tensor(4, hidden),
    }
    return inputs, draw(st.sampled_from(("ifgo", "ifog", "iofg", "gfoi")))


def expected(inputs, order):
    """h and c once more, number by number."""
    x, U, W, b = inputs["x"], inputs["U"], inputs["W"], inputs["b"]
    i, f, g, o = (order.index(gate) for gate in "ifgo")
    state = list(zip(inputs["h0"], inputs["c0"]))
    hs = []
    for xt in x:
        state = [step(xn, h, c, U, W, b, i, f, g, o) for xn, (h, c) in zip(xt, state)]
        hs.append([h for h, _ in state])
    return hs, [c for _, c in state]


def step(x, h, c, U, W, b, i, f, g, o):
    h_next, c_next = [], []
    for j in range(len(h)):
        z = [bias[j] for bias in b]
        for gate in range(4):
            for k, xk in enumerate(x):
                z[gate] += xk * U[k][gate][j]
            for k, hk in enumerate(h):
                z[gate] += hk * W[k][gate][j]
        cj = logistic(z[f]) * c[j] + logistic(z[i]) * math.tanh(z[g])
        c_next.append(cj)
        h_next.append(logistic(z[o]) * math.tanh(cj))
    return h_next, c_next


def logistic(z):
    return 0.5 + 0.5 * math.tanh(0.5 * z)


def near(a, b):
    if isinstance(a, list):
        return len(a) == len(b) and all(map(near, a, b))
    return abs(a - b) <= 1e-9


def run(examples):
    """So many examples of the property; how many there were."""
    tried = 0

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(layers())
    def agrees(layer):
        nonlocal tried
        tried += 1
        inputs, order = layer
        answer = textbook_adapter.lstm(inputs, {}, {"gate_order": order})
        h, c = expected(inputs, order)
        assert near(answer["h"], h) and near(answer["c"], c)

    agrees()
    return tried


def main():
    if sys.argv[1:] == ["--serve"]:
        for line in sys.stdin:
            print(run(int(line)), flush=True)
        return
    for _ in range(3):
        start = time.perf_counter()
        tried = run(1000)
        print(f"{tried / (time.perf_counter() - start):.0f} examples a second")


if __name__ == "__main__":
    main()
