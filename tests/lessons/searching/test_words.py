"""What counts as a word, and which words are forms of one."""

from __future__ import annotations

import pytest

from lessons.searching.words import WORD_LENGTH, WORDS, stem, words_in, words_of


def test_a_question_is_its_words_without_the_commonest() -> None:
    asked = "How do I configure the learner's buckets?"
    assert words_of(asked) == ["configure", "learner", "buckets"]
    assert words_of("what is it") == []


def test_names_fall_apart_at_their_marks_alone() -> None:
    assert words_of("iam:PassRole, t2.micro /26") == ["iam", "passrole", "t2", "micro", "26"]


def test_a_name_of_several_words_is_told_with_its_words() -> None:
    assert list(words_in("s3:GetObject ARNs")) == [
        ("s3", ()),
        ("getobject", ("get", "object")),
        ("arns", ("ar", "ns")),
    ]


def test_case_and_accents_do_not_matter() -> None:
    assert words_of("CAFÉ cafe\u0301 Straße") == ["cafe", "cafe", "strasse"]


def test_a_question_of_any_length_is_few_short_words() -> None:
    words = words_of("bucket " * 2_000 + "x" * 10_000)
    assert len(words) == WORDS
    assert words_of("x" * 10_000) == ["x" * WORD_LENGTH]


@pytest.mark.parametrize(
    "forms",
    [
        ("policy", "policies"),
        ("configure", "configures", "configuring", "configured"),
        ("bucket", "buckets"),
        ("balance", "balancing", "balancer", "balancers"),
        ("subnet", "subnets", "subnetting"),
        ("cost", "costs"),
        ("address", "addresses"),
    ],
    ids=lambda forms: forms[0],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert {stem(word) for word in forms} == {stem(forms[0])}


@pytest.mark.parametrize(
    ("one", "other"), [("passrole", "passed"), ("role", "roll"), ("nat", "native"), ("s3", "s")]
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("name", ["s3", "t2", "10", "ec2", "iam"])
def test_names_have_no_forms(name: str) -> None:
    assert stem(name) == name
