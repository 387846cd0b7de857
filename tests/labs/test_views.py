from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from labs.models import Draft, Grade, Lab, State, Submission
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission

Queries = Callable[[int], object]
ClientOf = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def leas(client_of: ClientOf, lea: User, lab: Lab) -> Client:
    """lea's browser, where the lab is to be seen."""
    return client_of(lea)


def send(
    client: Client, text: str = "allow read", *, htmx: bool = True, **fields: object
) -> object:
    data = {"text": text, "key": str(uuid.uuid4()), "revision": 0} | fields
    return client.post("/labs/say-it/submit/", data, headers=HTMX if htmx else {})


def said(response: object) -> str:
    """The words of a page, with single spaces."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


# --- Pages ----------------------------------------------------------------------------------------


def test_the_list_shows_labs_by_module_with_their_state(
    leas: Client, lea: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    make_grade(make_submission(lea, lab), 4)
    make_lab(lab.course, "homeless", kind="words")
    leas.get("/labs/")
    with django_assert_num_queries(3):
        page = said(leas.get("/labs/"))
    assert re.search(r"Storage Say it Say two words. Passed .* More labs Homeless Not begun", page)


def test_the_list_costs_the_same_with_many_labs(
    leas: Client, lea: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    for number in range(10):
        make_lab(lab.course, f"lab-{number}", kind="words", section="bucket-names")
    leas.get("/labs/")
    with django_assert_num_queries(3):
        leas.get("/labs/")


def test_somebody_without_labs_is_told_what_to_do(client_of: ClientOf, eve: User, lab: Lab) -> None:
    page = said(client_of(eve).get("/labs/"))
    assert "No labs yet" in page
    assert "Say it" not in page


def test_a_lab_opens_with_its_task_and_starter(
    leas: Client, django_assert_num_queries: Queries
) -> None:
    leas.get("/labs/say-it/")
    with django_assert_num_queries(4):
        response = leas.get("/labs/say-it/")
    html = response.content.decode()
    assert "<p>Do it.</p>" in html
    assert ">\nsay</textarea>" in html
    assert "No answer yet" in html


def test_a_lab_with_attempts_costs_two_queries_more(
    leas: Client, lea: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    for text in ("allow", "read", "say"):
        submission = make_submission(lea, lab, text)
        check(submission.pk)
    leas.get("/labs/say-it/")
    with django_assert_num_queries(6):
        page = said(leas.get("/labs/say-it/"))
    assert "Not yet" in page
    assert "0 %" in page


@pytest.mark.parametrize(
    "path",
    ["", "attempts/", "solution/", "texts/"],
)
def test_a_lab_of_another_course_is_not_found(
    client_of: ClientOf, eve: User, lab: Lab, path: str
) -> None:
    assert client_of(eve).get(f"/labs/say-it/{path}").status_code == 404


@pytest.mark.parametrize("path", ["submit/", "draft/", "lint/", "restart/", "practise/"])
def test_nothing_can_be_sent_to_a_lab_of_another_course(
    client_of: ClientOf, eve: User, lab: Lab, path: str
) -> None:
    assert client_of(eve).post(f"/labs/say-it/{path}", {"text": "allow"}).status_code == 404
    assert Submission.objects.count() + Draft.objects.count() == 0


@pytest.mark.parametrize("path", ["", "verdict/"])
def test_other_peoples_attempts_are_not_found(
    client_of: ClientOf, lea: User, mia: User, eve: User, lab: Lab, path: str
) -> None:
    submission = make_submission(lea, lab, "lea's secret")
    for stranger in (mia, eve):
        assert client_of(stranger).get(f"/labs/attempts/{submission.pk}/{path}").status_code == 404
    assert client_of(lea).get(f"/labs/attempts/{submission.pk}/{path}").status_code == 200


# --- Handing in -----------------------------------------------------------------------------------


def test_an_answer_is_queued_and_its_verdict_is_waited_for(leas: Client, lea: User) -> None:
    html = send(leas).content.decode()
    submission = lea.submissions.get()
    assert (submission.state, submission.text) == (State.QUEUED, "allow read")
    assert f'hx-get="/labs/attempts/{submission.pk}/verdict/"' in html
    assert 'hx-trigger="live, every 10s"' in html
    assert 'data-live="/events/' in html
    assert "It is checked in a moment." in html


def test_without_live_events_the_page_looks_every_two_seconds(
    leas: Client, settings: object
) -> None:
    settings.LIVE_EVENTS = False
    html = send(leas).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert "data-live=" not in html


def test_without_javascript_the_page_is_loaded_again(leas: Client, lea: User) -> None:
    response = send(leas, htmx=False)
    assert (response.status_code, response["Location"]) == (302, "/labs/say-it/#verdict")
    assert "Queued" in said(leas.get("/labs/say-it/"))


def test_the_form_gets_a_new_key_after_each_answer(leas: Client) -> None:
    key = str(uuid.uuid4())
    html = send(leas, key=key).content.decode()
    (renewed,) = re.findall(r'name="key" id="answer-key" value="([^"]+)" hx-swap-oob="true"', html)
    assert renewed != key


def test_the_same_form_sent_twice_is_one_submission(leas: Client, lea: User) -> None:
    key = str(uuid.uuid4())
    send(leas, key=key)
    send(leas, key=key)
    assert lea.submissions.count() == 1


def test_another_text_with_an_old_key_is_not_swallowed(leas: Client, lea: User) -> None:
    key = str(uuid.uuid4())
    send(leas, "allow", key=key)
    send(leas, "read", key=key)
    assert sorted(lea.submissions.values_list("text", flat=True)) == ["allow", "read"]


def test_an_unreadable_answer_is_pointed_at_and_costs_nothing(leas: Client, lea: User) -> None:
    response = send(leas, "allow\nread!", htmx=True)
    page = said(response)
    assert "Line 2, column 5 : An exclamation mark is not a word." in page
    assert "No attempt was used" in page
    assert 'data-line="2" data-column="5"' in response.content.decode()
    assert lea.submissions.count() == 0
    assert lea.drafts.get().text == "allow\nread!"


def test_an_unreadable_answer_is_still_in_the_form_without_javascript(
    leas: Client, lea: User
) -> None:
    response = send(leas, "allow\nread!", htmx=False)
    assert response.status_code == 200
    assert ">\nallow\nread!</textarea>" in response.content.decode()
    assert lea.submissions.count() == 0


def test_line_ends_are_counted_as_the_editor_counts_them(leas: Client, lea: User) -> None:
    send(leas, "allow\r\nread")
    assert lea.submissions.get().text == "allow\nread"


def test_an_answer_whose_reading_does_not_end_goes_to_the_worker(
    leas: Client, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.child.READING_SECONDS", 0.1)
    send(leas, "parse-loop")
    assert lea.submissions.get().state == State.QUEUED


def test_too_many_answers_in_a_minute_are_refused_and_nothing_is_lost(
    leas: Client, lea: User, settings: object
) -> None:
    settings.SUBMISSIONS_PER_MINUTE = 2
    for revision, text in enumerate(("one", "two", "three")):
        response = send(leas, text, revision=revision)
    assert "A little slower, please" in said(response)
    assert response.status_code == 200  # htmx swaps nothing else
    assert send(leas, "four", htmx=False, revision=3).status_code == 429
    assert lea.submissions.count() == 2


def test_answers_sent_at_the_same_moment_count_before_they_are_rows(
    leas: Client, lea: User, settings: object
) -> None:
    settings.SUBMISSIONS_PER_MINUTE = 1
    send(leas, "one")
    # Not seen, as if it were being written
    lea.submissions.update(created_at=timezone.now() - timedelta(hours=1))
    assert "A little slower, please" in said(send(leas, "two"))
    assert lea.submissions.count() == 1


def test_one_learner_is_not_the_whole_queue(leas: Client, lea: User, settings: object) -> None:
    settings.OPEN_ANSWERS = 2
    send(leas, "one")
    send(leas, "two")
    answer = said(send(leas, "three"))
    assert "Your last answers are still being checked" in answer
    assert "your text is still there" in answer
    assert lea.submissions.count() == 2
    lea.submissions.update(state=State.GRADED)
    send(leas, "three")
    assert lea.submissions.count() == 3


def test_drafts_are_limited_and_the_text_stays_in_the_page(
    leas: Client, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.workspace.DRAFTS_PER_MINUTE", 1)
    leas.post("/labs/say-it/draft/", {"text": "one", "revision": 0})
    assert (
        leas.post("/labs/say-it/draft/", {"text": "two", "revision": 1}, headers=HTMX).status_code
        == 429
    )
    page = leas.post("/labs/say-it/draft/", {"text": "three", "revision": 1}).content.decode()
    assert ">\nthree</textarea>" in page
    assert lea.drafts.get().text == "one"


def test_the_same_form_finds_its_row_even_in_a_hurry(
    leas: Client, lea: User, settings: object
) -> None:
    settings.SUBMISSIONS_PER_MINUTE = 1
    key = str(uuid.uuid4())
    send(leas, key=key)
    assert "Queued" in said(send(leas, key=key))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nul \0 here", "The answer holds a character that is not text."),
        ("", "The answer is empty."),
        (" \n ", "The answer is empty."),
        ("x" * 2_001, "The answer is longer than 2 kB."),
        ("é" * 1_001, "The answer is longer than 2 kB."),
        ("x" * 300_000, "The answer is longer than 2 kB."),
    ],
)
def test_hostile_texts_are_answered_in_plain_words(
    leas: Client, lea: User, text: str, words: str
) -> None:
    response = send(leas, text)
    assert response.status_code == 200
    assert words in said(response)
    assert lea.submissions.count() == 0


def test_a_megabyte_is_refused_before_it_is_read(leas: Client, lea: User) -> None:
    assert send(leas, "x" * 1_000_000).status_code == 400
    assert lea.drafts.count() + lea.submissions.count() == 0


def test_bytes_that_are_no_text_do_no_harm(leas: Client, lea: User) -> None:
    body = b"text=%ED%A0%80%FF&key=x&revision=99999999999999999999"
    response = leas.post(
        "/labs/say-it/submit/", body, content_type="application/x-www-form-urlencoded", headers=HTMX
    )
    assert response.status_code == 200
    assert "\ufffd" in lea.submissions.get().text


def test_what_was_typed_is_only_ever_shown_escaped(leas: Client, lea: User) -> None:
    text = "<script>alert(1)</script> </textarea><img onerror=x>"
    send(leas, text)
    submission = lea.submissions.get()
    check(submission.pk)
    for path in (
        "/labs/say-it/",
        f"/labs/attempts/{submission.pk}/",
        f"/labs/attempts/{submission.pk}/verdict/",
    ):
        html = leas.get(path).content.decode()
        assert "<script>alert" not in html
        assert "<img onerror" not in html
        assert "<b>Because" not in html


# --- Drafts ---------------------------------------------------------------------------------------


def save(client: Client, text: str, revision: int, *, htmx: bool = True) -> object:
    data = {"text": text, "revision": revision}
    return client.post("/labs/say-it/draft/", data, headers=HTMX if htmx else {})


def test_a_draft_is_saved_and_comes_back(leas: Client) -> None:
    response = save(leas, "half an ans", 0)
    assert re.search(r"Saved \d\d:\d\d", said(response))
    assert 'data-revision="1"' in response.content.decode()
    assert ">\nhalf an ans</textarea>" in leas.get("/labs/say-it/").content.decode()


def test_two_tabs_do_not_overwrite_each_other(leas: Client, lea: User) -> None:
    save(leas, "from the first tab", 0)
    response = save(leas, "from the second tab", 0)
    assert "Not saved: this lab was saved in another tab or device" in said(response)
    assert "data-conflict" in response.content.decode()
    assert lea.drafts.get().text == "from the first tab"
    assert 'id="answer-revision"' not in response.content.decode()
    save(leas, "from the second tab", 1)  # "keep this text" sends the newest revision
    assert lea.drafts.get().text == "from the second tab"


def test_the_same_save_sent_twice_is_no_conflict(leas: Client, lea: User) -> None:
    save(leas, "a", 0)
    save(leas, "ab", 1)
    assert "Saved" in said(save(leas, "ab", 1))
    assert lea.drafts.get().revision == 2


@pytest.mark.parametrize(("text", "queries"), [("allow read", 6), ("allow write", 7)])
def test_handing_in_costs_few_queries(
    leas: Client, lea: User, text: str, queries: int, django_assert_num_queries: Queries
) -> None:
    """Session, person, draft, what was handed in lately, the row, how many are ahead; one more
    where the text is another than the draft's. And the savepoint of a test's transaction."""
    send(leas, "allow read")
    savepoint = 2
    with django_assert_num_queries(queries + savepoint):
        send(leas, text, revision=1)
    assert Draft.objects.get().revision == (1 if text == "allow read" else 2)


def test_a_draft_that_did_not_change_is_not_written(leas: Client, lea: User) -> None:
    save(leas, "half", 0)
    saved_at = Draft.objects.get().saved_at
    assert save(leas, "half", 1).status_code == 200
    draft = Draft.objects.get()
    assert (draft.revision, draft.saved_at) == (1, saved_at)


def test_handing_in_from_an_old_tab_leaves_the_newer_draft(leas: Client, lea: User) -> None:
    save(leas, "newer", 0)
    response = send(leas, "older", revision=0)
    assert lea.submissions.get().text == "older"
    assert lea.drafts.get().text == "newer"
    assert "Not saved: this lab was saved in another tab" in said(response)


def test_a_draft_may_hold_anything(leas: Client, lea: User) -> None:
    save(leas, "nul \0 here", 0)
    assert lea.drafts.get().text == "nul \ufffd here"


def test_a_draft_beyond_all_measure_is_not_cut_silently(leas: Client, lea: User) -> None:
    assert "too long to be saved" in said(save(leas, "x" * 200_001, 0))
    assert lea.drafts.count() == 0


def test_a_draft_is_saved_without_javascript(leas: Client, lea: User) -> None:
    assert save(leas, "half", 0, htmx=False)["Location"] == "/labs/say-it/"
    response = save(leas, "other", 0, htmx=False)
    assert "Not saved" in said(response)
    assert ">\nother</textarea>" in response.content.decode()


# --- Lint -----------------------------------------------------------------------------------------


def test_lint_marks_what_cannot_be_read(leas: Client) -> None:
    marks = leas.post("/labs/say-it/lint/", {"text": "allow\nread!"}).json()["marks"]
    assert marks == [
        {
            "line": 2,
            "column": 5,
            "message": "An exclamation mark is not a word.",
            "severity": "error",
        }
    ]


@pytest.mark.parametrize("text", ["", "allow read"])
def test_lint_is_silent_about_what_can_be_read(leas: Client, text: str) -> None:
    assert leas.post("/labs/say-it/lint/", {"text": text}).json() == {"marks": []}


def test_lint_is_limited(leas: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("labs.views.LINTS_PER_MINUTE", 1)
    leas.post("/labs/say-it/lint/", {"text": "a"})
    assert leas.post("/labs/say-it/lint/", {"text": "a"}).status_code == 429


# --- Verdicts -------------------------------------------------------------------------------------


def verdict_of(client: Client, submission: Submission) -> object:
    return client.get(f"/labs/attempts/{submission.pk}/verdict/")


def test_a_queued_answer_says_nothing_of_a_short_queue(
    leas: Client, lea: User, mia: User, lab: Lab
) -> None:
    make_submission(mia, lab)
    make_submission(mia, lab, state=State.CHECKING)
    response = verdict_of(leas, make_submission(lea, lab))
    assert "It is checked in a moment." in said(response)
    assert "HX-Trigger" not in response


def test_a_verdict_is_complete_and_asks_for_nothing_more(
    leas: Client, lea: User, lab: Lab, django_assert_num_queries: Queries
) -> None:
    submission = make_submission(lea, lab, "allow")
    check(submission.pk)
    verdict_of(leas, submission)
    with django_assert_num_queries(4):
        response = verdict_of(leas, submission)
    html = response.content.decode()
    assert "One check still fails." in html
    assert "<dt>Expected</dt><dd>read</dd>" in html
    assert '<a href="/learn/aws/policies/#policy-structure" lang="en">' in html
    assert "&lt;b&gt;Because&lt;/b&gt;" in html
    assert "hx-get" not in html
    assert response["HX-Trigger"] == "verdict"


def test_a_fault_of_ours_is_told_honestly(leas: Client, lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab, state=State.FAULTED, fault="Traceback: secret")
    page = said(verdict_of(leas, submission))
    assert "We could not check this answer" in page
    assert "No attempt was used, and your instructor can see it." in page
    assert "secret" not in page


def test_what_we_cannot_decide_is_told_apart_from_what_went_wrong(
    leas: Client, lea: User, lab: Lab
) -> None:
    fault = "undecided: too tangled"
    page = said(verdict_of(leas, make_submission(lea, lab, state=State.FAULTED, fault=fault)))
    assert "We could not decide about this answer" in page
    assert "No attempt was used, and your instructor can see it." in page


def test_a_hidden_check_keeps_its_secret(leas: Client, lea: User, lab: Lab) -> None:
    grade = make_grade(make_submission(lea, lab), 0, 1)
    hidden = {
        "message": "secret",
        "why": "secret",
        "expected": "secret",
        "actual": "secret",
        "hidden": True,
    }
    grade.report["findings"][0] |= hidden
    Grade.objects.filter(pk=grade.pk).update(report=grade.report)
    page = said(verdict_of(leas, grade.submission))
    assert "1 hidden check still fails." in page
    assert "secret" not in page


def test_the_attempt_shows_the_answer_and_what_changed(leas: Client, lea: User, lab: Lab) -> None:
    first = make_submission(lea, lab, "allow\nthat")
    second = make_submission(lea, lab, "allow\nread")
    html = leas.get(f"/labs/attempts/{second.pk}/").content.decode()
    assert '<span class="line" id="L2">read' in html
    assert '<span class="del">-that' in html
    assert '<span class="add">+read' in html
    assert f'href="/labs/attempts/{first.pk}/"' in html


def test_after_passing_the_page_leads_to_the_solution(leas: Client, lea: User, lab: Lab) -> None:
    check(make_submission(lea, lab, "allow read").pk)
    assert 'href="/labs/say-it/solution/"' in leas.get("/labs/say-it/").content.decode()


def test_an_attempt_at_an_archived_lab_can_still_be_read(leas: Client, lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab, "my work")
    Lab.objects.update(archived_at="2026-01-01T00:00:00Z")
    assert "my work" in said(leas.get(f"/labs/attempts/{submission.pk}/"))
    assert leas.get("/labs/say-it/").status_code == 404
