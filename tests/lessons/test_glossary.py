"""The words of a course: read, kept, marked in the lessons, and listed."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings

from lessons.editions import new_edition
from lessons.glossary import TermSource
from lessons.lesson_page import render_lesson
from lessons.marking import Glossary, Marker
from lessons.models import Course, Lesson, Term
from lessons.source import read_course
from lessons.sync import plan_courses
from lessons.toml_table import SourceError
from tests.lessons.folders import NOTES, apply, edited, write_course

BUCKET = """
[[terms]]
term = "Bucket"
also = ["S3 bucket"]
section = "buckets"
text = "Holds objects."
"""
POLICY = """
[[terms]]
term = "Policy"
also = ["policies"]
section = "policies"
text = "Says who may do what."
"""
HOMES = {name: (f"/learn/{name}/", name.capitalize()) for name in ("here", "there")}


def term(name: str, *also: str, section: str = "there", not_in: tuple[str, ...] = ()) -> TermSource:
    return TermSource(name, also, f"What {name} is.", section, not_in)


def marked(html: str, *terms: TermSource, section: str = "here") -> str:
    """With [brackets] in place of buttons."""
    text = Marker(Glossary(terms, "/glossary/", HOMES)).mark(html, section)
    return re.sub(r'<button type="button" class="term" [^>]*>(.*?)</button>', r"[\1]", text)


# --- Files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (BUCKET.replace('"buckets"', '"pails"'), "section: the course has no section 'pails'"),
        (BUCKET + 'not_in = ["pails"]', "not_in: the course has no section 'pails'"),
        (BUCKET + BUCKET, "term: “S3 bucket” is “Bucket” already"),
        (BUCKET + POLICY.replace('"policies"]', '"S3 bucket"]'), "“S3 bucket” is “Bucket” already"),
        (BUCKET.replace("Holds objects.", "x" * 241), "has 241 characters; 240 are the most"),
        (BUCKET.replace('"S3 bucket"', '" "'), "term: has a form without a letter"),
        (BUCKET + 'color = "red"', "color: unknown key"),
    ],
)
def test_mistakes_name_the_file_and_the_key(toml, problem, notes_dir):
    folder = write_course(notes_dir, glossary=toml)
    with pytest.raises(SourceError, match=re.escape(problem)) as error:
        read_course(folder)
    assert str(error.value).startswith("small/glossary.toml: terms[")


def test_no_lesson_takes_the_address_of_another_page(notes_dir):
    course = (notes_dir / "small" / "course.toml").read_text()
    folder = write_course(notes_dir, course=edited(course, ('"rules"', '"glossary"')))
    with pytest.raises(SourceError, match="no lesson can have the slug 'glossary'"):
        read_course(folder)


# --- Marking --------------------------------------------------------------------------------------


def test_the_first_use_is_marked_in_whatever_form():
    port, zone = term("Port"), term("Availability Zone", "AZ")
    assert marked("<p>Two ports of each AZ. A port, AZs.</p>", port, zone) == (
        "<p>Two [ports] of each [AZ]. A port, AZs.</p>"
    )


def test_small_words_are_found_in_capitals_and_abbreviations_only_as_they_are():
    group, acl = term("Security group"), term("ACL")
    assert marked("Security Groups; an acl, an ACL", group, acl) == (
        "[Security Groups]; an acl, an [ACL]"
    )


def test_the_longest_form_wins():
    assert marked("An IAM role of IAM", term("IAM"), term("IAM role")) == "An [IAM role] of [IAM]"


def test_parts_of_words_and_of_hosts_are_left_alone():
    text = "important, port-mapping, x.port.example.com, Port.js"
    assert marked(text, term("Port")) == text
    assert marked("a port.", term("Port")) == "a [port]."


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Port</h2>",
        '<a href="/port/">a port</a>',
        "<p><code>port 22</code></p>",
        '<pre tabindex="0"><span>port</span></pre>',
        "<figure><svg><text>port</text></svg><figcaption>A port</figcaption></figure>",
        '<p class="callout-title">Note on the port</p>',
        '<p class="source">Source: the port</p>',
        '<p><img alt="a > port" src="/port.png"></p>',
        "<!-- port -->",
    ],
)
def test_what_is_no_running_text_is_left_alone(html):
    assert marked(html, term("Port")) == html
    assert marked(f"{html}<p>a port</p>", term("Port")) == f"{html}<p>a [port]</p>"


def test_where_a_word_is_taught_and_afterwards_it_is_not_marked():
    port = term("Port", section="here")
    marker = Marker(Glossary((port,), "/glossary/", HOMES))
    assert "<button" in marker.mark("A port", "there")
    marker = Marker(Glossary((port,), "/glossary/", HOMES))
    assert [marker.mark("A port", section) for section in ("here", "there")] == ["A port"] * 2


def test_a_section_that_means_something_else_is_left_alone():
    assert marked("a port", term("Port", not_in=("here",))) == "a port"


def test_what_a_button_shows_is_escaped_and_leads_to_lesson_and_glossary():
    risky = TermSource("R&D", ("RND",), "<b>Bold</b>", "there")
    marker = Marker(Glossary((risky,), "/glossary/", HOMES))
    marker.mark("RND", "here")
    assert "&lt;b&gt;Bold" in marker.boxes()
    assert re.findall(r'href="([^"]+)"', marker.boxes()) == ["/learn/there/", "/glossary/#rd"]


# --- Rows -----------------------------------------------------------------------------------------


def lines(notes_dir) -> list[str]:
    return [line for plan in plan_courses(notes_dir) for line in plan.lines()]


def test_a_sync_says_what_changes_in_the_glossary_and_does_it(notes_dir):
    write_course(notes_dir, glossary=BUCKET + POLICY)
    assert lines(notes_dir) == ["small: “Small”", "  + added: glossary “Bucket”, “Policy”"]
    apply(notes_dir)
    write_course(notes_dir, glossary=BUCKET.replace("Holds objects.", "Holds files."))
    assert lines(notes_dir) == [
        "small: “Small”",
        "  ~ changed: glossary “Bucket”",
        "  - removed: glossary “Policy”",
    ]
    apply(notes_dir)
    assert list(Term.objects.values_list("name", "text", "section__slug")) == [
        ("Bucket", "Holds files.", "buckets")
    ]
    assert lines(notes_dir) == []


def test_many_new_words_are_one_line(notes_dir):
    many = "".join(
        BUCKET.replace("Bucket", f"Word {n:02}").replace("S3 bucket", f"W{n}") for n in range(20)
    )
    write_course(notes_dir, glossary=many)
    [line] = lines(notes_dir)[1:]
    assert line.endswith("“Word 07” and 12 more")


def test_a_new_word_renders_the_lessons_anew_and_is_no_news_to_their_readers(notes_dir):
    before = dict(Lesson.objects.values_list("slug", "updated_at"))
    words = dict(Lesson.objects.values_list("slug", "words"))
    write_course(notes_dir, glossary=POLICY.replace('"policies"\n', '"inbound-rules"\n'))
    apply(notes_dir)
    html = Lesson.objects.get(slug="buckets").html
    assert re.findall(r'popovertarget="([^"]+)">(\w+)<', html) == [("term:policy", "policy")]
    assert 'id="term:policy"' in html
    assert "/learn/small/rules/#inbound-rules" in html
    assert dict(Lesson.objects.values_list("slug", "updated_at")) == before
    assert dict(Lesson.objects.values_list("slug", "words")) == words


def test_a_word_follows_its_section_when_that_is_renamed(notes_dir):
    write_course(notes_dir, glossary=BUCKET)
    apply(notes_dir)
    home = Term.objects.get().section_id
    write_course(
        notes_dir,
        notes=edited(NOTES, ("## **Buckets** 🪣", "## Pails")),
        course=edited(
            (notes_dir / "small" / "course.toml").read_text(), ('"buckets",', '"pails",')
        ),
        glossary=BUCKET.replace('"buckets"', '"pails"'),
    )
    apply(notes_dir)
    assert Term.objects.get().section_id == home


# --- The page -------------------------------------------------------------------------------------


@pytest.fixture
def words(course) -> None:
    for name, also in (("Bucket", ["S3 bucket"]), ("Object", []), ("Bill", [])):
        Term.objects.create(
            course=course,
            slug=name.lower(),
            name=name,
            also=also,
            text=f"<{name}>",
            section=course.sections.get(slug="bucket-names"),
        )


def terms_of(answer) -> list[str]:
    return re.findall(r"<dt>(\w+)", answer.content.decode())


def test_the_glossary_goes_by_the_alphabet_and_leads_to_the_sections(words, lea, client_of):
    answer = client_of(lea).get("/learn/aws/glossary/")
    html = answer.content.decode()
    assert terms_of(answer) == ["Bill", "Bucket", "Object"]
    assert re.findall(r'href="#letter-(\w)"', html) == ["B", "O"]
    assert html.count('href="/learn/aws/buckets/#bucket-names"') == 3
    assert "&lt;Bucket&gt;" in html


@pytest.mark.parametrize(
    ("asked", "found"),
    [("s3", ["Bucket"]), ("B", ["Bill", "Bucket", "Object"]), (" bi ", ["Bill"])],
)
def test_typing_filters_also_without_javascript(asked, found, words, lea, client_of):
    answer = client_of(lea).get("/learn/aws/glossary/", {"q": asked})
    assert terms_of(answer) == found
    assert f'value="{asked.strip()}"' in answer.content.decode()


def test_nothing_found_leads_back_to_all_and_no_words_to_the_search(words, lea, course, client_of):
    nothing = client_of(lea).get("/learn/aws/glossary/", {"q": "<zebra>"}).content.decode()
    assert "No word matches" in nothing
    assert "&lt;zebra&gt;" in nothing
    Term.objects.all().delete()
    Course.objects.update(edition=new_edition())
    assert "No words yet" in client_of(lea).get("/learn/aws/glossary/").content.decode()


def test_the_glossary_takes_as_many_queries_as_a_bare_page(
    words, lea, mia, client_of, django_assert_num_queries
):
    client_of(mia).get("/learn/aws/glossary/")
    client = client_of(lea)
    with django_assert_num_queries(2):
        client.get("/learn/aws/glossary/")


# --- The AWS course -------------------------------------------------------------------------------


def test_the_aws_course_explains_its_words():
    source = read_course(settings.NOTES_DIR / "aws")
    assert len(source.glossary) >= 80
    homes = {
        one.heading.slug: ("/x/", lesson.title)
        for lesson in source.lessons
        for one in lesson.sections
    }
    glossary = Glossary(source.glossary, "/learn/aws/glossary/", homes)
    pages = [render_lesson(lesson, glossary=glossary).html for lesson in source.lessons]
    for html in pages:
        targets = re.findall(r'popovertarget="([^"]+)"', html)
        assert sorted(targets) == sorted(re.findall(r'<div popover id="([^"]+)"', html))
        assert len(targets) == len(set(targets))
        assert len(gzip.compress(html.encode())) < 60 * 1024
    assert sum(html.count('class="term"') for html in pages) > 200
