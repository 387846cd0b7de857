"""The course as a line of stops."""

from __future__ import annotations

import re

from tests.rows import make_lab


def stops(client) -> list[tuple[str, str, str, str]]:
    """(state, whether it has labs, address, what a screen reader says) of each."""
    page = client.get("/day/").content.decode()
    part = page.partition('class="course-map')[2].partition("</nav>")[0]
    found = re.findall(r'<a class="stop" data-state="(\w+)"([^>]*)>(.*?)</a>', part, re.S)
    return [
        (
            state,
            "labs" if "data-labs" in rest else "",
            re.search(r'href="([^"]+)"', rest)[1],
            re.sub(r"<[^>]+>", "", re.sub(r'<span[^>]*aria-hidden="true">.*?</span>', "", inner)),
        )
        for state, rest, inner in found
    ]


def test_each_lesson_is_a_stop_with_its_state_in_words(client_of, lea, course):
    make_lab(course, "a-lab", section="policy-structure")
    course.lessons.get(slug="buckets").complete(lea)
    assert stops(client_of(lea)) == [
        ("done", "", "/learn/aws/buckets/", "Completed: Buckets"),
        ("here", "labs", "/learn/aws/policies/", "You are here: Policies"),
        ("ahead", "", "/learn/aws/security-groups/", "Not completed: Security groups"),
    ]


def test_each_reader_sees_their_own(client_of, lea, mia, course):
    course.lessons.get(slug="buckets").complete(lea)
    assert [state for state, *_rest in stops(client_of(lea))] == ["done", "here", "ahead"]
    assert [state for state, *_rest in stops(client_of(mia))] == ["here", "ahead", "ahead"]


def test_modules_are_lines_with_how_far_one_is(client_of, lea, course):
    course.lessons.get(slug="buckets").complete(lea)
    page = " ".join(client_of(lea).get("/day/").content.decode().split())
    lines = re.findall(
        r'<p class="line-title"><span lang="en">([^<]+)</span> <span[^>]*>([^<]+)', page
    )
    assert lines == [("Storage", "1/2"), ("Network", "0/1")]


def test_where_all_is_done_nobody_is_anywhere(client_of, lea, course):
    for lesson in course.lessons.all():
        lesson.complete(lea)
    assert {state for state, *_rest in stops(client_of(lea))} == {"done"}


def test_its_words_are_the_readers(client_of, lea, mia, course):
    type(lea).objects.filter(pk=mia.pk).update(language="de")
    first = stops(client_of(lea))[0][3]
    assert first == "You are here: Buckets"
    assert stops(client_of(mia))[0][3] == "Du bist hier: Buckets"


def test_titles_are_text(client_of, lea, course):
    course.lessons.filter(slug="buckets").update(title="<script>x</script>")
    assert "<script>x" not in client_of(lea).get("/day/").content.decode()
