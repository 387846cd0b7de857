"""Headings of notes: text in, tree out."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.text import slugify as django_slugify

from lessons.outline import OutlineError, outline, plain_title, slugify


def tree(text: str) -> list[tuple[str, int, str]]:
    return [(heading.slug, heading.level, heading.parent) for heading in outline(text)]


def slugs(text: str) -> list[str]:
    return [heading.slug for heading in outline(text)]


def test_levels_that_jump_still_make_a_tree():
    text = "# One\n#### Deep\n## Two\n### Three\n# Four\n### Five"
    assert tree(text) == [
        ("one", 1, ""),
        ("deep", 4, "one"),
        ("two", 2, "one"),
        ("three", 3, "two"),
        ("four", 1, ""),
        ("five", 3, "four"),
    ]


def test_repeated_headings_are_numbered_in_order():
    assert slugs("# Fargate\n# Fargate 2\n# Fargate\n## Fargate") == [
        "fargate",
        "fargate-2",
        "fargate-3",
        "fargate-4",
    ]


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("**AWS Regions**  ", "AWS Regions"),
        ("**Fargate** 🏃‍♂️", "Fargate"),
        ("**EC2**:", "EC2"),
        ("**In this diagram:**", "In this diagram"),
        ("***Very* loud**", "Very loud"),
        ("`aws s3` and [docs](https://example.com)", "aws s3 and docs"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("snake_case_name", "snake_case_name"),
        ("SQS → Lambda", "SQS → Lambda"),
        ("🚀", "🚀"),
    ],
)
def test_titles_lose_marks_and_emoji(raw, title):
    assert plain_title(raw) == title


def test_emoji_are_kept_beside_the_title():
    (heading,) = outline("# **Use cases** 🧑‍💻")
    assert (heading.title, heading.emoji) == ("Use cases", "🧑‍💻")


@pytest.mark.parametrize(
    "title",
    [
        "What's an EBS Volume?",
        "What’s new",
        "SSL/TLS",
        "C++ & C#",
        "Größe",
        "a_b c",
        "--x--",
        "日本",
        "A - B",
    ],
)
def test_slugs_are_djangos(title):
    assert slugify(title) == django_slugify(title)


def test_a_title_without_latin_letters_gets_a_plain_slug():
    assert slugs("# 日本\n# 日本") == ["section", "section-2"]


@pytest.mark.parametrize(
    "fence",
    [
        "```bash\n# no heading\n```",
        "~~~\n# no\n```\n# no\n~~~",
        "````\n```\n# no\n```\n````",
        "```\n# never closed",
    ],
)
def test_a_hash_inside_a_fence_is_no_heading(fence):
    assert slugs(f"# One\n{fence}\n")[:1] == ["one"]
    assert len(slugs(f"# One\n{fence}\n")) == 1


def test_after_a_fence_headings_count_again():
    assert slugs("# One\n```\n# no\n```\n# Two") == ["one", "two"]


@pytest.mark.parametrize(
    "line", ["#no-space", "####### seven", "    # code", "text # mark", "\\# escaped"]
)
def test_lines_that_look_like_headings_but_are_none(line):
    assert slugs(f"# One\n{line}\n") == ["one"]


def test_underlined_lines_are_headings_and_rules_are_none():
    text = "Title\n=====\n\nPart\n---\n\ntext\nof two lines\n---\n\n- item\n---\n\n---\n"
    assert tree(text) == [("title", 1, ""), ("part", 2, "title")]


def test_text_below_a_heading_is_its_own_up_to_the_next():
    first, second = outline("lost\n# One\n\na\n\nb\n\n## Two ##\nc\r\n")
    assert (first.text, first.line) == ("a\n\nb", 2)
    assert (second.text, second.line, second.title) == ("c", 8, "Two")


def test_a_pin_fixes_the_address():
    (heading,) = outline("## **Renamed again** 🎈 {#policies}")
    assert (heading.slug, heading.title, heading.pinned) == ("policies", "Renamed again", True)


@pytest.mark.parametrize(("text", "line"), [("# One\n##\n", 2), (f"\n# {'x' * 201}", 2)])
def test_unusable_headings_are_errors_with_their_line(text, line):
    with pytest.raises(OutlineError) as caught:
        outline(text)
    assert caught.value.line == line


def test_the_real_notes_have_131_headings_with_addresses_of_their_own():
    headings = outline(Path("lessons/notes/aws/notes.md").read_text(encoding="utf-8"))
    assert len(headings) == len({heading.slug for heading in headings}) == 131
    assert [heading.slug for heading in headings if heading.title == "AWS Lambda"] == [
        "aws-lambda",
        "aws-lambda-2",
        "aws-lambda-3",
    ]
    assert [heading for heading in headings if "*" in heading.title or "#" in heading.title] == []
    assert max(len(heading.slug) for heading in headings) <= 120
