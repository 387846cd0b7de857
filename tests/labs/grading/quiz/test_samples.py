"""A question of each kind: who answers what gets which score, and reads which reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from labs.grading.errors import AnswerError
from labs.grading.quiz.counting import readings
from labs.grading.quiz.judgement import Judgement
from labs.grading.quiz.naming import read_naming
from labs.grading.quiz.posing import Posed, posed, posed_anew
from labs.grading.quiz.proof import doubts_about
from labs.grading.quiz.reading import Question, read_questions
from labs.grading.toml_table import Table

SAMPLES = {
    question.slug: question
    for question in read_questions(
        (Path(__file__).parent / "samples.toml").read_text(), "samples.toml"
    )
}


def asked(slug: str, seed: int = 1) -> Posed:
    return posed(SAMPLES[slug], seed)


def keys(one: Posed) -> dict[str, str]:
    """What is shown → by which key it is chosen."""
    return {part.text: part.key for part in one.shown.parts}


def judged(slug: str, **form: str | list[str]) -> Judgement:
    body = asked(slug).body
    fields = {
        name.replace("_", "-"): [value] if isinstance(value, str) else value
        for name, value in form.items()
    }
    return body.judge(body.given(fields))


def chosen(slug: str, *texts: str) -> Judgement:
    named = keys(asked(slug))
    return judged(slug, chosen=[named[text] for text in texts])


def reasons(judgement: Judgement) -> list[str]:
    return [remark.reason for remark in judgement.remarks if not remark.is_right]


@pytest.mark.parametrize("question", SAMPLES.values(), ids=lambda question: question.slug)
def test_each_sample_is_fair(question: Question) -> None:
    assert doubts_about(question) == ()


def test_one_option_is_right_and_each_wrong_one_says_why() -> None:
    assert chosen("two-allows-one-deny", "No.").score == 1
    wrong = chosen("two-allows-one-deny", "Yes: two statements allow it, and only one denies it.")
    assert wrong.score == 0
    assert wrong.codes == ("deny-ignored",)
    picked = [remark for remark in wrong.remarks if remark.is_chosen]
    assert [remark.reason for remark in picked] == [
        "Statements are not counted; one Deny that matches ends the question."
    ]


def test_of_several_a_wrong_one_takes_a_right_one_away() -> None:
    rule, route = "No inbound rule for the port.", "The subnet has no route to an internet gateway."
    server = "The web server is not started."
    assert chosen("causes-of-a-time-out", rule, route).score == 1
    assert chosen("causes-of-a-time-out", rule).score == 0.5
    assert chosen("causes-of-a-time-out", rule, route, server).score == 0.5
    assert chosen("causes-of-a-time-out", rule, server).score == 0
    assert chosen("causes-of-a-time-out", server).score == 0, "never less than nothing"


def test_each_item_counts_and_a_wrong_box_says_why_not() -> None:
    one = asked("whose-role-is-it")
    item, box = keys(one), {part.text: part.key for part in one.shown.boxes}
    form = {
        f"box-{item['pull the image from ECR']}": [box["task role"]],
        f"box-{item['read pictures from S3 in the application' + chr(39) + 's code']}": [
            box["task role"]
        ],
        f"box-{item['write what the container prints into CloudWatch Logs']}": [
            box["instance profile"]
        ],
    }
    judgement = one.body.judge(one.body.given(form))
    assert judgement.score == pytest.approx(2 / 3)
    assert reasons(judgement) == ["The container does not run yet."]
    assert judgement.codes == ("wrong-role",)


def test_an_item_without_a_box_is_no_answer_yet() -> None:
    one = asked("whose-role-is-it")
    with pytest.raises(AnswerError, match="Choose a box"):
        one.body.given({})


def order(*numbers: int) -> float:
    """Of the steps as they are right, with these numbers."""
    body = asked("life-of-a-call").body
    form = {
        f"place-{part.key}": [str(number)]
        for part, number in zip(body.shown.parts, numbers, strict=True)
    }
    return body.judge(body.given(form)).score


def test_an_order_is_credited_by_pairs() -> None:
    assert order(1, 2, 3, 4) == 1
    assert order(1, 2, 4, 3) == 1, "of these two either may be first"
    assert order(2, 1, 3, 4) == pytest.approx(4 / 5)
    assert order(4, 3, 2, 1) == 0


def test_a_step_in_its_right_place_is_not_called_wrong() -> None:
    body = asked("life-of-a-call").body
    keys = [part.key for part in body.shown.parts]
    turned = body.judge({"order": [keys[2], keys[1], keys[0], keys[3]]})
    assert all(remark.is_right or remark.given != remark.right for remark in turned.remarks)


def test_two_steps_of_the_same_number_are_no_order() -> None:
    with pytest.raises(AnswerError, match="number of its own"):
        order(1, 1, 2, 3)


def test_a_number_is_worked_out_from_what_was_drawn() -> None:
    for seed in range(20):
        one = asked("hosts-of-a-subnet", seed)
        prefix = int(one.drawn["prefix"])
        assert f"/{prefix}`" in one.text
        assert one.body.judge({"typed": str(2 ** (32 - prefix) - 5)}).score == 1
        wrong = one.body.judge({"typed": str(2 ** (32 - prefix))})
        assert reasons(wrong) == [f"The block has {2 ** (32 - prefix)} addresses; AWS keeps five."]


def test_the_next_time_other_values_are_drawn() -> None:
    before = asked("hosts-of-a-subnet", 3)
    assert all(
        posed_anew(before.question, seed, before.drawn).drawn != before.drawn for seed in range(50)
    )


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("65", 1), ("60", 1), ("62.5 s", 1), ("65 seconds", 1), ("65.", 1), (" 65,0 ", 1),
        ("59", 0), ("66", 0), ("-65", 0), ("150", 0), ("65000", 0),
    ],
)  # fmt: skip
def test_a_number_may_be_written_as_one_does(text: str, score: float) -> None:
    assert judged("seconds-until-unhealthy", typed=text).score == score


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5,9", {"5.9"}), ("1,5", {"1.5"}), (",5", {"0.5"}), (".5", {"0.5"}), ("0,25", {"0.25"}),
        ("0.250", {"0.25"}), ("1.200", {"1.2", "1200"}), ("1,200", {"1.2", "1200"}),
        ("1.200,50", {"1200.5"}), ("1,200.50", {"1200.5"}), ("1.234.567,8", {"1234567.8"}),
        ("1.200.000", {"1200000"}), ("1 200", {"1200"}), ("1'200", {"1200"}),
        ("-5", {"-5"}), ("\u22125", {"-5"}), ("\u20135", {"-5"}), ("\uff0d\uff15", {"-5"}),
        ("+5", {"5"}), ("5\u200b", {"5"}), ("$ 3.20", {"3.2"}), ("1,2,3", set()),
        ("12,34.5", set()), ("1.2.3,4", set()),
    ],
)  # fmt: skip
def test_a_number_means_what_it_can_mean(text: str, numbers: set[str]) -> None:
    assert readings(text, "") == {Fraction(number) for number in numbers}


@pytest.mark.parametrize("text", ["", "many", "65 minutes", "6 5x", "1e9", "½", "--5"])
def test_what_is_no_number_is_no_answer_yet(text: str) -> None:
    with pytest.raises(AnswerError):
        judged("seconds-until-unhealthy", typed=text)


@pytest.mark.parametrize(
    "text", ["eu-west-2", " EU-West-2 ", '"eu-west-2".', "`eu-west-2`", "eu–west–2"]
)
def test_a_name_is_compared_without_what_is_typed_around_it(text: str) -> None:
    assert judged("name-of-the-region", typed=text).score == 1


@pytest.mark.parametrize(
    "text", ["aws --version", "aws \u2014version", "\u200baws --version", "\uff41ws --version"]
)
def test_what_a_telephone_makes_of_hyphens_is_hyphens(text: str) -> None:
    naming = read_naming(
        Table({"accept": ["aws --version"], "reason": "So.", "otherwise": "No."}, path="")
    )
    assert naming.judge({"typed": text}).score == 1
    assert naming.judge({"typed": "aws -version"}).score == 0


def test_another_name_says_what_it_is() -> None:
    assert reasons(judged("name-of-the-region", typed="europe (london)")) == [
        "That is its name in the console."
    ]
    assert reasons(judged("name-of-the-region", typed="us-east-1")) == ["Take the letter away."]


def test_only_lines_with_a_reason_can_be_marked() -> None:
    one = asked("line-of-the-principal")
    assert [part.key for part in one.shown.parts] == ["", "2", "3", "4", "5", ""]
    assert judged("line-of-the-principal", chosen="4").score == 1
    with pytest.raises(AnswerError, match="Choose an answer"):
        judged("line-of-the-principal", chosen="1")


def test_options_stand_in_another_order_for_another_seed() -> None:
    orders = {tuple(keys(asked("two-allows-one-deny", seed))) for seed in range(30)}
    assert len(orders) > 10


def test_steps_are_never_shown_in_their_right_order() -> None:
    right = asked("life-of-a-call").body.shown.parts
    assert all(asked("life-of-a-call", seed).shown.parts != right for seed in range(300))


def test_the_same_seed_asks_the_same() -> None:
    assert asked("whose-role-is-it", 7).shown == asked("whose-role-is-it", 7).shown
