"""Lists of people as they really come: from spreadsheets, mail programs, and from somebody who
means harm."""

from __future__ import annotations

from contextlib import suppress

import pytest

from portal.cohorts.roster import LARGEST, MOST_LINES, RosterError, decode, read
from tests.effort import effort


def people(text: str) -> list[tuple[str, str]]:
    return [(line.email, line.name) for line in read(text) if not line.wrong]


def wrong(text: str) -> dict[int, str]:
    return {line.number: line.wrong for line in read(text) if line.wrong}


@pytest.mark.parametrize(
    "text",
    [
        "mia@example.com,Mia Miller\nsam@example.com,Sam Santos",
        "email,name\nmia@example.com,Mia Miller\nsam@example.com,Sam Santos\n",
        "Name;E-Mail;Group\nMia Miller;mia@example.com;A\nSam Santos;sam@example.com;B",
        "mia@example.com\tMia Miller\r\n\r\nsam@example.com\tSam Santos\r\n",
        '"mia@example.com", "Mia Miller"\n"sam@example.com", "Sam Santos"',
        "Mia Miller <mia@example.com>\nSam Santos <SAM@example.com>",
    ],
)
def test_a_list_is_read_however_it_was_made(text: str) -> None:
    assert people(text) == [("mia@example.com", "Mia Miller"), ("sam@example.com", "Sam Santos")]


def test_names_may_be_missing() -> None:
    assert people("mia@example.com\nsam@example.com") == [
        ("mia@example.com", ""),
        ("sam@example.com", ""),
    ]


def test_each_wrong_line_says_what_is_wrong_with_it() -> None:
    text = "email,name\nmia@example.com,Mia\n\nnobody,No\nMIA@example.com,Mia\nx@y.z," + "n" * 81
    assert wrong(text) == {
        4: "this is not an e-mail address",
        5: "stands in line 2 already",
        6: "the name is longer than 80 characters",
    }


def test_an_address_that_no_mail_server_would_take_is_said_in_its_line() -> None:
    """Longer ones are still addresses to Django, and no column has room for them."""
    fits, too_long = (f"a@{'b' * 62}.{'c' * 62}.{'d' * 62}.{'e' * most}.org" for most in (59, 60))
    assert (len(fits), len(too_long)) == (254, 255)
    assert wrong(f"{fits}\n{too_long}") == {2: "the address is longer than 254 characters"}


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(1)", '"=HYPERLINK(""http://x"")"']
)
def test_formulas_of_a_spreadsheet_are_refused(cell: str) -> None:
    assert wrong(f"mia@example.com,{cell}") == {1: "begins like a formula of a spreadsheet"}


def test_an_address_that_is_a_formula_is_refused() -> None:
    assert wrong("=mia@example.com") == {1: "begins like a formula of a spreadsheet"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_save_is_decoded(encoding: str) -> None:
    assert decode("jürgen@example.com,Jürgen".encode(encoding)).endswith(",Jürgen")


@pytest.mark.parametrize(
    "data", ["Jürgen".encode("cp1252"), b"\xff\xfeodd", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_another_encoding_is_said_and_not_guessed(data: bytes) -> None:
    with pytest.raises(RosterError, match="UTF-8"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a@example.com\n" * (MOST_LINES + 1), "lines"),
        ("x" * (LARGEST + 1), "longer"),
        ("é" * (LARGEST // 2 + 1), "longer"),
        ("a@example.com\x00", "no text"),
        ("\x1b[2Ja@example.com", "no text"),
        ('"' + "x" * 140_000, "not CSV"),
    ],
)
def test_what_cannot_be_a_list_is_refused_as_a_whole(text: str, said: str) -> None:
    with pytest.raises(RosterError, match=said):
        read(text)


def test_a_file_is_measured_before_it_is_read() -> None:
    with pytest.raises(RosterError, match="larger"):
        decode(b"\xff" * (LARGEST + 1))


def test_nothing_is_an_empty_list() -> None:
    assert read("") == read("\n \n,,\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"l{n}@example.com,Learner {n}\n" for n in range(MOST_LINES)),
        ",".join("a" for _ in range(90_000)),
        "<" * 190_000,
        "a" * 100_000 + "@" + "b" * 90_000,
        "\n".join(["a@" + "b." * 90] * MOST_LINES),
    ],
)
def test_the_largest_list_is_read_in_a_moment(text: str) -> None:
    def work() -> None:
        with suppress(RosterError):
            read(text)

    assert effort(work, enough=20) <= 20
