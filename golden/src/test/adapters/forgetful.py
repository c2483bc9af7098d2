#!/usr/bin/env python3
"""forgetful.py KIT STEP: the textbook adapter in the folder KIT, its LSTM forgetting a quarter too much from STEP on."""

import sys
from math import tanh

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True

import textbook_adapter as textbook
import textbook_gates as gates

right, right_until = gates.lstm_states, int(sys.argv[2]) - 1


def lstm_states(layer, order):
    h, C, steps = layer["h0"], layer["c0"], []
    for t, x in enumerate(layer["x"]):
        now = {name: step for name, (step,) in right({**layer, "x": [x], "h0": h, "c0": C}, order).items()}
        if t >= right_until:
            now["f"] = gates.each(lambda f: 0.75 * f, now["f"])
            now["C"] = gates.each(lambda f, c, i, g: f * c + i * g, now["f"], C, now["i"], now["g"])
            now["h"] = gates.each(lambda C, o: tanh(C) * o, now["C"], now["o"])
        steps.append(now)
        h, C = now["h"], now["C"]
    return gates.stacked(steps)


gates.lstm_states = lstm_states
textbook.adapter.serve()
