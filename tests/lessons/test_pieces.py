"""Pieces are rendered once; holes are filled for each reader."""

from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import mark_safe

from lessons.models import Lesson
from lessons.templatetags import pieces

PAGER = '{% piece "components/pager.html" next=lesson %}'


@pytest.fixture(autouse=True)
def _nothing_kept():
    pieces.forget()


@pytest.fixture
def templates(settings, tmp_path):
    """Writes a template and forgets what was loaded."""

    def write(name: str, text: str) -> str:
        (tmp_path / name).write_text(text)
        return name

    engine = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]
    return write


def page(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


def test_a_piece_is_rendered_once_for_the_same_values(templates):
    templates("a.html", "{{ n }}!")
    first = page('{% piece "a.html" n=n %}', n=1)
    hits = pieces.cut.cache_info().hits
    assert (first, page('{% piece "a.html" n=n %}', n=1)) == ("1!", "1!")
    assert pieces.cut.cache_info().hits == hits + 1
    assert page('{% piece "a.html" n=n %}', n=2) == "2!"


def test_a_piece_sees_nothing_of_the_page_that_it_was_not_given(templates):
    templates("a.html", "[{{ user }}{{ request }}{{ secret }}]")
    values = {"user": "lea", "request": "r", "secret": "s"}
    assert page('{% piece "a.html" %}', **values) == "[]"


def test_a_hole_is_filled_with_the_readers_own_and_escaped(templates):
    templates("a.html", 'Hello {% hole "user.name" %}.')
    greet = '{% piece "a.html" %}'
    assert page(greet, user={"name": "Lea"}) == "Hello Lea."
    assert page(greet, user={"name": "<b>"}) == "Hello &lt;b&gt;."
    assert page(greet) == "Hello ."


def test_a_hole_takes_the_entry_of_a_key(templates):
    templates("a.html", '{% for n in numbers %}{% hole "ticks" n %}{% endfor %}')
    assert page('{% piece "a.html" numbers=n %}', n=(1, 2), ticks={"1": "x", "2": "y"}) == "xy"


def test_the_csrf_token_and_the_nonce_are_the_readers(templates):
    templates("a.html", '{% csrf_token %}<script nonce="{{ csp_nonce }}"></script>')
    for token in ("first", "second"):
        html = page('{% piece "a.html" %}', csrf_token=token, csp_nonce=f"n-{token}")
        assert f'value="{token}"' in html
        assert f'nonce="n-{token}"' in html


def test_a_piece_of_a_piece_leaves_its_holes_open(templates):
    templates("inner.html", '{% hole "name" %}')
    templates("outer.html", '<{% piece "inner.html" %}>')
    assert page('{% piece "outer.html" %}', name="Lea") == "<Lea>"
    assert page('{% piece "outer.html" %}', name="Mia") == "<Mia>"


def test_each_language_has_its_own(templates):
    templates("a.html", '{% load i18n %}{% translate "Search" %}')
    with translation.override("de"):
        german = page('{% piece "a.html" %}')
    assert (page('{% piece "a.html" %}'), german) == ("Search", "Suchen")


def test_a_changed_row_is_another_row():
    """Rows are equal by their keys; a kept piece of the old one must not be shown."""
    old, new = Lesson(pk=1, title="Old title"), Lesson(pk=1, title="New title")
    for lesson in (old, new):
        lesson.get_absolute_url = lambda: "/there/"
    assert "Old title" in page(PAGER, lesson=old)
    assert "New title" in page(PAGER, lesson=new)


def test_a_hole_in_no_piece_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError, match="in no piece"):
        page('{% hole "user" %}')


def test_what_is_no_pair_is_a_mistake_of_the_template():
    with pytest.raises(TemplateSyntaxError, match="name=value"):
        Template('{% piece "a.html" only %}')


def test_while_templates_are_written_nothing_is_kept(templates, settings):
    settings.DEBUG = True
    templates("a.html", "{{ n }}")
    page('{% piece "a.html" n=1 %}')
    assert pieces.cut.cache_info().currsize == 0


def test_two_readers_of_one_page_never_see_each_others_names(lea, mia, course, client_of):
    for user, other in ((lea, mia), (mia, lea), (lea, mia)):
        html = client_of(user).get("/learn/aws/policies/").content.decode()
        assert user.email in html
        assert other.email not in html


def test_a_text_that_is_safe_is_not_kept_for_one_that_is_not(templates):
    templates("a.html", "{{ words }}")
    show = '{% piece "a.html" words=words %}'
    assert page(show, words=mark_safe("<b>")) == "<b>"
    assert page(show, words="<b>") == "&lt;b&gt;"


def test_what_is_put_together_once_is_kept_for_what_it_was_made_of_and_the_language(settings):
    made: list[tuple[str, object]] = []

    @pieces.once
    def words(of: object) -> str:
        made.append((translation.get_language(), of))
        return f"{translation.get_language()}: {of}"

    edition, another = object(), object()
    for _again in range(2):
        assert words(edition) == f"en: {edition}"
        assert words(another) == f"en: {another}"
        with translation.override("de"):
            assert words(edition) == f"de: {edition}"
    assert made == [("en", edition), ("en", another), ("de", edition)]
    pieces.forget()
    words(edition)
    settings.DEBUG = True  # whoever works at templates sees what they change
    words(edition), words(edition)
    assert len(made) == 6


FIXED = '{% load i18n %}{% fixed %}<b>{% translate "Save" %}</b>{{ secret }}{% endfixed %}'


def test_what_is_fixed_is_rendered_once_in_each_language_and_sees_nothing_of_the_page(settings):
    kept = Template(FIXED)
    for secret in ("first", "second"):
        assert kept.render(Context({"secret": secret})) == "<b>Save</b>"
        with translation.override("de"):
            assert kept.render(Context({"secret": secret})) == "<b>Speichern</b>"
    (node,) = [one for one in kept.nodelist if isinstance(one, pieces.FixedNode)]
    assert set(node.cuts) == {"en", "de"}
    pieces.forget()
    assert node.cuts == {}


def test_while_one_works_at_templates_nothing_fixed_is_kept(settings):
    microsecond = Template('{% fixed %}{% now "u" %}{% endfixed %}')
    assert microsecond.render(Context()) == microsecond.render(Context())
    settings.DEBUG = True
    assert microsecond.render(Context()) != microsecond.render(Context())


def test_what_is_the_readers_own_is_left_open_in_what_is_fixed(templates):
    text = '{% fixed %}{% hole "user.name" %}:{{ csp_nonce }}{% csrf_token %}{% endfixed %}'
    kept = Template(text)
    for name in ("Lea", "<Mia>"):
        html = kept.render(
            Context({"user": {"name": name}, "csp_nonce": name[:2], "csrf_token": f"of-{name}"})
        )
        assert html.startswith(f"{escape(name)}:{escape(name[:2])}<input")
        assert f'value="{escape(f"of-{name}")}"' in html
    templates("outer.html", '[{% fixed %}{% hole "user.name" %}{% endfixed %}]')
    for name in ("Lea", "Mia"):  # in a piece its reader is known later
        assert page('{% piece "outer.html" %}', user={"name": name}) == f"[{name}]"
