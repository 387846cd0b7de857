"""Who gets what: every address × anonymous, and six people who are signed in.

A new URL without a row fails, and so does a view that is open without being listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from labs.grading.kinds import KINDS
from labs.models import KeptText, Lab, Variant
from lessons.models import Course
from portal.accounts.models import User
from portal.announcements.models import Announcement
from portal.authoring.models import Change
from portal.certificates.keys import make_key
from portal.certificates.models import Certificate
from portal.cohorts.models import Cohort, Invitation, Role
from portal.digest.choosing import SIGNER
from portal.guidance.models import Note
from portal.regrades.models import Regrade, Stage
from portal.reviews.models import Comment, Question
from tests.labs.kinds import words
from tests.labs.quiz.asking import ask as ask_in
from tests.labs.quiz.asking import teach
from tests.labs.stories import tell
from tests.labs.trying import IN_A_BLOCK, put_in
from tests.rows import make_grade, make_lab, make_submission, make_user

SECTION = "5ec70000-0000-4000-8000-000000000001"
SIGN_IN = "sign in"  # sent to the sign-in page
AWAY = "away"  # sent to another page of ours


class Row(NamedTuple):
    name: str
    request: str
    anonymous: int | str
    eve: int | str  # learns elsewhere
    lea: int | str  # learns here
    amy: int | str  # assists here
    tom: int | str  # teaches here
    ida: int | str  # teaches elsewhere
    ada: int | str  # administers the portal


PEOPLE = ("eve", "lea", "amy", "tom", "ida", "ada")


def everybody(name: str, request: str, answer: int | str = 200) -> Row:
    return Row(name, request, *(answer for _ in range(7)))


def signed_in(
    name: str, request: str, answer: int | str = 200, *, anonymous: int | str = SIGN_IN
) -> Row:
    return Row(name, request, anonymous, *(answer for _ in PEOPLE))


def only(name: str, request: str, answer: int | str, *people: str) -> Row:
    """Of those who are signed in; to all others it is not there."""
    return Row(name, request, SIGN_IN, *(answer if one in people else 404 for one in PEOPLE))


def members(name: str, request: str, answer: int | str = 200) -> Row:
    """lea, amy and tom belong to the course's cohort; eve and ida do not."""
    return only(name, request, answer, "lea", "amy", "tom", "ada")


def lea_alone(name: str, request: str, answer: int | str = 200) -> Row:
    return only(name, request, answer, "lea")


def learners(name: str, request: str, answer: int | str = 200) -> Row:
    """Whoever learns in the cohort: of those here, lea."""
    return only(name, request, answer, "lea")


def assistants(name: str, request: str, answer: int | str = 200) -> Row:
    """Whoever may see the cohort: assistants, too."""
    return only(name, request, answer, "amy", "tom", "ada")


def instructors(name: str, request: str, answer: int | str = 200) -> Row:
    """Whoever may change something in the cohort."""
    return only(name, request, answer, "tom", "ada")


def strangers(name: str, request: str) -> Row:
    """Pages for getting in, of no use to whoever is in."""
    return signed_in(name, request, AWAY, anonymous=200)


PICTURE = f"{'0' * 32}-2x1.png"
# {lesson}, {lab}, … are what lea has and tom may see; `other` belongs to another cohort of another
# course.
TABLE = [
    strangers("home", "GET /"),
    everybody("try_lab", "POST /try/"),
    signed_in("day", "GET /day/"),
    signed_in("weekly_goal", "POST /day/goal/"),
    everybody("mail_off", "GET /mail/off/{off}/"),
    signed_in("search", "GET /search/"),
    signed_in("search_results", "GET /search/results/"),
    # Reading
    members("lessons:course_detail", "GET /learn/aws/"),
    members("lessons:picture", f"GET /learn/aws/pictures/{PICTURE}"),
    members("lessons:glossary", "GET /learn/aws/glossary/"),
    members("lessons:margin_list", "GET /learn/aws/margin/"),
    members("lessons:export_margins", "GET /learn/aws/margin/notes.md"),
    members("lessons:margin", f"GET /learn/aws/margin/{SECTION}/"),
    members("lessons:module_print", "GET /learn/aws/modules/storage/print/"),
    members("lessons:lesson_detail", "GET /learn/aws/buckets/"),
    members("lessons:complete", "POST /learn/aws/buckets/complete/", AWAY),
    members("lessons:reopen", "POST /learn/aws/buckets/reopen/", AWAY),
    members("lessons:lesson_changes", "GET /learn/aws/buckets/changes/"),
    members("lessons:read_again", "POST /learn/aws/buckets/changes/read/", AWAY),
    members("lessons:place", "POST /learn/aws/buckets/place/", 204),
    # Doing
    signed_in("labs:lab_list", "GET /labs/"),
    members("labs:capstone_detail", "GET /labs/capstones/first-account/"),
    signed_in("labs:completions", "GET /labs/completions/iam-policy/"),
    members("labs:lab_detail", "GET /labs/read-one-bucket/"),
    members("labs:submit", "POST /labs/read-one-bucket/submit/"),
    members("labs:draft", "POST /labs/read-one-bucket/draft/", AWAY),
    members("labs:lint", "POST /labs/read-one-bucket/lint/"),
    members("labs:attempts", "GET /labs/read-one-bucket/attempts/"),
    members("labs:solution", "GET /labs/read-one-bucket/solution/"),
    members("labs:show_solution", "POST /labs/read-one-bucket/solution/show/", AWAY),
    members("labs:restart", "POST /labs/read-one-bucket/restart/", AWAY),
    members("labs:practise", "POST /labs/read-one-bucket/practise/", AWAY),
    members("labs:all_attempts", "GET /labs/read-one-bucket/attempts/all/"),
    members("labs:kept_texts", "GET /labs/read-one-bucket/texts/"),
    members("labs:try_detail", "GET /labs/tries/aws/buckets/in-a-block/"),
    members("labs:try_form", "GET /labs/tries/aws/buckets/in-a-block/form/"),
    members("labs:try_answer", "POST /labs/tries/aws/buckets/in-a-block/answer/"),
    members("quiz:practice", "GET /quiz/practice/aws/"),
    members("quiz:task", "GET /quiz/practice/aws/which-statement-decides/"),
    members("quiz:task_answer", "POST /quiz/practice/aws/which-statement-decides/answer/"),
    members("quiz:lesson_quiz", "GET /quiz/aws/buckets/"),
    members("quiz:question", "GET /quiz/aws/buckets/two-allows-one-deny/"),
    members("quiz:answer", "POST /quiz/aws/buckets/two-allows-one-deny/answer/"),
    members("quiz:withdraw", "POST /quiz/aws/buckets/two-allows-one-deny/withdraw/", AWAY),
    signed_in("quiz:review", "GET /quiz/review/"),
    lea_alone("labs:attempt_detail", "GET /labs/attempts/{submission}/"),
    lea_alone("labs:verdict", "GET /labs/attempts/{submission}/verdict/"),
    lea_alone("labs:show_change", "POST /labs/attempts/{submission}/change/", AWAY),
    lea_alone("labs:restore", "POST /labs/attempts/{submission}/restore/", AWAY),
    lea_alone("labs:restore_text", "POST /labs/texts/{text}/restore/", AWAY),
    # Teaching
    only("cohort_list", "GET /cohorts/", 200, "amy", "tom", "ida", "ada"),
    only("new_cohort", "GET /cohorts/new/", 200, "ada"),
    assistants("cohort_figures", "GET /cohorts/autumn/figures/"),
    instructors("cohort_settings", "GET /cohorts/autumn/settings/"),
    instructors("complete_reached", "POST /cohorts/autumn/settings/complete/", AWAY),
    only("copy_cohort", "GET /cohorts/autumn/copy/", 200, "ada"),
    instructors("archive_cohort", "POST /cohorts/autumn/archive/", AWAY),
    instructors("unarchive_cohort", "POST /cohorts/autumn/unarchive/", AWAY),
    signed_in("announcement_list", "GET /announcements/"),
    instructors("announcements", "GET /cohorts/autumn/announcements/"),
    instructors(
        "withdraw_announcement", "POST /cohorts/autumn/announcements/{said}/withdraw/", AWAY
    ),
    # What somebody can show
    signed_in("certificate_list", "GET /certificates/"),
    learners("new_certificate", "GET /certificates/courses/aws/"),
    everybody("certificate", "GET /certificates/{token}/"),
    everybody("credential", "GET /certificates/{token}/credential.jwt"),
    everybody("certificate_status", "GET /certificates/{token}/status.json"),
    everybody("certificate_key", "GET /certificates/keys/{key}/"),
    everybody("certificate_keys", "GET /.well-known/jwks.json"),
    lea_alone("withdraw_certificate", "POST /certificates/{token}/withdraw/", AWAY),
    assistants("cohort_certificates", "GET /cohorts/autumn/certificates/"),
    instructors("revoke_certificate", "GET /cohorts/autumn/certificates/{certificate}/revoke/"),
    instructors(
        "restore_certificate", "POST /cohorts/autumn/certificates/{certificate}/restore/", AWAY
    ),
    instructors("due_dates", "GET /cohorts/autumn/dates/"),
    instructors("extend", "POST /cohorts/autumn/learners/{lea}/extend/", AWAY),
    instructors("cohort_log", "GET /cohorts/autumn/log/"),
    assistants("items", "GET /cohorts/autumn/items/"),
    assistants("lab_item", "GET /cohorts/autumn/items/labs/read-one-bucket/"),
    assistants("lesson_item", "GET /cohorts/autumn/items/lessons/aws/buckets/"),
    instructors("exports", "GET /cohorts/autumn/exports/"),
    instructors("export_file", "GET /cohorts/autumn/exports/gradebook.csv", AWAY),
    assistants("members", "GET /cohorts/autumn/members/"),
    instructors("change_members", "POST /cohorts/autumn/members/change/"),
    assistants("cohort_detail", "GET /cohorts/autumn/"),
    assistants("learner_detail", "GET /cohorts/autumn/learners/{lea}/"),
    assistants("lab_story", "GET /cohorts/autumn/learners/{lea}/lab-{lab}/"),
    assistants("lesson_story", "GET /cohorts/autumn/learners/{lea}/lesson-{lesson}/"),
    instructors("invitations", "GET /cohorts/autumn/invitations/"),
    instructors("invite_by_mail", "GET /cohorts/autumn/invitations/mail/"),
    instructors("resend_invitation", "POST /cohorts/autumn/invitations/{letter}/resend/", AWAY),
    instructors("close_invitation", "POST /cohorts/autumn/invitations/{invitation}/close/", AWAY),
    # What is said about answers
    assistants("submission_detail", "GET /cohorts/autumn/submissions/{submission}/"),
    assistants(
        "latest_submission", "GET /cohorts/autumn/learners/{lea}/labs/read-one-bucket/", AWAY
    ),
    assistants("write_comment", "POST /cohorts/autumn/submissions/{submission}/comments/"),
    instructors("override", "POST /cohorts/autumn/submissions/{submission}/override/"),
    instructors("withdraw", "POST /cohorts/autumn/submissions/{submission}/withdraw/"),
    instructors("same_answers", "GET /cohorts/autumn/submissions/{submission}/same/"),
    assistants("attention", "GET /cohorts/autumn/help/"),
    assistants("attention_top", "GET /cohorts/autumn/help/top/"),
    instructors("change_lines", "POST /cohorts/autumn/help/lines/"),
    assistants("radar", "GET /cohorts/autumn/radar/"),
    assistants("radar_group", "GET /cohorts/autumn/radar/group/"),
    assistants("class_view", "GET /cohorts/autumn/radar/class/"),
    instructors("write_note", "POST /cohorts/autumn/radar/notes/?code=words.missing"),
    instructors("withdraw_note", "POST /cohorts/autumn/radar/notes/{note}/withdraw/", AWAY),
    assistants("write_to", "GET /cohorts/autumn/learners/{lea}/write/"),
    assistants("queue", "GET /cohorts/autumn/queue/"),
    assistants("check_again", "POST /cohorts/autumn/queue/check-again/", AWAY),
    assistants("cohort_question", "GET /cohorts/autumn/questions/{question}/"),
    assistants("answer_question", "POST /cohorts/autumn/questions/{question}/answer/"),
    assistants("assign_question", "POST /cohorts/autumn/questions/{question}/assign/", AWAY),
    assistants("move_question", "POST /cohorts/autumn/questions/{question}/move/", AWAY),
    # Old verdicts looked at again: tom's lab, and his run
    only("regrade_list", "GET /regrades/", 200, "tom", "ida", "ada"),
    instructors("regrade_lab", "GET /regrades/labs/read-one-bucket/"),
    instructors("start_regrade", "POST /regrades/labs/read-one-bucket/start/", AWAY),
    instructors("regrade_detail", "GET /regrades/{regrade}/"),
    instructors("regrade_progress", "GET /regrades/{regrade}/progress/"),
    instructors("apply_regrade", "POST /regrades/{regrade}/apply/", AWAY),
    instructors("undo_regrade", "POST /regrades/{regrade}/undo/"),
    instructors("drop_regrade", "POST /regrades/{regrade}/drop/", AWAY),
    # What is taught, by whoever may author
    only("content_plan", "GET /authoring/", 200, "ada"),
    only("apply_content", "POST /authoring/apply/", 200, "ada"),
    only("content_change", "GET /authoring/changes/{change}/", 200, "ada"),
    only("undo_content", "POST /authoring/changes/{change}/undo/", AWAY, "ada"),
    signed_in("question_list", "GET /reviews/"),
    learners("ask_lesson", "GET /reviews/ask/lesson/aws/buckets/"),
    learners("ask_lab", "GET /reviews/ask/lab/read-one-bucket/"),
    lea_alone("ask_second_look", "GET /reviews/ask/attempt/{submission}/"),
    lea_alone("question_detail", "GET /reviews/questions/{question}/"),
    lea_alone("reply_question", "POST /reviews/questions/{question}/reply/"),
    lea_alone("end_question", "POST /reviews/questions/{question}/close/", AWAY),
    instructors("same_count", "GET /cohorts/autumn/submissions/{submission}/same/count/"),
    lea_alone("reply", "POST /reviews/attempts/{submission}/reply/"),
    # One's own account
    signed_in("join", "GET /accounts/join/", anonymous=AWAY),
    signed_in("profile", "GET /accounts/profile/"),
    signed_in("export", "GET /accounts/export/", AWAY),
    signed_in("erase_account", "GET /accounts/erase/"),
    signed_in("session_list", "GET /accounts/sessions/"),
    signed_in("end_session", "POST /accounts/sessions/end/", 404),
    signed_in("end_sessions", "POST /accounts/sessions/end-others/", AWAY),
    everybody("language", "POST /accounts/language/", AWAY),
    strangers("account_login", "GET /accounts/login/"),
    strangers("account_signup", "GET /accounts/signup/"),
    signed_in("account_logout", "GET /accounts/logout/", anonymous=AWAY),
    everybody("account_inactive", "GET /accounts/inactive/"),
    signed_in("account_reauthenticate", "GET /accounts/reauthenticate/"),
    signed_in("account_email", "GET /accounts/email/"),
    signed_in("account_change_password", "GET /accounts/password/change/"),
    signed_in("account_set_password", "GET /accounts/password/set/", AWAY),
    everybody("account_email_verification_sent", "GET /accounts/confirm-email/"),
    everybody("account_confirm_email", "GET /accounts/confirm-email/no-such-key/"),
    everybody("account_reset_password", "GET /accounts/password/reset/"),
    everybody("account_reset_password_done", "GET /accounts/password/reset/done/"),
    everybody("account_reset_password_from_key", "GET /accounts/password/reset/key/1-no-such-key/"),
    everybody("account_reset_password_from_key_done", "GET /accounts/password/reset/key/done/"),
    signed_in("account_confirm_login_code", "GET /accounts/login/code/confirm/", AWAY),
    # A second factor
    signed_in("mfa_index", "GET /accounts/2fa/"),
    signed_in("mfa_authenticate", "GET /accounts/2fa/authenticate/", AWAY),
    signed_in("mfa_reauthenticate", "GET /accounts/2fa/reauthenticate/", AWAY),
    signed_in("mfa_activate_totp", "GET /accounts/2fa/totp/activate/", AWAY),
    signed_in("mfa_deactivate_totp", "GET /accounts/2fa/totp/deactivate/", 404),
    signed_in("mfa_view_recovery_codes", "GET /accounts/2fa/recovery-codes/", 404),
    signed_in("mfa_generate_recovery_codes", "GET /accounts/2fa/recovery-codes/generate/", AWAY),
    signed_in("mfa_download_recovery_codes", "GET /accounts/2fa/recovery-codes/download/", 404),
    signed_in("mfa_list_webauthn", "GET /accounts/2fa/webauthn/"),
    signed_in("mfa_add_webauthn", "GET /accounts/2fa/webauthn/add/", AWAY),
    signed_in("mfa_reauthenticate_webauthn", "GET /accounts/2fa/webauthn/reauthenticate/", AWAY),
    signed_in("mfa_remove_webauthn", "GET /accounts/2fa/webauthn/keys/1/remove/", AWAY),
    signed_in("mfa_edit_webauthn", "GET /accounts/2fa/webauthn/keys/1/edit/", AWAY),
    signed_in("mfa_login_webauthn", "GET /accounts/2fa/webauthn/login/", AWAY),
    # A door of somebody else: none is configured here
    everybody("oidc_login", "POST /accounts/oidc/login/", 404),
    everybody("oidc_callback", "GET /accounts/oidc/callback/", 404),
    signed_in("oidc_link", "GET /accounts/oidc/link/", 404),
    everybody("socialaccount_signup", "GET /accounts/linked/signup/", SIGN_IN),
    everybody("socialaccount_login_cancelled", "GET /accounts/linked/login/cancelled/"),
    signed_in("socialaccount_login_error", "GET /accounts/linked/login/error/", 401),
    signed_in("socialaccount_connections", "GET /accounts/linked/"),
    # What a browser fetches by itself
    everybody("service_worker", "GET /sw.js"),
    everybody("manifest", "GET /manifest.webmanifest"),
    everybody("offline", "GET /offline/"),
    everybody("legal", "GET /legal/privacy/"),
    everybody("favicon", "GET /favicon.ico", AWAY),
    only("style", "GET /style/", 200, "ada"),
]

OPEN_VIEWS = {
    "home",
    "try_lab",
    "mail_off",
    "join",
    "language",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "oidc_login",
    "oidc_callback",
    "socialaccount_login_cancelled",
    "socialaccount_signup",
    "service_worker",
    "manifest",
    "offline",
    "favicon",
    "legal",
    "certificate",
    "credential",
    "certificate_status",
    "certificate_key",
    "certificate_keys",
}


@pytest.fixture
def course(course: Course, monkeypatch: pytest.MonkeyPatch) -> Course:
    monkeypatch.setitem(KINDS, "words", words)
    lab = make_lab(course, "read-one-bucket", kind="words", section="policy-structure")
    tell("first-account", lab)
    Variant.objects.create(lab=lab, number=1)
    lab.variants.update(table={"wanted": ["allow"]}, starter="say", solution="allow")
    put_in(course.lessons.get(slug="buckets"), IN_A_BLOCK)
    ask_in(course.lessons.get(slug="buckets"), "two-allows-one-deny")
    teach(course.lessons.get(slug="buckets"), "policies-structure")
    return course


@pytest.fixture
def things(
    course: Course,
    other_course: Course,
    cohort: Cohort,
    lea: User,
    tom: User,
    settings: Any,
    tmp_path: Path,
) -> dict[str, int | str]:
    settings.MEDIA_ROOT = tmp_path
    settings.NOTES_DIR, settings.CATALOG_DIR = tmp_path / "notes", tmp_path / "catalog"
    (tmp_path / "pictures" / "aws").mkdir(parents=True)
    (tmp_path / "pictures" / "aws" / PICTURE).touch()
    submission = make_submission(lea, Lab.objects.get())
    make_grade(submission, 4)
    Comment.objects.create(submission=submission, role=Role.ASSISTANT, text="Why?", html="Why?")
    lesson = course.lessons.get(slug="buckets")
    lesson.sections.filter(slug="bucket-names").update(uuid=SECTION)
    question = Question.objects.create(cohort=cohort, user=lea, lesson=lesson)
    text = KeptText.objects.create(user=lea, lab=submission.lab, text="typed")
    shown = Certificate.objects.create(
        user=lea,
        course=other_course,
        cohort=cohort,
        name="Lea",
        title="Aws",
        lessons=3,
        asking=1,
        labs=1,
    )
    return {
        "submission": submission.pk,
        "said": Announcement.objects.create(cohort=cohort, text="Hello").pk,
        "letter": Invitation.objects.create(
            cohort=cohort, email="new@example.com", uses=1, sent_at=timezone.now()
        ).pk,
        "question": question.pk,
        "change": Change.objects.create(is_by_command=True).pk,
        "regrade": Regrade.objects.create(lab=submission.lab, author=tom, stage=Stage.READY).pk,
        "note": Note.objects.create(cohort=cohort, code="words.missing", text="Look").pk,
        "invitation": Invitation.objects.create(cohort=cohort).pk,
        "text": text.pk,
        "lea": lea.pk,
        "lab": submission.lab.pk,
        "lesson": lesson.pk,
        "certificate": shown.pk,
        "token": shown.token,
        "off": SIGNER.sign(str(lea.pk)),
        "key": make_key().name,
    }


def ask(client: Client, request: str, things: dict[str, int]) -> int | str:
    method, address = request.format(**things).split(" ")
    answer = client.generic(method, address)
    if answer.status_code != 302:
        return answer.status_code
    return SIGN_IN if answer["Location"].startswith("/accounts/login/") else AWAY


@pytest.fixture
def people(eve: User, lea: User, amy: User, tom: User, ida: User, ada: User) -> list[User]:
    return [eve, lea, amy, tom, ida, ada]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_everybody_gets_what_is_theirs(
    row: Row, things: dict[str, int], client_of, people: list[User]
) -> None:
    clients = [Client(), *(client_of(user) for user in people)]
    assert tuple(ask(client, row.request, things) for client in clients) == row[2:]


def urls(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with namespace, pattern) of every address but Django's admin,
    which has one rule for all."""
    for pattern in patterns:
        if not isinstance(pattern, URLResolver):
            yield f"{prefix}{pattern.name}", pattern
        elif pattern.namespace != "admin":
            yield from urls(
                pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else prefix
            )


def test_every_address_has_a_row() -> None:
    assert {name for name, _pattern in urls(get_resolver().url_patterns)} == {
        row.name for row in TABLE
    }


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_row_asks_for_the_address_it_names(row: Row) -> None:
    names = re.findall(r"{(\w+)}", row.request)
    address = row.request.split(" ")[1].partition("?")[0].format(**dict.fromkeys(names, 1))
    assert resolve(address).view_name == row.name


def test_the_open_views_are_these_and_no_others() -> None:
    found = urls(get_resolver().url_patterns)
    assert {
        name for name, pattern in found if not getattr(pattern.callback, "login_required", True)
    } == OPEN_VIEWS


# --- Administration: staff only -------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/accounts/user/", "/admin/labs/submission/", "/admin/login/"]
)
def test_the_administration_is_for_staff(
    client_of, address: str, eve: User, lea: User, tom: User
) -> None:
    address_asked, _status = Client().get(address, follow=True).redirect_chain[-1]
    assert address_asked.startswith("/accounts/login/")
    assert [client_of(user).get(address, follow=True).status_code for user in (eve, lea, tom)] == [
        403,
        403,
        403,
    ]


def test_staff_may_administer(client_of, db: None) -> None:
    ada = make_user("Ada", is_staff=True, is_superuser=True)
    assert client_of(ada).get("/admin/accounts/user/").status_code == 200


# --- Journey 6: somebody from another cohort ------------------------------------------------------


FOREIGN = [row for row in TABLE if row.eve == 404 and row.name != "style"]


@pytest.mark.any_database  # which rows are found for whom was asked of both, above
@pytest.mark.parametrize("row", FOREIGN, ids=lambda row: row.name)
def test_an_instructor_of_another_cohort_gets_nothing_here(
    row: Row,
    things: dict[str, int],
    client_of,
    ida: User,
    lea: User,
    tom: User,
    other_cohort: Cohort,
) -> None:
    """ida may do all this in her own cohort, and lea even learns there too."""
    other_cohort.enrol(lea)
    assert ask(client_of(ida), row.request, things) == row.ida


def test_the_other_cohorts_list_names_nothing_of_this_one(
    things: dict[str, int], client_of, ida: User, lea: User
) -> None:
    pages = [
        client_of(ida).get(address).content.decode() for address in ("/day/", "/labs/", "/cohorts/")
    ]
    assert [
        words
        for words in ("Autumn", "Lea Learner", "Read one bucket", "/learn/aws/")
        for page in pages
        if words in page
    ] == []


def test_what_was_sent_to_another_course_is_not_seen_here(
    things: dict[str, int], client_of, tom: User, lea: User, other_cohort: Cohort
) -> None:
    other_cohort.enrol(lea)
    submission = make_submission(
        lea, make_lab(other_cohort.course, "cut-onions"), "my secret answer"
    )
    client = client_of(tom)
    for slug, expected in (("autumn", 404), ("cooks", 404)):
        assert client.get(f"/cohorts/{slug}/submissions/{submission.pk}/").status_code == expected
    assert (
        "onions" not in client.get(f"/cohorts/autumn/learners/{lea.pk}/").content.decode().lower()
    )


def test_an_instructor_elsewhere_who_learns_here_is_a_learner_here(
    things: dict[str, int], client_of, cohort: Cohort, ida: User
) -> None:
    cohort.enrol(ida, role=Role.LEARNER)
    client = client_of(ida)
    assert client.get("/learn/aws/").status_code == 200
    assert client.get("/cohorts/autumn/").status_code == 404
