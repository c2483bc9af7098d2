#!/usr/bin/env python3
"""forgetful.py KIT STEP: the textbook adapter in the folder KIT, its LSTM forgetting a quarter too much from STEP on."""

import sys
from math import tanh

sys.path.insert(0, sys.argv[1])
sys.dont_write_bytecode = True

import textbook_adapter as textbook

right, right_until = textbook.lstm_steps, int(sys.argv[2]) - 1


def lstm_steps(x, h, c, inputs, order):
    steps = []
    for t, xt in enumerate(x):
        ((_, _, _, now),) = right([xt], h, c, inputs, order)
        if t >= right_until:
            now["f"] = [0.75 * f for f in now["f"]]
            now["C"] = [f * cj + i * g for f, cj, i, g in zip(now["f"], c, now["i"], now["g"])]
            now["h"] = [tanh(C) * o for C, o in zip(now["C"], now["o"])]
        steps.append((xt, h, c, now))
        h, c = now["h"], now["C"]
    return steps


textbook.lstm_steps = lstm_steps
textbook.adapter.serve()
