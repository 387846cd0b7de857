from __future__ import annotations

import pytest

from labs.grading.errors import AnswerError
from labs.grading.first_boot.shell.reading import MAX_LINE, MAX_LINES, read_script
from labs.grading.first_boot.shell.script import AndOr, Command, Pipeline


def only(line: str) -> object:
    (found,) = read_script(f"#!/bin/bash\n{line}\n").body.statements
    return found


def test_a_command_keeps_its_place_and_its_text_in_one_line() -> None:
    found = only("  echo 'ä' \\\n   b > /x")
    assert isinstance(found, Command)
    assert (found.at, found.source) == ((2, 3), "echo 'ä' \\ b > /x")


def test_columns_count_characters_and_not_bytes() -> None:
    with pytest.raises(AnswerError) as error:
        only("echo 'äöü'; while x; do y; done")
    assert (error.value.line, error.value.column) == (2, 13)


def test_windows_line_ends_are_read_as_cloud_init_reads_them() -> None:
    windows = read_script("#!/bin/bash\r\necho a\r\n")
    assert windows.interpreter == ("/bin/bash",)
    assert windows.body == read_script("#!/bin/bash\necho a\n").body


@pytest.mark.parametrize(
    ("text", "interpreter", "late"),
    [
        ("#!/bin/bash -xe\n", ("/bin/bash", "-xe"), 0),
        ("#! /bin/sh\n", ("/bin/sh",), 0),
        ("\n#!/bin/bash\n", (), 2),
        ("# a\n  #!/bin/bash\n", (), 2),
        ("echo a\n", (), 0),
    ],
)
def test_the_first_line_says_which_program_reads_the_rest(
    text: str, interpreter: tuple[str, ...], late: int
) -> None:
    found = read_script(text)
    assert (found.interpreter, found.late) == (interpreter, late)


@pytest.mark.parametrize("line", ["echo “a $(id)” > /x", "echo b; echo ‘a’", "A=$(echo „a”)"])
def test_quotation_marks_of_a_text_program_are_named(line: str) -> None:
    with pytest.raises(AnswerError, match="is no quotation mark for bash"):
        only(line)
    assert only("echo \"“a” it’s\" 'b’s' it’s")


def test_a_heredoc_whose_end_is_indented_is_refused_where_it_begins() -> None:
    with pytest.raises(AnswerError, match="ends the heredoc") as error:
        only("cat > /x <<EOF\na $A $B\n  EOF\necho ok > /y")
    assert error.value.line == 2


def test_what_follows_a_heredoc_in_its_line_belongs_to_the_command() -> None:
    piped, chained = read_script(
        "#!/bin/bash\ncat <<EOF | tee /x\na\nEOF\ncat <<EOF > /y && echo b\na\nEOF\n"
    ).body.statements
    assert isinstance(piped, Pipeline)
    assert len(piped.parts) == 2
    assert isinstance(chained, AndOr)
    assert isinstance(chained.left, Command)
    assert [one.operator for one in chained.left.redirects] == [">", "<<"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("f() if a; then b; fi", "does not model “f()"),
        ("while true; do x; done", "It models commands in order"),
        ("case a in a) b;; esac", "It models commands in order"),
        ("echo $((1 + 2))", "“$((1 + 2))”"),
        ("echo {a,b}", "“{a,b}”"),
        ("A=(1 2)", "“(1 2)”"),
        ("A+=b", "“A+=b”"),
        ("echo ${A##x}", "“${A##x}”"),
        ("diff <(a) b", "“<(a)”"),
        ("echo a 3> /x", "models the redirects"),
    ],
)
def test_what_is_not_modelled_is_refused_politely(line: str, words: str) -> None:
    with pytest.raises(AnswerError) as error:
        only(line)
    assert words in error.value.message
    assert error.value.line == 2


@pytest.mark.parametrize("line", ['echo "a', "(a", "if x", "a | | b", "echo 'a"])
def test_what_bash_cannot_read_is_unreadable(line: str) -> None:
    with pytest.raises(AnswerError, match="Bash cannot read this"):
        only(line)


def test_a_heredoc_without_its_end_is_shown_where_it_begins() -> None:
    with pytest.raises(AnswerError, match="The word that ends the heredoc") as error:
        read_script("#!/bin/bash\necho a\ncat <<EOF > /x\nb\n")
    assert error.value.line == 3


@pytest.mark.parametrize(("end", "line"), [(" EOF", 4), ("\tEOF", 4)])
def test_blanks_before_the_end_of_a_heredoc_are_told(end: str, line: int) -> None:
    with pytest.raises(AnswerError, match="The word that ends the heredoc") as error:
        read_script(f"#!/bin/bash\ncat <<EOF > /x\nb\n{end}\n")
    assert error.value.line == line


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (MAX_LINES + 1),
        "a" * (MAX_LINE + 1),
        "(" * 60 + "a" + ")" * 60,
        "echo " + "$(\n" * 300,
        "(\n" * 60 + "a\n" + ")\n" * 60,
        "if a\nthen\n" * 60 + "b\n" + "fi\n" * 60,
    ],
)
def test_texts_that_no_script_needs_are_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        read_script("#!/bin/bash\n" + text)


@pytest.mark.parametrize(
    "text",
    [
        "#cloud-config\npackages:\n  - httpd\n",
        "#cloud-boothook\n#!/bin/bash\n",
        "Content-Type: multipart/mixed; boundary=x\n",
        "\ufeff#include\nhttp://example.com\n",
    ],
)
def test_what_cloud_init_takes_besides_scripts_is_not_called_wrong(text: str) -> None:
    """EC2 User Guide: Run commands when you launch an EC2 instance, "cloud-init directives"."""
    with pytest.raises(AnswerError, match="is right as well") as error:
        read_script(text)
    assert "no mistake of yours: your answer was not judged" in error.value.message
    assert error.value.line == 1
