"""Something else in the editor; nothing that was typed is lost by it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from labs.models import Draft, KeptText, Lab, Submission, Variant
from labs.tasks import check
from portal.accounts.models import User
from tests.rows import make_submission

ClientOf = Callable[[User], Client]


@pytest.fixture
def leas(client_of: ClientOf, lea: User, lab: Lab) -> Client:
    return client_of(lea)


@pytest.fixture
def other(lab: Lab) -> Variant:
    """A second variant; lea has begun with the first."""
    return Variant.objects.create(
        lab=lab, number=1, brief_html="<p>Write.</p>", starter="speak", solution="allow write"
    )


def begin(lea: User, lab: Lab, text: str = "half an ans") -> Draft:
    draft = Draft.objects.save_text(lea, lab.variants.get(number=0), text=text, revision=0)
    assert draft is not None
    return draft


def in_editor(client: Client) -> str:
    html = client.get("/labs/say-it/").content.decode()
    (text,) = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", html, re.DOTALL)
    return text


def press(client: Client, path: str, **fields: object) -> object:
    """A button of the answer's form: it brings what stands there."""
    response = client.post(path, fields)
    assert response.status_code == 302, response.status_code
    return response


# --- An earlier attempt ---------------------------------------------------------------------------


def test_an_attempt_comes_back_and_what_stood_there_is_kept(
    leas: Client, lea: User, lab: Lab
) -> None:
    attempt = make_submission(lea, lab, "my first try")
    begin(lea, lab)
    response = press(leas, f"/labs/attempts/{attempt.pk}/restore/", text="half an answer")
    assert response["Location"] == "/labs/say-it/?part=editor"
    assert in_editor(leas) == "my first try"
    # The draft, and what was typed since it was saved
    kept = set(KeptText.objects.values_list("text", flat=True))
    assert kept == {"half an ans", "half an answer"}
    assert lea.drafts.get().before.text == "half an answer"


def test_what_was_kept_can_be_had_back_and_forth(leas: Client, lea: User, lab: Lab) -> None:
    attempt = make_submission(lea, lab, "my first try")
    begin(lea, lab)
    press(leas, f"/labs/attempts/{attempt.pk}/restore/")
    assert "What stood here until" in leas.get("/labs/say-it/").content.decode()
    press(leas, f"/labs/texts/{lea.drafts.get().before_id}/restore/", text="my first try")
    assert in_editor(leas) == "half an ans"
    press(leas, f"/labs/texts/{lea.drafts.get().before_id}/restore/", text="half an ans")
    assert in_editor(leas) == "my first try"
    assert KeptText.objects.count() == 2  # none twice


def test_every_kept_text_is_listed(leas: Client, lea: User, lab: Lab) -> None:
    begin(lea, lab, "one")
    press(leas, "/labs/say-it/restart/", text="one")
    press(leas, "/labs/say-it/restart/", text="two")
    html = leas.get("/labs/say-it/texts/").content.decode()
    assert html.index(">two\n") < html.index(">one\n")


def test_another_tab_that_saves_then_is_told_so(leas: Client, lea: User, lab: Lab) -> None:
    draft = begin(lea, lab)
    press(leas, "/labs/say-it/restart/", text="half an ans")
    page = leas.post("/labs/say-it/draft/", {"text": "half an answer", "revision": draft.revision})
    assert "Not saved: this lab was saved in another tab" in page.content.decode()
    assert lea.drafts.get().text == "say"


def test_an_attempt_of_somebody_else_is_not_found(
    leas: Client, lea: User, mia: User, lab: Lab
) -> None:
    theirs = make_submission(mia, lab, "mia's secret")
    kept = KeptText.objects.keep(mia, theirs.variant, "mia's text")
    assert kept is not None
    assert leas.post(f"/labs/attempts/{theirs.pk}/restore/").status_code == 404
    assert leas.post(f"/labs/texts/{kept.pk}/restore/").status_code == 404
    assert "mia's text" not in leas.get("/labs/say-it/texts/").content.decode()
    assert lea.drafts.count() == 0


# --- The starter ----------------------------------------------------------------------------------


def test_one_can_start_again(leas: Client, lea: User, lab: Lab) -> None:
    begin(lea, lab)
    press(leas, "/labs/say-it/restart/", text="half an ans")
    assert in_editor(leas) == "say"
    assert lea.drafts.get().before.text == "half an ans"


def test_what_nobody_typed_is_not_kept(leas: Client, lea: User, lab: Lab) -> None:
    press(leas, "/labs/say-it/restart/", text="say")
    press(leas, "/labs/say-it/restart/", text="  \r\n")
    assert KeptText.objects.count() == 0
    assert lea.drafts.get().before is None


def test_starting_again_twice_does_not_forget_the_text_before(
    leas: Client, lea: User, lab: Lab
) -> None:
    begin(lea, lab)
    press(leas, "/labs/say-it/restart/", text="half an ans")
    press(leas, "/labs/say-it/restart/", text="say")
    assert lea.drafts.get().before.text == "half an ans"


def test_a_text_too_long_to_be_kept_stays_where_it_is(leas: Client, lea: User, lab: Lab) -> None:
    begin(lea, lab)
    response = leas.post("/labs/say-it/restart/", {"text": "x" * 200_001})
    assert "too long to be saved" in response.content.decode()
    assert lea.drafts.get().text == "half an ans"


def test_a_hurry_is_slowed_down_and_loses_nothing(
    leas: Client, lea: User, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.workspace.DRAFTS_PER_MINUTE", 0)
    page = leas.post("/labs/say-it/restart/", {"text": "typed"}).content.decode()
    assert ">\ntyped</textarea>" in page
    assert "A little slower, please" in page


# --- Another variant ------------------------------------------------------------------------------


def test_another_variant_to_practise_with(
    leas: Client, lea: User, lab: Lab, other: Variant
) -> None:
    begin(lea, lab)
    response = press(leas, "/labs/say-it/practise/", text="half an ans", variant=0)
    assert response["Location"] == "/labs/say-it/?part=statement"
    html = leas.get("/labs/say-it/").content.decode()
    assert "<p>Write.</p>" in html
    assert ">\nspeak</textarea>" in html


def test_each_variant_is_found_again_as_one_left_it(
    leas: Client, lea: User, lab: Lab, other: Variant
) -> None:
    begin(lea, lab)
    press(leas, "/labs/say-it/practise/", text="half an ans", variant=0)
    press(leas, "/labs/say-it/practise/", text="speak up", variant=1)
    assert in_editor(leas) == "half an ans"
    press(leas, "/labs/say-it/practise/", text="half an ans", variant=0)
    assert in_editor(leas) == "speak up"


def test_an_attempt_comes_back_with_its_variant(
    leas: Client, lea: User, lab: Lab, other: Variant
) -> None:
    begin(lea, lab)
    attempt = Submission.objects.create(user=lea, lab=lab, variant=other, text="write")
    press(leas, f"/labs/attempts/{attempt.pk}/restore/")
    assert lea.drafts.get().variant == other


def test_an_old_tab_hands_in_the_variant_that_it_shows(
    leas: Client, lea: User, lab: Lab, other: Variant
) -> None:
    begin(lea, lab)
    press(leas, "/labs/say-it/practise/", text="half an ans", variant=0)
    leas.post("/labs/say-it/submit/", {"text": "allow read", "variant": 0, "revision": 1})
    submission = lea.submissions.get()
    check(submission.pk)
    submission.refresh_from_db()
    assert submission.variant.number == 0
    assert submission.passed
    assert lea.drafts.get().text == "speak"  # the newer draft stays


def test_a_lab_with_one_variant_has_no_other(leas: Client, lea: User, lab: Lab) -> None:
    assert leas.post("/labs/say-it/practise/").status_code == 404
    check(make_submission(lea, lab, "allow read").pk)
    assert "Practise with another variant" not in leas.get("/labs/say-it/").content.decode()


def test_practice_is_offered_once_the_lab_is_passed(
    leas: Client, lea: User, lab: Lab, other: Variant
) -> None:
    begin(lea, lab)
    assert "Practise with another variant" not in leas.get("/labs/say-it/").content.decode()
    mine = lab.variants.get(number=0)
    check(Submission.objects.create(user=lea, lab=lab, variant=mine, text="allow read").pk)
    assert "Practise with another variant" in leas.get("/labs/say-it/").content.decode()


# --- As much as a disk holds ----------------------------------------------------------------------


def test_the_last_texts_of_a_lab_are_kept_and_no_more(
    lea: User, mia: User, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("labs.models.catalog.MOST_KEPT", 3)
    variant = lab.variants.get(number=0)
    KeptText.objects.keep(mia, variant, "another's")
    for number in range(5):
        KeptText.objects.keep(lea, variant, f"text {number}")
    kept = KeptText.objects.filter(user=lea).values_list("text", flat=True)
    assert list(kept) == ["text 4", "text 3", "text 2"]
    assert KeptText.objects.filter(user=mia).count() == 1
