"""After a verdict: the next lab, and back to the lesson."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Lab, Submission
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission

ClientOf = Callable[[User], Client]
Queries = Callable[[int], object]
LESSON = 'href="/learn/aws/policies/#policy-structure"'


@pytest.fixture
def leas(client_of: ClientOf, lea: User, lab: Lab) -> Client:
    return client_of(lea)


@pytest.fixture
def passed(lea: User, lab: Lab) -> Submission:
    submission = make_submission(lea, lab, "allow read")
    check(submission.pk)
    return submission


def verdict_of(client: Client, submission: Submission) -> str:
    return client.get(f"/labs/attempts/{submission.pk}/verdict/").content.decode()


def test_after_a_pass_the_next_lab_and_the_lesson(
    leas: Client, lea: User, lab: Lab, passed: Submission, django_assert_num_queries: Queries
) -> None:
    make_grade(make_submission(lea, make_lab(lab.course, "done-already", kind="words")), 4)
    make_lab(lab.course, "what-comes-next", kind="words")
    verdict_of(leas, passed)
    with django_assert_num_queries(4):
        html = verdict_of(leas, passed)
    assert 'href="/labs/what-comes-next/"' in html
    assert "done-already" not in html
    assert "Back to the lesson:" in html
    assert LESSON in html


def test_what_was_left_out_comes_after_the_last_lab(
    leas: Client, lab: Lab, passed: Submission
) -> None:
    make_lab(lab.course, "left-out", kind="words")
    Lab.objects.filter(slug="left-out").update(position=0)
    assert 'href="/labs/left-out/"' in verdict_of(leas, passed)


def test_after_the_last_lab_the_course(leas: Client, passed: Submission) -> None:
    html = verdict_of(leas, passed)
    assert "You have passed every lab of this course." in html
    assert 'href="/learn/aws/"' in html


def test_after_a_fail_only_the_section_to_read_again(leas: Client, lea: User, lab: Lab) -> None:
    make_lab(lab.course, "what-comes-next", kind="words")
    submission = make_submission(lea, lab, "that")
    check(submission.pk)
    for path in (f"attempts/{submission.pk}/verdict/", f"attempts/{submission.pk}/", "say-it/"):
        html = leas.get(f"/labs/{path}").content.decode()
        assert "Read again:" in html
        assert LESSON in html
        assert "what-comes-next" not in html


def test_a_section_that_is_gone_is_not_linked(leas: Client, lab: Lab, passed: Submission) -> None:
    lab.home.archived_at = timezone.now()
    lab.home.save()
    assert LESSON not in verdict_of(leas, passed)


# --- The verdict and the text in the editor -------------------------------------------------------


def is_told_old(client: Client) -> bool:
    html = client.get("/labs/say-it/").content.decode()
    assert "data-old-verdict" in html
    return "data-old-verdict hidden" not in html


def test_a_verdict_is_old_while_something_else_stands_in_the_editor(
    leas: Client, lea: User, lab: Lab
) -> None:
    send = {"text": "allow read", "revision": 0}
    leas.post("/labs/say-it/submit/", send)
    check(lea.submissions.get().pk)
    assert not is_told_old(leas)
    leas.post("/labs/say-it/draft/", {"text": "allow write", "revision": 1})
    assert is_told_old(leas)
    leas.post("/labs/say-it/draft/", {"text": "allow read", "revision": 2})
    assert not is_told_old(leas)


def test_what_the_verdict_is_about_is_in_the_page_escaped(
    leas: Client, lea: User, lab: Lab
) -> None:
    check(make_submission(lea, lab, "</template><b>allow").pk)
    html = leas.get("/labs/say-it/").content.decode()
    assert '<template id="judged-text">&lt;/template&gt;&lt;b&gt;allow</template>' in html


def test_the_hints_are_linked_where_the_task_begins(leas: Client, lab: Lab) -> None:
    lab.variants.update(hints=["<p>One.</p>", "<p>Two.</p>"])
    html = leas.get("/labs/say-it/").content.decode()
    assert '<a href="#hints-title">Hints (2)</a>' in html
    assert html.index("#hints-title") < html.index("Do it.")
