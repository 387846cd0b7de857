"""Docker documentation: "Build cache invalidation", "Multi-stage builds", "Build secrets";
Dockerfile reference, ARG, ENV, USER, RUN --mount."""

from __future__ import annotations

import pytest

from labs.grading.images.building.stopped import Stopped
from tests.labs.grading.images.worlds import WORLD, image_of, on

EDITED = frozenset({"server.py"})
FIRST = "WORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . ."
CODE_FIRST = "WORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt"


def anew(text: str) -> list[str]:
    """The names of the instructions that are done again after an edit."""
    known = {one.key for one in image_of(text).layers}
    found = image_of(text, edited=EDITED).layers
    return [one.text.partition(" ")[0] for one in found if one.key not in known]


def test_from_the_first_change_on_all_is_built_anew() -> None:
    assert anew(on(FIRST)) == ["COPY"]
    assert anew(on(CODE_FIRST)) == ["COPY", "RUN"]


def test_what_is_not_copied_changes_nothing() -> None:
    assert anew(on("COPY requirements.txt /\nRUN pip install -r /requirements.txt")) == []


def test_another_stage_is_followed_by_its_content() -> None:
    begin = "FROM python:3.13-slim AS a\nCOPY . /a/\n"
    assert anew(f"{begin}FROM alpine:3.22\nCOPY --from=a /a/requirements.txt /") == ["COPY"]
    assert anew(f"{begin}FROM alpine:3.22\nCOPY --from=a /a/server.py /") == ["COPY", "COPY"]


def test_a_stage_that_nobody_needs_is_not_built() -> None:
    text = "FROM nothing:1 AS a\nFROM python:3.13-slim\nCOPY server.py /"
    assert len(image_of(text).layers) == 1


def test_a_bound_file_is_part_of_the_key_and_of_no_layer() -> None:
    mount = "--mount=type=bind,source=server.py,target=/x/server.py"
    text = on(f"RUN {mount} cat /x/server.py")
    assert anew(text) == ["RUN"]
    assert image_of(text).stage.tree.files == {}


def test_what_a_later_layer_deletes_keeps_its_size() -> None:
    base = image_of(on("ENV A=b")).stage.size
    once = image_of(on("RUN apt-get update && rm -rf /var/lib/apt/lists/*")).stage.size
    later = image_of(on("RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*")).stage.size
    assert (once - base, later - base) == (0, 20_000)


def test_chown_writes_the_files_again() -> None:
    text = on("COPY server.py /a/\nRUN useradd web && chown -R web /a")
    assert [one.size for one in image_of(text).layers] == [10, 10]


def test_an_argument_is_for_its_stage_and_for_those_that_begin_with_it() -> None:
    # "automatically inherited by other stages based on that stage. Unrelated build stages do not
    # have access to the variable."
    head = "ARG V=3.13\nFROM python:${V}-slim AS a\nARG V\nENV X=$V\n"
    assert image_of(f"{head}FROM a\nENV Y=$V").stage.env == {"X": "3.13", "Y": "3.13"}
    assert image_of(f"{head}FROM alpine:3.22\nENV Y=$V Z=$X").stage.env == {"Y": "", "Z": ""}


def test_what_stands_before_env_counts_for_its_whole_line() -> None:
    # ENV abc=hello / ENV abc=bye def=$abc / ENV ghi=$abc: def is hello, ghi is bye
    stage = image_of(on("ENV abc=hello\nENV abc=bye def=$abc\nENV ghi=$abc")).stage
    assert (stage.env["def"], stage.env["ghi"]) == ("hello", "bye")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("COPY .token /", ["layer"]),
        ("COPY .token /\nRUN rm /.token", ["layer"]),
        ("COPY . /", ["layer"]),
        ("ENV P=correct-horse", ["environment"]),
        ("ARG P=correct-horse\nRUN ls", ["history"]),
        ("ARG P=correct-horse\nCOPY server.py /", ["history"]),
        ("COPY .token /\nRUN touch /.token", ["layer", "layer"]),
        ("RUN echo correct-horse > /a", ["history"]),
        ("RUN --mount=type=secret,id=token cat /run/secrets/token", []),
        ("RUN --mount=type=secret,id=token cat /run/secrets/token > /a", ["layer"]),
        ("RUN --mount=type=secret,id=token cp /run/secrets/token /a && rm /a", []),
        ("RUN --mount=type=secret,id=token,target=/a true", []),
        ("RUN --mount=type=secret,id=token,env=T true", []),
    ],
)
def test_where_a_secret_can_be_read(text: str, where: list[str]) -> None:
    assert [one.where for one in image_of(on(text)).stage.leaks] == where


def test_a_secret_of_a_stage_that_is_not_shipped_is_not_seen() -> None:
    begin = "FROM python:3.13-slim AS a\nCOPY .token server.py /a/\n"
    assert image_of(f"{begin}FROM alpine:3.22\nCOPY --from=a /a/server.py /").stage.leaks == []
    assert len(image_of(f"{begin}FROM alpine:3.22\nCOPY --from=a /a /").stage.leaks) == 1
    assert len(image_of(f"{begin}FROM a").stage.leaks) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RUN pip install -r requirements.txt", "docker.no-file"),
        ("COPY requirements.txt /\nRUN pip install flask", "docker.no-file"),
        ("RUN apt-get install -y curl", "docker.no-lists"),
        ("RUN apt-get update && apt-get install curl", "docker.asks"),
        ("RUN apt-get update && apt-get install -y crul", "docker.no-package"),
        ("RUN apk add curl", "docker.no-tool"),
        ("USER 7\nRUN apt-get update", "docker.not-allowed"),
        ("USER web", "docker.no-user"),
        ("RUN --mount=type=secret,id=other ls", "docker.no-secret"),
        ("RUN make all", "docker.command"),
        ("RUN false", "docker.stopped"),
        ("SHELL /bin/bash", "docker.stopped"),
    ],
)
def test_a_build_ends_at_the_first_line_that_fails(text: str, code: str) -> None:
    with pytest.raises(Stopped) as caught:
        image_of(on(text))
    assert caught.value.code == code


def test_the_shell_decides_whether_a_failure_counts() -> None:
    image_of(on("RUN false || true"))
    image_of(on("RUN false; true"))
    with pytest.raises(Stopped):
        image_of(on("RUN true && false"))


def test_nothing_can_be_run_in_an_image_without_a_shell() -> None:
    with pytest.raises(Stopped) as caught:
        image_of("FROM scratch\nRUN ls")
    assert caught.value.code == "docker.no-tool"


def test_what_grows_without_end_is_stopped() -> None:
    lines = ["COPY . /a0/"] + [f"RUN cp -r / /x{number}" for number in range(20)]
    with pytest.raises(Stopped) as caught:
        image_of(on("\n".join(lines)))
    assert "not followed" in caught.value.cure


@pytest.mark.parametrize(
    ("base", "line", "name"),
    [
        ("python:3.13-slim", "useradd -m -u 1000 web", "web"),
        ("python:3.13-slim", "useradd --system --no-create-home web", "web"),
        ("python:3.13-slim", "useradd -r -s /usr/sbin/nologin -c 'the site' web", "web"),
        ("alpine:3.22", "addgroup -S web && adduser -S web -G web", "web"),
        ("alpine:3.22", "adduser -D -H -h /srv -u 1000 web", "web"),
    ],
)
def test_users_by_their_usual_commands(base: str, line: str, name: str) -> None:
    assert image_of(f"FROM {base}\nRUN {line}\nUSER {name}").stage.user == name


def test_a_newer_pip_is_no_package_of_the_program() -> None:
    line = "RUN pip install --upgrade pip && pip install -r requirements.txt"
    layers = image_of(on(f"COPY requirements.txt .\n{line}")).layers
    assert layers[-1].ran == ("pip install",)


def test_a_link_to_what_is_mounted_is_only_a_name() -> None:
    mount = "--mount=type=secret,id=token"
    line = f"RUN {mount} ln -s /run/secrets/token /a && cat /a && rm /a"
    assert image_of(on(line)).stage.leaks == []


def test_what_is_installed_and_purged_in_one_step_leaves_nothing() -> None:
    text = (
        "RUN apt-get update && apt-get install -y curl && apt-get purge -y curl"
        " && rm -rf /var/lib/apt/lists/*"
    )
    assert image_of(on(text)).layers[-1].size == 0
    assert "curl" not in image_of(on(text)).stage.tools


def test_nobody_is_known_everywhere_but_in_scratch() -> None:
    assert image_of(on("USER nobody")).stage.user == "nobody"
    with pytest.raises(Stopped):
        image_of("FROM scratch\nUSER nobody")


def test_a_secret_is_for_root_unless_it_is_said() -> None:
    # RUN --mount=type=secret: "mode … Default 0400", "uid … Default 0"
    mount = "--mount=type=secret,id=token"
    with pytest.raises(Stopped):
        image_of(on(f"USER 7\nRUN {mount} cat /run/secrets/token"))
    image_of(on(f"USER 7\nRUN {mount},uid=7 cat /run/secrets/token"))
    image_of(on(f"USER 7\nRUN {mount},mode=0444 cat /run/secrets/token"))


def test_a_cache_is_kept_beside_the_image() -> None:
    copied = "COPY requirements.txt /\n"
    plain = image_of(on(f"{copied}RUN pip install -r requirements.txt")).stage.size
    mount = "--mount=type=cache,target=/root/.cache/pip"
    cached = image_of(on(f"{copied}RUN {mount} pip install -r requirements.txt")).stage.size
    option = image_of(on(f"{copied}RUN pip install --no-cache-dir -r requirements.txt")).stage.size
    assert plain - cached == plain - option == WORLD.makers[0].cache
