"""Package managers, and the commands that a lab describes (`Maker`).

Source: Docker documentation, "Building best practices", "RUN" (apt-get); pip documentation, `pip
install`; npm documentation, `npm ci`: it needs package.json and package-lock.json.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass

from labs.grading.images.building.commands import Effect, Run, need_root, need_tool
from labs.grading.images.building.file_commands import FILE_EFFECTS, operands
from labs.grading.images.building.world import Maker
from labs.grading.said import say

LISTS, LISTS_SIZE, APT_SECONDS = "/var/lib/apt/lists/all", 20_000, 12
APK_INDEX, APK_SIZE = "/var/cache/apk/all", 2_500
YES = ("-y", "--yes", "--assume-yes", "-qy", "-yq", "-qqy", "-yqq")
VENV = "/packages"
TOOLS_OF_PIP = {"pip", "setuptools", "wheel"}
PROGRAM_OF = {"pip3": "pip", "python3": "python"}


def apt(run: Run, words: list[str]) -> None:
    need_tool(run, "apt-get")
    need_root(run, words[0])
    names = operands(words, ("-t", "-o"))
    what = names[0] if names else ""
    if what == "update":
        run.stage.lists = True
        run.put(LISTS, run.made(LISTS_SIZE, "made:lists"))
        run.seconds += APT_SECONDS // 2
    elif what == "install":
        apt_install(run, words, names[1:])
    elif what in ("remove", "purge"):
        for name in names[1:]:
            run.stage.tree.remove(f"/usr/share/packages/{name}")
            run.stage.tools.discard(name)


def apt_install(run: Run, words: list[str], packages: list[str]) -> None:
    run.ran.append("apt-get install")
    run.seconds += APT_SECONDS
    if not any(one in YES for one in words):
        cure = say("Add -y: nobody is there to answer the question.")
        raise run.fail("docker.asks", cure, "Do you want to continue? [Y/n] Abort.")
    if not run.stage.lists:
        cure = say("Run apt-get update before it, in the same RUN: the image has no lists.")
        raise run.fail("docker.no-lists", cure, "E: Unable to locate package")
    add_packages(run, packages, "=")


def apk(run: Run, words: list[str]) -> None:
    need_tool(run, "apk")
    need_root(run, "apk")
    names = operands(words, ("-t", "--virtual"))
    if names[:1] == ["add"]:
        run.ran.append("apk add")
        run.seconds += APT_SECONDS
        if "--no-cache" not in words:
            run.put(APK_INDEX, run.made(APK_SIZE, "made:lists"))
        add_packages(run, names[1:], "=")


def add_packages(run: Run, packages: list[str], version: str) -> None:
    for package in packages:
        name = package.partition(version)[0]
        size = run.world.packages.get(name)
        if size is None:
            cure = say("Look at the name: the lab has no package {name}.", name=name[:40])
            raise run.fail("docker.no-package", cure, f"Unable to locate package {name[:40]}")
        run.put(f"/usr/share/packages/{name}", run.made(size, f"package:{name}"))
        run.stage.tools.add(name)


@dataclass(frozen=True, slots=True)
class Made:
    """`makers` of one program."""

    program: str

    def __call__(self, run: Run, words: list[str]) -> None:
        words = in_short(words)
        if self.program == "python" and words[1:3] == ["-m", "venv"]:
            make_venv(run, words)
            return
        found = [one for one in run.world.makers if tuple(words[: len(one.words)]) == one.words]
        if "/" not in words[0]:
            need_tool(run, self.program)
        for one in found[:1]:
            make(run, one, words)


def in_short(words: list[str]) -> list[str]:
    """`python3 -m pip install` and `/opt/venv/bin/pip3 install` are `pip install`."""
    first = posixpath.basename(words[0])
    first = PROGRAM_OF.get(first, first)
    if first == "python" and words[1:3] == ["-m", "pip"]:
        return [words[0].replace("python3", "pip").replace("python", "pip"), *words[3:]]
    if first == "npm" and words[1:2] in (["i"], ["install"]):
        return [first, "install", *words[2:]]
    return [words[0] if "/" in words[0] else first, *words[1:]]


def make_venv(run: Run, words: list[str]) -> None:
    need_tool(run, "python")
    for text in operands(words[2:]):
        for name in ("pip", "python"):
            run.put(posixpath.join(run.path(text), "bin", name), run.made(1, f"venv:{name}"))


def make(run: Run, maker: Maker, words: list[str]) -> None:
    if is_newer_pip(words):
        return
    run.ran.append(maker.label)
    run.seconds += maker.helped_seconds if is_helped(run, maker) else maker.seconds
    for needed in maker.needs:
        need_file(run, maker, needed, words)
    if maker.private:
        need_private(run, maker, words)
    size = maker.lean_size if is_lean(run, maker, words) else maker.size
    run.put(place_of(run, maker, words), run.made(size, maker.label))
    if maker.cache and not keeps_no_cache(run, words):
        path = posixpath.join(run.stage.home, maker.cache_path, "all")
        run.put(path, run.made(maker.cache, "made:cache"))


def is_helped(run: Run, maker: Maker) -> bool:
    """In the image, or in a cache that is kept beside it."""
    helpers = [one for one in run.world.makers if maker.helped and one.label == maker.helped]
    kept = any(posixpath.normpath(one.makes) in run.caches for one in helpers)
    return kept or bool(helpers and run.stage.tree.holds(maker.helped))


def is_newer_pip(words: list[str]) -> bool:
    """`pip install --upgrade pip`."""
    names = operands(words)[1:]
    return bool(names) and set(names) <= TOOLS_OF_PIP and "-r" not in words


def need_file(run: Run, maker: Maker, needed: str, words: list[str]) -> None:
    """Where the command looks for it."""
    if maker.named and after(words, maker.named) is None:
        cure = say("Name the file behind {option}: {command} is to install what stands in it.",
                   option=maker.named, command=maker.label)  # fmt: skip
        raise run.fail("docker.no-file", cure)
    named = (after(words, maker.named) if maker.named else None) or needed
    if run.content(run.path(named)) != needed:
        cure = say("Copy {file} to where {command} looks for it, before this step: {path}.",
                   file=needed, command=maker.label, path=run.path(named)[:80])  # fmt: skip
        raise run.fail("docker.no-file", cure, f"{named[:60]}: No such file or directory")


def need_private(run: Run, maker: Maker, words: list[str]) -> None:
    name = posixpath.basename(maker.private)
    places = [run.path(name), posixpath.join(run.stage.home, name)]
    values = run.stage.values | run.env
    pointed = after(words, "--userconfig") or values.get("NPM_CONFIG_USERCONFIG")
    if pointed:
        places.append(run.path(pointed))
    if not any(run.content(one) == maker.private for one in places):
        cure = say("Give this step the file {name}, in its directory or at home: {command} needs "
                   "it for the private packages.", name=name, command=maker.label)  # fmt: skip
        raise run.fail("docker.no-secret", cure, "401 Unauthorized")


def after(words: list[str], option: str) -> str | None:
    for number, word in enumerate(words):
        if word == option:
            return words[number + 1] if number + 1 < len(words) else None
        if word.startswith(f"{option}=") or (len(option) == 2 and word.startswith(option)):
            return word[len(option) :].lstrip("=")
    return None


def is_lean(run: Run, maker: Maker, words: list[str]) -> bool:
    if not maker.lean:
        return False
    values = run.stage.values | run.env
    in_env = maker.words[0] == "npm" and values.get("NODE_ENV") == "production"
    return any(one in words for one in maker.lean) or in_env


def keeps_no_cache(run: Run, words: list[str]) -> bool:
    values = run.stage.values | run.env
    off = values.get("PIP_NO_CACHE_DIR", "").lower() in ("1", "true", "on", "yes", "off", "no")
    return "--no-cache-dir" in words or (words[0].endswith("pip") and off)


def place_of(run: Run, maker: Maker, words: list[str]) -> str:
    if maker.output:
        text = after(words, maker.output)
        return run.path(text) if text else run.path(maker.makes)
    if maker.words[0] == "pip":
        return pip_place(run, words) + VENV
    return posixpath.join(run.path(maker.makes), "all")


def pip_place(run: Run, words: list[str]) -> str:
    """Where Python's packages go."""
    site = run.stage.base.site
    inner = site.partition("/lib/")[2]
    target, prefix = after(words, "--target"), after(words, "--prefix")
    if target is None and "-t" in words:
        target = after(words, "-t")
    if target:
        return run.path(target)
    venv = venv_of(run, words[0])
    if prefix or venv:
        return posixpath.join(run.path(prefix or venv), "lib", inner)
    if "--user" in words or not run.stage.is_root:
        return posixpath.join(run.stage.home, ".local/lib", inner)
    return site


def venv_of(run: Run, program: str) -> str:
    """The environment whose pip, or python, this is; "" for that of the image."""
    name = posixpath.basename(program)
    if "/" in program:
        folders = [posixpath.dirname(run.path(program))]
    else:
        path = run.env.get("PATH") or run.stage.values.get("PATH", "")
        folders = path.split(":")[:20]
    for folder in folders:
        if (run.content(posixpath.join(folder, name)) or "").startswith("venv:"):
            return posixpath.dirname(folder)
    return ""


def activate(run: Run, words: list[str]) -> None:
    """`. /opt/venv/bin/activate`."""
    if len(words) > 1 and words[1].endswith("/bin/activate"):
        folder = posixpath.dirname(run.path(words[1]))
        if run.content(posixpath.join(folder, "pip")) is not None:
            run.env["PATH"] = f"{folder}:{run.stage.values.get('PATH', '')}"


def npm_cache(run: Run, words: list[str]) -> None:
    if words[1:3] == ["cache", "clean"]:
        run.stage.tree.remove(posixpath.join(run.stage.home, ".npm"))
        return
    Made("npm")(run, words)


EFFECTS: Mapping[str, Effect] = {
    **FILE_EFFECTS,
    "apt-get": apt,
    "apt": apt,
    "apk": apk,
    "npm": npm_cache,
    ".": activate,
    "source": activate,
    **{
        name: Made(PROGRAM_OF.get(name, name))
        for name in ("pip", "pip3", "python", "python3", "go", "node", "curl", "wget")
    },
}
