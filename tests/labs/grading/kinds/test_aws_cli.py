from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import exercise_of, grade, read_answer
from labs.grading.kinds import KINDS
from labs.grading.report import Finding, Report
from tests.effort import effort

KIND = KINDS["aws-cli"]
CATALOG = Path(__file__).parents[4] / "labs" / "catalog"
ACCOUNT = {
    "number": "111122223333",
    "users": ["lea", "dev"],
    "keys": [
        {"id": "LEA", "secret": "s", "user": "lea"},
        {"id": "DEV", "secret": "s", "user": "dev"},
    ],
    "new_keys": [{"id": "NEW", "secret": "s"}],
    "applications": {"web": "DEV"},
    "answers": [{"command": "iam list-users", "file": "users", "another_day": "more-users"}],
}
FILES = {
    "users": json.dumps({"Users": [{"UserName": "lea"}, {"UserName": "dev"}]}),
    "more-users": json.dumps({"Users": [{"UserName": "lea"}, {"UserName": "mia"}]}),
    "credentials": "[default]\naws_access_key_id = LEA\naws_secret_access_key = s\n"
    "[dev]\naws_access_key_id = DEV\naws_secret_access_key = s\n",
}
WHO = "aws sts get-caller-identity"
MACHINE = {"credentials": "credentials"}
RUNS = {
    "account": ACCOUNT,
    "machine": MACHINE | {"variables": {"AWS_PROFILE": "dev"}},
    "runs": [
        {"name": "Who", "command": WHO, "caller": "user/lea", "region": "eu-west-2",
         "output": "text"},
    ],
    "secrets": 1,
    "only_today": 0,
}  # fmt: skip
QUESTIONS = {
    "account": ACCOUNT,
    "machine": MACHINE,
    "questions": [
        {"number": 1, "text": "Users?",
         "answer": "aws iam list-users --query 'Users[].UserName' --output text"},
        {"number": 2, "text": "How many?",
         "answer": "aws iam list-users --query 'length(Users)' --output text", "as_words": False},
    ],
}  # fmt: skip
ROTATION = {
    "account": ACCOUNT,
    "machine": MACHINE,
    "program": "./use-key",
    "rotation": {"user": "dev", "old": "DEV"},
    "only_today": 0,
}
SET = "aws configure set region {region}\naws configure set output {output}\nunset AWS_PROFILE"


def report(text: str, table: dict = RUNS) -> Report:
    return grade(KIND, table=table, files=FILES, text=text)


def failed(text: str, table: dict = RUNS) -> dict[str, Finding]:
    return {one.code: one for one in report(text, table).findings if not one.passed}


def settings(region: str = "eu-west-2", output: str = "text") -> str:
    return f"unset AWS_PROFILE\n{SET.format(region=region, output=output)}"


@pytest.mark.parametrize(
    "text",
    [
        settings(),
        "export AWS_PROFILE=default AWS_REGION=eu-west-2 AWS_DEFAULT_OUTPUT=text",
        "unset AWS_PROFILE\ncat > ~/.aws/config <<EOF\n"
        "[default]\nregion=eu-west-2\noutput=text\nEOF",
    ],
)
def test_what_counts_afterwards_is_judged_and_not_how_it_was_set(text: str) -> None:
    assert failed(text) == {}


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        (SET.format(region="eu-west-2", output="text").replace("unset AWS_PROFILE", ""),
         "cli.other-identity", "runs as user/dev"),
        (settings(region="us-east-1"), "cli.other-region", "has the Region us-east-1"),
        (settings(region="eu-west2"), "cli.no-such-region", "Do you mean eu-west-2?"),
        (settings(output="json"), "cli.other-output", "prints json"),
        (settings(output="jsn"), "cli.other-output", "Unknown output type"),
        ("export AWS_PROFILE=lea", "cli.no-such-profile", "could not be found"),
        (f"{settings()}\nexport AWS_ACCESS_KEY_ID=X AWS_SECRET_ACCESS_KEY=s", "cli.key-refused",
         "InvalidClientTokenId"),
        (f"{settings()}\nexport AWS_ACCESS_KEY_ID=LEA AWS_SECRET_ACCESS_KEY=s", "cli.secret-typed",
         "In line 5 a secret is typed"),
        (f"{settings()}\naws configure set aws_secret_access_key s", "cli.secret-typed", "line 5"),
        (f"{settings()}\naws s4 ls", "cli.command", "does not know aws s4 ls"),
        (f"{settings()}\naws configure", "cli.interactive", "AWS Access Key ID"),
    ],
)  # fmt: skip
def test_a_setting_that_is_wrong_is_named_by_what_it_does(text: str, code: str, words: str) -> None:
    assert words in failed(text)[code].message


def test_the_table_says_what_decided() -> None:
    (row,) = report(f"{settings()}\nexport AWS_REGION=us-east-1").outcomes
    assert row.because == (
        "credentials: ~/.aws/credentials; Region: AWS_REGION; format: profile default"
    )


RIGHT = "# 1\n{one}\n# 2\naws iam list-users --query 'length(Users)' --output text"
NAMES = "aws iam list-users --query 'Users[].UserName' --output text"


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (NAMES, None),
        ("aws iam list-users --output text --query 'Users[*].[UserName]'", None),
        (NAMES.replace(" --output text", ""), "cli.not-text"),
        (NAMES.replace("UserName", "Username"), "cli.too-little"),
        (NAMES.replace("[].UserName", ".UserName"), "cli.no-such-field"),
        (NAMES.replace("[]", "[0]"), "cli.too-little"),
        (f"{NAMES}\n{WHO} --query Account --output text", "cli.too-much"),
        (f"{WHO} --query Account --output text", "cli.other-answer"),
        ("", "cli.no-answer"),
        ("echo lea dev", "cli.only-today"),
        (NAMES.replace("Users[]", "Users["), "cli.query-error"),
    ],
)
def test_a_question_is_answered_by_what_is_printed(one: str, code: str | None) -> None:
    found = failed(RIGHT.format(one=one), QUESTIONS)
    assert (code in found) if code else found == {}


def test_without_numbers_each_command_answers_the_next_question() -> None:
    assert failed(RIGHT.format(one=NAMES).replace("# 1", "").replace("# 2", ""), QUESTIONS) == {}


USER = "--user-name dev"
CREATE = f"aws iam create-access-key {USER}"
LOOK = "aws iam get-access-key-last-used --access-key-id DEV"
OFF = f"aws iam update-access-key {USER} --access-key-id DEV --status Inactive"
DELETE = f"aws iam delete-access-key {USER} --access-key-id DEV"
SWITCH = "./use-key web NEW"
STEPS = [CREATE, SWITCH, LOOK, OFF, DELETE]


def test_a_rotation_in_its_order_holds_in_all_five_things() -> None:
    assert failed("\n".join(STEPS), ROTATION) == {}


@pytest.mark.parametrize(
    ("steps", "codes"),
    [
        ([OFF, DELETE, CREATE, SWITCH, LOOK], {"keys.outage", "keys.not-looked"}),
        ([CREATE, LOOK, SWITCH, OFF, DELETE], {"keys.not-looked"}),
        ([CREATE, SWITCH, LOOK, DELETE], {"keys.deleted-while-active"}),
        ([CREATE, SWITCH, LOOK, OFF], {"keys.not-one"}),
        ([CREATE, LOOK, OFF, DELETE], {"keys.outage", "keys.not-looked", "keys.not-switched"}),
        ([CREATE, CREATE, CREATE, SWITCH, LOOK, OFF, DELETE], {"keys.too-many"}),
        ([], {"keys.not-switched", "keys.not-looked", "keys.not-one"}),
    ],
)
def test_each_thing_that_goes_wrong_with_a_rotation_has_its_name(
    steps: list[str], codes: set[str]
) -> None:
    found = failed("\n".join(steps) or "# nothing", ROTATION)
    assert {code for code in found if code.startswith("keys.")} == codes


def test_a_key_that_both_had_in_between_does_not_undo_the_look() -> None:
    once_more = [CREATE.replace("create", "list"), "./use-key web NEW"]
    assert "keys.not-looked" not in failed("\n".join([*STEPS, *once_more]), ROTATION)


def test_what_failed_on_the_way_is_mended_first() -> None:
    found = failed("\n".join([CREATE, CREATE, SWITCH]), ROTATION)
    assert found["keys.not-one"].cure == found["keys.too-many"].cure
    assert found["keys.not-one"].at == (2, 1)
    misspelt = failed("aws configure set region=eu-west-2\naws iam get-user", RUNS)
    assert {one.at for one in misspelt.values() if one.points} == {(1, 1)}


def test_the_transcript_shows_what_was_typed_and_what_came() -> None:
    steps = report("aws configure list-profiles\naws x", ROTATION).extra["steps"]
    assert [(one["source"], one["output"]) for one in steps] == [
        ("aws configure list-profiles", "default\ndev"),
        ("aws x", ""),
    ]
    assert steps[1]["error"].startswith("This lab does not know")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"runs": [], "secrets": 0}, "nothing is asked"),
        ({"runs": [{"name": "x", "command": "a | b"}]}, "pipe"),
        ({"machine": {"config": "none"}}, "none is missing"),
        ({"accounts": {}}, "unknown key"),
    ],
)
def test_a_spec_that_asks_nothing_or_cannot_be_read_is_refused(changes: dict, message: str) -> None:
    with pytest.raises(SpecError, match=message):
        report("aws x", RUNS | changes)


ENOUGH = 20  # of counting to a million
PIECES = [
    "aws", "ec2", "iam", "sts", "s3", "ls", "configure", "set", "list", "get", "region", "output",
    "describe-instances", "get-caller-identity", "list-users", "create-access-key", "export",
    "unset", "cat", "echo", "--profile", "--region", "--output", "--query", "--filters", "text",
    "json", "eu-west-2", "dev", "default", "AWS_PROFILE=dev", "AWS_REGION=", "A=$A$A", "$A",
    "'Users[].UserName'", "'[@,@]|[@,@]|[]'", "Name=instance-state-name,Values=r*", ">", ">>",
    "~/.aws/config", "~/.aws/credentials", "<<EOF", "EOF", "[default]", "[profile dev]", "region=x",
    "source_profile", "role_arn=arn:aws:iam::1:role/x",
    "$(", ")", "&&", ";", "\n", "\n", "\n",
    "'", '"', "\\", "#", "# 1", "--access-key-id", "LEA", "--user-name", "profile.dev.role_arn",
    "-e",
]  # fmt: skip


UNSOUND = ("'", '"', "\\", "$(", ")", "<<EOF", "&&", ";")


def hostile_answers(count: int) -> list[str]:
    chance = Random(7)
    labs = [path.read_text() for path in sorted(CATALOG.glob("*/solution.sh"))]
    sound = [piece for piece in PIECES if piece not in UNSOUND]
    answers = []
    for number in range(count):
        pieces = PIECES if number % 2 else sound
        words = [chance.choice(pieces) for _ in range(chance.randint(1, 200))]
        text = " ".join(words)
        if chance.random() < 0.5:
            base = chance.choice(labs)
            at = chance.randint(0, len(base))
            text = base[:at] + " ".join(words[:5]) + base[at:]
        answers.append(text[:7900])
    return answers


def test_no_answer_of_chance_ends_in_an_exception() -> None:
    exercises = [
        exercise_of(KIND, table=table, files=FILES) for table in (RUNS, QUESTIONS, ROTATION)
    ]
    read = 0
    for number, text in enumerate(hostile_answers(240)):
        try:
            answer = read_answer(KIND, text)
        except AnswerError:
            continue
        read += 1
        exercise = exercises[number % 3]
        assert KIND.check(answer, exercise.spec).checks
    assert read > 40


@pytest.mark.parametrize(
    "text",
    [
        "aws iam list-users --query '" + "[@,@]|" * 60 + "@'\n",
        "A=" + "x" * 900 + "\n" + "A=$A$A\n" * 70,
        "aws iam list-users\n" * 79,
        "aws configure set region x --profile p\n" * 79,
        "cat >> ~/.aws/config <<EOF\n[a]\nEOF\n" * 79,
    ],
)  # fmt: skip
def test_what_works_most_stays_cheap(text: str) -> None:
    answer = read_answer(KIND, text)
    spec = KIND.read_spec(QUESTIONS, FILES)
    assert effort(lambda: KIND.check(answer, spec), enough=ENOUGH) < ENOUGH
