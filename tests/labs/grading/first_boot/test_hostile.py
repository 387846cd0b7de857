from __future__ import annotations

from random import Random

from labs.grading.errors import AnswerError
from labs.grading.grade import read_answer
from labs.grading.kinds import user_data
from tests.effort import effort
from tests.labs.grading.first_boot.scripts import DOCUMENTED, SERVER

SPEC = user_data.read_spec(
    {
        "machines": [
            {"name": "a", "instance_id": f"i-{1:017}", "zone": "eu-west-1a", "address": "10.0.0.9"},
            {"name": "b", "instance_id": f"i-{2:017}", "zone": "eu-west-1b", "address": "10.0.1.9"},
        ],
        "pages": [{"path": "/", "shows": ["host name", "zone"]}, {"path": "/health"}],
    },
    {},
)
BITS = [
    *("$(", "`", '"', "'", "\\", "\n", "<<EOF", "EOF\n", "|", "&&", "||", ";", "&", ">", "2>&1"),
    *("{", "}", "(", ")", "if ", "then ", "fi\n", "for i in a b; do ", "done\n", "$A", "${A:-"),
    *("*", "~", "!", "echo ", "cat ", "cd ", "tee ", "sudo ", "set -e\n", "\r", "é", "#", "="),
    *("A=$A$A$A$A;", "$?", "rm -rf /\n", "mv / /a\n", "cp -r / /b\n", "chmod -R 000 /\n", "exit "),
    *(
        "curl ",
        "-X ",
        "systemctl ",
        "dnf ",
        "yes | ",
        "printf '%s' ",
        "unset A\n",
        "eval ",
        "while ",
    ),
]


def broken(text: str, random: Random) -> str:
    for _turn in range(random.randint(1, 10)):
        at = random.randint(0, len(text))
        end = min(len(text), at + random.randint(1, 40))
        text = random.choice(
            [
                text[:at] + random.choice(BITS) + text[at:],
                text[:at] + text[end:],
                text[:at] + text[at:end] * random.randint(2, 20) + text[end:],
                text[:at] + random.choice(BITS) * random.randint(2, 60) + text[at:],
            ]
        )
    return text[: user_data.MAX_BYTES // 2]


def test_no_text_raises_anything_but_that_it_cannot_be_read() -> None:
    random, read = Random(2023), 0
    for _number in range(300):
        lines = DOCUMENTED.splitlines(keepends=True) + SERVER.splitlines(keepends=True)
        chosen = "#!/bin/bash\n" + "".join(random.sample(lines, random.randint(1, 8)))
        text = broken(chosen, random) if random.random() < 0.7 else chosen
        try:
            answer = read_answer(user_data, text)
        except AnswerError:
            continue
        report = user_data.check(answer, SPEC)
        assert report.findings
        user_data.advise(answer, SPEC)
        read += 1
    assert read > 60


def test_a_text_as_long_as_it_may_be_costs_little() -> None:
    for part in (
        "echo $(hostname)\n",
        "( ",
        "$(",
        "a=b ",
        "cat <<EOF\n",
        "a && ",
        "'",
        "{ ",
        "if ",
    ):
        text = "#!/bin/bash\n" + part * (user_data.MAX_BYTES // len(part) - 10)

        def read(text: str = text) -> None:
            try:
                user_data.check(read_answer(user_data, text), SPEC)
            except AnswerError:
                return

        assert effort(read, enough=4) < 20
