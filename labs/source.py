"""A lab's folder → frozen dataclasses. Pure: it reads the folder and nothing else.

    lab.toml  brief.md  starter.<ext>  solution.<ext>  explanation.md
    wrong/<name>.<ext>  right/<name>.<ext>  (and what the kind reads)

`<<name>>` in any file, in any text of [spec] and in hints is put in from [[variants]].
SpecError names file and key. [capstone] and `story.md`: `labs/capstone_parts.py`; what is beside
them in another language, by which nothing is judged: `labs/translations.py`.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labs.capstone_parts import STORY, CapstonePart, check_capstones, read_part
from labs.grading.errors import SpecError
from labs.grading.kind import Kind
from labs.grading.kinds import KINDS
from labs.grading.toml_table import FILE, Table
from labs.slugs import SLUG

SCHEMA = 1
PLACEHOLDER = re.compile(r"<<([a-z][a-z0-9_]*)>>")
EXTENSIONS = (".json", ".yaml", ".sh", ".txt")
PROSE = ("brief.md", "explanation.md")
LARGEST_FILE = 256_000
OF_TRANSLATION = re.compile(
    r"(?:lab\.(?P<toml>..)\.toml|(?:brief|explanation|story)\.(?P<prose>..)\.md)"
)


@dataclass(frozen=True, slots=True)
class VariantSource:
    """One version of the lab with its values put in. `files` is what the kind may look at."""

    number: int
    brief: str
    explanation: str
    hints: tuple[str, ...]
    starter: str
    solution: str
    table: Mapping[str, object]
    files: Mapping[str, str]
    wrong: Mapping[str, str]  # name → text
    right: Mapping[str, str]  # other right answers, name → text


@dataclass(frozen=True, slots=True)
class TranslatedVariant:
    """ "" and nothing where it is not translated."""

    brief: str
    explanation: str
    hints: tuple[str, ...]
    words: Mapping[str, str]  # texts of [spec] → the same in this language


@dataclass(frozen=True, slots=True)
class TranslatedLab:
    language: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    variants: tuple[TranslatedVariant, ...]
    is_behind: bool  # the original says something else by now
    left_out: tuple[str, ...]  # what does not fit it any more, with file and key
    capstone: tuple[str, ...] = ()  # title, summary and story of the one that it begins


@dataclass(frozen=True, slots=True)
class LabSource:
    slug: str
    course: str
    kind: str
    title: str
    summary: str
    difficulty: int
    minutes: int
    sections: tuple[str, ...]
    objectives: tuple[str, ...]
    solution_after: int  # failed tries; 0: only after passing
    wrong: Mapping[str, tuple[str, ...]]  # name of a wrong answer → codes that it must raise
    variants: tuple[VariantSource, ...]
    content_hash: str
    translations: tuple[TranslatedLab, ...] = ()
    capstone: CapstonePart | None = None

    @property
    def kind_module(self) -> Kind:
        return KINDS[self.kind]


def read_catalog(folder: Path) -> list[LabSource]:
    """Every lab, by slug. A catalog that is not there is empty."""
    folders = sorted(path.parent for path in folder.glob("*/lab.toml"))
    strays = [
        path
        for path in folder.glob("*/")
        if path not in folders and not path.name.startswith((".", "_"))
    ]
    if strays:
        raise SpecError(f"{strays[0].name}/lab.toml is missing")
    labs = [read_lab(path) for path in folders]
    check_capstones(labs)
    return labs


def read_lab(folder: Path) -> LabSource:
    try:
        return read_folder(folder)
    except SpecError as error:
        raise SpecError(f"{folder.name}: {error}") from error


def read_folder(folder: Path) -> LabSource:
    if not SLUG.fullmatch(folder.name):
        raise SpecError("the folder's name may hold small letters, digits and single hyphens")
    texts = read_files(folder)
    lab = read_toml(texts["lab.toml"])
    source = LabSource(
        slug=folder.name,
        wrong=read_wrong(lab, texts),
        variants=read_variants(lab, texts, read_hints(lab)),
        content_hash=hash_of(texts),
        capstone=read_part(lab, texts),
        **read_identity(lab),
    )
    lab.finish()
    for variant in source.variants:
        source.kind_module.read_spec(variant.table, variant.files)
    return source


def read_identity(lab: Table) -> dict[str, Any]:
    if lab.number("schema") != SCHEMA:
        raise lab.error("schema", f"this portal reads schema {SCHEMA}")
    return {
        "course": lab.text("course"),
        "kind": lab.text("kind", choices=sorted(KINDS)),
        "title": lab.text("title"),
        "summary": lab.text("summary", ""),
        "difficulty": lab.number("difficulty", 1, least=1, most=3),
        "minutes": lab.number("minutes", 10, least=1, most=600),
        "sections": lab.texts("sections"),
        "objectives": lab.texts("objectives"),
        "solution_after": lab.number("solution_after", 3, least=0, most=20),
    }


def read_hints(lab: Table) -> tuple[str, ...]:
    return tuple(hint.text("text") for hint in lab.tables("hints"))


def read_files(folder: Path) -> dict[str, str]:
    """Name → text, for everything in the folder; `wrong/…` included, translations not."""
    texts = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_read = path.is_file() and not path.name.startswith(".")
        if is_read and not OF_TRANSLATION.fullmatch(name):
            texts[name] = read_text(path, name)
    for name in ("lab.toml", *PROSE):
        if name not in texts:
            raise SpecError(f"{name} is missing")
    return texts


def read_text(path: Path, name: str) -> str:
    if path.stat().st_size > LARGEST_FILE:
        raise SpecError(f"{name} is larger than {LARGEST_FILE // 1000} kB")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SpecError(f"{name} is not UTF-8 text") from error


def read_toml(text: str, *, file: str = FILE) -> Table:
    try:
        return Table(tomllib.loads(text), file=file, path="")
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{file}: {error}") from error


def read_wrong(lab: Table, texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    table = lab.table("wrong")
    promised = {name: table.texts(name) for name in table.values}
    there = {name.removeprefix("wrong/") for name in texts if name.startswith("wrong/")}
    for name in sorted(there ^ set(promised)):
        if name in there:
            raise SpecError(f"wrong/{name} is not mentioned in [wrong] of lab.toml")
        raise SpecError(f"lab.toml: [wrong] {name}: there is no file wrong/{name}")
    return promised


def read_variants(
    lab: Table, texts: Mapping[str, str], hints: Sequence[str]
) -> tuple[VariantSource, ...]:
    rows, table = variant_rows(lab), lab.mapping("spec")
    names = set(rows[0])
    for number, row in enumerate(rows):
        if set(row) != names:
            odd = sorted(set(row) ^ names)[0]
            raise SpecError(
                f"lab.toml: [[variants]] number {number + 1}: {odd} is not in every variant"
            )
        if not all(isinstance(value, str | int) for value in row.values()):
            raise SpecError(
                f"lab.toml: [[variants]] number {number + 1}: values are text or whole numbers"
            )
    return tuple(read_variant(number, row, texts, table, hints) for number, row in enumerate(rows))


def variant_rows(lab: Table) -> list[Mapping[str, object]]:
    """The values of each variant; of a lab without any there is one."""
    return lab.get("variants", list, "a list of tables", [{}]) or [{}]


def values_of(row: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


def read_variant(
    number: int,
    row: Mapping[str, object],
    texts: Mapping[str, str],
    table: Mapping[str, object],
    hints: Sequence[str],
) -> VariantSource:
    values = values_of(row)
    filled = {
        name: put_in(text, values, name) for name, text in texts.items() if name != "lab.toml"
    }
    starter = only(filled, "starter")
    files = {
        name: text
        for name, text in filled.items()
        if "/" not in name and name not in (*PROSE, STORY, starter)
    }
    return VariantSource(
        number=number,
        brief=filled["brief.md"],
        explanation=filled["explanation.md"],
        hints=tuple(put_in(hint, values, "lab.toml: [[hints]]") for hint in hints),
        starter=filled[starter],
        solution=filled[only(filled, "solution")],
        table=put_in_all(table, values),
        files=files,
        wrong=below(filled, "wrong/"),
        right=below(filled, "right/"),
    )


def below(files: Mapping[str, str], folder: str) -> dict[str, str]:
    """The files of a folder by their names in it."""
    found = files.items()
    return {name.removeprefix(folder): text for name, text in found if name.startswith(folder)}


def only(files: Mapping[str, str], stem: str) -> str:
    """The one file of that name, with whichever extension."""
    found = [stem + extension for extension in EXTENSIONS if stem + extension in files]
    if len(found) != 1:
        raise SpecError(
            f"{stem}.json, .yaml, .sh or .txt: exactly one is needed, {len(found)} are there"
        )
    return found[0]


def put_in(text: str, values: Mapping[str, str], where: str) -> str:
    def value_of(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise SpecError(f"{where}: <<{match[1]}>> has no value in [[variants]]")
        return values[match[1]]

    return PLACEHOLDER.sub(value_of, text)


def put_in_all(value: object, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return put_in(value, values, "lab.toml: [spec]")
    if isinstance(value, Mapping):
        return {
            put_in(key, values, "lab.toml: [spec]"): put_in_all(item, values)
            for key, item in value.items()
        }
    return [put_in_all(item, values) for item in value] if isinstance(value, list) else value


def hash_of(texts: Mapping[str, str]) -> str:
    """Of everything an answer is judged by; prose counts too, since it says what the task is."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\0{len(texts[name])}\0{texts[name]}".encode())
    return digest.hexdigest()
