"""Drawings, tables and code in the place of the author's pictures."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from lessons.drawing import files
from lessons.figure_html import Kept
from lessons.lesson_page import render_lesson
from lessons.source import read_course
from lessons.svg import SvgError, read_svg
from lessons.toml_table import SourceError
from tests.lessons.folders import NOTES, edited, write_course

AWS = read_course(Path("lessons/notes/aws"))
DRAWN = Path("lessons/notes/aws/figures")
FIGURES = [
    figure for lesson in AWS.lessons for section in lesson.sections for figure in section.figures
]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><text x="1">a &amp; b</text></svg>'
)
FIGURE = """
[[figures]]
section = "buckets"
file = "a.svg"
alt = "A <bucket> with an object in it"
caption = "One"
"""
STEPS = """
[[figures]]
section = "buckets"
caption = "Two steps"
[[figures.steps]]
file = "a.svg"
alt = "Empty"
caption = "At first it is empty."
[[figures.steps]]
file = "a.svg"
alt = "Full"
caption = "Then it is full."
"""
TOLD = """
[[figures]]
section = "buckets"
text = "t.md"
caption = "Ports"
"""
ELSEWHERE = '\n<img alt="Shot" src="https://pictures.example/1">\n'


def page(folder: Path, **kept: Kept) -> str:
    course = read_course(folder)
    return render_lesson(
        course.lessons[0], kept={f"https://pictures.example/{n[1:]}": k for n, k in kept.items()}
    ).html


def drawn_course(tmp_path: Path, figures: str, *, svg: str = SVG, notes: str = NOTES) -> Path:
    folder = write_course(tmp_path, notes=notes, figures=figures)
    (folder / "figures").mkdir()
    (folder / "figures" / "a.svg").write_text(svg)
    (folder / "figures" / "t.md").write_text(
        "| Port | Is |\n|--|--|\n| 22 | <b onclick=x()>SSH</b> |"
    )
    return folder


def test_a_drawing_stands_in_the_page_with_words_for_those_who_do_not_see_it(tmp_path):
    html = page(drawn_course(tmp_path, FIGURE))
    assert (
        '<figure class="drawing"><svg viewBox="0 0 40 30" role="img" '
        'aria-label="A &lt;bucket&gt; with an object in it"><text x="1">a &amp; b</text></svg>'
        "<figcaption>One</figcaption></figure>"
    ) in html


def test_steps_are_a_list_that_is_complete_without_scripts(tmp_path):
    html = page(drawn_course(tmp_path, STEPS))
    assert re.findall(r'<li><svg [^>]*aria-label="(\w+)">.*?</svg><p>(.*?)</p></li>', html) == [
        ("Empty", "At first it is empty."),
        ("Full", "Then it is full."),
    ]
    assert html.count('<figure class="drawing" data-steps><ol>') == 1


def test_a_table_is_cleaned_as_notes_are_and_called_by_its_caption(tmp_path):
    html = page(drawn_course(tmp_path, TOLD))
    assert 'role="region" aria-label="Ports"' in html
    assert "<td><b>SSH</b></td>" in html
    assert "onclick" not in html


def test_a_drawing_takes_the_place_of_the_authors_picture_and_links_to_it(tmp_path):
    notes = edited(NOTES, ("A bucket holds", f"{ELSEWHERE}\nA bucket holds"))
    html = page(drawn_course(tmp_path, FIGURE + "replaces = 1\n", notes=notes))
    assert html.count("<svg") == 1
    assert html.index("<svg") < html.index("A bucket holds")
    assert 'href="https://pictures.example/1">The author’s screenshot</a>' in html


def test_words_alone_say_what_the_authors_picture_shows(tmp_path):
    notes = edited(NOTES, ("A bucket holds", f"{ELSEWHERE}\nA bucket holds"))
    words = '[[figures]]\nsection = "buckets"\ncaption = "The first page"\nreplaces = 1\n'
    assert "The first page · <a" in page(drawn_course(tmp_path, words, notes=notes))


def test_a_picture_that_was_fetched_is_shown(tmp_path):
    notes = edited(NOTES, ("A bucket holds", f"{ELSEWHERE}\nA bucket holds"))
    kept = Kept("/learn/small/pictures/1.png", 600, 400)
    html = page(drawn_course(tmp_path, "", notes=notes), _1=kept)
    assert '<img src="/learn/small/pictures/1.png" alt="Shot" width="600" height="400"' in html
    assert "pictures.example" not in html


@pytest.mark.parametrize("file", ["missing.svg", "../course.toml", "/etc/passwd"])
def test_a_figure_must_be_a_file_of_the_course(file, tmp_path):
    with pytest.raises(SourceError, match=re.escape(f"small/figures has no file {file!r}")):
        read_course(drawn_course(tmp_path, edited(FIGURE, ("a.svg", file))))


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (edited(FIGURE, ("a.svg", "t.md")), "file: must be a file that ends with .svg"),
        (FIGURE + 'text = "t.md"\n', "text: beside file: a figure is one of them"),
        (edited(FIGURE, ('file = "a.svg"\n', "")), "needs file, steps or text, or the picture"),
        (edited(STEPS, ('alt = "Full"\n', "")), "steps[2].alt: is missing"),
        (FIGURE + "replaces = 1\n", "replaces: is 1, not 0 to 0"),
    ],
)
def test_a_mistake_in_figures_toml_names_file_and_key(figures, message, tmp_path):
    with pytest.raises(SourceError, match=re.escape(message)):
        read_course(drawn_course(tmp_path, figures))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>x()</script>",
        "<style>*{fill:red}</style>",
        '<image href="https://evil.example/x"/>',
        "<foreignObject/>",
        '<a href="x"><text>y</text></a>',
        '<rect fill="#fff"/>',
        '<rect style="fill:red"/>',
        '<rect onclick="x()"/>',
        '<rect id="main"/>',
        '<g xmlns="http://www.w3.org/1999/xhtml"><rect/></g>',
        "<!-- --><rect/>",
        "<text><![CDATA[<script>]]></text>",
        "<rect>",
    ],
)
def test_a_drawing_holds_shapes_words_and_classes_alone(inside):
    with pytest.raises(SvgError):
        read_svg(SVG.replace("<text", f"{inside}<text"))


def test_words_of_a_drawing_stay_words():
    inside = SVG.replace("a &amp; b", "&lt;script&gt;<tspan>x</tspan> &lt;b&gt;")
    assert read_svg(inside).inside == '<text x="1">&lt;script&gt;<tspan>x</tspan> &lt;b&gt;</text>'


@pytest.mark.parametrize(
    "root", ["<svg/>", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1.5 2"/>', "<p/>"]
)
def test_a_drawing_says_its_size(root):
    with pytest.raises(SvgError):
        read_svg(root)


# --- Those of the AWS course ----------------------------------------------------------------------


def test_the_files_are_what_the_functions_draw():
    """`python -m lessons.drawing` writes them."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in DRAWN.glob("*.svg")}
    assert kept == dict(files())


def test_no_file_lies_unused():
    figures = (DRAWN.parent / "figures.toml").read_text(encoding="utf-8")
    assert sorted(re.findall(r'^(?:file|text) = "(.*)"', figures, re.MULTILINE)) == sorted(
        path.name for path in DRAWN.iterdir()
    )


def test_what_a_drawing_shows_is_told_in_sentences():
    told = [frame.alt for figure in FIGURES for frame in figure.frames]
    assert [alt for alt in told if len(alt) < 60 or not re.fullmatch(r"[A-Z“/].*[.”]", alt)] == []
    said = [frame.caption for figure in FIGURES for frame in figure.frames if frame.caption]
    assert [
        one for one in (*said, *(figure.caption for figure in FIGURES)) if one[-1] not in ".?"
    ] == []


def test_what_is_drawn_or_told_names_a_document_that_says_so():
    alone = [one.caption for one in FIGURES if (one.frames or one.text) and not one.sources]
    assert alone == []
    documents = [address for figure in FIGURES for address in figure.sources]
    assert [address for address in documents if not address.startswith("https://")] == []


def test_every_class_of_a_drawing_has_its_colour_or_its_type():
    css = Path("static/css/reading.css").read_text()
    used = {one for _name, text in files() for one in re.findall(r"\bd-\w+", text)}
    assert sorted(one for one in used if not re.search(rf"\.{one}\b", css)) == []


def test_no_type_is_smaller_than_can_be_read_on_a_telephone():
    """A drawing is as wide as the column of a telephone, and its words are 13 px or more."""
    assert {read_svg(path.read_text()).width for path in DRAWN.glob("*.svg")} == {360}
    css = Path("static/css/reading.css").read_text()
    sizes = re.findall(r"\.drawing (?:text|\.d-\w+) \{[^}]*font-size: (\d+)px", css)
    assert min(map(int, sizes), default=0) >= 13


@pytest.mark.parametrize("path", sorted(DRAWN.glob("*.svg")), ids=lambda path: path.stem)
def test_no_circle_or_box_is_cut_off_at_the_edge(path):
    """A line is drawn to both sides of an edge, so a shape keeps a unit's distance."""
    root = ElementTree.parse(path).getroot()
    _left, _top, width, height = map(float, root.attrib["viewBox"].split())
    for left, top, right, bottom in map(edges, root.iter()):
        assert (left >= 1, top >= 1, right < width, bottom < height) == (True,) * 4


def edges(shape: Element) -> tuple[float, float, float, float]:
    x, y, cx, cy, r, width, height = (
        float(shape.get(name, 0)) for name in ("x", "y", "cx", "cy", "r", "width", "height")
    )
    if shape.tag.endswith("circle"):
        return cx - r, cy - r, cx + r, cy + r
    return (x, y, x + width, y + height) if shape.tag.endswith("rect") else (1, 1, 1, 1)
