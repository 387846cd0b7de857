"""Bash Reference Manual, *Quoting*, *Simple Commands*, *Here Documents*: as far as they are known
here."""

from __future__ import annotations

import pytest

from labs.grading.cli.shell.reader import MAX_COMMANDS, read_script
from labs.grading.cli.shell.script import Document, Substitution, Variable
from labs.grading.errors import AnswerError


def words(text: str) -> list[list[str]]:
    return [[word.plain for word in command.words] for command in read_script(text).commands]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aws s3 ls", [["aws", "s3", "ls"]]),
        ("aws   s3\t ls  # who?", [["aws", "s3", "ls"]]),
        ("aws s3 \\\n  ls", [["aws", "s3", "ls"]]),
        ("aws s3 ls; aws s3 ls\n\naws x", [["aws", "s3", "ls"], ["aws", "s3", "ls"], ["aws", "x"]]),
        ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
        ("a --q='x[?y==`z`]'", [["a", "--q=x[?y==`z`]"]]),
        ('a "say \\"hi\\" \\n"', [["a", 'say "hi" \\n']]),
        ("a ''", [["a", ""]]),
        ("a {b:c} d={e=[{f=${g}}]} {}", [["a", "{b:c}", "d={e=[{f=}]}", "{}"]]),
        ("a b={'c=d,e=f'} {\"g,h\"} {i\\,j}", [["a", "b={c=d,e=f}", "{g,h}", "{i,j}"]]),
        ("a b#c", [["a", "b#c"]]),
        ("\ufeffa\r\nb\r\n", [["a"], ["b"]]),
        ("# nothing\n\n", []),
    ],
)
def test_words_are_those_of_a_shell(text: str, expected: list[list[str]]) -> None:
    assert words(text) == expected


def test_the_number_in_a_comment_labels_what_stands_below() -> None:
    commands = read_script("a\n# 1\nb\nc\n# question 2: why?\nd").commands
    assert [command.label for command in commands] == ["", "1", "1", "2"]


def test_lines_up_to_the_word_belong_to_the_command() -> None:
    first, second = read_script("cat > ~/.aws/config <<'EOF'\n[a]\nb = $C\nEOF\naws x").commands
    assert first.document == Document("EOF", True, ("[a]", "b = $C"))
    assert first.redirect is not None
    assert first.redirect.path.plain == "~/.aws/config"
    assert second.words[0].plain == "aws"


def test_a_variable_in_front_holds_for_one_command() -> None:
    one, two = read_script("AWS_REGION=x aws y\nA=$B").commands
    assert (one.assignments[0].name, len(one.words)) == ("AWS_REGION", 2)
    assert two.assignments[0].value.parts == (Variable("B", quoted=False),)
    assert not two.words


def test_what_a_command_prints_can_be_a_part_of_a_word() -> None:
    (command,) = read_script('X="id-$(aws iam x)"').commands
    part = command.assignments[0].value.parts[-1]
    assert isinstance(part, Substitution)
    assert part.quoted
    assert [word.plain for word in part.commands[0].words] == ["aws", "iam", "x"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("aws x | grep y", 1, 7, "A pipe has no place here"),
        ("a\naws --query Users[?a=='b']|x", 2, 27, "A pipe"),
        ("aws --query length(x)", 1, 19, "parenthesis outside of quotes"),
        ("aws --query {a:b,c:d}", 1, 13, "brace outside of quotes"),
        ("aws --query [{a:{b,c}}]", 1, 14, "brace outside of quotes"),
        ("aws x{1..3}", 1, 6, "brace outside of quotes"),
        ("aws {a b}", 1, 5, "brace outside of quotes"),
        ("aws a}", 1, 6, "brace outside of quotes"),
        ('aws --query "a[?b==`c`]"', 1, 20, "single quotes"),
        ("aws 'x", 1, 5, "not closed"),
        ('aws "x\ny', 1, 5, "not closed"),
        ("aws “x”", 1, 5, "straight quotation marks"),
        ("aws x\n$ aws y", 2, 1, "prompt: leave it out"),
        ("printf x > f", 1, 1, "no printf here"),
        ("X=`aws y`", 1, 3, r"Write \$\(…\)"),
        ("X=$(aws y", 1, 9, "not closed"),
        ("X=$(a $(b))", 1, 7, "inside another"),
        ("cat > f <<EOF\nx\n", 1, 9, "write EOF alone"),
        ("cat < f", 1, 5, "Only <<EOF"),
        ("aws ${x", 1, 5, r"only \$NAME"),
        ("aws &", 1, 5, "background"),
        ("aws )", 1, 5, "parenthesis"),
        ("a\n" * (MAX_COMMANDS + 1), MAX_COMMANDS + 1, 1, "More than 80"),
    ],
)
def test_what_is_not_known_is_refused_with_its_place(
    text: str, line: int, column: int, message: str
) -> None:
    with pytest.raises(AnswerError, match=message) as caught:
        read_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)
