"""The pages of reading."""

from __future__ import annotations

import re

import pytest
from django.contrib.messages import get_messages

from lessons.models import Completion, Place
from lessons.templatetags.pieces import piece_of

ADDRESSES = ["/learn/aws/", "/learn/aws/buckets/"]
ACTS = ["/learn/aws/buckets/complete/", "/learn/aws/buckets/reopen/", "/learn/aws/buckets/place/"]


def text_of(response) -> str:
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("address", ADDRESSES)
def test_members_read_and_outsiders_find_nothing(address, lea, tom, eve, client_of):
    assert [client_of(user).get(address).status_code for user in (lea, tom, eve)] == [200, 200, 404]


@pytest.mark.parametrize("address", ACTS)
def test_outsiders_change_nothing(address, eve, lea, course, client_of):
    course.lessons.get(slug="buckets").complete(lea)
    assert client_of(eve).post(address).status_code == 404
    assert list(Completion.objects.values_list("user", flat=True)) == [lea.pk]
    assert Place.objects.count() == 0


@pytest.mark.parametrize("address", ACTS)
def test_acts_are_posts(address, lea, client_of):
    assert client_of(lea).get(address).status_code == 405


@pytest.mark.parametrize("address", ADDRESSES + ACTS)
def test_strangers_are_asked_to_sign_in(address, client, course):
    assert client.post(address).headers["Location"] == f"/accounts/login/?next={address}"


def test_an_archived_lesson_is_not_found(lea, course, client_of):
    course.lessons.filter(slug="buckets").update(archived_at="2026-01-01T00:00Z")
    assert client_of(lea).get("/learn/aws/buckets/").status_code == 404


def test_the_course_shows_modules_lessons_and_the_next_step(lea, course, client_of):
    course.lessons.get(slug="buckets").complete(lea)
    page = client_of(lea).get("/learn/aws/")
    assert re.findall(r'<h2 id="module-[^>]*>(.*?)</h2>', page.content.decode()) == [
        "Storage",
        "Network",
    ]
    assert re.findall(r'class="tick" data-done="(\w+)"', page.content.decode()) == [
        "yes",
        "no",
        "no",
    ]
    assert "1 of 3 · 33 %" in text_of(page)
    assert "Continue: Policies" in text_of(page)


def test_a_finished_course_says_so(lea, course, client_of):
    for lesson in course.lessons.all():
        lesson.complete(lea)
    page = text_of(client_of(lea).get("/learn/aws/"))
    assert "3 of 3 · 100 %" in page
    assert "You have completed every lesson of this course." in page


def test_a_lesson_has_its_neighbours_contents_and_reading_time(lea, client_of):
    html = client_of(lea).get("/learn/aws/policies/").content.decode()
    assert re.findall(r'rel="(prev|next)" href="([^"]+)"', html) == [
        ("prev", "/learn/aws/buckets/"),
        ("next", "/learn/aws/security-groups/"),
    ]
    assert "2 minutes to read" in html
    assert html.count("<h1 ") == 1


def test_the_contents_list_leads_to_every_heading(course):
    lesson = course.lessons.get(slug="buckets")
    contents = "".join(piece_of("lessons/_contents.html", {"lesson": lesson})[0])
    assert re.findall(r'href="#([^"]+)"', contents) == ["what-a-bucket-is", "bucket-names"]


def test_completing_without_javascript_comes_back_and_says_so(lea, course, client_of):
    answer = client_of(lea).post("/learn/aws/buckets/complete/", follow=True)
    assert answer.redirect_chain == [("/learn/aws/buckets/", 302)]
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Lesson completed."]
    assert "You have completed this lesson." in text_of(answer)
    assert Completion.objects.get().user == lea


def test_completing_by_htmx_swaps_the_button_the_bar_and_the_tick(lea, course, client_of):
    lesson = course.lessons.get(slug="buckets")
    answer = client_of(lea).post("/learn/aws/buckets/complete/", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert re.findall(r'<(?:section|div|span)[^>]* id="([^"]+)"', html) == [
        "course-progress",
        "course-progress-label",
        f"tick-{lesson.pk}",
    ]
    assert html.count('hx-swap-oob="true"') == 2
    # The button that had it is gone
    assert re.findall(r'href="([^"]+)" autofocus', html) == ["/learn/aws/policies/"]
    assert "1 of 3 · 33 %" in text_of(answer)
    assert "<html" not in html


def test_completing_twice_counts_once(lea, course, client_of):
    for _ in range(2):
        client_of(lea).post("/learn/aws/buckets/complete/")
    assert Completion.objects.count() == 1


def test_reopening_takes_the_completion_back(lea, mia, course, client_of):
    lesson = course.lessons.get(slug="buckets")
    lesson.complete(lea)
    lesson.complete(mia)
    answer = client_of(lea).post("/learn/aws/buckets/reopen/", headers={"HX-Request": "true"})
    assert "Mark as completed" in text_of(answer)
    assert "0 of 3 · 0 %" in text_of(answer)
    assert Completion.objects.get().user == mia


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("bucket-names", "bucket-names"),
        ("", None),
        ("inbound-rules", None),
        ("<script>", None),
        ("\x00", None),
    ],
)
def test_the_place_is_kept_when_it_is_a_heading_of_the_lesson(sent, kept, lea, course, client_of):
    answer = client_of(lea).post("/learn/aws/buckets/place/", {"section": sent})
    place = Place.objects.get(user=lea)
    assert answer.status_code == 204
    assert (place.lesson.slug, place.section and place.section.slug) == ("buckets", kept)


@pytest.mark.parametrize(("page", "queries"), [("/learn/aws/", 4), ("/learn/aws/buckets/", 5)])
def test_pages_that_somebody_read_before_take_few_queries(
    page, queries, lea, mia, course, client_of, django_assert_num_queries
):
    """Session, person, completions; the course page also where one stopped, and a lesson also what
    one put beside its sections."""
    client_of(mia).get(page)
    client = client_of(lea)
    with django_assert_num_queries(queries):
        client.get(page)


@pytest.mark.parametrize("page", ["/learn/aws/policies/", "/learn/aws/", "/day/?from=mail"])
def test_another_language_leads_back_to_the_page(page, lea, course, client_of):
    html = client_of(lea).get(page).content.decode()
    assert f'<input type="hidden" name="next" value="{page}">' in html
