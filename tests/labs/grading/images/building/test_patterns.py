"""Docker documentation, Build context: ".dockerignore files", the tables of examples."""

from __future__ import annotations

import pytest

from labs.grading.images.building.patterns import is_ignored


@pytest.mark.parametrize(
    ("lines", "path", "ignored"),
    [
        (["*/temp*"], "somedir/temporary.txt", True),
        (["*/temp*"], "somedir/temp/x", True),
        (["*/temp*"], "temporary.txt", False),
        (["*/*/temp*"], "somedir/subdir/temporary.txt", True),
        (["temp?"], "tempa", True),
        (["temp?"], "temp", False),
        (["**/*.go"], "a/b/c.go", True),
        (["**/*.go"], "c.go", True),
        (["*.md", "!README.md"], "README.md", False),
        (["*.md", "!README*.md", "README-secret.md"], "README-secret.md", True),
        (["*.md", "README-secret.md", "!README*.md"], "README-secret.md", False),
        (["/foo/bar/"], "foo/bar/x", True),
        (["[a-c].txt"], "b.txt", True),
        (["[a-c].txt"], "d.txt", False),
    ],
)
def test_the_last_line_that_fits_decides(lines: list[str], path: str, ignored: bool) -> None:
    assert is_ignored(path, lines) == ignored
