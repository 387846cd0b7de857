"""Who may know whom, as data: portal → labs → lessons, and labs/grading knows nothing of ours."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("portal", "labs", "labs.grading", "lessons")

MAY_IMPORT = {
    "portal": {"portal", "labs", "labs.grading", "lessons"},
    "labs": {"labs", "labs.grading", "lessons"},
    "labs.grading": {"labs.grading"},
    "lessons": {"lessons"},
}
# The rooms of an engine, from the ground up: each may know those before it.
ENGINE_ROOMS = {
    "labs.grading.iam": ("aws", "language", "decision", "comparison", "access", "lint", "exercise"),
    "labs.grading.balancing": ("rules", "routing", "comparison", "lint", "exercise"),
    "labs.grading.cli": ("shell", "settings", "account", "printing", "terminal", "exercise"),
    "labs.grading.state_machines": ("language", "execution", "exercise"),
    "labs.grading.clusters": ("language", "running", "exercise"),
    "labs.grading.images": ("language", "building", "running", "exercise"),
    "labs.grading.tables": ("expressions", "design", "items", "reading", "exercise"),
    "labs.grading.certificates": ("listeners", "serving", "exercise"),
    "labs.grading.gateway": ("routes", "routing", "comparison", "exercise"),
    "labs.grading.network": ("rules", "topology", "addresses", "exercise"),
}
# The same within the portal: which room may not know which others.
STRANGERS = {
    # a user says what it can of cohorts, and cohorts know users by name
    "portal.cohorts": ("portal.accounts",),
    "portal.announcements": ("portal.reviews",),
    # sends whatever it is given
    "portal.letters": ("portal.announcements", "portal.cohorts", "portal.reviews"),
}
# What an app may not even spell: the tables of those above it.
OTHERS_TABLES = {
    "lessons": re.compile(r"cohort|membership|invitation|submission|draft"),
    "labs": re.compile(r"cohort|membership|invitation"),
}
# Modules without Django: text in, text out.
PURE = (
    "labs.grading",
    "labs.source",
    "lessons.source",
    "lessons.figures",
    "lessons.figure_html",
    "lessons.svg",
    "lessons.drawing",
    "lessons.annotations",
    "lessons.asides",
    "lessons.lesson_page",
    "lessons.tries",
    "lessons.try_html",
    "lessons.outline",
    "lessons.first_course",
    "lessons.questions",
    "lessons.rendering",
    "lessons.plan",
    "lessons.plan_words",
    "lessons.matching",
    "lessons.parts",
    "lessons.importer",
)
# The engines look at nothing but their arguments.
NO_CLOCK_NETWORK_OR_FILES = {
    "asyncio", "http", "multiprocessing", "os", "secrets", "socket", "subprocess", "threading",
    "time", "urllib", "uuid",
}  # fmt: skip
# What may still be imported in a function, with the reason.
LOCAL_IMPORTS: dict[str, str] = {}

# What is allowed beyond the map, with the reason.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for top in ("portal", "labs", "lessons"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                yield (
                    ".".join(part for part in parts if part != "__init__"),
                    ast.parse(path.read_text()),
                )


MODULES = dict(modules())


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the whole path"
            yield node.module or ""


def room_of(module: str) -> str | None:
    """The innermost room that `module` lies in."""
    inside = [room for room in ROOMS if module == room or module.startswith(f"{room}.")]
    return max(inside, key=len, default=None)


def wrong_ways(module: str) -> set[tuple[str, str]]:
    may = MAY_IMPORT[str(room_of(module))]
    ways = {(module, name) for name in imports(MODULES[module]) if room_of(name)}
    return {way for way in ways if room_of(way[1]) not in may} - EXCEPTIONS.keys()


# One test for all modules: thousands of tests that each read one file would take a minute.
def test_imports_flow_one_way() -> None:
    assert set().union(*map(wrong_ways, MODULES)) == set()


def is_pure(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in PURE)


def those_who_import(modules: Iterable[str], packages: set[str]) -> list[str]:
    return [
        module
        for module in modules
        if packages & {name.partition(".")[0] for name in imports(MODULES[module])}
    ]


def test_pure_modules_know_no_framework() -> None:
    frameworks = {"django", "celery", "redis", "allauth"}
    assert those_who_import(filter(is_pure, MODULES), frameworks) == []


ENGINES = [name for name in MODULES if room_of(name) == "labs.grading"]


def test_the_engines_look_at_nothing_but_their_arguments() -> None:
    """A command line reads its files."""
    engines = [name for name in ENGINES if not name.endswith("__main__")]
    assert those_who_import(engines, NO_CLOCK_NETWORK_OR_FILES) == []


def has_chance_without_a_seed(tree: ast.Module) -> bool:
    nodes = list(ast.walk(tree))
    drawn = {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "random"
        for alias in node.names
    }
    made = [
        node
        for node in nodes
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Random"
    ]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return not (drawn <= {"Random"} and all(call.args for call in made) and "random" not in whole)


def test_chance_always_has_a_seed() -> None:
    """`Random(seed)` is the one way: the module's own functions share a generator that nobody
    seeded."""
    assert [name for name in ENGINES if has_chance_without_a_seed(MODULES[name])] == []


@pytest.mark.parametrize(
    "text", ["from random import choice", "import random", "from random import Random\nRandom()"]
)
def test_chance_without_a_seed_would_be_found(text: str) -> None:
    assert has_chance_without_a_seed(ast.parse(text))


def imports_inside(tree: ast.Module) -> set[str]:
    """Of functions."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    return {name for function in functions for name in imports(function)}


def test_imports_stand_at_the_top() -> None:
    wrong = {module for module, tree in MODULES.items() if imports_inside(tree)}
    assert wrong - LOCAL_IMPORTS.keys() == set()


@pytest.mark.parametrize("engine", ENGINE_ROOMS)
def test_the_rooms_of_an_engine_stand_on_each_other(engine: str) -> None:
    rooms = ENGINE_ROOMS[engine]
    for module in (name for name in MODULES if name.startswith(f"{engine}.")):
        room = module.removeprefix(f"{engine}.").partition(".")[0]
        above = rooms[rooms.index(room) + 1 :] if room in rooms else ()
        assert {name for name in imports(MODULES[module]) if name in below(engine, above)} == set()


def below(engine: str, rooms: tuple[str, ...]) -> set[str]:
    return {name for name in MODULES for room in rooms if name.startswith(f"{engine}.{room}")}


def test_no_modules_import_each_other_in_a_circle() -> None:
    known = {
        module: {name for name in named(tree) if name in MODULES} - {module}
        for module, tree in MODULES.items()
    }
    while leaves := {module for module, others in known.items() if not others & known.keys()}:
        known = {module: others for module, others in known.items() if module not in leaves}
    assert known == {}


def named(tree: ast.Module) -> Iterator[str]:
    """Modules imported by themselves or by what is taken from them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("room", STRANGERS)
def test_rooms_of_the_portal_do_not_know_strangers(room: str) -> None:
    wrong = {
        module
        for module, tree in MODULES.items()
        if module.startswith(f"{room}.")
        and any(name.startswith(STRANGERS[room]) for name in imports(tree))
    }
    assert wrong == set()


def test_no_app_spells_the_tables_of_those_above() -> None:
    """`user.memberships.filter(cohort__course=…)` imports nothing and knows everything."""
    wrong = {
        (module, name)
        for module, tree in MODULES.items()
        if (words := OTHERS_TABLES.get(str(room_of(module))))
        for name in spelled(tree)
        if words.search(name)
    }
    assert wrong == set()


def spelled(tree: ast.Module) -> Iterator[str]:
    """Attributes, keywords, and texts that could be the path of a lookup."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^[a-z_]+$", node.value)


def test_a_path_in_a_string_would_be_found() -> None:
    tree = ast.parse("user.memberships.filter(cohort__course=1).values('cohort__course')")
    assert {"memberships", "cohort__course"} <= set(spelled(tree))


def test_no_module_is_a_junk_drawer() -> None:
    names = {module.rpartition(".")[2] for module in MODULES}
    assert names & {"utils", "common", "core", "helpers", "services", "misc", "lib"} == set()


def test_every_module_is_looked_at() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS)


def test_a_wrong_import_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = ast.parse("def f():\n    from portal.accounts.models import User")
    monkeypatch.setitem(MODULES, "lessons.models", tree)
    assert wrong_ways("lessons.models") == {("lessons.models", "portal.accounts.models")}
    assert imports_inside(tree) == {"portal.accounts.models"}
    assert those_who_import(["lessons.models"], {"portal"}) == ["lessons.models"]
