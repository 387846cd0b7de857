"""Whatever is drawn can be answered, and by one answer only: seeds 1 to 200 of each level, judged
by the engines apart from what drew them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest

from labs.grading.iam.rows import compare_row, decide_row
from labs.grading.kinds import KINDS
from labs.grading.network.exercise.acl_exercise import read_acl_answer
from labs.grading.network.rules.algebra import alike
from labs.grading.network.rules.answers import read_group_answer
from labs.grading.quiz.generators import BY_CODE, EVERY, GENERATORS, policy_flaw, rule_flaw
from labs.grading.quiz.generators.kind import Generator, changed_lines, first_fair, table_of
from labs.grading.quiz.generators.proof import doubts_about_drawn, doubts_about_generator
from labs.grading.quiz.generators.statements import CALLER
from labs.grading.quiz.generators.wishes import are_alike
from labs.grading.quiz.posing import posed
from labs.grading.quiz.reading import LEVELS, read_question
from labs.grading.tries import TRY_KINDS
from labs.grading.tries.kind import Tone
from lessons.source import read_course

SEEDS = range(1, 201)
EACH = [pytest.param(one, level, id=f"{one.NAME}-{level}") for one in EVERY for level in LEVELS]
Table = dict[str, Any]


def right_of(table: Table) -> str:
    (found,) = (one["text"] for one in table["options"] if one["right"])
    return str(found)


def code_in(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def fence_in(text: str) -> str:
    found = re.search(r"```\n(.*?)\n```", text, re.S)
    assert found
    return found[1]


@pytest.mark.parametrize("generator", EVERY, ids=lambda one: one.NAME)
def test_a_seed_draws_the_same_again(generator: Generator) -> None:
    assert table_of(generator, 7, 2) == table_of(generator, 7, 2) != table_of(generator, 8, 2)


# What the engines say of the text alone, by the command line's and the tries' own ways in


def decision_in(table: Table) -> str:
    text = table.get("document") or fence_in(table["text"])
    asked = table["text"].rpartition("Ada asks for ")[2]
    action, resource, *keys = code_in(asked)
    pairs = re.findall(r"`([\w:/]+)` = `([^`]+)`", asked)
    row = {
        "policies": {"identity": [json.loads(text)]},
        "request": {
            "principal": CALLER,
            "action": action,
            "resource": resource,
            "context": dict(pairs),
        },
    }
    assert len(keys) >= len(pairs)
    answer = decide_row(row, with_explanation=True)
    explanation: Any = answer["explanation"]
    path = explanation["line_path"]
    return f"{answer['decision']} {path[1] + 1 if path else ''}".strip()


SAID = {"Yes": "Allowed", "No: statement": "ExplicitlyDenied", "No: no": "ImplicitlyDenied"}


def request_is_right(table: Table) -> None:
    words = right_of(table)
    outcome = next(name for start, name in SAID.items() if words.startswith(start))
    number = "".join(re.findall(r"\d", words))
    assert decision_in(table) == f"{outcome} {number}".strip()


def statement_is_right(table: Table) -> None:
    line = table["document"].split("\n")[table["lines"]["right"] - 1]
    assert decision_in(table).split()[1] in line


def pattern_is_right(table: Table) -> None:
    pattern = code_in(table["text"])[1]
    for one in table["options"]:
        answer = TRY_KINDS["pattern"].answer({"pattern": pattern, "arn": one["text"].strip("`")})
        assert (answer.tone is Tone.YES) == one["right"], (pattern, one)


def statements_in(text: str) -> list[Any]:
    found: list[Any] = json.loads(text)["Statement"]
    return found


def policy_choice_is_right(table: Table) -> None:
    gap = fence_in(table["text"])
    policies = {
        one["text"]: json.loads(gap.replace('"…"', one["text"].strip("`")))
        for one in table["options"]
    }
    right = policies[right_of(table)]
    same = [
        text
        for text, policy in policies.items()
        if compare_row({"expected": [right], "learner": [policy]})["relation"] == "equal"
    ]
    assert same == [right_of(table)]


def policy_flaw_is_right(table: Table) -> None:
    """The line as its reason says it should be mends it, and makes another policy of it."""
    lines = table["document"].split("\n")
    number = table["lines"]["right"]
    mended = code_in(table["lines"][str(number)])[-1]
    comma = "," if lines[number - 1].endswith(",") else ""
    good = "\n".join([*lines[: number - 1], mended + comma, *lines[number:]])
    broken = statements_in(table["document"])
    assert not are_alike(broken, statements_in(good)), table
    for text in policy_flaw.one_line_mutants(table["document"]):
        if changed_lines(table["document"], text) != [number]:
            assert not are_alike(statements_in(text), statements_in(good)), (table, text)


def group_is_right(table: Table) -> None:
    lines = fence_in(table["text"]).split("\n")
    packet = re.search(r"\*\*(\w+) (\d+).* from ([\d.]+)(?: \(in ([\w-]+)\))?\*\*", table["text"])
    assert packet, table["text"]
    protocol, port, address, group = packet.groups()
    for number, line in enumerate(lines, start=1):
        rules = f"inbound:\n  - {line.partition('.')[2].strip()}"
        texts = {"rules": rules, "protocol": protocol.lower(), "port": port}
        sources = [one for one in (address, group) if one]
        answers = [TRY_KINDS["group"].answer({**texts, "source": one}) for one in sources]
        is_open = any(answer.tone is Tone.YES for answer in answers)
        assert is_open == (f"rule {number} lets" in right_of(table)), table


def rule_choice_is_right(table: Table) -> None:
    rules = {
        one["text"]: read_group_answer(f"inbound:\n  - {one['text'].strip('`')}").rules.inbound
        for one in table["options"]
    }
    right = rules[right_of(table)]
    assert [text for text, some in rules.items() if alike(some, right)] == [right_of(table)]
    (rule,) = right
    ends = re.findall(r"`(\d+\.[\d.]+)`", table["text"])
    source = rule.source.name.partition("/")[0]
    assert ends[0] == source


def rule_flaw_is_right(table: Table) -> None:
    """Of all that one line can be changed to, only the marked one's makes it what is wanted."""
    wishes = dict(pair for some in rule_flaw.WISHES.values() for pair in some)
    wanted = [wishes[line[2:]] for line in table["text"].split("\n") if line.startswith("- ")]
    good = read_group_answer("inbound:\n  - " + "\n  - ".join(wanted)).rules.inbound
    document, right = table["document"], table["lines"]["right"]
    assert not alike(read_group_answer(document).rules.inbound, good)
    for number in range(2, len(wanted) + 2):
        lines = document.split("\n")
        lines[number - 1] = f"  - {wanted[number - 2]}"
        mended = read_group_answer("\n".join(lines)).rules.inbound
        assert alike(mended, good) == (number == right)


def acl_is_right(table: Table) -> None:
    rules = fence_in(table["text"])
    read_acl_answer(rules)
    port, source = re.findall(r"\*\*TCP (\d+).* from ([\d.]+)\*\*", table["text"])[0]
    back = re.findall(r"at port \*\*(\d+)\*\*", table["text"])[0]
    texts = {"rules": rules, "protocol": "tcp", "port": port, "source": source}
    answer = TRY_KINDS["acl"].answer({**texts, "client-port": back})
    words = right_of(table)
    assert (answer.tone is Tone.YES) == words.endswith("its answer gets out.")
    assert ("but its answer" in answer.words) == ("but its answer" in words)
    named = re.findall(r"rule (\d+) (?:\(|stops)", f"{answer.words} {words}")
    assert len(set(named)) <= 1
    assert len(named) in (0, 2)


def route_is_right(table: Table) -> None:
    routes, address = fence_in(table["text"]), code_in(table["text"])[-1]
    answer = TRY_KINDS["route"].answer({"routes": routes, "destination": address})
    words = right_of(table)
    if answer.tone is Tone.NO:
        assert words.startswith("Nowhere")
    else:
        target, block = code_in(words)
        assert answer.words == f"{address} goes to {target}, by {block}."


def subnets_are_right(table: Table) -> None:
    if "as small as possible" in table["text"]:
        prefix_is_right(table)
        return
    block = code_in(table["text"])[0]
    if table["kind"] == "single":
        for one in table["options"]:
            texts = {"block": block, "address": one["text"].strip("`")}
            assert (TRY_KINDS["block"].answer(texts).tone is Tone.YES) == one["right"]
    elif "last address" in table["text"]:
        facts = dict(TRY_KINDS["block"].answer({"block": block}).facts)
        assert facts["All addresses"].endswith(f"– {table['accept'][0]}")
    elif "machines find" in table["text"]:
        words = TRY_KINDS["block"].answer({"block": block}).words
        assert f"leaves {table['answer']} for machines" in words
    elif "still free" in table["text"]:
        free_is_right(table, block)


def prefix_is_right(table: Table) -> None:
    """It has room enough, and half of it has not. AWS has no subnet below a /28."""
    count, prefix = int(re.findall(r"hold (\d+) machines", table["text"])[0]), table["answer"]
    room, half = (
        TRY_KINDS["block"].answer({"block": f"10.0.0.0/{one}"}).words
        for one in (prefix, prefix + 1)
    )
    assert int(re.findall(r"leaves (\d+)", room)[0]) >= count
    assert prefix == 28 or int(re.findall(r"leaves (\d+)", half)[0]) < count


def free_is_right(table: Table, vpc: str) -> None:
    """With it the plan stands; with each that is called taken it does not."""
    plan = f"vpc {vpc}\n" + re.sub(r"^", "subnet ", fence_in(table["text"]), flags=re.M)
    reasons = {one["accept"][0]: one["reason"] for one in table["mistakes"]}
    for text in (table["accept"][0], *reasons):
        answer = TRY_KINDS["subnets"].answer({"plan": f"{plan}\nsubnet more {text}"})
        is_taken = reasons.get(text, "").startswith("It meets")
        assert (answer.tone is Tone.NO) == is_taken, (table, text)


CHECKS: dict[str, Callable[[Table], None]] = {
    "is-it-allowed": request_is_right,
    "which-statement-decides": statement_is_right,
    "does-the-pattern-match": pattern_is_right,
    "complete-the-policy": policy_choice_is_right,
    "find-the-fault": policy_flaw_is_right,
    "count-the-addresses": subnets_are_right,
    "does-the-packet-get-in": group_is_right,
    "complete-the-rule": rule_choice_is_right,
    "find-the-wrong-rule": rule_flaw_is_right,
    "there-and-back": acl_is_right,
    "which-route-wins": route_is_right,
}


@pytest.mark.parametrize(("generator", "level"), EACH)
def test_each_can_be_answered_by_one_answer_only_as_the_engine_says(
    generator: Generator, level: int
) -> None:
    texts = set()
    for seed in SEEDS:
        table = table_of(generator, seed, level)
        assert doubts_about_drawn(table, seed) == (), table
        CHECKS[generator.NAME](table)
        texts.add(text := json.dumps(table))
        assert json.loads(text) == table, "a row can hold it"
    assert len(texts) > len(SEEDS) / 4, "tasks without end"


# An unfair one would be found


def drawn(name: str) -> Table:
    return deepcopy(table_of(GENERATORS[name], 3, 1))


def with_the_first_wrong_one_saying(name: str, text: str) -> Table:
    table = drawn(name)
    wrong = next(one for one in table["options"] if not one["right"])
    wrong["text"] = text
    return table


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("complete-the-policy", '`["s3:ListBucket", "S3:listbucket"]`'),
        ("complete-the-rule", "`tcp 80-80 from 10.20.64.7/32`"),
        ("does-the-pattern-match", "`arn:aws:s3:::reports-backup/b.txt`"),
    ],
)
def test_an_option_that_means_the_same_as_the_right_one_would_be_found(
    name: str, same: str
) -> None:
    table = with_the_first_wrong_one_saying(name, same)
    assert doubts_about_drawn(table, 3) == (), "no two options are the same words"
    with pytest.raises(AssertionError):
        CHECKS[name](table)


@dataclass(frozen=True)
class Unfair:
    """Draws what is fair, but for what `spoil` makes of it by some seeds."""

    spoil: Callable[[Table], object]
    NAME: str = "unfair"
    TITLE: str = "Unfair"
    SECTION: str = "a"
    CODES: tuple[str, ...] = ()

    def draw(self, chance: Random, level: int) -> Table:
        options = [{"text": one, "reason": "No.", "right": one == "b"} for one in "abc"]
        table: Table = {"kind": "single", "text": "Which?", "options": options}
        if chance.random() < 1 / 40:
            self.spoil(table)
        return table


@pytest.mark.parametrize(
    ("spoil", "doubt"),
    [
        (lambda table: table["options"][0].update(right=True), "has 2 right options, not one"),
        (lambda table: table["options"][1].update(right=False), "has 0 right options, not one"),
        (lambda table: table["options"][0].update(text="b"), "two options say the same"),
        (
            lambda table: table["options"][0].update(reason=" "),
            "unfair.options[1].reason: is empty",
        ),
        (lambda table: table["options"][0].pop("reason"), "unfair.options[1].reason: is missing"),
        (lambda _table: first_fair(lambda: None), "nothing fair was drawn in 400 tries"),
    ],
)
def test_what_is_unfair_by_some_seeds_is_told_with_the_seed(
    spoil: Callable[[Table], object], doubt: str
) -> None:
    doubts = list(doubts_about_generator(Unfair(spoil)))
    assert 0 < len(doubts) < 60
    assert all(re.match(r"practice, level \d, seed \d+: unfair", one) for one in doubts)
    assert all(one.endswith(doubt) for one in doubts)


def test_what_is_fair_by_every_seed_leaves_no_doubt() -> None:
    assert list(doubts_about_generator(Unfair(lambda table: table))) == []


@pytest.mark.parametrize("generator", EVERY, ids=lambda one: one.NAME)
def test_the_right_one_has_no_place_of_its_own(generator: Generator) -> None:
    """Nor do the outcomes: whoever always says the same is wrong half the time or more."""
    shown = []
    for seed in SEEDS:
        question = read_question(table_of(generator, seed, 2), "drawn")
        one = posed(question, seed)
        if question.kind == "single":
            keys = [part.key for part in one.shown.parts]
            right: Any = one.body.right()["chosen"]
            shown.append(keys.index(right[0]))
    for place in set(shown):
        assert shown.count(place) < 0.6 * len(shown)


def test_each_is_taught_by_a_section_of_the_course() -> None:
    course = read_course(Path("lessons/notes/aws"))
    sections = {section.heading.slug for lesson in course.lessons for section in lesson.sections}
    assert {one.SECTION for one in EVERY} <= sections


def test_each_has_a_name_of_its_own() -> None:
    assert len(GENERATORS) == len(EVERY) >= 8


def test_codes_are_those_of_labs_and_each_is_trained_by_one() -> None:
    known = {code for kind in KINDS.values() for code in kind.CODES}
    every = [code for one in EVERY for code in one.CODES]
    assert set(BY_CODE) <= known
    assert len(every) == len(set(every))
