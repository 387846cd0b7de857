"""What a reader puts beside sections: kept, never lost between two tabs, never shown to others."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import timezone

from lessons.limits import MARGINS_PER_MINUTE
from lessons.margin import LONGEST_NOTE, MarginQuerySet
from lessons.models import Lesson, Margin, Section
from portal.accounts.own_data import data_of, erase
from portal.cohorts.models import Cohort
from tests.lessons.folders import (
    COURSE,
    NOTES,
    apply,
    edited,
    rename_and_move_policies,
    write_course,
)
from tests.rows import make_user

HTMX = {"HX-Request": "true"}


@pytest.fixture
def section(course) -> Section:
    return course.sections.get(slug="bucket-names")


def url(section: Section) -> str:
    return f"/learn/{section.course.slug}/margin/{section.pk}/"


def write(client, section, text="Mine", *, htmx=False, **more):
    return client.post(url(section), {"text": text, **more}, headers=HTMX if htmx else {})


def texts() -> list[str]:
    return list(Margin.objects.order_by("pk").values_list("text", flat=True))


def seen() -> str:
    """What a tab that shows the only margin sends with it."""
    return str(Margin.objects.get().revision)


def test_without_javascript_one_writes_on_a_page_and_comes_back_to_the_section(
    lea, section, client_of
):
    client = client_of(lea)
    lesson = client.get("/learn/aws/buckets/").content.decode()
    assert f'href="{url(section)}"' in lesson
    assert 'name="text"' in client.get(url(section)).content.decode()
    answer = write(client, section, "Names are global.\r\nAll of them.", bookmark="1")
    assert answer.headers["Location"] == "/learn/aws/buckets/#bucket-names"
    page = client.get("/learn/aws/buckets/").content.decode()
    assert "Names are global.<br>All of them." in page
    assert page.count("data-bookmarked") == 1


def test_with_htmx_the_note_takes_the_place_of_the_form(lea, section, client_of):
    html = write(client_of(lea), section, "<b>Mine</b>", htmx=True).content.decode()
    assert "&lt;b&gt;Mine&lt;/b&gt;" in html
    assert "autofocus" in html
    assert "<html" not in html


def test_typing_saves_and_leaves_the_text_alone(lea, section, client_of):
    html = write(client_of(lea), section, "Half a", htmx=True, typing="1").content.decode()
    assert texts() == ["Half a"]
    assert f'name="revision" value="{seen()}"' in html
    assert "textarea" not in html


def test_an_empty_margin_is_none(lea, section, client_of):
    client = client_of(lea)
    write(client, section)
    write(client, section, "", revision=seen())
    assert Margin.objects.count() == 0
    write(client, section, "", bookmark="1")
    assert Margin.objects.get().bookmarked_at


def test_a_second_tab_overwrites_nothing_and_may_keep_both(lea, section, client_of):
    client = client_of(lea)
    write(client, section, "From one tab")
    refused = write(client, section, "From the other", htmx=True).content.decode()
    assert texts() == ["From one tab"]
    assert re.findall(r"From (?:one tab|the other)", refused) == ["From the other", "From one tab"]
    write(client, section, "From the other", both="1", revision="0")
    assert texts() == ["From one tab\n\nFrom the other"]


def test_while_typing_a_second_tab_is_told_until_it_decides(lea, section, client_of):
    client = client_of(lea)
    write(client, section, "From one tab")
    for text in ("From", "From the other"):
        told = write(client, section, text, htmx=True, typing="1", revision="0").content.decode()
        assert "Keep both texts" in told
    assert texts() == ["From one tab"]


def test_a_tab_that_shows_an_emptied_note_does_not_overwrite_the_next(lea, section, client_of):
    client = client_of(lea)
    write(client, section, "Shown in one tab")
    shown = seen()
    write(client, section, "", revision=shown)
    write(client, section, "From the other tab", revision="0")
    told = write(client, section, "Shown in one tab, and more", revision=shown)
    assert "From the other tab" in told.content.decode()
    assert texts() == ["From the other tab"]


def test_two_tabs_that_write_the_first_note_at_once_both_keep_their_text(
    lea, section, client_of, monkeypatch
):
    def after_the_other(rows, user, section, **sent):
        Margin.objects.create(user=user, section_id=section, text="From the other", revision=1)
        return keep(rows, user, section, **sent)

    keep = MarginQuerySet.keep
    monkeypatch.setattr(MarginQuerySet, "keep", after_the_other)
    told = write(client_of(lea), section, "From this one").content.decode()
    assert re.findall(r"From (?:this one|the other)", told) == ["From this one", "From the other"]


def test_the_same_save_sent_twice_is_no_conflict(lea, section, client_of):
    client = client_of(lea)
    assert [write(client, section).status_code for _twice in range(2)] == [302, 302]


@pytest.mark.parametrize("sent", ["x", "-1", "²", "9" * 30, ""])
def test_an_odd_revision_is_none(sent, lea, section, client_of):
    assert write(client_of(lea), section, revision=sent).status_code == 302


def test_what_no_database_takes_is_replaced(lea, section, client_of):
    write(client_of(lea), section, "a\0b\r\nc\rd")
    assert texts() == ["a\ufffdb\nc\nd"]


def test_a_long_note_is_refused_and_still_in_the_form(lea, section, client_of):
    text = "x" * (LONGEST_NOTE + 1)
    answer = write(client_of(lea), section, text)
    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert "4001 characters" in answer.content.decode().replace(",", "")
    assert texts() == []


def test_who_saves_too_often_keeps_the_text_in_the_form(lea, section, client_of):
    client = client_of(lea)
    write(client, section, "Note 0")
    for number in range(1, MARGINS_PER_MINUTE):
        write(client, section, f"Note {number}", revision=seen())
    answer = write(client, section, "One too many", revision=seen())
    assert answer.status_code == 429
    assert "One too many" in answer.content.decode()
    assert write(client, section, "And one", htmx=True).status_code == 200
    assert texts() == [f"Note {MARGINS_PER_MINUTE - 1}"]


# --- Whose it is ----------------------------------------------------------------------------------


def test_nobody_else_is_shown_a_note(lea, mia, tom, ada, cohort, section, client_of):
    write(client_of(lea), section, "my secret thought", bookmark="1")
    pages = [
        client_of(reader).get(address).content.decode()
        for reader in (mia, tom)
        for address in (url(section), "/learn/aws/margin/", "/learn/aws/buckets/")
    ]
    pages += [
        client_of(tom).get(address, follow=True).content.decode()
        for address in (
            f"/cohorts/autumn/learners/{lea.pk}/",
            "/cohorts/autumn/items/lessons/aws/buckets/",
        )
    ]
    pages.append(client_of(ada).get("/admin/").content.decode())
    assert [page for page in pages if "secret thought" in page or "data-bookmarked" in page] == []
    assert "argin" not in pages[-1]


def test_outsiders_write_nothing(eve, section, client_of):
    assert write(client_of(eve), section).status_code == 404
    assert texts() == []


def test_a_section_of_another_course_is_not_found_here(lea, section, other_course, client_of):
    foreign = other_course.sections.get()
    assert client_of(lea).get(f"/learn/aws/margin/{foreign.pk}/").status_code == 404


def test_they_are_given_out_and_taken_away_with_the_account(lea, section, client_of):
    write(client_of(lea), section, "Mine", bookmark="1")
    [row] = data_of(lea)["margins"]
    assert (row["section"], row["text"]) == ("Bucket names", "Mine")
    erase(lea)
    assert texts() == []


# --- Where the section goes -----------------------------------------------------------------------


@pytest.fixture
def writer(notes_dir):
    writer = make_user("Lea Learner")
    section = Section.objects.get(slug="policies")
    Cohort.objects.create(name="Small", slug="small", course=section.course).enrol(writer)
    Margin.objects.keep(writer, section.pk, bookmark=True, text="On policies", revision=0)
    return writer


def test_a_note_follows_its_section_through_renaming_and_moving(notes_dir, writer, client_of):
    rename_and_move_policies(notes_dir)
    assert "On policies" in client_of(writer).get("/learn/small/rules/").content.decode()
    assert "On policies" not in client_of(writer).get("/learn/small/buckets/").content.decode()


def test_of_a_section_that_is_split_the_note_stays_with_the_larger_part(
    notes_dir, writer, client_of
):
    split = edited(NOTES, ("It is a JSON", "\n## Statements\nIt is a JSON"))
    write_course(
        notes_dir, notes=split, course=edited(COURSE, ('"policies"', '"policies", "statements"'))
    )
    apply(notes_dir)
    html = client_of(writer).get("/learn/small/buckets/").content.decode()
    assert html.index('id="policies"') < html.index("On policies") < html.index('id="statements"')


def test_of_a_section_that_is_merged_into_another_the_note_is_still_listed(
    notes_dir, writer, client_of
):
    merged = edited(NOTES, ("## Policies\n", ""))
    write_course(notes_dir, notes=merged, course=edited(COURSE, (', "policies"', "")))
    apply(notes_dir)
    page = client_of(writer).get("/learn/small/margin/").content.decode()
    assert page.index("Policies") < page.index("On policies")


def test_of_a_removed_section_the_note_stays_with_the_old_heading(notes_dir, writer, client_of):
    gone = edited(
        NOTES,
        (
            "## Policies\nA policy says who may do what. It is a JSON document with statements.\n",
            "",
        ),
    )
    write_course(notes_dir, notes=gone, course=edited(COURSE, (', "policies"', "")))
    apply(notes_dir)
    client = client_of(writer)
    page = client.get("/learn/small/margin/").content.decode()
    assert (
        page.index("No longer in the course") < page.index("Policies") < page.index("On policies")
    )
    section = Section.objects.get(slug="policies")
    assert "What you wrote stays." in client.get(url(section)).content.decode()
    answer = write(client, section, "", revision=seen())
    assert (answer.headers["Location"], texts()) == ("/learn/small/margin/", [])
    assert client.get(url(section)).status_code == 404


def test_every_section_with_a_text_has_a_margin(notes_dir, writer, client_of):
    lesson = Lesson.objects.get(slug="buckets")
    assert [slug for _html, slug in lesson.parts] == ["storage", "buckets", "policies", ""]


# --- All of a course ------------------------------------------------------------------------------


@pytest.fixture
def three(course, lea) -> None:
    for slug, text in (("inbound-rules", "Third"), ("policy-structure", ""), ("bucket-names", "1")):
        section = course.sections.get(slug=slug)
        Margin.objects.keep(lea, section.pk, bookmark=not text, text=text, revision=0)


def test_they_are_listed_in_reading_order(three, lea, client_of):
    page = client_of(lea).get("/learn/aws/margin/").content.decode()
    assert re.findall(r'href="/learn/aws/[\w-]+/#([\w-]+)"', page) == [
        "bucket-names",
        "policy-structure",
        "inbound-rules",
    ]


def test_an_empty_list_says_how_it_is_filled(lea, client_of):
    assert (
        "Nothing beside the text yet" in client_of(lea).get("/learn/aws/margin/").content.decode()
    )


def test_one_takes_them_along_as_markdown(three, lea, client_of):
    answer = client_of(lea).get("/learn/aws/margin/notes.md")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="notes-aws.md"'
    assert answer.content.decode() == (
        "# Aws\n\n## Buckets\n\n### Bucket names\n\n1\n\n## Policies\n\n### Policy structure ★\n\n"
        "## Security groups\n\n### Inbound rules\n\nThird\n"
    )


def test_one_takes_them_along_as_json(three, lea, client_of):
    rows = json.loads(client_of(lea).get("/learn/aws/margin/notes.json").content)
    assert [(row["lesson"], row["section"], row["note"]) for row in rows] == [
        ("Buckets", "Bucket names", "1"),
        ("Policies", "Policy structure", ""),
        ("Security groups", "Inbound rules", "Third"),
    ]
    assert rows[1]["bookmarked_at"] > timezone.now().date().isoformat()


def test_there_is_no_other_format(lea, client_of):
    assert client_of(lea).get("/learn/aws/margin/notes.pdf").status_code == 404


@pytest.mark.parametrize("page", ["/learn/aws/margin/", "/learn/aws/margin/notes.md"])
def test_the_list_takes_one_query_more_than_a_bare_page(
    page, three, lea, mia, client_of, django_assert_num_queries
):
    client_of(mia).get(page)
    client = client_of(lea)
    with django_assert_num_queries(3):
        client.get(page)
