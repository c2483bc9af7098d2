"""Tests of the kit, standard library only: python3 -m unittest test_kit"""

import contextlib
import io
import json
import math
import os
import struct
import subprocess
import sys
import textwrap
import unittest

import goldgrad
import textbook_adapter
from goldgrad import Adapter, Tensor

HERE = os.path.dirname(os.path.abspath(__file__))
VECTORS = os.path.join(HERE, "..", "..", "vectors")

MISBEHAVING = """
    import os, sys
    from goldgrad import Adapter, Unsupported
    adapter = Adapter("misbehaving", "0", intermediates=True)

    @adapter.operation("test.twice", conventions={"sign": "plus"}, settings=("by",))
    def twice(inputs, integers, conventions):
        print("printed by Python")
        os.write(1, b"printed by C\\n")
        if inputs["x"] == 0:
            raise Unsupported("nothing to double")
        if inputs["x"] < 0:
            raise ArithmeticError("negative: \\u221a")
        if inputs["x"] > 100:
            sys.exit(7)
        if inputs["x"] > 10:
            sys.stdin.read()
        return {"y": 2 * inputs["x"], "halfway": [inputs["x"]]}

    adapter.decline("test.thrice", "too often")
    if __name__ == "__main__":
        adapter.main()
"""


def wire(nested):
    return Tensor.of(nested).write()


def ask(seq, x, operation="test.twice", **more):
    return {"run": {"seq": seq, "operation": operation, "inputs": {"x": wire(x)}, "want": ["y"], **more}}


class Conversation:
    """An adapter in a process of its own: what it answers, what it logs, how it ends."""

    def __init__(self, source, *messages):
        lines = [m if isinstance(m, bytes) else json.dumps(m).encode() for m in messages]
        command = [sys.executable, "-B", "-c", textwrap.dedent(source)]
        done = subprocess.run(
            command,
            input=b"".join(line + b"\n" for line in lines),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=HERE,
            timeout=60,
        )
        self.answers = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n")[:-1]]
        self.log = done.stderr.decode("utf-8")
        self.status = done.returncode


class CodecTest(unittest.TestCase):
    def test_keeps_every_bit_of_the_golden_numbers(self):
        with open(os.path.join(VECTORS, "codec.json"), encoding="utf-8") as file:
            numbers = json.load(file)["numbers"]
        bits = [number["bits"] for number in numbers]
        row = {"shape": [len(bits)], "bits": [" ".join(bits)]}
        self.assertEqual(Tensor.read(row).write(), row)
        for number in numbers:
            if isinstance(number["approx"], float):
                self.assertEqual(Tensor.read({"shape": [], "bits": [number["bits"]]}).nested(), number["approx"])

    def test_writes_a_string_for_each_row_of_the_last_axis(self):
        tensor = {"shape": [2, 3], "bits": ["3ff0000000000000 bff8000000000000 0000000000000000"] * 2}
        self.assertEqual(Tensor.read(tensor).nested(), [[1.0, -1.5, 0.0]] * 2)
        self.assertEqual(wire([[1, -1.5, 0]] * 2), tensor)
        self.assertEqual(wire(1), {"shape": [], "bits": ["3ff0000000000000"]})

    def test_reads_what_it_wrote_whatever_the_shape(self):
        for shape in ((), (1,), (5,), (1, 1, 1), (2, 3), (4, 1, 6), (2, 2, 2, 2)):
            flat = [math.ldexp(1.1, i - 500) for i in range(math.prod(shape))]
            tensor = Tensor(shape, flat)
            self.assertEqual(Tensor.read(tensor.write()), tensor)
            self.assertEqual(Tensor.of(tensor.nested()), tensor)

    def test_keeps_the_sign_of_zero_and_infinities_and_nan(self):
        x = Tensor.read(wire([0.0, -0.0, math.inf, -math.inf, math.nan])).flat
        self.assertEqual(struct.pack(">4d", *x[:4]), struct.pack(">4d", 0.0, -0.0, math.inf, -math.inf))
        self.assertTrue(math.isnan(x[4]))

    def test_refuses_what_is_no_tensor(self):
        one = "3ff0000000000000"
        for shape, bits in (
            ([2], [one]),
            ([1], [one + " " + one]),
            ([2], [one, one]),
            ([1], [one.upper()]),
            ([1], [one[1:]]),
            ([2], [one + "  " + one]),
            ([1], [" " + one]),
            ([2, 2], [one, one + " " + one + " " + one]),
            ([2], [one + "\t" + one]),
            ([2], [one[2:] + " " + one + "00"]),
            ([2], ["3 ff000000000000 " + one]),
            ([1 << 60, 1], [one]),
            ([1], [one[1:] + "g"]),
            ([1], [one[1:] + "\u0663"]),
            ([0], []),
            ([], []),
        ):
            with self.assertRaises(ValueError, msg=f"{shape} {bits}"):
                Tensor.read({"shape": shape, "bits": bits})

    def test_refuses_ragged_lists(self):
        with self.assertRaisesRegex(ValueError, "ragged"):
            Tensor.of([[1.0, 2.0], [3.0]])
        for mixed in ([1.0, [2.0]], [[1.0], 2.0], [[[1.0]], [2.0]]):
            with self.assertRaisesRegex(ValueError, "ragged", msg=mixed):
                Tensor.of(mixed)

    def test_refuses_what_is_no_number(self):
        with self.assertRaises(TypeError):
            Tensor.of([1.0, None])

    def test_says_what_is_wrong_with_a_tensor(self):
        with self.assertRaisesRegex(ValueError, "not doubles of 16 hexadecimal digits .*: '3FF'"):
            Tensor.read({"shape": [1], "bits": ["3FF"]})
        with self.assertRaisesRegex(ValueError, r"shape \[2\] has not 1 rows with \[1\] numbers"):
            Tensor.read({"shape": [2], "bits": ["3ff0000000000000"]})


class ConversationTest(unittest.TestCase):
    def test_says_what_it_is(self):
        said = Conversation(MISBEHAVING, {"hello": {"protocol": 1}}, {"stop": {}})
        language = "Python {}.{}".format(*sys.version_info)
        hello = {
            "protocol": 1,
            "name": "misbehaving",
            "version": "0",
            "language": language,
            "dtype": "binary64",
            "device": "cpu",
            "operations": ["test.twice", "test.thrice"],
            "conventions": {"test.twice": {"sign": "plus"}},
            "intermediates": True,
        }
        self.assertEqual((said.answers, said.log, said.status), ([{"hello": hello}], "", 0))

    def test_echoes_and_answers_in_order_and_stops(self):
        x = {"shape": [2], "bits": ["3fb999999999999a 8000000000000000"]}
        echo = {"echo": {"seq": 0, "tensors": {"x": x}}}
        said = Conversation(MISBEHAVING, echo, ask(1, 1.5), {"stop": {}}, ask(2, 1.5))
        answer = {"seq": 1, "outputs": {"y": wire(3.0)}, "intermediates": {"halfway": wire([1.5])}}
        self.assertEqual(said.answers, [{"seq": 0, "tensors": {"x": x}}, answer])
        self.assertEqual(said.status, 0)

    def test_prints_go_to_the_log(self):
        said = Conversation(MISBEHAVING, ask(1, 1.5))
        self.assertEqual(len(said.answers), 1)
        self.assertIn("printed by Python", said.log)
        self.assertIn("printed by C", said.log)

    def test_the_end_of_the_input_is_a_stop(self):
        self.assertEqual(Conversation(MISBEHAVING).status, 0)

    def test_questions_are_out_of_reach_of_an_operation_that_reads(self):
        self.assertEqual([a["seq"] for a in Conversation(MISBEHAVING, ask(1, 11.0), ask(2, 1.0)).answers], [1, 2])

    def test_declines_with_the_reason(self):
        said = Conversation(
            MISBEHAVING,
            ask(1, 0.0),
            ask(2, 1.0, "test.thrice"),
            ask(3, 1.0, "test.unheard"),
            ask(4, 1.0, conventions={"sign": "minus"}),
        )
        reasons = [
            "nothing to double",
            "too often",
            "misbehaving has no operation test.unheard",
            "misbehaving always has sign=plus, not minus",
        ]
        self.assertEqual(said.answers, [{"seq": i, "unsupported": r} for i, r in enumerate(reasons, start=1)])

    def test_reports_errors_and_goes_on(self):
        bad = ask(2, 1.0)
        bad["run"]["inputs"]["x"]["bits"] = ["3FF"]
        lacking = ask(4, 1.0, want=["y", "z"])
        said = Conversation(MISBEHAVING, ask(1, -1.0), bad, ask(3, 1000.0), lacking, {"run": {"seq": 5}}, ask(6, 1.0))
        kinds = [answer["error"]["kind"] for answer in said.answers[:5]]
        self.assertEqual(kinds, ["ArithmeticError", "ValueError", "SystemExit", "KeyError", "KeyError"])
        self.assertEqual(said.answers[0]["error"]["message"], "negative: √")
        self.assertIn("in twice", said.answers[0]["error"]["trace"])
        self.assertIn("test.twice returned no z", said.answers[3]["error"]["message"])
        self.assertEqual([answer["seq"] for answer in said.answers], [1, 2, 3, 4, 5, 6])
        self.assertIn("outputs", said.answers[5])

    def test_survives_garbage(self):
        texts = (b"", b"garbage", b"\xff\xfe\xc3", b"{", b"[" * 99999)
        values = (b"[]", b"null", b"7", b'{"run":3}', b'{"jump":{}}')
        said = Conversation(MISBEHAVING, *texts, *values, ask(1, 1.0))
        self.assertEqual([answer["seq"] for answer in said.answers], [1])
        self.assertIn("not JSON", said.log)
        self.assertIn("no question in {'jump': {}}", said.log)
        self.assertEqual(said.status, 0)

    def test_answers_one_object_a_line_in_ascii(self):
        source = [sys.executable, "-B", "-c", textwrap.dedent(MISBEHAVING)]
        done = subprocess.run(
            source, input=json.dumps(ask(1, -1.0)).encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HERE
        )
        self.assertEqual(done.stdout.count(b"\n"), 1)
        self.assertTrue(done.stdout.endswith(b"\n") and done.stdout.isascii())

    def test_helps(self):
        done = subprocess.run(
            [sys.executable, "-B", os.path.join(HERE, "textbook_adapter.py"), "--help"], stdout=subprocess.PIPE
        )
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"as a textbook writes it", done.stdout)
        self.assertIn(b"recurrent.lstm.gradient", done.stdout)


class AdapterTest(unittest.TestCase):
    def test_the_example_in_the_documentation_is_right(self):
        example = textwrap.dedent(goldgrad.__doc__.partition(":\n\n")[2].partition("\nand is judged")[0])
        space = {"__name__": "mine"}
        exec(example, space)
        for case in golden()["optimization.momentum"]:
            question = asked("optimization.momentum", case)
            answer = space["adapter"].answer(question)
            if case["conventions"]["rate"] == "outside":
                judge(self, case, answer)
            else:
                self.assertIn("unsupported", answer)

    def test_computes_with_the_arrays_of_a_library(self):
        adapter = Adapter("tuples", "0", decode=lambda t: tuple(t.flat), encode=lambda a: Tensor((len(a),), list(a)))

        @adapter.operation("test.types", settings=("rate",))
        def types(inputs, integers, conventions):
            self.assertEqual(integers, {"k": 2})
            self.assertIsInstance(inputs["x"], tuple)
            self.assertEqual(inputs["rate"], 0.5)
            return {"y": inputs["x"]}

        question = ask(1, [1.0, 2.0], "test.types", integers={"k": 2})
        question["run"]["inputs"]["rate"] = wire(0.5)
        self.assertEqual(adapter.answer(question), {"seq": 1, "outputs": {"y": wire([1.0, 2.0])}})

    def test_a_library_may_say_in_its_own_words_that_it_declines(self):
        adapter = Adapter("cautious", "0", declines=lambda error: "no kernel" if "Half" in str(error) else None)

        @adapter.operation("test.half")
        def half(inputs, integers, conventions):
            raise RuntimeError("not implemented for 'Half'" if inputs["x"] == 1 else "broken")

        self.assertEqual(adapter.answer(ask(1, 1.0, "test.half")), {"seq": 1, "unsupported": "no kernel"})
        self.assertEqual(adapter.answer(ask(2, 2.0, "test.half"))["error"]["message"], "broken")

    def test_refuses_an_operation_that_is_there_twice(self):
        adapter = Adapter("twin", "0")
        adapter.decline("test.twin", "first")
        with self.assertRaisesRegex(ValueError, "test.twin is there twice"):
            adapter.decline("test.twin", "second")

    def test_a_message_without_a_number_is_logged(self):
        log = io.StringIO()
        with contextlib.redirect_stderr(log):
            self.assertIsNone(Adapter("mute", "0").answer({"run": {}}))
        self.assertIn("no question", log.getvalue())


class TextbookTest(unittest.TestCase):
    def test_is_asked_every_golden_operation(self):
        self.assertEqual(set(textbook_adapter.adapter.answer({"hello": {}})["hello"]["operations"]), set(golden()))

    def test_agrees_with_every_golden_answer(self):
        for operation, cases in golden().items():
            for case in cases:
                answer = textbook_adapter.adapter.answer(asked(operation, case))
                if case["level"] == "stochastic":
                    draws_again(self, case, answer, textbook_adapter.adapter.answer(asked(operation, case)))
                else:
                    judge(self, case, answer)


def draws_again(test, case, answer, again):
    """Fails unless weights have their shape, and the same question gets the same ones; their law is judged elsewhere."""
    with test.subTest(case["id"]):
        sizes = [case["attributes"][name] for name in ("outputs", "inputs", "height", "width")]
        test.assertEqual(answer["outputs"]["W"]["shape"], sizes)
        test.assertEqual(answer, again)


def judge(test, case, answer):
    """Fails unless every element is within its budget."""
    for name, expected in case["expected"].items():
        with test.subTest(case["id"], output=name):
            actual, right = Tensor.read(answer["outputs"][name]), Tensor.read(expected)
            test.assertEqual(actual.shape, right.shape)
            for x, y, allowed in zip(actual.flat, right.flat, budget(expected)):
                test.assertTrue(abs(x - y) <= allowed + abs(y) * 2**-53, f"{x} for {y} ± {allowed}")


def budget(expected):
    """What rounding to doubles explains in every element: (rounding + inexact)u + curvature u² + floor η."""
    sizes = expected["budget"]
    rounding, floor, curvature = (Tensor.of(sizes[name]).flat for name in ("rounding", "floor", "curvature"))
    inexact = Tensor.of(sizes["inexact"].get("binary64", Tensor((), [0.0] * len(rounding)))).flat
    u = 2**-53
    return [(r + i) * u + c * u * u + f * sys.float_info.min for r, i, c, f in zip(rounding, inexact, curvature, floor)]


def golden():
    """The golden cases by operation."""
    found = {}
    for chapter in sorted(os.scandir(VECTORS), key=lambda entry: entry.name):
        if chapter.is_dir():
            for path in sorted(os.scandir(chapter), key=lambda entry: entry.name):
                with open(path, encoding="utf-8") as file:
                    content = json.load(file)
                found[content["operation"]] = content["cases"]
    return found


def asked(operation, case):
    """A golden case as a question."""
    inputs, integers = dict(case["inputs"]), {}
    for name, value in case["attributes"].items():
        (integers if isinstance(value, int) else inputs)[name] = value
    question = {
        "seq": 0,
        "operation": operation,
        "conventions": case["conventions"],
        "integers": integers,
        "inputs": inputs,
        "want": ["W"] if case["level"] == "stochastic" else list(case["expected"]),
    }
    return {"run": question}


if __name__ == "__main__":
    unittest.main()
