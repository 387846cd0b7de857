"""Dockerfile reference, COPY."""

from __future__ import annotations

import pytest

from labs.grading.images.building.stopped import Stopped
from tests.labs.grading.images.worlds import image_of, on, paths_of

PAGES = ["/app/index.html", "/app/style.css"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("COPY pages /app", PAGES),
        ("COPY pages/ /app/", PAGES),
        ("COPY pages/* /app/", PAGES),
        ("COPY ./pages/. /app", PAGES),
        ("COPY ../pages /app", PAGES),
        ('COPY ["pages", "/app"]', PAGES),
        ("COPY server.py /app", ["/app"]),
        ("COPY server.py /app/", ["/app/server.py"]),
        ("WORKDIR /app\nCOPY server.py .", ["/app/server.py"]),
        ("WORKDIR /app\nCOPY server.py /app", ["/app/server.py"]),
        ("WORKDIR /a\nWORKDIR b\nCOPY server.py ./", ["/a/b/server.py"]),
        ("COPY s*.py requirements.txt /x/", ["/x/requirements.txt", "/x/server.py"]),
        ("COPY nothing*.py requirements.txt /x/", ["/x/requirements.txt"]),
        ("COPY server.py main.py", ["/main.py"]),
        ("COPY <<EOF /app/note\nhello\nEOF", ["/app/note"]),
        ("ENV WHERE=/app\nCOPY server.py $WHERE/", ["/app/server.py"]),
    ],
)
def test_where_files_go(line: str, expected: list[str]) -> None:
    assert paths_of(line) == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("COPY nothing.py /app/", "docker.no-file"),
        ("COPY server.py requirements.txt /app", "docker.stopped"),
        ("COPY server.py", "docker.stopped"),
        ("COPY --from=nobody /a /b", "docker.no-image"),
        ("COPY --chown=web server.py /app/", "docker.no-user"),
        ("COPY . . \nRUN cat nothing", "docker.no-file"),
    ],
)
def test_what_ends_the_build(line: str, code: str) -> None:
    with pytest.raises(Stopped) as caught:
        image_of(on(line))
    assert caught.value.code == code


def test_what_a_wildcard_finds_goes_into_a_directory_that_ends_in_a_slash() -> None:
    # "either directly or due to the use of a wildcard, then <dest> must be a directory, and it must
    # end with a slash /"
    with pytest.raises(Stopped):
        image_of(on("COPY pages/* /app"))
    assert paths_of("COPY pages/i* /app") == ["/app"]


def test_what_is_ignored_is_not_there() -> None:
    assert paths_of("COPY pages /app", ignored=("**/*.css",)) == PAGES[:1]
    with pytest.raises(Stopped):
        image_of(on("COPY server.py /"), ignored=("*.py",))


def test_files_belong_to_root_unless_it_is_said() -> None:
    # "All files and directories copied from the build context are created with a default UID and
    # GID of 0 unless the optional --chown flag specifies"
    image = image_of(on("USER 7\nCOPY server.py /a\nCOPY --chown=7:7 server.py /b"))
    assert image.stage.tree.files["/a"].owner == "root"
    assert image.stage.tree.files["/b"].owner == "7"
