"""Bash Reference Manual: Quoting, Shell Expansions, Here Documents."""

from __future__ import annotations

import pytest

from tests.labs.grading.first_boot.scripts import INDEX, NAME, page_of, said_by, statuses, troubles


@pytest.mark.parametrize(
    ("command", "printed"),
    [
        ('echo "I am $(hostname -f)."', f"I am {NAME}."),
        ("echo 'I am $(hostname -f).'", "I am $(hostname -f)."),
        ("echo I am `hostname`", f"I am {NAME}"),
        ('echo "\\$(hostname)" \\$HOME', "$(hostname) $HOME"),
        ('echo "a   b"   c', "a   b c"),
        ('A=x; B=y; echo "$A $B  ${A} $(echo z) `echo z`"', "x y  x z z"),
        ('echo "${HOSTNAME}!" ${NOBODY:-none}', f"{NAME}! none"),
        ("echo a'b'\"c\"\\ d", "abc d"),
        ("echo -n a", "a"),
        ("echo -e 'a\\nb'", "a\nb"),
        ("printf '<%s>\\n' a b", "<a>\n<b>"),
        ('cat <<< "$(whoami)"', "root"),
        ("echo ~ ~/x ~ec2-user", "/root /root/x /home/ec2-user"),
        ('echo "~"', "~"),
        ("echo $(echo a; echo b)", "a b"),
        ('echo "$(echo a; echo b)"', "a\nb"),
    ],
)
def test_words_become_what_bash_makes_of_them(command: str, printed: str) -> None:
    assert said_by(command).rstrip("\n") == printed


@pytest.mark.parametrize(
    ("word", "shown"),
    [("EOF", f"I am {NAME}, $5\n"), ("'EOF'", "I am $(hostname -f), \\$5\n")],
)
def test_a_heredoc_is_filled_in_unless_its_word_is_quoted(word: str, shown: str) -> None:
    assert page_of(f"cat <<{word} > {INDEX}\nI am $(hostname -f), \\$5\nEOF\n") == shown


def test_a_heredoc_keeps_blanks_and_loses_tabs_only_if_asked() -> None:
    assert page_of(f"cat > {INDEX} <<EOF\n  a\n\n\tb\nEOF\n") == "  a\n\n\tb\n"
    assert page_of(f"cat > {INDEX} <<-EOF\n\ta\n\t\tb $HOSTNAME\n\tEOF\n") == f"a\nb {NAME}\n"


def test_a_heredoc_is_filled_in_where_a_line_begins_with_blanks_and_in_backticks() -> None:
    lines = (
        "A=x\ncat > {} <<EOF\n  $A $A\n  $(echo b)\n<p>`echo c`</p> `echo d` \\`\n\t${{A}}\nEOF\n"
    )
    assert page_of(lines.format(INDEX)) == "  x x\n  b\n<p>c</p> d `\n\tx\n"


def test_variables_are_split_where_they_are_not_quoted() -> None:
    assert page_of(f'A="x  y"\necho $A "$A" a$A > {INDEX}\n') == "x y x  y ax y\n"


def test_a_star_stands_for_the_names_in_a_directory() -> None:
    lines = f"cd /var/www/html\ntouch b.html a.html c.txt\necho *.html *.css > {INDEX}\n"
    assert page_of(lines) == "a.html b.html *.css\n"


def test_an_unset_variable_ends_the_script_under_set_u() -> None:
    assert troubles("set -u\necho $NOBODY\necho b\n") == ["unbound"]
    assert statuses("echo $NOBODY\necho b\n") == [0, 0]
