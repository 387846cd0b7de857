"""Every text of the corpus in every place where somebody can type: no page fails, and none becomes
anything else by it. tests/e2e/test_attacks.py shows the same pages to a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from labs.models import Draft, Lab, State, Submission, Variant
from lessons import limits
from lessons.models import Lesson, Section
from lessons.rendering import render
from portal.accounts.forms import ProfileForm
from portal.accounts.models import User
from portal.cohorts.models import Cohort, Invitation, Role
from portal.reviews import forms
from portal.reviews.models import Comment, Question
from tests.attacks import (
    ATTACKS,
    HOST,
    MARK,
    as_bytes,
    by_turns,
    get,
    heaps,
    leads_away,
    made_by,
    policy_with,
    post,
    storable,
)
from tests.labs.trying import IN_A_BLOCK, MAY_ADA, put_in
from tests.rows import PASSWORD, make_lab, make_submission, make_user

Answers = Iterator[Any]


@pytest.fixture(autouse=True)
def _without_limits(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are tested elsewhere; here hundreds of texts come from one person in a moment."""
    settings.SUBMISSIONS_PER_MINUTE = settings.OPEN_ANSWERS = 10_000
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr("lessons.limits.cache.incr", lambda key: 0)
    monkeypatch.setattr("portal.accounts.attempts.AttemptQuerySet.take", lambda *args: [])
    for name in ("OF_LEARNERS", "OF_TEACHERS"):
        monkeypatch.setattr(forms, name, forms.Allowance(10_000, 10_000))
    monkeypatch.setattr(forms, "MOST_OPEN", 10_000)


@pytest.fixture
def lab(cohort: Cohort) -> Lab:
    return make_lab(cohort.course, "open-a-bucket", section="policy-structure")


@pytest.fixture
def ada(db: None) -> User:
    return make_user("Ada Admin", is_staff=True, is_superuser=True)


# --- Where somebody types: whose client, what they do with the text -------------------------------


class Place(NamedTuple):
    who: str
    do: Callable[[Client, str], Answers]


def search(client: Client, text: str) -> Answers:
    yield get(client, "/search/", q=text)
    yield get(client, "/search/results/", q=text)


def profile(client: Client, text: str) -> Answers:
    """What cannot be a name is said, and what can be one is shown."""
    yield post(client, "/accounts/profile/", name=text, language="", shortcuts="on")
    yield post(client, "/accounts/profile/", name="Lea", language=text)
    yield client.get("/accounts/profile/")


def draft(client: Client, text: str) -> Answers:
    Draft.objects.all().delete()
    yield post(
        client, "/labs/open-a-bucket/draft/", text=text, revision=text, variant=text, key=text
    )
    yield get(client, "/labs/open-a-bucket/", part=text)
    yield post(client, "/labs/open-a-bucket/restart/", text=text)
    yield client.get("/labs/open-a-bucket/texts/")


def lint(client: Client, text: str) -> Answers:
    answer = post(client, "/labs/open-a-bucket/lint/", text=text)
    assert answer.headers["Content-Type"] == "application/json"
    json.loads(answer.content)
    yield answer


def answer(client: Client, text: str) -> Answers:
    """An answer that cannot be read is told where; its words are quoted."""
    yield post(client, "/labs/open-a-bucket/submit/", text=text)
    yield post(client, "/labs/open-a-bucket/submit/", text=policy_with(text), variant=text)


def trying(client: Client, text: str) -> Answers:
    """By itself in every field, and where a policy and an ARN have words of one's own."""
    lesson = Lesson.objects.get(slug="buckets")
    if not lesson.tries:
        put_in(lesson, MAY_ADA, IN_A_BLOCK)
    words = {"policy": policy_with(text), "resource": f"arn:aws:s3:::{text[:200]}"}
    cache.clear()  # who tries so much is asked to wait
    limits.here.clear()
    for slug, fields in (
        ("may-ada", dict.fromkeys(("policy", "action", "resource"), text)),
        ("may-ada", words),
        ("in-a-block", dict.fromkeys(("block", "address"), text)),
    ):
        page = f"/labs/tries/aws/buckets/{slug}/answer/"
        yield (got := post(client, page, **fields))
        assert got.status_code == 200
        client.defaults["HTTP_HX_REQUEST"] = "true"
        yield post(client, page, **fields)
        del client.defaults["HTTP_HX_REQUEST"]


def reading(client: Client, text: str) -> Answers:
    yield post(client, "/learn/aws/buckets/place/", section=text)
    yield get(client, "/learn/aws/", part=text, page=text)
    yield get(client, "/labs/completions/iam-policy/", topic=text, version=text, language=text)


def joining(client: Client, text: str) -> Answers:
    yield get(client, "/accounts/join/", code=text)
    yield post(client, "/accounts/join/", code=text)


def grid(client: Client, text: str) -> Answers:
    yield get(client, "/cohorts/autumn/", q=text, show=text, sort=text, module=text)


def pages(client: Client, text: str) -> Answers:
    learner = User.objects.get(email="lea@example.com").pk
    yield get(client, f"/cohorts/autumn/learners/{learner}/", page=text)


def commenting(client: Client, text: str) -> Answers:
    row = Submission.objects.get()
    page = f"/cohorts/autumn/submissions/{row.pk}/"
    yield get(client, page, **{"in": text, "everything": text})
    yield post(client, f"{page}comments/", text=text, line=text)
    yield post(client, f"{page}comments/", text=text)
    yield client.get(page)


def deciding(client: Client, text: str) -> Answers:
    row = Submission.objects.get()
    page = f"/cohorts/autumn/submissions/{row.pk}/"
    seen = str(row.grade_id or "")
    yield post(client, f"{page}override/", verdict=text, percent=text, reason=text, seen=text)
    yield post(client, f"{page}override/", verdict="failed", percent="50", reason=text, seen=seen)
    yield post(client, f"{page}override/", verdict="failed", percent="50", reason=text, seen="1")
    yield post(client, f"{page}withdraw/", **{"withdraw-reason": text, "withdraw-seen": text})
    yield client.get(page)
    yield post(client, f"{page}same/", rows=text)


def replying(client: Client, text: str) -> Answers:
    row = Submission.objects.get()
    yield post(client, f"/reviews/attempts/{row.pk}/reply/", text=text)
    yield client.get(f"/labs/attempts/{row.pk}/")


def asking(client: Client, text: str) -> Answers:
    Question.objects.all().delete()
    row = Submission.objects.get()
    yield post(client, "/reviews/ask/lesson/aws/buckets/", text=text)
    yield post(client, "/reviews/ask/lab/open-a-bucket/", text=text)
    yield post(client, f"/reviews/ask/attempt/{row.pk}/", text=text)
    for question in Question.objects.all():
        yield post(client, f"/reviews/questions/{question.pk}/reply/", text=text)
        yield client.get(f"/reviews/questions/{question.pk}/")
    yield client.get("/reviews/")


def queueing(client: Client, text: str) -> Answers:
    learner = User.objects.get(email="lea@example.com")
    cohort = Cohort.objects.get(slug="autumn")
    lab = Submission.objects.get().lab
    question, _made = Question.objects.get_or_create(user=learner, cohort=cohort, lab=lab)
    page = f"/cohorts/autumn/questions/{question.pk}/"
    yield get(client, "/cohorts/autumn/queue/", show=text, page=text)
    yield post(client, "/cohorts/autumn/queue/check-again/", rows=text)
    yield post(client, f"{page}answer/", text=text)
    yield post(client, f"{page}assign/", assignee=text, seen=text)
    yield post(client, f"{page}move/", stage=text)
    yield client.get(page)


def inviting(client: Client, text: str) -> Answers:
    yield post(client, "/cohorts/autumn/invitations/", role=text, uses=text)


def signing_up(client: Client, text: str) -> Answers:
    code = Invitation.objects.get().code
    yield get(client, "/accounts/signup/", code=text, next=text)
    yield post(client, "/accounts/signup/", code=text, name=text, email=text, password1=text)
    yield post(client, "/accounts/signup/", code=code, name=text, email=text, password1=PASSWORD)


def signing_in(client: Client, text: str) -> Answers:
    yield get(client, "/accounts/login/", next=text)
    yield post(client, "/accounts/login/", login=text, password=text, next=text, remember=text)
    yield post(client, "/accounts/password/reset/", email=text)


def coming_back(client: Client, text: str) -> Answers:
    """The page to go to afterwards is one of ours, or none."""
    fresh = Client()
    yield (
        got := post(
            fresh, "/accounts/login/", login="lea@example.com", password=PASSWORD, next=text
        )
    )
    assert got.status_code == 302, "signed in all the same"
    yield post(fresh, "/accounts/language/", language=text, next=text)
    yield post(fresh, "/accounts/reauthenticate/", password=PASSWORD, next=text)
    yield post(fresh, "/accounts/logout/", next=text)


def moving(client: Client, text: str) -> Answers:
    yield post(client, "/accounts/reauthenticate/", password=PASSWORD)
    yield post(client, "/accounts/email/", action_add="", email=text)
    yield post(client, "/accounts/email/", action_remove="", email=text)
    yield post(
        client, "/accounts/password/change/", oldpassword=text, password1=text, password2=text
    )


def addresses(client: Client, text: str) -> Answers:
    word = quote(as_bytes(text[:200]), safe="")
    for path in ("/{}/", "/learn/{}/", "/learn/aws/{}/", "/labs/{}/", "/labs/attempts/{}/",
                 "/accounts/confirm-email/{}/", "/static/{}", "/sw.js/{}"):  # fmt: skip
        yield client.get(path.format(word))


def headers(client: Client, text: str) -> Answers:
    """As they reach WSGI: bytes read as Latin-1."""
    word = as_bytes(text[:2000]).decode("latin-1").replace("\r", " ").replace("\n", " ")
    yield client.get(
        "/labs/", headers={"accept-language": word, "user-agent": word, "referer": word}
    )
    yield Client().get("/day/", headers={"hx-request": "true", "hx-current-url": word})
    yield client.get("/day/", headers={"x-forwarded-for": word, "x-forwarded-host": word})
    yield client.get("/day/", headers={"hx-request": word, "hx-target": word, "range": word})


def administration(client: Client, text: str) -> Answers:
    yield get(client, "/admin/accounts/user/", q=text, o=text, p=text, is_staff__exact=text)
    yield get(client, "/admin/audit/entry/", q=text, what=text, at__gte=text)
    yield post(client, "/admin/cohorts/cohort/add/", name=text, slug=text, course="1")
    yield post(client, "/admin/accounts/user/add/", email=text, name=text, password1=text)


PLACES = {
    do.__name__: Place(who, do)
    for who, do in (
        ("lea", search), ("lea", profile), ("lea", draft), ("lea", lint), ("lea", answer),
        ("lea", reading), ("lea", joining), ("tom", grid), ("tom", pages), ("tom", inviting),
        ("amy", commenting), ("lea", trying), ("lea", replying), ("tom", deciding),
        ("lea", asking), ("amy", queueing),
        ("", signing_up), ("", signing_in), ("", coming_back), ("lea", moving),
        ("lea", addresses), ("lea", headers), ("ada", administration),
    )
}  # fmt: skip


def wrong_with(answer: Any) -> list[str]:
    """Nothing of ours fails, leads away, or lets a text out of its place."""
    found = [f"{answer.status_code}"] if answer.status_code >= 500 else []
    told = {name.lower(): value for name, value in answer.headers.items()}
    found += [name for name in told if MARK in name]
    found += [told["location"]] if leads_away(told.get("location", "")) else []
    if told.get("content-type", "").startswith("text/html"):
        page = answer.content.decode()
        ours = page.replace(' style="display: none"', "") if "/admin/" in page else page
        found += made_by(ours)
    return found


@pytest.mark.parametrize("name", PLACES)
def test_a_text_stays_a_text(
    name: str, client_of, cohort: Cohort, lab: Lab, lea: User, amy: User, tom: User, ada: User
) -> None:
    Invitation.objects.create(cohort=cohort, uses=100_000)
    row = make_submission(lea, lab, state=State.FAULTED)
    Comment.objects.write(row, author=amy, role=Role.ASSISTANT, text="Why?")
    place = PLACES[name]
    people = {"lea": lea, "amy": amy, "tom": tom, "ada": ada}
    client = client_of(people[place.who]) if place.who else Client()
    client.raise_request_exception = False
    wrong = {
        text: faults
        for text in [*by_turns(list(PLACES).index(name)), *heaps()]
        for got in place.do(client, text)
        if (faults := wrong_with(got))
    }
    assert wrong == {}


def test_mails_go_to_one_person_and_say_what_we_say(
    client_of, cohort: Cohort, lea: User, settings: Any
) -> None:
    """An address that no mail can be written to is answered as any other."""
    settings.EMAIL_BACKEND = "tests.attacks.StrictOutbox"
    invitation = Invitation.objects.create(cohort=cohort, uses=100_000)
    texts = by_turns(5) + by_turns(6)
    for number, text in enumerate(texts):
        address = f"n{number}@example.com"
        post(Client(), "/accounts/signup/", code=invitation.code, name=text, email=address,
             password1=PASSWORD)  # fmt: skip
        post(Client(), "/accounts/password/reset/", email=text)
        post(Client(), "/accounts/password/reset/", email=f"lea@example.com{text[:50]}")
    assert len(mail.outbox) > len(texts) / 2
    for message in mail.outbox:
        assert len(message.recipients()) == 1
        assert message.extra_headers == {}
        assert MARK not in message.subject
        assert HOST not in message.body.lower()


# --- What is shown of it afterwards, each text by itself ------------------------------------------


def test_names_are_shown_as_names(client_of, cohort: Cohort, tom: User) -> None:
    """As the form cleans them, and as they are: another way in may come."""
    for number, text in enumerate(ATTACKS):
        form = ProfileForm({"name": text, "language": ""})
        cleaned = form.cleaned_data["name"] if form.is_valid() else ""
        for letter, name in (("a", cleaned), ("b", storable(text)[:80])):
            email = f"{letter}{number}@example.com"
            cohort.enrol(User.objects.create(email=email, name=name))
    client = client_of(tom)
    assert wrong_with(client.get("/cohorts/autumn/")) == []
    for learner in cohort.learners.filter(email__startswith="b")[::8]:
        page = client.get(f"/cohorts/autumn/learners/{learner.pk}/")
        assert wrong_with(page) == [], learner.name


def test_answers_and_what_is_said_of_them_are_shown_as_text(
    client_of, cohort: Cohort, lab: Lab, lea: User, tom: User
) -> None:
    learner, teacher = client_of(lea), client_of(tom)
    for text in [*heaps(), *by_turns(0)]:
        row = make_submission(lea, lab, storable(text), state=State.FAULTED, fault=storable(text))
        for page in (
            learner.get(f"/labs/attempts/{row.pk}/"),
            teacher.get(f"/cohorts/autumn/submissions/{row.pk}/"),
        ):
            assert page.status_code == 200
            assert wrong_with(page) == [], text


def test_verdicts_quote_answers_as_text(client_of, cohort: Cohort, lab: Lab, lea: User) -> None:
    """Findings name actions and resources as the learner wrote them."""
    client = client_of(lea)
    shown = 0
    for text in by_turns(3) + by_turns(4):
        sent = post(client, "/labs/open-a-bucket/submit/", text=policy_with(text), key="")
        assert sent.status_code in {200, 302}
        assert wrong_with(sent) == [], text
        shown += sent.status_code == 302
    assert shown > 5, "too few were readable to show anything"


# --- What an author writes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "## {}\n\n{}",
        "> {}",
        "- {}\n- {}",
        "| a |\n|---|\n| {} |",
        "[x]({})",
        "![x]({})",
        "<p>{}</p>",
    ],
)
def test_an_authors_markdown_becomes_nothing_that_runs(frame: str) -> None:
    """A link may lead elsewhere, which is what links are for; a picture may not come from there."""
    for text in ATTACKS:
        html = render(frame.replace("{}", storable(text)))
        assert made_by(html) == [], text


def test_an_authors_titles_are_shown_as_text(
    client_of, cohort: Cohort, lab: Lab, lea: User, tom: User
) -> None:
    """Titles, summaries and what is searched go into pages by the same templates for every course;
    each text is some title's, and all are in a summary."""
    texts = [storable(text) for text in ATTACKS]
    course, lesson = cohort.course, Lesson.objects.get(slug="policies")
    for number, heap in enumerate(map(storable, heaps())):
        for row in (
            course,
            lesson,
            lesson.module,
            lab,
            Section.objects.get(slug="policy-structure"),
        ):
            type(row).objects.filter(pk=row.pk).update(title=texts.pop()[:190] if texts else "x")
        Lesson.objects.filter(pk=lesson.pk).update(summary=heap)
        Section.objects.filter(slug="policy-structure").update(plain=f"needle {heap}")
        Lab.objects.filter(pk=lab.pk).update(summary=heap)
        Variant.objects.filter(lab=lab).update(starter=heap, solution=heap)
        Cohort.objects.filter(pk=cohort.pk).update(name=heap[number : number + 100])
        for user, path in PAGES_WITH_TITLES:
            page = client_of({"lea": lea, "tom": tom}[user]).get(path)
            assert page.status_code == 200
            assert wrong_with(page) == [], (path, heap)


PAGES_WITH_TITLES = [
    ("lea", "/day/"),
    ("lea", "/learn/aws/"),
    ("lea", "/learn/aws/policies/"),
    ("lea", "/labs/"),
    ("lea", "/labs/open-a-bucket/"),
    ("lea", "/search/?q=needle"),
    ("tom", "/cohorts/"),
    ("tom", "/cohorts/autumn/"),
]


def test_the_corpus_is_what_it_says() -> None:
    assert len(ATTACKS) > 100
    assert len(set(ATTACKS)) == len(ATTACKS)
    found = [text for text in ATTACKS if made_by(text)]
    assert len(found) > 40, "the parser must see what these texts would make of an open page"
