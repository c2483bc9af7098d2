#!/usr/bin/env python3
"""faulty.py FAULT TOKEN: an adapter for optimization.momentum that commits one fault.

Most faults hit one question, the victim: five steps of four parameters with the rate inside. TOKEN finds its processes.
"""

import json
import os
import select
import signal
import struct
import subprocess
import sys
import time

FAULT, TOKEN = sys.argv[1], sys.argv[2]
OPERATION = "optimization.momentum"


def write(data):
    view = memoryview(data)
    while view:
        view = view[os.write(1, view) :]


def say(message):
    write(json.dumps(message, separators=(",", ":")).encode() + b"\n")


def log(text):
    os.write(2, text.encode())


def decode(tensor):
    rows = [[struct.unpack(">d", bytes.fromhex(x))[0] for x in row.split(" ")] for row in tensor["bits"]]
    return rows if len(tensor["shape"]) > 1 else rows[0] if tensor["shape"] else rows[0][0]


def digits(x):
    return struct.pack(">d", x).hex()


def encode(rows):
    return {"shape": [len(rows), len(rows[0])], "bits": [" ".join(map(digits, row)) for row in rows]}


def single(x):
    return struct.unpack(">f", struct.pack(">f", x))[0]


def momentum(run):
    q = {name: decode(tensor) for name, tensor in run["inputs"].items()}
    inside = run["conventions"]["rate"] == "inside"
    theta, v, thetas, vs = q["theta0"], [0.0] * len(q["theta0"]), [], []
    for g in q["g"]:
        v = [q["alpha"] * a + (q["epsilon"] * b if inside else b) for a, b in zip(v, g)]
        theta = [a - (b if inside else q["epsilon"] * b) for a, b in zip(theta, v)]
        vs.append(v)
        thetas.append(theta)
    if FAULT == "wrong-dtype" and not is_victim(run):
        vs, thetas = [[list(map(single, row)) for row in rows] for rows in (vs, thetas)]
    return {"v": encode(vs), "theta": encode(thetas)}


def is_victim(run):
    return run["conventions"]["rate"] == "inside" and run["inputs"]["g"]["shape"] == [5, 4]


def child():
    """A grandchild whose parent has ended, which holds standard output open."""
    sleeper = f"import time; time.sleep(300)  # {TOKEN}"
    starter = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {sleeper!r}], start_new_session=True)"
    subprocess.run([sys.executable, "-c", starter], stdin=subprocess.DEVNULL, check=True)


def hang():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def victim(run):
    """What happens to the victim; None where it is answered after all."""
    seq, right = run["seq"], momentum(run)
    answer = {"seq": seq, "outputs": right}
    line = json.dumps(answer).encode()
    if FAULT == "crash":
        raise ValueError("the answer is too hard")
    if FAULT == "flood-and-crash":
        log("flood\n" * 1_000_000)
        log("the last words\n")
        os._exit(3)
    if FAULT == "signal":
        os.kill(os.getpid(), signal.SIGKILL)
    if FAULT == "exit-0" or FAULT == "children-and-exit":
        os._exit(0)
    if FAULT == "hang":
        log("waiting for a lock\n")
        hang()
    if FAULT == "garbage":
        return write(b'{"seq":%d,"outputs":{{{\n' % seq)
    if FAULT == "anonymous-garbage":
        return write(b'{"outputs":{{{\n')
    if FAULT == "partial-and-exit":
        write(line[: len(line) // 2])
        os._exit(0)
    if FAULT == "partial-and-hang":
        write(line[: len(line) // 2])
        hang()
    if FAULT == "partial-line":
        return write(line[: len(line) // 2] + b"\n")
    if FAULT == "half-character":
        return write(b'{"seq":%d,"unsupported":"\xc3\n' % seq)
    if FAULT == "huge-line":
        while True:
            write(b"x" * 65536)
    if FAULT == "noise-flood":
        while True:
            write(b"epoch 1: loss nan\n" * 1000)
    if FAULT == "wrong-seq":
        return say({"seq": seq + 1000, "outputs": right})
    if FAULT == "text-seq":
        return say({"seq": str(seq), "outputs": right})
    if FAULT == "wrong-shape":
        right["v"] = encode([list(row) for row in zip(*decode(right["v"]))])
    if FAULT == "ragged":
        right["v"]["bits"][2] += " " + digits(1.0)
    if FAULT == "short-bits":
        right["v"]["bits"][0] = "3f800000 3f800000 3f800000 3f800000"
    if FAULT == "vast-shape":
        right["v"]["shape"] = [2147483647, 2147483647, 4]
    if FAULT == "nan":
        right["v"] = encode([[float("nan")] * 4] * 5)
    if FAULT == "number-as-nan":
        return write(b'{"seq":%d,"outputs":NaN}\n' % seq)
    if FAULT == "missing-output":
        del right["theta"]
    if FAULT == "extra-output":
        right["velocity"] = right["v"]
    if FAULT == "odd-intermediates":  # of no use to anyone, and no fault of the answer
        answer["intermediates"] = {"v": right["v"], "mhat": encode([[float("nan")]])}
    if FAULT == "ragged-intermediate":
        answer["intermediates"] = {"mhat": {"shape": [2, 2], "bits": [digits(1.0)]}}
    if FAULT == "extra-field":
        answer["comment"] = "by the way"
    if FAULT == "no-answer":
        del answer["outputs"]
    if FAULT == "error":
        answer = {"seq": seq, "error": {"kind": "ValueError", "message": "five is odd", "trace": "in line 5"}}
    if FAULT == "unsupported":
        answer = {"seq": seq, "unsupported": "five steps"}
    if FAULT == "memory":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
        [bytearray(1 << 24) for _ in range(1000)]
    if FAULT == "closed-output":
        os.close(1)
        hang()
    if FAULT == "fickle":
        os._exit(3)
    if FAULT == "dies-in-company" and select.select([0], [], [], 0.2)[0]:  # unless it is asked alone
        os._exit(3)
    if FAULT == "child-that-answers":  # itself it ends, and leaves a child behind that goes on writing
        child()
        os._exit(0)
    say(answer)


def hello():
    if FAULT == "crash-at-start":
        sys.exit("no module named torch")
    if FAULT == "hang-at-start":
        hang()
    if FAULT == "exit-at-start":
        sys.exit(0)
    if FAULT == "garbage-at-start":
        return write(b'{"hello":\n')
    if FAULT == "flood-at-start":
        while True:
            write(b"loading\n" * 1000)
    if FAULT == "noise":
        write(b"loading the library...\n\n[1, 2]\n{'epoch': 1}\n")
    if FAULT in ("children", "children-and-exit"):
        child()
    body = {
        "protocol": 2 if FAULT == "protocol-2" else 1,
        "name": f"faulty-{os.getpid()}" if FAULT == "fickle" else "faulty",
        "version": "1.0",
        "language": "Python",
        "dtype": "binary32" if FAULT == "wrong-dtype" else "float64" if FAULT == "unknown-dtype" else "binary64",
        "device": "cpu",
        "operations": [OPERATION] + (["recurrent.lsmt"] if FAULT == "unknown-operation" else []),
        "conventions": {OPERATION: {"rate": "beside"}} if FAULT == "unknown-choice" else {},
        "intermediates": False,
    }
    if FAULT == "nameless":
        del body["name"]
    say({"hello": body})


def echo(message):
    if FAULT == "crash-at-echo":
        sys.exit("cannot echo")
    tensors = message["tensors"]
    if FAULT == "single-echo":
        for tensor in tensors.values():
            tensor["bits"] = [
                " ".join(
                    x if abs(decode({"shape": [], "bits": [x]})) > 1e38 else digits(single(decode({"shape": [], "bits": [x]})))
                    for x in row.split(" ")
                )
                for row in tensor["bits"]
            ]
    if FAULT == "echo-without-a-tensor":
        tensors.popitem()
    say({"seq": message["seq"], "tensors": tensors})
    if FAULT == "deaf":
        hang()


def answer(run):
    if FAULT == "always":
        os._exit(3)
    if FAULT == "always-wrong-seq":
        return say({"seq": run["seq"] + 1000, "unsupported": ""})
    if is_victim(run):
        return victim(run)
    if FAULT == "slow":
        time.sleep(0.15)
    if FAULT == "noise":
        write(b"step done\n")
    if FAULT == "stderr-flood":
        log("flood\n" * 500_000)
    say({"seq": run["seq"], "outputs": momentum(run)})
    if FAULT == "duplicate":
        say({"seq": run["seq"], "outputs": momentum(run)})


def backwards(lines):
    """Answers in the opposite order whatever came while nobody was looking."""
    waiting = []
    while True:
        while waiting and not select.select([0], [], [], 0.2)[0]:
            for run in reversed(waiting):
                say({"seq": run["seq"], "outputs": momentum(run)})
            waiting = []
        message = json.loads(lines.readline())
        if "run" not in message:
            return
        waiting.append(message["run"])


def main():
    lines = os.fdopen(0, "rb", 0) if FAULT in ("backwards", "dies-in-company") else sys.stdin.buffer
    for line in iter(lines.readline, b""):
        message = json.loads(line)
        if "hello" in message:
            hello()
        elif "echo" in message:
            echo(message["echo"])
            if FAULT == "backwards":
                return backwards(lines)
        elif "run" in message:
            answer(message["run"])
        elif "stop" in message:
            if FAULT == "does-not-stop":
                hang()
            return


main()
