"""Dockerfile reference: "Format", "Parser directives", "Here-Documents", "Shell and exec form"."""

from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError
from labs.grading.images.language.reading import read_dockerfile


def test_lines_go_on_and_comments_between_them_are_left_out() -> None:
    # "Comment lines are removed before the Dockerfile instructions are executed"
    file = read_dockerfile("FROM scratch\nRUN echo hello \\\n# comment\n\n  && echo world")
    assert file.instructions[1].text == "RUN echo hello && echo world"
    assert [one.words[1] for one in file.instructions[1].commands] == ["hello", "world"]


def test_the_sign_that_goes_on_can_be_another() -> None:
    # "escape": the example for Windows
    file = read_dockerfile("# escape=`\n\nFROM scratch\nCOPY testfile.txt c:\\\nRUN echo a `\n  b")
    assert [one.name for one in file.instructions] == ["FROM", "COPY", "RUN"]
    assert file.instructions[1].rest == "testfile.txt c:\\"
    assert file.escape == "`"


def test_a_directive_below_a_comment_is_a_comment() -> None:
    assert read_dockerfile("# about\n# escape=`\nFROM scratch").escape == "\\"


def test_a_directive_stands_there_once() -> None:
    with pytest.raises(AnswerError, match="twice"):
        read_dockerfile("# escape=`\n# escape=\\\nFROM scratch")


def test_the_body_of_a_here_document_is_no_instruction() -> None:
    text = "FROM scratch\nRUN <<EOF\nmkdir -p /a\nUSER root\nEOF\nUSER 1000"
    file = read_dockerfile(text.replace("USER root", "echo USER root"))
    assert [one.name for one in file.instructions] == ["FROM", "RUN", "USER"]
    assert [one.words[0] for one in file.instructions[1].commands] == ["mkdir", "echo"]


def test_tabs_before_a_here_document_are_left_out_with_a_hyphen() -> None:
    file = read_dockerfile("FROM scratch\nCOPY <<-EOF /a\n\thello\n\tEOF")
    assert file.instructions[1].heredocs[0].body == "hello"


def test_a_list_needs_double_quotes() -> None:
    # "The exec form is parsed as a JSON array, which means that you must use double-quotes"
    first, second = read_dockerfile("FROM a\nCMD [\"a\", \"b\"]\nCMD ['a', 'b']").instructions[1:]
    assert first.listed == ("a", "b")
    assert second.listed is None


def test_flags_stand_before_the_rest() -> None:
    one = read_dockerfile("FROM a\nCOPY --from=b --chown=1:1 --link x y").instructions[1]
    assert (one.flag("from"), one.flag("chown"), one.rest) == ("b", "1:1", "x y")


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "begins with FROM", 1),
        ("RUN ls\nFROM a", "only ARG", 1),
        ("FROM a\nCOPPY x y", "Did you mean COPY", 2),
        ("FROM a\nRUN <<EOF\nls", "Nothing ends <<EOF", 2),
        ("FROM a\nRUN if true; then ls; fi", "plain commands", 2),
        ("FROM a\nRUN ls (", "plain commands", 2),
        ("FROM a\nUSER", "says nothing", 2),
        ("FROM a\nONBUILD RUN ls", "not read here", 2),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, words: str, line: int) -> None:
    with pytest.raises(AnswerError) as caught:
        read_dockerfile(text)
    assert words in caught.value.message
    assert caught.value.line == line
