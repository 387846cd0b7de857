"""What is shown of a text."""

from __future__ import annotations

from lessons.searching.snippets import WIDTH, Snippet, snippet


def of(text: str, *words: str) -> Snippet:
    return snippet(text, lambda word: word in words)


def test_a_short_text_is_shown_whole_with_its_matches() -> None:
    assert of("All about Inbound rules.", "inbound") == (
        ("All about ", False),
        ("Inbound", True),
        (" rules.", False),
    )


def test_lines_are_joined() -> None:
    assert of("one\ntwo", "two") == (("one · ", False), ("two", True))


def test_the_place_with_most_different_words_is_shown() -> None:
    far = "needle " + "hay " * 100
    shown = of(f"{far} a needle with a thread {'hay ' * 100}", "needle", "thread")
    assert [text for text, is_match in shown if is_match] == ["needle", "thread"]
    assert (shown[0], shown[-1]) == (("… ", False), (" …", False))
    assert sum(len(text.split()) for text, _is_match in shown) <= WIDTH + 2


def test_without_a_match_it_is_the_beginning() -> None:
    assert of("hay " * 100)[0][0].startswith("hay hay")


def test_nothing_is_shown_of_nothing() -> None:
    assert of("", "needle") == ()
    assert of("?!", "needle") == ()


def test_a_text_of_matches_alone_takes_no_longer() -> None:
    """Places are compared with each other: so only so many of them."""
    shown = of("needle " * 100_000, "needle")
    assert [text for text, is_match in shown if is_match] == ["needle"] * WIDTH
