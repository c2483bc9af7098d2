"""The kit for Goldgrad adapters in Python: standard library only, Python 3.8 or later.

An adapter lets Goldgrad put questions to an implementation of deep-learning mathematics. With this file beside it, an
adapter is one function for each operation:

    from goldgrad import Adapter

    adapter = Adapter("mine", "1.0")

    @adapter.operation("optimization.momentum", conventions={"rate": "outside"})
    def momentum(inputs, integers, conventions):
        theta, v = inputs["theta0"], [0.0] * len(inputs["theta0"])
        thetas, vs = [], []
        for g in inputs["g"]:
            v = [inputs["alpha"] * a + b for a, b in zip(v, g)]
            theta = [a - inputs["epsilon"] * b for a, b in zip(theta, v)]
            thetas.append(theta)
            vs.append(v)
        return {"theta": thetas, "v": vs}

    if __name__ == "__main__":
        adapter.main()

and is judged by `./goldgrad check --adapter "python3 mine.py"`. `./goldgrad explain optimization.momentum` shows the
formula, shapes and conventions of an operation. What goes over the pipe is specified in ../README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import struct
import sys
import traceback
from itertools import chain
from math import prod
from typing import Any, Callable, Dict, Iterable, List, NamedTuple, Optional, Tuple

PROTOCOL = 1

_DIGITS = b"0123456789abcdef"
_ROW = re.compile(r"[0-9a-f]{16}( [0-9a-f]{16})*")


class Unsupported(Exception):
    """What an operation raises to decline a question; the message is the reason. Declining is not failing."""


class Tensor(NamedTuple):
    """An array of doubles, its elements in row-major order; a scalar has the shape ()."""

    shape: Tuple[int, ...]
    flat: List[float]

    @staticmethod
    def of(nested: Any) -> Tensor:
        """The tensor of nested lists (or tuples) of numbers, or of one number. ValueError if the lists are ragged."""
        if isinstance(nested, Tensor):
            return nested
        shape: List[int] = []
        parts = [nested]
        try:
            while parts and _is_list(parts[0]):  # from the outside in
                lengths = {*map(len, parts)}
                if len(lengths) > 1:
                    raise ValueError(f"ragged lists: some of length {min(lengths)}, some of {max(lengths)}")
                shape.extend(lengths)
                parts = list(chain.from_iterable(parts))
            return Tensor(tuple(shape), list(map(float, parts)))
        except TypeError:
            if any(map(_is_list, parts)):
                raise ValueError("ragged lists: numbers beside lists") from None
            raise

    def nested(self) -> Any:
        """Lists of lists of numbers, as deep as the shape is long; a scalar is a number."""
        nested: List[Any] = self.flat
        for size in reversed(self.shape):
            nested = [nested[i : i + size] for i in range(0, len(nested), size)]
        return nested[0]

    @staticmethod
    def read(wire: Dict[str, Any]) -> Tensor:
        """{"shape":[2,3],"bits":["3ff0000000000000 …","…"]}, one string for each row of the last axis."""
        shape, rows = tuple(wire["shape"]), wire["bits"]
        size, row = prod(shape), shape[-1] if shape else 1
        if len(rows) * row != size or {*map(len, rows)} != {17 * row - 1}:
            raise ValueError(_objection(shape, rows))
        text = " ".join(rows)  # digits but for a space at every 17th place
        beside = text.encode("ascii", "replace").translate(None, _DIGITS)
        if not beside == text[16::17].encode("ascii", "replace") == b" " * (size - 1):
            raise ValueError(_objection(shape, rows))
        return Tensor(shape, list(struct.unpack(f">{size}d", bytes.fromhex(text))))

    def write(self) -> Dict[str, Any]:
        """The inverse of read."""
        if len(self.flat) != prod(self.shape):
            raise ValueError(f"shape {list(self.shape)} does not have {len(self.flat)} numbers")
        text = struct.pack(f">{len(self.flat)}d", *self.flat).hex(" ", 8)
        row = 17 * (self.shape[-1] if self.shape else 1)
        return {"shape": list(self.shape), "bits": [text[i : i + row - 1] for i in range(0, len(text), row or 1)]}


def _is_list(x: Any) -> bool:
    return isinstance(x, (list, tuple))


def _objection(shape: Tuple[int, ...], rows: List[str]) -> str:
    """What is wrong with rows that are not those of a shape."""
    for text in rows:
        if not _ROW.fullmatch(text):
            return f"not doubles of 16 hexadecimal digits in lower case with single spaces between: {text[:40]!r}"
    lengths = sorted({text.count(" ") + 1 for text in rows})
    return f"shape {list(shape)} has not {len(rows)} rows with {lengths} numbers"


Operation = Callable[[Dict[str, Any], Dict[str, int], Dict[str, str]], Dict[str, Any]]
Declines = Callable[[Exception], Optional[str]]


class _Entry(NamedTuple):
    function: Operation
    conventions: Dict[str, str]
    settings: Tuple[str, ...]


class Adapter:
    """Operations, and the conversation in which Goldgrad asks for them.

    name, version   what is judged: "torch", "1.13.1"
    dtype, device   "binary64", "binary32", "bfloat16" or "binary16"; any text
    decode          from a Tensor to what operations compute with (nested lists unless given)
    encode          from what operations return back to a Tensor
    declines        the reason, if an exception means that the implementation has no such operation, else None
    intermediates   whether what an operation returns beyond the outputs asked for is sent along

    All may be assigned until main or serve is called, say when the command line has been read.
    """

    def __init__(
        self,
        name: str,
        version: str,
        *,
        dtype: str = "binary64",
        device: str = "cpu",
        decode: Callable[[Tensor], Any] = Tensor.nested,
        encode: Callable[[Any], Tensor] = Tensor.of,
        declines: Declines = lambda exception: None,
        intermediates: bool = False,
    ):
        self.name = name
        self.version = version
        self.dtype = dtype
        self.device = device
        self.decode = decode
        self.encode = encode
        self.declines = declines
        self.intermediates = intermediates
        self._operations: Dict[str, _Entry] = {}

    def operation(
        self, identifier: str, *, conventions: Optional[Dict[str, str]] = None, settings: Iterable[str] = ()
    ) -> Callable[[Operation], Operation]:
        """Decorates a function (inputs, integers, conventions) -> outputs, dictionaries by name.

        conventions  those that the implementation always follows; a question decides all others
        settings     inputs that stay numbers or nested lists, as an optimizer takes its rate
        """

        def register(function: Operation) -> Operation:
            if identifier in self._operations:
                raise ValueError(f"{identifier} is there twice")
            self._operations[identifier] = _Entry(function, dict(conventions or {}), tuple(settings))
            return function

        return register

    def decline(self, identifier: str, reason: str) -> None:
        """Declines every question to an operation, and says why."""

        def function(inputs: Any, integers: Any, conventions: Any) -> Dict[str, Any]:
            raise Unsupported(reason)

        self.operation(identifier)(function)

    def parser(self) -> argparse.ArgumentParser:
        """A command line with --help, to add options to."""
        return argparse.ArgumentParser(
            description=sys.modules["__main__"].__doc__,
            epilog="operations:\n  " + "\n  ".join(self._operations),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def main(self) -> None:
        """Reads a command line without options, then serves."""
        self.parser().parse_args()
        self.serve()

    def serve(self) -> None:
        """Answers questions until `stop` or the end of the input, then exits with 0."""
        questions, answers = _pipes()
        try:
            for line in questions:
                if not line.strip():
                    continue
                message = _message(line)
                if "stop" in message:
                    break
                answer = self.answer(message)
                if answer is not None:
                    answers.write(json.dumps(answer, separators=(",", ":")).encode("ascii") + b"\n")
                    answers.flush()
        except (BrokenPipeError, KeyboardInterrupt):
            os._exit(1)  # nobody is left to answer
        sys.exit(0)

    def answer(self, message: Dict[str, Any]) -> Optional[Dict[str, Any]]:
        """The answer to one message; None, and a line in the log, if it has no question that could be answered."""
        if "hello" in message:
            return {"hello": self._hello()}
        for verb, reply in (("echo", self._echo), ("run", self._run)):
            question = message.get(verb)
            if isinstance(question, dict) and "seq" in question:
                return {"seq": question["seq"], **_guarded(reply, question, self.declines)}
        print(f"no question in {str(message)[:200]}", file=sys.stderr)
        return None

    def _hello(self) -> Dict[str, Any]:
        return {
            "protocol": PROTOCOL,
            "name": self.name,
            "version": self.version,
            "language": "Python " + ".".join(platform.python_version_tuple()[:2]),
            "dtype": self.dtype,
            "device": self.device,
            "operations": list(self._operations),
            "conventions": {name: entry.conventions for name, entry in self._operations.items() if entry.conventions},
            "intermediates": self.intermediates,
        }

    def _echo(self, question: Dict[str, Any]) -> Dict[str, Any]:
        return {"tensors": {name: Tensor.read(wire).write() for name, wire in question["tensors"].items()}}

    def _run(self, question: Dict[str, Any]) -> Dict[str, Any]:
        entry = self._operations.get(question["operation"])
        if entry is None:
            raise Unsupported(f"{self.name} has no operation {question['operation']}")
        conventions = {**entry.conventions, **question.get("conventions", {})}
        for name, always in entry.conventions.items():
            if conventions[name] != always:
                raise Unsupported(f"{self.name} always has {name}={always}, not {conventions[name]}")
        inputs = {}
        for name, wire in question["inputs"].items():
            tensor = Tensor.read(wire)
            inputs[name] = tensor.nested() if name in entry.settings else self.decode(tensor)
        found = entry.function(inputs, question.get("integers", {}), conventions)
        want = question.get("want", list(found))
        missing = [name for name in want if name not in found]
        if missing:
            raise KeyError(f"{question['operation']} returned no {', '.join(missing)}")
        answer = {"outputs": {name: self.encode(found[name]).write() for name in want}}
        if self.intermediates:
            answer["intermediates"] = {n: self.encode(x).write() for n, x in found.items() if n not in want}
        return answer


def _guarded(reply: Callable[[Any], Dict[str, Any]], question: Any, declines: Declines) -> Dict[str, Any]:
    """A reply, or what kept it from being given: nothing that an operation does ends the conversation."""
    try:
        return reply(question)
    except Unsupported as reason:
        return {"unsupported": str(reason)}
    except (Exception, SystemExit) as error:
        reason = declines(error) if isinstance(error, Exception) else None
        if reason:
            return {"unsupported": reason}
        return {
            "error": {"kind": type(error).__name__, "message": str(error), "trace": traceback.format_exc()},
        }


def _message(line: bytes) -> Dict[str, Any]:
    """The JSON object of a line; empty, and a line in the log, if it is none."""
    try:
        message = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        print(f"not JSON: {error}", file=sys.stderr)
        return {}
    return message if isinstance(message, dict) else {}


def _pipes() -> Tuple[Any, Any]:
    """The two ends of the conversation, out of reach of anyone who prints or reads: prints go to the log.

    File descriptors are swapped rather than sys.stdout alone, because libraries in C print too.
    """
    questions, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    sys.stdout.flush()
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return questions, answers
