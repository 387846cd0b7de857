"""Every text that somebody reads is marked, and every catalogue says all of them.

When this fails: mark the text it names ({% translate %}, {% blocktranslate %}, gettext), run `make
translations`, translate what is empty in portal/locale/<language>/LC_MESSAGES/django.po, run `make
translations` once more, and commit the .po and the .mo.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.wording import (
    CATALOGUES,
    MODULES,
    ROOT,
    SCRIPTS,
    TEMPLATES,
    Marked,
    all_marked,
    key,
    marked_in_module,
    marked_in_template,
    spoken_too_early,
    unmarked_in_module,
    unmarked_in_script,
    unmarked_in_template,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(%%)|(\$)|(</?\w+)")
PAGES = [path for path in TEMPLATES if path.suffix != ".js"]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> list[str]:
    return sorted("".join(found) for found in PLACEHOLDER.findall(text))


# --- The catalogues -------------------------------------------------------------------------------


def test_every_language_but_the_texts_own_has_a_catalogue() -> None:
    own = settings.LANGUAGE_CODE
    assert [path.parts[-3] for path in CATALOGUES] == sorted(
        code for code, _name in settings.LANGUAGES if code != own
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=short)
def test_a_catalogue_has_every_text_of_the_product_and_no_other(path: Path) -> None:
    ours = {
        key(entry) for entry in polib.pofile(str(path)) if not entry.tcomment.startswith("foreign")
    }
    marked = set(all_marked())
    assert (marked - ours, ours - marked) == (set(), set()), "run `make translations`"


@pytest.mark.parametrize("path", CATALOGUES, ids=short)
def test_a_catalogue_is_translated_to_the_last_text(path: Path) -> None:
    waiting = [
        entry.msgid for entry in polib.pofile(str(path)) if entry.fuzzy or not all(texts(entry))
    ]
    assert waiting == []


@pytest.mark.parametrize("path", CATALOGUES, ids=short)
def test_a_translation_fills_in_the_same_values_and_keeps_the_markup(path: Path) -> None:
    wrong = []
    for entry in polib.pofile(str(path)):
        originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        allowed = [placeholders(original) for original in originals]
        wrong += [text for text in texts(entry) if placeholders(text) not in allowed]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=short)
def test_what_is_compiled_is_what_the_catalogue_says(path: Path) -> None:
    said = {key(entry): texts(entry) for entry in polib.pofile(str(path))}
    compiled = {key(entry): texts(entry) for entry in polib.mofile(str(path.with_suffix(".mo")))}
    assert compiled == said, "run `make translations` and commit the .mo"


# --- The product ----------------------------------------------------------------------------------


def test_no_template_says_anything_that_cannot_be_translated() -> None:
    found = {
        short(path): unmarked_in_template(path.read_text(), is_html=path.suffix == ".html")
        for path in PAGES
    }
    assert {name: said for name, said in found.items() if said} == {}


def test_no_module_says_anything_that_cannot_be_translated() -> None:
    found = {short(path): unmarked_in_module(ast.parse(path.read_text())) for path in MODULES}
    assert {name: said for name, said in found.items() if said} == {}


def test_no_module_speaks_before_it_knows_whose_language() -> None:
    found = {short(path): spoken_too_early(ast.parse(path.read_text())) for path in MODULES}
    assert {name: said for name, said in found.items() if said} == {}


def test_no_script_has_words_of_its_own() -> None:
    """They come from the page, in data-attributes, where they are translated."""
    found = {path.name: unmarked_in_script(path.read_text()) for path in SCRIPTS}
    assert {name: said for name, said in found.items() if said} == {}


def test_the_page_says_for_the_editor_all_that_it_asks_for_and_no_more() -> None:
    """CodeMirror looks its own words up as "phrases": literals, or one of two."""
    editor = (ROOT / "static/editor/editor.min.js").read_text()
    asked = {
        text
        for call in re.findall(r"\.phrase\(([^()]+)\)", editor)
        for text in re.findall(r'"([^"]+)"', call)
    }
    said = re.findall(
        r'<data value="([^"]+)">', (ROOT / "templates/components/editor.html").read_text()
    )
    assert said == sorted(said)
    assert set(said) == asked


# --- The search itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Well done</p>", ["Well done"]),
        ('<p>{% translate "Well done" %}: {{ points }} %</p>', []),
        ("{% blocktranslate %}Well <b>done</b>{% endblocktranslate %} {# quietly #}", []),
        ("{% comment %}Well done{% endcomment %}", []),
        ('<button title="Close">✕</button>', ["title=Close"]),
        ('<button aria-label="{% translate "Close" %}">✕</button>', []),
        ('<img alt="A bucket">', ["alt=A bucket"]),
        (
            '<div data-lost="Try again later" data-state="lost"></div>',
            ["data-lost=Try again later"],
        ),
        ("<p><code>s3:GetObject</code> <kbd>Ctrl</kbd></p>", []),
        ('{% include "x.html" with title="Well done" look="primary" only %}', ['"Well done"']),
        ('{% include "x.html" with title=_("Well done") only %}', []),
        ("{% block layout %}narrow{% endblock %}{% block title %}Day{% endblock %}", ["Day"]),
    ],
)
def test_the_search_in_templates_finds_what_is_read_and_nothing_else(
    source: str, found: list[str]
) -> None:
    assert unmarked_in_template(source) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('messages.success(request, "Saved.")', ["'Saved.'"]),
        ('messages.success(request, _("Saved."))', []),
        ('messages.success(request, f"Saved {n}.")', ["f'Saved {n}.'"]),
        ('logger.error("broken", "really")', []),
        ('forms.CharField(label="Name")', ["'Name'"]),
        ('class Meta:\n  help_texts = {"name": "Yours."}', ["'Yours.'"]),
        ('raise ValidationError("No." % 1)', ["'No.' % 1"]),
        ('form.add_error("code", "No.")', ["'No.'"]),
        ('class Role(models.TextChoices):\n  A = "a", "Learner"\n  B = "b", _("B")', ["'Learner'"]),
    ],
)
def test_the_search_in_modules_finds_what_is_told_to_people(source: str, found: list[str]) -> None:
    assert unmarked_in_module(ast.parse(source)) == found


def test_a_text_that_is_said_at_import_is_found() -> None:
    tree = ast.parse(
        'from django.utils.translation import gettext as _\nA = _("a")\ndef f(): return _("b")'
    )
    assert spoken_too_early(tree) == ["_('a')"]


def test_the_search_in_scripts_knows_words_from_names() -> None:
    source = (
        'toast("Saved it all.", "ok"); box.className = "button small"; find("a[rel=next]"); '
        '// "not this one"'
    )
    assert unmarked_in_script(source) == ['"Saved it all."']


def test_a_text_is_read_as_django_reads_it() -> None:
    template = """{% translate "100 % sure" %}{% translate "to" context "editor" %}
        {{ x|default:_("none") }}
        {% blocktranslate trimmed count n=n %}{{ n }} lab{% plural %}{{ n }}
        labs{% endblocktranslate %}"""
    assert list(marked_in_template(template)) == [
        Marked("100 %% sure"),
        Marked("to", None, "editor"),
        Marked("none"),
        Marked("%(n)s lab", "%(n)s labs"),
    ]


def test_a_text_put_together_at_run_time_is_refused() -> None:
    tree = ast.parse(
        'from django.utils.translation import gettext as _\ndef f(n): return _(f"{n} labs")'
    )
    with pytest.raises(ValueError, match="only a literal text can be translated"):
        list(marked_in_module(tree))
