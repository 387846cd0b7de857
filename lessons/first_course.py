"""Any Markdown → notes.md and a first course.toml, which its author then arranges.

One file: the headings of its upper level are the lessons; of a long one they are the modules, and
those below them the lessons. Several short files are a lesson each, in modules named after their
folders; several long ones a module each. A single heading at the very top is the title. Words
above the first heading get one, so that nothing is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lessons.github_markdown import MARKDOWN_PICTURE
from lessons.outline import FENCE, Heading, closes, outline, slugify, unique_slugs

LONG = 1500  # words on one page from which it is more than a lesson
SLUG_LENGTH = 100
FRONT_MATTER = re.compile(
    r"\A\s*(?:---[ \t]*\n(?P<yaml>[\w-]+[ \t]*:.*?\n)(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?P<toml>.*?\n)\+\+\+)[ \t]*(?:\n|\Z)",
    re.DOTALL,
)
TITLE = re.compile(r"^title[ \t]*[:=][ \t]*(?P<title>.+?)[ \t]*$", re.MULTILINE)
NUMBER = re.compile(r"^\d+[\s._-]*(?=\D)")


@dataclass(frozen=True, slots=True)
class NotesFile:
    name: str  # without its ending
    text: str
    folder: str = ""  # that it lies in, of those that were brought
    title: str = ""  # of its front matter


@dataclass(slots=True)
class FirstLesson:
    title: str
    sections: list[str] = field(default_factory=list)


@dataclass(slots=True)
class FirstModule:
    title: str
    lessons: list[FirstLesson] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FirstCourse:
    title: str
    notes: str
    modules: list[FirstModule]
    pictures: tuple[str, ...]  # that lie beside the notes, and are not brought along

    @property
    def lessons(self) -> list[FirstLesson]:
        return [lesson for module in self.modules for lesson in module.lessons]

    @property
    def toml(self) -> str:
        return "\n".join(toml_lines(self))


def first_course(files: Sequence[NotesFile]) -> FirstCourse:
    """Raises OutlineError for a heading that cannot be used."""
    prepared = [prepare(file) for file in files]
    notes = "\n\n".join(file.text.strip("\n") for file in prepared) + "\n"
    groups = grouped(outline(notes), prepared)
    title, modules = arranged(prepared, groups)
    pictures = dict.fromkeys(found["src"] for found in MARKDOWN_PICTURE.finditer(notes))
    beside = tuple(one for one in pictures if "://" not in one)
    return FirstCourse(title, notes, [one for one in modules if one.lessons], beside)


# --- A file ---------------------------------------------------------------------------------------


def prepare(file: NotesFile) -> NotesFile:
    """Without its front matter, whose lines stay empty so that numbers of lines stay true; with its
    last fence closed, and a heading above its first words."""
    text = file.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    title = spoken(file.name)
    if matter := FRONT_MATTER.match(text):
        said = TITLE.search(matter["yaml"] or matter["toml"])
        title = said["title"].strip("\"'").strip() if said else title
        text = "\n" * matter.group().count("\n") + text[matter.end() :]
    text = closed(text)
    headings = outline(text)
    above = text.split("\n")[: headings[0].line - 1] if headings else [text]
    if any(line.strip() for line in above):
        level = max(1, min((one.level for one in headings), default=1) - 1)
        text = f"{'#' * level} {title[:200]}\n\n{text.strip(chr(10))}"
    return replace(file, text=text, title=title)


def spoken(name: str) -> str:
    """`02-security_groups` → `Security groups`."""
    words = " ".join(re.split(r"[\s_-]+", NUMBER.sub("", name))).strip() or name
    return words[:1].upper() + words[1:]


def closed(text: str) -> str:
    """A fence that the author left open would hold the next file, too."""
    fence = ""
    for line in text.split("\n"):
        mark = FENCE.fullmatch(line)
        if fence and mark and closes(mark, fence):
            fence = ""
        elif mark and not fence:
            fence = mark["marks"]
    return f"{text.rstrip(chr(10))}\n{fence}\n" if fence else text


def grouped(headings: list[Heading], files: Sequence[NotesFile]) -> list[list[Heading]]:
    """Those of each file, as numbered through all of them."""
    rest = iter(headings)
    return [[next(rest) for _one in outline(file.text)] for file in files]


# --- What becomes a module, and what a lesson -----------------------------------------------------


def arranged(
    files: Sequence[NotesFile], groups: Sequence[list[Heading]]
) -> tuple[str, list[FirstModule]]:
    if len(files) == 1:
        return one_file(files[0], groups[0])
    pairs = [(file, group) for file, group in zip(files, groups, strict=True) if group]
    title = spoken(files[0].folder.partition("/")[0]) if files[0].folder else "Notes"
    if sum(map(length, groups)) > LONG * len(pairs):
        return title, [long_file(file, group) for file, group in pairs]
    modules: dict[str, FirstModule] = {}
    for file, group in pairs:
        name = spoken(file.folder.rpartition("/")[2]) if file.folder else title
        lesson = FirstLesson(title_of(file, group), [one.slug for one in group])
        modules.setdefault(file.folder, FirstModule(name)).lessons.append(lesson)
    return title, [*modules.values()]


def one_file(file: NotesFile, headings: list[Heading]) -> tuple[str, list[FirstModule]]:
    title = title_of(file, headings)
    levels = levels_below_title(headings)
    upper = [one for one in headings if one.level == levels[0]]
    if len(levels) > 1 and length(headings) > LONG * len(upper):
        return title, split_at(headings, title, module=levels[0], lesson=levels[1])
    return title, split_at(headings, title, module=0, lesson=levels[0])


def long_file(file: NotesFile, headings: list[Heading]) -> FirstModule:
    title = title_of(file, headings)
    [module] = split_at(headings, title, module=0, lesson=levels_below_title(headings)[0])
    return module


def title_of(file: NotesFile, headings: list[Heading]) -> str:
    return headings[0].title if has_title(headings) else file.title


def has_title(headings: list[Heading]) -> bool:
    """One heading above all others, and at the top."""
    return sum(one.level <= headings[0].level for one in headings) == 1


def levels_below_title(headings: list[Heading]) -> list[int]:
    below = headings[1:] if has_title(headings) and len(headings) > 1 else headings
    return sorted({one.level for one in below})


def length(headings: Sequence[Heading]) -> int:
    return sum(len(one.text.split()) for one in headings)


def split_at(headings: list[Heading], title: str, *, module: int, lesson: int) -> list[FirstModule]:
    """What stands above a first lesson is read with it: `module` 0 is one module for all."""
    modules = [FirstModule(title)]
    waiting: list[Heading] = []
    for number, one in enumerate(headings):
        is_title = number == 0 and has_title(headings)
        if one.level <= module and not is_title:
            if len(modules) > 1:
                settle(modules[-1], waiting)
                waiting = []
            modules.append(FirstModule(one.title))
            waiting = [*waiting, one]
        elif one.level == lesson or (one.level < lesson and modules[-1].lessons):
            sections = [before.slug for before in waiting]
            modules[-1].lessons.append(FirstLesson(one.title, [*sections, one.slug]))
            waiting = []
        elif modules[-1].lessons:
            modules[-1].lessons[-1].sections.append(one.slug)
        else:
            waiting.append(one)
    settle(modules[-1], waiting)
    return [one for one in modules if one.lessons]


def settle(module: FirstModule, waiting: list[Heading]) -> None:
    """A module without a lesson of its own is one."""
    if waiting:
        module.lessons.append(FirstLesson(module.title, [one.slug for one in waiting]))


# --- In TOML --------------------------------------------------------------------------------------


def toml_lines(course: FirstCourse) -> Iterator[str]:
    yield "# A first arrangement: move lessons, rename them, put them together. Every heading of"
    yield "# notes.md is in exactly one lesson; `manage.py check_notes` proves it."
    yield "schema = 1"
    yield f"title = {quoted(course.title[:200])}"
    names = unique_slugs([address(one.title, "module") for one in course.modules])
    addresses = iter(unique_slugs([address(one.title, "lesson") for one in course.lessons]))
    for module, name in zip(course.modules, names, strict=True):
        yield f"\n[[modules]]\nslug = {quoted(name)}\ntitle = {quoted(module.title[:200])}"
        for lesson in module.lessons:
            yield f"\n[[modules.lessons]]\nslug = {quoted(next(addresses))}"
            yield f"title = {quoted(lesson.title[:200])}"
            yield f"sections = [{', '.join(map(quoted, lesson.sections))}]"


def address(title: str, otherwise: str) -> str:
    return slugify(title)[:SLUG_LENGTH].strip("-_") or otherwise


def quoted(text: str) -> str:
    """JSON's strings are TOML's, but for one character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
