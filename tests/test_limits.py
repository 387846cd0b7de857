"""Too much, too deep, or not what it says it is: refused in our own words before it is worked on,
never a 500, and nothing of it in the log."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.test import Client

from labs.models import Lab, Ruling
from portal.accounts.models import User
from portal.cohorts.models import Cohort
from portal.reviews.models import Question
from tests.labs.trying import MAY_ADA, put_in
from tests.rows import make_grade, make_lab, make_submission, make_user

FORM = "application/x-www-form-urlencoded"
MARK = "zebra-in-the-log"
MANY = "&".join(f"{MARK}{number}=1" for number in range(10_000))
HUGE = MARK * 20_000
DEEP = "[" * 100_000
CUT_OFF = "--x\r\nContent-Disposition: form-data; name=text\r\n\r\nx"
BOUNDARY = "multipart/form-data; boundary=x"


class Case(NamedTuple):
    """Who asks for what, and what they get: our page of refusal, or the page as if nothing were."""

    name: str
    who: str
    ask: Callable[[Client], Any]
    status: set[int]


def get(path: str, **more: Any) -> Callable[[Client], Any]:
    return lambda client: client.get(path, **more)


def post(path: str, body: str | bytes, kind: str = FORM, **more: Any) -> Callable[[Client], Any]:
    """As it is: Django's own client would write it in the alphabet that the header names."""
    sent = body.encode() if isinstance(body, str) else body
    return lambda client: client.generic("POST", path, sent, content_type=kind, **more)


def sent_to(path: str) -> Callable[[Client], Any]:
    return post(path, "what=lesson-1&until=2030-01-01")


def with_cookie(name: str, value: str, path: str = "/day/") -> Callable[[Client], Any]:
    """As it stands in the header: Django's own client would tidy it."""
    return lambda client: client.get(path, HTTP_COOKIE=f"{name}={value}")


def files(count: int) -> str:
    part = '--x\r\nContent-Disposition: form-data; name="f{0}"; filename="{0}"\r\n\r\n{1}\r\n'
    return "".join(part.format(number, MARK) for number in range(count)) + "--x--\r\n"


LAB, TRY = "/labs/open-a-bucket/", "/labs/tries/aws/buckets/may-ada/answer/"
ANSWER, QUESTION = "/cohorts/autumn/submissions/{answer}/", "/cohorts/autumn/questions/{question}/"
COMMENT, SAME = ANSWER + "comments/", ANSWER + "same/"
OVERRIDE, WITHDRAW = ANSWER + "override/", ANSWER + "withdraw/"
MEMBERS, EXTEND = "/cohorts/autumn/members/", "/cohorts/autumn/learners/{lea}/extend/"
NUMBERS = ("9" * 19, "9" * 31, "9" * 5000, "-" + "9" * 31, "1e9", "%00", "%C2%B2")
OK, REFUSED, ASKED_TO_SIGN_IN, NOTHING = {200}, {400}, {302}, {404}

CASES = [
    # Very many
    *(
        Case(f"query of 10,000 at {path}", who, get(path, QUERY_STRING=MANY), REFUSED)
        for who, path in [
            ("lea", "/search/"),
            ("lea", "/search/results/"),
            ("tom", "/cohorts/autumn/"),
            ("lea", LAB),
            ("lea", "/accounts/join/"),
            ("", "/accounts/login/"),
            ("", "/accounts/signup/"),
            ("ada", "/admin/accounts/user/"),
        ]
    ),
    *(
        Case(f"form of 10,000 at {path}", who, post(path, MANY), REFUSED)
        for who, path in [
            ("lea", LAB + "submit/"),
            ("lea", LAB + "draft/"),
            ("lea", LAB + "lint/"),
            ("lea", TRY),
            ("lea", "/accounts/profile/"),
            ("", "/accounts/login/"),
            ("", "/accounts/signup/"),
            ("", "/accounts/language/"),
            ("tom", "/cohorts/autumn/invitations/"),
            ("tom", "/cohorts/autumn/queue/check-again/"),
            ("lea", "/reviews/ask/lab/open-a-bucket/"),
        ]
    ),
    Case("200 files", "lea", post(LAB + "draft/", files(200), BOUNDARY), REFUSED),
    # Very long
    Case("a search", "lea", get("/search/", QUERY_STRING=f"q={HUGE}"), OK),
    Case("a search as typed", "lea", get("/search/results/", QUERY_STRING=f"q={HUGE}"), OK),
    Case("a name in the grid", "tom", get("/cohorts/autumn/", QUERY_STRING=f"q={HUGE}"), OK),
    Case("a filter", "tom", get("/cohorts/autumn/", QUERY_STRING=f"show={HUGE}&sort={HUGE}"), OK),
    Case("a topic", "lea", get("/labs/completions/iam-policy/", QUERY_STRING=f"topic={HUGE}"), OK),
    Case("a code", "lea", post("/accounts/join/", f"code={HUGE}"), OK),
    Case("a password", "", post("/accounts/login/", f"login=a@b.example&password={HUGE}"), OK),
    Case("an address", "", post("/accounts/password/reset/", f"email={HUGE}@b.example"), OK),
    Case("an answer", "lea", post(LAB + "submit/", f"text={HUGE}"), OK),
    Case("a question", "lea", post("/reviews/ask/lab/open-a-bucket/", f"text={HUGE}"), OK),
    Case(
        "a list of questions", "tom", get("/cohorts/autumn/queue/", QUERY_STRING=f"show={HUGE}"), OK
    ),
    Case("a number", "lea", get("/labs/attempts/" + "9" * 4000 + "/"), NOTHING),
    Case("a number of 20 digits", "lea", get("/labs/attempts/" + "9" * 20 + "/"), NOTHING),
    Case("a slug", "lea", get(f"/labs/{'x' * 60_000}/"), NOTHING),
    Case("an address of nothing", "", get(f"/{HUGE}/"), NOTHING),
    Case(
        "a form beyond what forms hold",
        "lea",
        post(LAB + "draft/", "text=" + "x" * 600_000),
        REFUSED,
    ),
    # Pages
    *(
        Case(
            f"page {page[:20]}",
            "tom",
            get("/cohorts/autumn/learners/{lea}/", QUERY_STRING=f"page={page}"),
            OK,
        )
        for page in ("-1", "0", "x", "1e9", "9" * 400, "9" * 5000, "%00", "%ED%A0%80", "")
    ),
    *(
        Case(
            f"questions, page {page[:20]}",
            "tom",
            get("/cohorts/autumn/queue/", QUERY_STRING=f"page={page}"),
            OK,
        )
        for page in ("-1", "x", "9" * 400, "%00")
    ),
    *(
        Case(f"regrades, {query[:20]}", "tom", get("/regrades/", QUERY_STRING=query), OK)
        for query in ("page=-1", "page=x", "page=" + "9" * 400, "page=%00")
    ),
    *(
        Case(f"{what} of a regrade {number}", "tom", ask(path.format(number)), NOTHING)
        for number in ("9" * 19, "9" * 31, "9" * 4000)
        for what, ask, path in [
            ("the page", get, "/regrades/{}/"),
            ("the end", sent_to, "/regrades/{}/drop/"),
        ]
    ),
    # Numbers that no column holds, or that are none
    *(
        Case(f"{name} {number[:9]!r} of {len(number)}", "tom", post(path, f"{form}{number}"), OK)
        for number in NUMBERS
        for name, path, form in [
            ("the grade that was seen", OVERRIDE, "verdict=passed&reason=x&seen="),
            ("a percentage", OVERRIDE, "verdict=failed&reason=x&percent="),
            ("the override that was seen", WITHDRAW, "withdraw-reason=x&withdraw-seen="),
            ("a line", COMMENT, "text=x&line="),
        ]
    ),
    *(
        Case(f"{name} {number[:9]!r} of {len(number)}", "tom", post(path, f"{form}{number}"), {302})
        for number in NUMBERS
        for name, path, form in [
            ("who had it", QUESTION + "assign/", "seen="),
            ("who gets it", QUESTION + "assign/", "assignee="),
            ("where it goes", QUESTION + "move/", "stage="),
            ("one to check again", "/cohorts/autumn/queue/check-again/", "rows="),
            ("one that says the same", SAME, "rows="),
        ]
    ),
    *(
        Case(f"{name} {number[:9]!r} of {len(number)}", who, post(path, f"{form}{number}"), OK)
        for number in NUMBERS
        for name, who, path, form in [
            ("a member", "tom", MEMBERS + "change/", "act=end&people="),
            ("a cohort to move to", "tom", MEMBERS + "change/", "people=1&act=move-"),
            ("a course", "tom", "/cohorts/autumn/settings/", "name=x&courses="),
            ("a course of a new cohort", "ada", "/cohorts/new/", "name=x&courses="),
            ("how many may come", "tom", "/cohorts/autumn/invitations/", "role=learner&uses="),
            ("how many days later", "ada", "/cohorts/autumn/copy/", "name=x&days_later="),
        ]
    ),
    *(
        Case(f"{what} {number}", "tom", ask(path.format(number)), NOTHING)
        for number in ("9" * 19, "9" * 31, "9" * 4000)
        for what, ask, path in [
            ("learner", get, "/cohorts/autumn/learners/{}/"),
            ("more time for", sent_to, "/cohorts/autumn/learners/{}/extend/"),
            ("a letter again for", sent_to, "/cohorts/autumn/invitations/{}/resend/"),
            ("the end of", sent_to, "/cohorts/autumn/invitations/{}/close/"),
            ("the withdrawal of", sent_to, "/cohorts/autumn/announcements/{}/withdraw/"),
        ]
    ),
    *(
        Case(
            f"more time for {what[:20]} until {day}",
            "tom",
            post(EXTEND, f"what={what}&until={day}"),
            {302},
        )
        for what in ("lesson-" + "9" * 31, "%00", "-", "lab-", HUGE)
        for day in ("9999-12-31", "%00", "0000-00-00", "9" * 400)
    ),
    # Characters that no database takes, and numbers of pages that there are not
    *(
        Case(f"{path}?{query[:20]}", who, get(path, QUERY_STRING=query), OK)
        for query in (
            *("q=%00", "q=a%00b", "q=%ED%A0%80", "q=%F0%9F%98%80", f"q={HUGE}", "q=%25_%5C"),
            *("page=%00", "page=" + "9" * 31, "page=" + "9" * 5000, "page=-1"),
            *("show=%00&sort=%00&module=%00", "course=%00", f"course={HUGE}"),
        )
        for who, path in [
            ("tom", "/cohorts/"),
            ("ada", "/cohorts/"),
            ("tom", "/cohorts/autumn/"),
            ("tom", MEMBERS),
            ("tom", "/cohorts/autumn/dates/"),
            ("tom", "/cohorts/autumn/log/"),
            ("tom", "/cohorts/autumn/invitations/"),
            ("tom", "/cohorts/autumn/learners/{lea}/"),
        ]
    ),
    *(
        Case(f"{path} with NUL", who, post(path, form), OK)
        for who, path, form in [
            ("tom", "/cohorts/autumn/settings/", "name=%00&courses=%00&language=%00"),
            ("ada", "/cohorts/new/", "name=%00&courses=%00&language=%00"),
            ("ada", "/cohorts/autumn/copy/", "name=%00&with_team=%00&days_later=%00"),
            ("tom", "/cohorts/autumn/dates/", "late=%00&lesson-1=%00"),
            ("tom", MEMBERS + "change/", "act=%00&people=%00"),
            ("tom", "/cohorts/autumn/invitations/", "role=%00&uses=%00&last_day=%00"),
            ("tom", "/cohorts/autumn/invitations/mail/", "role=%00&people=%00&last_day=%00"),
        ]
    ),
    *(
        Case(
            f"{path} of the administration, {query[:30]}",
            "ada",
            get(path, QUERY_STRING=query),
            {200, 302},
        )
        for query in (
            "q=%00",
            "q=a%00b",
            "cohort__id__exact=" + "9" * 31,
            "role__exact=%00",
            "p=" + "9" * 31,
        )
        for path in [
            *(f"/admin/cohorts/{name}/" for name in ("membership", "pastmembership", "invitation")),
            "/admin/cohorts/cohort/",
        ]
    ),
    *(
        Case(f"a code {code[:9]!r}", "lea", get("/accounts/join/", QUERY_STRING=f"code={code}"), OK)
        for code in ("%00", HUGE, "%ED%A0%80")
    ),
    Case("a code of NUL", "lea", post("/accounts/join/", "code=%00"), OK),
    Case("a name of NUL", "lea", post("/accounts/profile/", "name=%00&language=%00"), OK),
    Case(
        "the last day that there is",
        "tom",
        post("/cohorts/autumn/invitations/", "role=learner&uses=1&last_day=9999-12-31"),
        OK,
    ),
    *(
        Case(f"announcements, page {page[:20]}", who, get(path, QUERY_STRING=f"page={page}"), OK)
        for page in ("-1", "x", "9" * 31, "9" * 5000, "%00")
        for who, path in [("tom", "/cohorts/autumn/announcements/"), ("lea", "/announcements/")]
    ),
    # Deep
    *(
        Case(f"Markdown {text[:6]!r}, deep", who, post(path, f"text={text}"), {302})
        for text in ("1. " * 1333, "- " * 2000, "> " * 2000, "*" * 2000 + "x" + "*" * 1999)
        for who, path in [
            ("lea", "/reviews/ask/lab/open-a-bucket/"),
            ("lea", "/reviews/questions/{question}/reply/"),
            ("tom", COMMENT),
            ("tom", QUESTION + "answer/"),
            ("tom", "/cohorts/autumn/announcements/"),
        ]
    ),
    Case("deep JSON as an answer", "lea", post(LAB + "submit/", f"text={DEEP}"), OK),
    Case("deep JSON while typing", "lea", post(LAB + "lint/", f"text={DEEP}"), OK),
    Case("deep JSON to try", "lea", post(TRY, f"policy={DEEP}"), OK),
    *(
        Case(f"{name} {text[:9]!r} to try", "lea", post(TRY, f"{name}={text}"), OK)
        for name in ("policy", "action", "resource", "colour")
        for text in ("%00", HUGE, "%ED%A0%80", "%E2%80%AE", "*" * 4000)
    ),
    Case("deep JSON in a draft", "lea", post(LAB + "draft/", f"text={DEEP}"), {302}),
    Case("deep names of fields", "lea", post(LAB + "draft/", "text" + "[a]" * 5_000 + "=1"), {302}),
    # Cookies
    *(
        Case(f"cookie {name} {value[:12]!r}", "", with_cookie(name, value), ASKED_TO_SIGN_IN)
        for name in ("sessionid", "csrftoken", "django_language", "messages")
        for value in (
            HUGE,
            '"\\000\\000\\000\\000\\000\\000\\000\\000\\000"',
            "\xff\xfe" * 20,
            "%00" * 20,
            '"' + "\\" * 50,
            "..",
            "a:b:c",
            "x" * 40 + "'--",
        )
    ),
    Case("5,000 cookies", "", with_cookie("a", "; b=".join(["1"] * 5000)), ASKED_TO_SIGN_IN),
    # Headers
    *(
        Case(f"header {name}", "lea", get("/labs/", headers={name: value}), OK)
        for name, value in [
            ("accept-language", HUGE),
            ("accept-language", "de;q=" + "9" * 400),
            ("accept-language", ",;q=" * 9000),
            ("hx-current-url", "http://[::1"),
            ("hx-current-url", HUGE),
            ("hx-request", "\xff"),
            ("if-modified-since", HUGE),
            ("if-none-match", HUGE),
            ("range", "bytes=-,,,"),
            ("x-forwarded-for", HUGE),
            ("accept-encoding", HUGE),
            ("referer", "\xff" + HUGE),
        ]
    ),
    Case("a host that is not ours", "", get("/", headers={"host": "evil.example"}), REFUSED),
    Case("a host that is none", "", get("/", headers={"host": "a b/\\x"}), REFUSED),
    # Not what it says it is
    Case("no boundary", "lea", post(LAB + "draft/", MARK, "multipart/form-data"), REFUSED),
    Case(
        "a wrong boundary",
        "lea",
        post(LAB + "draft/", MARK, "multipart/form-data; boundary=\xff"),
        REFUSED,
    ),
    Case("an end that is missing", "lea", post(LAB + "draft/", CUT_OFF, BOUNDARY), {302, 400}),
    Case(
        "another alphabet",
        "lea",
        post(LAB + "draft/", f"text={MARK}".encode(), FORM + "; charset=utf-16"),
        {302, 400},
    ),
    Case(
        "an unknown alphabet",
        "lea",
        post(LAB + "draft/", f"text={MARK}".encode(), FORM + "; charset=nonsense"),
        {302, 400},
    ),
    Case(
        "JSON for a form",
        "lea",
        post(LAB + "draft/", json.dumps({"text": MARK}), "application/json"),
        {302},
    ),
    Case(
        "bytes that are no letters",
        "lea",
        post(LAB + "draft/", b"text=\xff\xfe\x00" + MARK.encode()),
        {302},
    ),
    Case(
        "a length that is none",
        "lea",
        post(LAB + "draft/", "text=1", CONTENT_LENGTH="-5"),
        {302, 400},
    ),
    Case(
        "a token with nothing in it",
        "",
        get("/accounts/password/reset/key/zzzzzzzzzzzzzzzzz-x/"),
        OK,
    ),
    Case(
        "rows of the administration",
        "ada",
        get("/admin/accounts/user/", QUERY_STRING=f"p=99999999999999999999&o={HUGE}"),
        {200, 302},
    ),
    Case(
        "a filter of the administration",
        "ada",
        get("/admin/accounts/user/", QUERY_STRING="is_staff__exact=%00&q=%00"),
        {200, 302},
    ),
    Case(
        "a row of the administration",
        "ada",
        get(f"/admin/accounts/user/{'9' * 400}/change/"),
        {302, 404},
    ),
]


@pytest.fixture
def lab(cohort: Cohort) -> Lab:
    put_in(cohort.course.lessons.get(slug="buckets"), MAY_ADA)
    return make_lab(cohort.course, "open-a-bucket")


@pytest.fixture
def numbers(lab: Lab, cohort: Cohort, lea: User, tom: User) -> dict[str, int]:
    """Of what addresses name: somebody, an answer that was decided by hand, a question."""
    answer = make_submission(lea, lab, "x")
    grade = make_grade(answer, 2)
    answer.override(Ruling(passed=True, percent=100, reason="x"), author=tom, seen=grade.pk)
    question = Question.objects.create(user=lea, cohort=cohort, lab=lab)
    return {"lea": lea.pk, "answer": answer.pk, "question": question.pk}


def named(case: Case) -> Any:
    """What is refused whatever a database holds is no matter of which one it is."""
    marks = [pytest.mark.any_database] if case.status == REFUSED else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", [named(case) for case in CASES])
def test_it_is_refused_or_shortened_and_forgotten(
    case: Case,
    client_of,
    numbers: dict[str, int],
    lea: User,
    tom: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    people = {"lea": lea, "tom": tom}
    if case.who == "ada":
        people["ada"] = make_user("Ada", is_staff=True, is_superuser=True)
    client = client_of(people[case.who]) if case.who else Client()
    client.raise_request_exception = False
    answer = case.ask(Numbered(client, numbers))
    assert answer.status_code in case.status
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"].startswith("text/html")
        assert "Django" not in answer.content.decode()
    path = str(answer.wsgi_request.path)
    assert not any(MARK in line.getMessage().replace(path, "") for line in caplog.records)


class Numbered:
    """A client that knows which number lea has, and what is hers."""

    def __init__(self, client: Client, numbers: dict[str, int]) -> None:
        self.client, self.numbers = client, numbers

    def address(self, path: str) -> str:
        for name, number in self.numbers.items():
            path = path.replace(f"{{{name}}}", str(number))
        return path

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(self.address(path), **more)

    def generic(self, method: str, path: str, *words: Any, **more: Any) -> Any:
        return self.client.generic(method, self.address(path), *words, **more)
