"""Learners ask, and those who teach them answer: one queue for questions, second looks and answers
that could not be checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from labs.models import Lab, Ruling, State, Submission
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import Cohort, Role
from portal.reviews.forms import MOST_OPEN, OF_LEARNERS
from portal.reviews.models import Comment, Kind, Question, Stage
from tests.rows import make_grade, make_lab, make_submission, make_user


@pytest.fixture
def leas(client_of, lea: User) -> Client:
    return client_of(lea)


@pytest.fixture
def toms(client_of, tom: User) -> Client:
    return client_of(tom)


@pytest.fixture
def question(leas: Client, cohort: Cohort, tom: User) -> Question:
    """lea's, about a lesson."""
    leas.post("/reviews/ask/lesson/aws/buckets/", {"text": "Why *buckets*?"})
    return Question.objects.get()


def now(question: Question) -> Question:
    return Question.objects.get(pk=question.pk)


def of_cohort(question: Question, what: str = "") -> str:
    return f"/cohorts/autumn/questions/{question.pk}/{what}"


# --- Asking ---------------------------------------------------------------------------------------


def test_the_pages_lead_to_the_question(leas: Client, lea: User, lab: Lab, answer) -> None:
    for page, form in (
        ("/learn/aws/buckets/", "/reviews/ask/lesson/aws/buckets/"),
        ("/labs/read-one-bucket/", "/reviews/ask/lab/read-one-bucket/"),
        (f"/labs/attempts/{answer.pk}/", f"/reviews/ask/attempt/{answer.pk}/"),
        ("/labs/read-one-bucket/", f"/reviews/ask/attempt/{answer.pk}/"),
    ):
        assert f'href="{form}"' in leas.get(page).content.decode()
        assert leas.get(form).status_code == 200


def test_whoever_is_taught_by_nobody_is_offered_nothing(toms: Client, lab: Lab, words) -> None:
    for page in ("/learn/aws/buckets/", "/labs/read-one-bucket/"):
        assert "/reviews/ask/" not in toms.get(page).content.decode()


def test_a_question_about_a_lesson(leas: Client, question: Question, cohort: Cohort, words) -> None:
    assert (question.cohort, question.kind, question.stage) == (cohort, "question", "open")
    assert (str(question.thing), question.submission) == ("Buckets", None)
    page = leas.get(question.get_absolute_url())
    assert "<p>Why <em>buckets</em>?</p>" in page.content.decode()
    assert "Those who teach you read it. You get an e-mail when it is answered." in words(page)


def test_a_question_about_a_lab_brings_the_latest_attempt(
    leas: Client, lea: User, mia: User, lab: Lab, answer: Submission
) -> None:
    latest = make_submission(lea, lab)
    make_submission(mia, lab)
    leas.post("/reviews/ask/lab/read-one-bucket/", {"text": "How?"})
    question = Question.objects.get()
    assert (question.lab, question.submission) == (lab, latest)


def test_a_question_about_a_lab_without_an_attempt(leas: Client, lab: Lab) -> None:
    leas.post("/reviews/ask/lab/read-one-bucket/", {"text": "How?"})
    assert Question.objects.get().submission is None


def test_a_second_look_stands_at_the_attempt_and_is_asked_for_once(
    leas: Client, toms: Client, answer: Submission, words
) -> None:
    page = f"/reviews/ask/attempt/{answer.pk}/"
    first = leas.post(page, {"text": "It does the same!"})
    assert leas.get(page).url == first.url
    question = Question.objects.get()
    assert (question.kind, question.submission) == (Kind.SECOND_LOOK, answer)
    assert "It does the same!" in words(leas.get(f"/labs/attempts/{answer.pk}/"))
    of_tom = toms.get(f"/cohorts/autumn/submissions/{answer.pk}/")
    assert "Second look · Open · Read it" in words(of_tom)
    assert "It does the same!" in words(of_tom)


def test_a_form_sent_twice_asks_once(leas: Client, cohort: Cohort, lab: Lab) -> None:
    for page in ("/reviews/ask/lesson/aws/buckets/", "/reviews/ask/lab/read-one-bucket/"):
        first, second = (leas.post(page, {"text": "Why?"}).url for _ in range(2))
        assert first == second
    leas.post("/reviews/ask/lesson/aws/buckets/", {"text": "And why that?"})
    assert Question.objects.count() == Comment.objects.count() == 3


def test_the_same_words_about_another_attempt_are_another_question(
    leas: Client, lea: User, lab: Lab, answer: Submission
) -> None:
    later = make_submission(lea, lab)
    make_grade(later, 1)
    for page in (f"attempt/{answer.pk}", f"attempt/{later.pk}", "lab/read-one-bucket"):
        leas.post(f"/reviews/ask/{page}/", {"text": "Why?"})
    asked = Question.objects.order_by("pk").values_list("kind", "submission")
    look, question = Kind.SECOND_LOOK, Kind.QUESTION
    assert list(asked) == [(look, answer.pk), (look, later.pk), (question, later.pk)]


def test_no_second_look_before_there_was_a_first(leas: Client, lea: User, lab: Lab) -> None:
    waiting = make_submission(lea, lab)
    assert leas.get(f"/reviews/ask/attempt/{waiting.pk}/").status_code == 404


def test_only_those_who_learn_it_ask(client_of, mia: User, eve: User, answer: Submission) -> None:
    assert client_of(mia).get(f"/reviews/ask/attempt/{answer.pk}/").status_code == 404
    assert client_of(eve).get("/reviews/ask/lesson/aws/buckets/").status_code == 404


def test_so_many_questions_may_be_open(leas: Client, lea: User, cohort: Cohort, words) -> None:
    lesson = cohort.course.lessons.get(slug="buckets")
    for _ in range(MOST_OPEN):
        one = Question.objects.create(cohort=cohort, user=lea, lesson=lesson)
    page = leas.post("/reviews/ask/lesson/aws/buckets/", {"text": "One more?"})
    assert "Ten of your questions are open." in words(page)
    assert "One more?" in words(page)
    one.close()
    assert leas.post("/reviews/ask/lesson/aws/buckets/", {"text": "One more?"}).status_code == 302


def test_questions_count_as_words(leas: Client, cohort: Cohort, words) -> None:
    pages = [
        leas.post("/reviews/ask/lesson/aws/buckets/", {"text": f"Why {number}?"})
        for number in range(OF_LEARNERS.a_minute + 1)
    ]
    assert "A little slower, please." in words(pages[-1])
    assert Question.objects.count() == OF_LEARNERS.a_minute


def test_one_sees_ones_own_questions(
    leas: Client, client_of, mia: User, question: Question, words
) -> None:
    assert "Buckets" in words(leas.get("/reviews/"))
    assert "You have not asked anything yet" in words(client_of(mia).get("/reviews/"))
    assert client_of(mia).get(question.get_absolute_url()).status_code == 404


# --- Answering ------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["amy", "tom"])
def test_who_teaches_answers_and_the_learner_asks_again(
    who: str, client_of, leas: Client, amy: User, tom: User, question: Question, words
) -> None:
    teacher = {"amy": amy, "tom": tom}[who]
    client_of(teacher).post(of_cohort(question, "answer/"), {"text": "Because."})
    assert now(question).stage == Stage.ANSWERED
    assert "Because." in words(leas.get(question.get_absolute_url()))
    leas.post(f"/reviews/questions/{question.pk}/reply/", {"text": "Why because?"})
    assert now(question).stage == Stage.OPEN
    role = {"amy": Role.ASSISTANT, "tom": Role.INSTRUCTOR}[who]
    said = [(one.role, one.text) for one in question.comments.all()]
    assert said[1:] == [(role, "Because."), (Role.LEARNER, "Why because?")]


def test_an_answer_at_the_attempt_answers_the_question_about_it(
    leas: Client, toms: Client, answer: Submission
) -> None:
    leas.post(f"/reviews/ask/attempt/{answer.pk}/", {"text": "Why?"})
    page = f"/cohorts/autumn/submissions/{answer.pk}/comments/"
    toms.post(page, {"text": "Look at line 2.", "line": "2"})
    question = Question.objects.get()
    assert question.stage == Stage.ANSWERED
    assert [one.text for one in question.comments.all()] == ["Why?", "Look at line 2."]
    leas.post(f"/reviews/attempts/{answer.pk}/reply/", {"text": "I see."})
    assert now(question).stage == Stage.OPEN


def test_a_decision_answers_a_second_look(leas: Client, toms: Client, answer: Submission) -> None:
    leas.post(f"/reviews/ask/attempt/{answer.pk}/", {"text": "Why?"})
    form = {"verdict": "passed", "reason": "You are right.", "seen": answer.grade_id}
    toms.post(f"/cohorts/autumn/submissions/{answer.pk}/override/", form)
    assert Question.objects.get().stage == Stage.ANSWERED


@pytest.mark.parametrize("who", ["lea", "tom"])
def test_a_question_is_closed_by_either_and_opened_by_a_word(
    who: str, leas: Client, toms: Client, question: Question
) -> None:
    if who == "lea":
        leas.post(f"/reviews/questions/{question.pk}/close/")
    else:
        toms.post(of_cohort(question, "move/"), {"stage": "closed"})
    assert now(question).stage == Stage.CLOSED
    leas.post(f"/reviews/questions/{question.pk}/reply/", {"text": "But why?"})
    assert now(question).stage == Stage.OPEN
    toms.post(of_cohort(question, "move/"), {"stage": "nonsense"})
    assert now(question).stage == Stage.OPEN


def test_what_cannot_be_sent_stays_in_its_form(leas: Client, toms: Client, question) -> None:
    for client, page in (
        (leas, f"/reviews/questions/{question.pk}/reply/"),
        (toms, of_cohort(question, "answer/")),
    ):
        answered = client.post(page, {"text": "x" * 4001})
        assert answered.context["form"]["text"].value() == "x" * 4001
    assert Comment.objects.count() == 1


# --- Whose it is ----------------------------------------------------------------------------------


@pytest.fixture
def give(toms: Client, question: Question) -> Callable:
    def send(to: User | None, seen: User | None = None) -> Any:
        form = {"assignee": to.pk if to else "", "seen": seen.pk if seen else ""}
        return toms.post(of_cohort(question, "assign/"), form, follow=True)

    return send


def test_a_question_is_given_to_somebody_who_teaches(
    give, amy: User, tom: User, lea: User, question: Question, words
) -> None:
    assert "It is given to Amy Assistant now." in words(give(amy))
    assert now(question).assignee == amy
    assert "It can be given to whoever teaches in this cohort." in words(give(lea, seen=amy))
    assert now(question).assignee == amy
    give(None, seen=amy)
    assert now(question).assignee is None


def test_an_administrator_is_not_offered_what_only_those_who_teach_here_can_take(
    toms: Client, client_of, ada: User, question: Question, words
) -> None:
    assert "I answer it" in words(toms.get(of_cohort(question)))
    assert "I answer it" not in words(client_of(ada).get(of_cohort(question)))


def test_two_who_take_it_at_once_do_not_both_have_it(
    give, amy: User, tom: User, question: Question, words
) -> None:
    give(amy)
    assert "Somebody else took it meanwhile." in words(give(tom))
    assert now(question).assignee == amy


# --- The queue ------------------------------------------------------------------------------------


def things(toms: Client, show: str = "") -> list[str]:
    found = toms.get("/cohorts/autumn/queue/", {"show": show}).context["questions"]
    return [str(one.thing) for one in found]


def test_the_queue_shows_who_waits_longest_first(
    toms: Client, lea: User, mia: User, tom: User, cohort: Cohort, lab: Lab
) -> None:
    lessons = cohort.course.lessons
    for slug, user in (("buckets", mia), ("policies", lea), ("security-groups", lea)):
        Question.objects.create(cohort=cohort, user=user, lesson=lessons.get(slug=slug))
    assert things(toms) == ["Buckets", "Policies", "Security groups"]
    first, second, third = Question.objects.order_by("pk")
    first.hear(Role.INSTRUCTOR)
    second.close()
    third.assign(tom, seen=None)
    assert things(toms) == things(toms, "mine") == ["Security groups"]
    assert (things(toms, "answered"), things(toms, "closed")) == (["Buckets"], ["Policies"])
    assert things(toms, "nonsense") == ["Security groups"]
    first.hear(Role.LEARNER)
    assert things(toms) == ["Security groups", "Buckets"]


def test_the_day_of_whoever_teaches_says_how_many_wait(
    toms: Client, cohort: Cohort, lea: User, mia: User, words
) -> None:
    assert "open question" not in words(toms.get("/day/"))
    lesson = cohort.course.lessons.get(slug="buckets")
    asked = [Question.objects.create(cohort=cohort, user=one, lesson=lesson) for one in (lea, mia)]
    assert "2 learners 2 open questions" in words(toms.get("/day/"))
    asked[0].close()
    assert "2 learners 1 open question" in words(toms.get("/day/"))
    mia.memberships.all().delete()
    assert "open question" not in words(toms.get("/day/"))


def test_the_day_leads_to_ones_questions_after_the_verdicts(
    leas: Client, answer: Submission, words
) -> None:
    page = words(leas.get("/day/"))
    assert 0 < page.index("Your last verdicts") < page.index("Your questions")
    assert page.index("Read one bucket", page.index("Your last")) < page.index("Your questions")


def test_nothing_that_waits_is_said_so(toms: Client, cohort: Cohort, words) -> None:
    page = toms.get("/cohorts/autumn/queue/")
    assert "Nothing waits for you" in words(page)
    assert 'href="/cohorts/autumn/queue/"' in toms.get("/cohorts/autumn/").content.decode()


def test_whoever_left_asks_nobody_here_any_more(
    toms: Client, lea: User, question: Question
) -> None:
    lea.memberships.all().delete()
    assert things(toms) == []
    assert toms.get(of_cohort(question)).status_code == 404


def test_whoever_left_reads_what_was_said_and_writes_nothing_that_nobody_reads(
    leas: Client, lea: User, question: Question, words
) -> None:
    reply = f"/reviews/questions/{question.pk}/reply/"
    assert reply in leas.get(question.get_absolute_url()).content.decode()
    lea.memberships.get().end()
    page = leas.get(question.get_absolute_url())
    assert "Why buckets ?" in words(page)
    assert "You do not learn in Autumn any more, so nobody would read" in words(page)
    assert reply not in page.content.decode()
    assert "/learn/aws/" not in page.content.decode()  # it would be 404
    sent = leas.post(reply, {"text": "And now?"})
    assert "It was not sent: you do not learn in this cohort any more." in words(sent)
    assert sent.context["form"]["text"].value() == "And now?"
    assert Comment.objects.count() == 1
    leas.post(f"/reviews/questions/{question.pk}/close/")  # one of ten that may be open
    assert now(question).is_closed


def test_what_nobody_hears_any_more_keeps_nobody_from_asking(
    leas: Client, lea: User, cohort: Cohort, other_cohort: Cohort, answer: Submission
) -> None:
    for _ in range(MOST_OPEN):
        Question.objects.create(cohort=cohort, user=lea, lab=answer.lab)
    lab, look = "/reviews/ask/lab/read-one-bucket/", f"/reviews/ask/attempt/{answer.pk}/"
    Question.objects.update(stage=Stage.CLOSED)
    for page in (lab, look):
        leas.post(page, {"text": "Why?"})
    Question.objects.update(stage=Stage.OPEN)
    other_cohort.courses.add(cohort.course)
    lea.memberships.get().move_to(other_cohort)
    for page in (lab, look):
        assert leas.post(page, {"text": "Why?"}).status_code == 302
    asked = Question.objects.filter(cohort=other_cohort)
    assert sorted(asked.values_list("kind", flat=True)) == [Kind.QUESTION, Kind.SECOND_LOOK]


def test_whoever_assists_by_now_is_asked_for_no_reply_as_a_learner(
    leas: Client, lea: User, tom: User, answer: Submission, words
) -> None:
    Comment.objects.write(answer, author=tom, role=Role.INSTRUCTOR, text="Why?")
    page, reply = f"/labs/attempts/{answer.pk}/", f"/reviews/attempts/{answer.pk}/reply/"
    assert reply in leas.get(page).content.decode()
    lea.memberships.get().become(Role.ASSISTANT)
    assert reply not in leas.get(page).content.decode()
    assert leas.post(reply, {"text": "Because."}).status_code == 404


@pytest.mark.parametrize("people", [3, 30])
def test_the_queue_takes_the_same_queries_for_many(
    toms: Client, cohort: Cohort, lab: Lab, people: int, django_assert_num_queries
) -> None:
    lesson = cohort.course.lessons.get(slug="buckets")
    for number in range(people):
        learner = make_user(f"L{number}")
        cohort.enrol(learner)
        Question.objects.create(cohort=cohort, user=learner, lesson=lesson)
        Question.objects.create(cohort=cohort, user=learner, lab=lab)
        make_submission(learner, lab, state=State.FAULTED, fault="out of memory")
    with django_assert_num_queries(6):
        toms.get("/cohorts/autumn/queue/")


# --- What could not be checked --------------------------------------------------------------------


@pytest.fixture
def faulted(lea: User, lab: Lab) -> Submission:
    return make_submission(lea, lab, state=State.FAULTED, fault="out of memory")


def faults(toms: Client) -> list[Submission]:
    return list(toms.get("/cohorts/autumn/queue/").context["faults"])


def test_our_faults_are_in_the_queue_until_the_learner_went_on(
    toms: Client, lea: User, mia: User, lab: Lab, faulted: Submission
) -> None:
    broken = {"message": "?", "line": 1, "column": 1}
    make_submission(mia, lab, state=State.FAULTED, unreadable=broken)
    make_grade(make_submission(mia, lab), 2)
    assert faults(toms) == [faulted]
    make_grade(make_submission(lea, make_lab(lab.course, "deny-wins")), 1)
    assert faults(toms) == [faulted]
    make_grade(make_submission(lea, lab), 1)
    assert faults(toms) == []


def test_a_fault_that_was_decided_by_hand_waits_no_more(
    toms: Client, tom: User, faulted: Submission
) -> None:
    faulted.override(Ruling(True, 100, "Right."), author=tom, seen=None)
    assert faults(toms) == []


@pytest.mark.parametrize("who", ["amy", "tom"])
def test_it_is_checked_again_and_the_log_says_so(
    who: str, client_of, amy: User, tom: User, lea: User, faulted: Submission, words
) -> None:
    teacher = {"amy": amy, "tom": tom}[who]
    form = {"rows": [str(faulted.pk), "x", "9" * 30]}
    page = client_of(teacher).post("/cohorts/autumn/queue/check-again/", form, follow=True)
    assert "1 answer is checked again in a moment." in words(page)
    faulted.refresh_from_db()
    assert (faulted.state, faulted.tries) == (State.QUEUED, 0)
    entry = Entry.objects.get(what=What.RECHECKED)
    told = (entry.actor, entry.person, entry.about)
    assert told == (teacher, lea, f"autumn: submission {faulted.pk}")


def test_nothing_else_is_checked_again(
    toms: Client, eve: User, answer: Submission, other_cohort: Cohort
) -> None:
    foreign = make_submission(eve, make_lab(other_cohort.course, "cut-onions"), state=State.FAULTED)
    toms.post("/cohorts/autumn/queue/check-again/", {"rows": [answer.pk, foreign.pk]})
    states = Submission.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["graded", "faulted"]
