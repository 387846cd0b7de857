"""The texts of the product: which of them are marked for translation,
and which only look like text.

`python -m tests.wording` (make translations) puts new texts into every catalogue, takes vanished
ones out, and compiles.
Nothing of it needs gettext's programs.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("portal/locale/*/LC_MESSAGES/django.po"))
TEMPLATES = sorted(
    path for ending in ("html", "txt", "js") for path in ROOT.glob(f"templates/**/*.{ending}")
)
MODULES = sorted(
    path
    for app in ("portal", "labs", "lessons")
    for path in (ROOT / app).rglob("*.py")
    if not {"migrations", "management", "catalog", "grading"} & set(path.relative_to(ROOT).parts)
)
# What the engines say: only what they mark is looked for.
ENGINES = sorted((ROOT / "labs/grading").rglob("*.py"))
SCRIPTS = sorted((ROOT / "static/js").glob("*.js"))


class Marked(NamedTuple):
    text: str
    plural: str | None = None
    context: str | None = None


# --- Marked ---------------------------------------------------------------------------------------

STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(
    rf"\b(n?p?gettext|_)\((\s*{STRING}(?:\s*,\s*(?:{STRING}|count))*\s*)\)", re.DOTALL
)
# function → which of its arguments is what
ARGUMENTS = {
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}


def marked_in_template(source: str) -> Iterator[Marked]:
    """By Django's own reading, the one that makemessages uses."""
    for name, arguments in CALL.findall(templatize(source)):
        call = ast.parse(f"f({arguments})", mode="eval").body
        assert isinstance(call, ast.Call)
        yield marked_by(call, "gettext" if name == "_" else name)


def marked_in_module(tree: ast.Module) -> Iterator[Marked]:
    names = gettext_names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield marked_by(node, names[node.func.id].removesuffix("_lazy").removesuffix("_noop"))


def marked_by(call: ast.Call, name: str) -> Marked:
    texts = [
        argument.value if isinstance(argument, ast.Constant) else None for argument in call.args
    ]
    found = dict(zip(ARGUMENTS[name], texts, strict=False))
    if not isinstance(found.get("text"), str):
        raise ValueError(
            f"line {call.lineno}: only a literal text can be translated: {ast.unparse(call)}"
        )
    return Marked(**found)  # type: ignore[arg-type]


def gettext_names(tree: ast.Module) -> dict[str, str]:
    """As what a module imports Django's functions: {"_": "gettext_lazy"}. An engine's `say` takes a
    text and its parts."""
    return {
        alias.asname or alias.name: "gettext"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "labs.grading.said"
        for alias in node.names
        if alias.name == "say"
    } | {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name
    }


def all_marked() -> dict[Marked, list[str]]:
    """Every text of templates and modules → the files it is in."""
    found: dict[Marked, list[str]] = {}
    for path in [*TEMPLATES, *MODULES, *ENGINES]:
        source = path.read_text()
        texts = (
            marked_in_module(ast.parse(source))
            if path.suffix == ".py"
            else marked_in_template(source)
        )
        for text in texts:
            files = found.setdefault(text, [])
            if (name := str(path.relative_to(ROOT))) not in files:
                files.append(name)
    return found


# --- Not marked: templates ------------------------------------------------------------------------

READ_ALOUD = {"title", "aria-label", "aria-description", "placeholder", "alt", "label"}
SAME_IN_EVERY_LANGUAGE = {"code", "pre", "kbd", "script", "style"}
PARAMETER = re.compile(
    r"""\b(?:text|title|label|action|here|one|two|three|row_title|value_title)=("[^"]*"|'[^']*')"""
)
TWO_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")


def has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def unmarked_in_template(source: str, *, is_html: bool = True) -> list[str]:
    tokens = list(outside_translations(source))
    parameters = [
        given
        for token in tokens
        if token.token_type == TokenType.BLOCK and token.contents.split()[0] in {"include", "with"}
        for given in PARAMETER.findall(token.contents)
        if has_words(given)
    ]
    # A value leaves a sign that is no letter, so that the words around it stay apart.
    signs = {TokenType.VAR: "·", TokenType.BLOCK: "", TokenType.COMMENT: ""}
    rest = "".join(signs.get(token.token_type, token.contents) for token in tokens)
    if not is_html:
        return parameters + [line.strip() for line in rest.splitlines() if has_words(line)]
    reader = Unmarked()
    reader.feed(rest)
    reader.close()
    return parameters + reader.found


def outside_translations(source: str) -> Iterator[Token]:
    """Without what is marked, and without the words that choose a page's layout."""
    until = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK else ""
        if until:
            until = "" if word == until else until
        elif word in {"comment", "blocktranslate", "verbatim"}:
            until = f"end{word}"
        elif token.contents == "block layout":
            until = "endblock"
        else:
            yield token


class Unmarked(HTMLParser):
    """Texts between tags, and in attributes that are read to somebody."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SAME_IN_EVERY_LANGUAGE:
            self.inside.append(tag)
        for name, value in attrs:
            words = has_words(value or "") if name in READ_ALOUD else TWO_WORDS.search(value or "")
            if words and (name in READ_ALOUD or name.startswith("data-")):
                self.found.append(f"{name}={value}")

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside and has_words(data):
            self.found.append(data.strip())


# --- Not marked: Python ---------------------------------------------------------------------------

TEXT_KEYWORDS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "empty_label",
    "short_description",
}
TEXT_TABLES = {"labels", "help_texts", "error_messages", "verbose_name", "verbose_name_plural"}
TELLING = {"ValidationError": 0, "add_error": 1, "message_user": 1}
TELLING |= dict.fromkeys(
    ("messages.success", "messages.info", "messages.warning", "messages.error"), 1
)


def unmarked_in_module(tree: ast.Module) -> list[str]:
    """Plain texts where a person would read them: messages, labels, errors, choices,
    names of models and fields."""
    return [
        ast.unparse(text)
        for node in ast.walk(tree)
        for text in texts_shown_by(node)
        if is_plain_text(text)
    ]


def texts_shown_by(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg in TEXT_KEYWORDS)
        yield from told_by(node)
    elif (
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id in TEXT_TABLES
    ):
        yield from node.value.values if isinstance(node.value, ast.Dict) else [node.value]
    elif isinstance(node, ast.ClassDef) and any(
        "Choices" in ast.unparse(base) for base in node.bases
    ):
        values = [line.value for line in node.body if isinstance(line, ast.Assign)]
        yield from (value.elts[1] for value in values if isinstance(value, ast.Tuple))


def told_by(call: ast.Call) -> Iterator[ast.expr]:
    full = ast.unparse(call.func)
    place = TELLING.get(full, TELLING.get(full.rpartition(".")[2]))
    if place is not None:
        yield from call.args[place : place + 1]


def is_plain_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):  # "…" % values
        return is_plain_text(node.left)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value != ""
    )


def spoken_too_early(tree: ast.Module) -> list[str]:
    """gettext called while a module is imported speaks the language of nobody:
    it must be gettext_lazy."""
    at_once = {
        name
        for name, function in gettext_names(tree).items()
        if not function.endswith(("_lazy", "_noop"))
    }
    return [
        ast.unparse(call)
        for call in calls_at_import(tree)
        if isinstance(call.func, ast.Name) and call.func.id in at_once
    ]


def calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls_at_import(child)


# --- Not marked: JavaScript -----------------------------------------------------------------------

NAMES = {'"use strict"', '"SQL Server"'}  # a directive, a product
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", re.DOTALL)
SCRIPT_STRING = re.compile(r"""(\.\w+ = )?("(?:[^"\\\n]|\\.)*"|`[^`]*`)""")
PROSE = re.compile(r"^[^\W\d_][\w,'’ -]* [\w,'’. -]*[\w.!?]$")


def unmarked_in_script(source: str) -> list[str]:
    """Texts of two words or more; class names and modes are none."""
    return [
        text
        for target, text in SCRIPT_STRING.findall(COMMENT.sub("", source))
        if target != ".className = "
        and text not in NAMES
        and PROSE.match(text[1:-1])
        and TWO_WORDS.search(text)
    ]


# --- Catalogues -----------------------------------------------------------------------------------


def key(entry: polib.POEntry) -> Marked:
    return Marked(entry.msgid, entry.msgid_plural or None, entry.msgctxt)


def update(path: Path) -> int:
    """Bring the catalogue up to date and compile it; the number of texts that wait for a
    translation."""
    catalogue, marked = polib.pofile(str(path), wrapwidth=110), all_marked()
    kept = {key(entry): entry for entry in catalogue if not entry.obsolete}
    foreign = [
        entry
        for entry in catalogue
        if entry.tcomment.startswith("foreign") and key(entry) not in marked
    ]
    catalogue.clear()
    for text in sorted(marked, key=lambda one: (marked[one][0], one.text)):
        entry = kept.get(text) or new_entry(text)
        entry.occurrences = [(name, "") for name in marked[text]]
        catalogue.append(entry)
    catalogue.extend(foreign)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))
    return len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())


def new_entry(text: Marked) -> polib.POEntry:
    flags = ["python-format"] if re.search(r"%\(\w+\)[sd]|%%", text.text) else []
    plural = {0: "", 1: ""} if text.plural else {}
    return polib.POEntry(
        msgid=text.text,
        msgid_plural=text.plural or "",
        msgstr_plural=plural,
        msgctxt=text.context,
        flags=flags,
    )


if __name__ == "__main__":
    waiting = {str(path.relative_to(ROOT)): update(path) for path in CATALOGUES}
    for name, count in waiting.items():
        print(f"{name}: {count} to translate" if count else f"{name}: complete")
    sys.exit(any(waiting.values()))
