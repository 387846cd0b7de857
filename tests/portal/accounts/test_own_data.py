"""What a person gets to see of their data, and what is left when they leave."""

from __future__ import annotations

import json

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from labs.models import Draft, Grade, KeptText, Mistake, Ruling, Submission
from lessons.models import Completion, Course, Lesson, Place
from portal.accounts.models import User
from portal.accounts.own_data import KEPT_WITHOUT_THE_PERSON, TAKEN_AWAY, data_of, erase
from portal.cohorts.models import Cohort, Invitation, Role
from portal.letters.models import Letter
from portal.reviews.models import Comment
from tests.rows import PASSWORD, make_grade, make_lab, make_submission


@pytest.fixture
def learner(lea: User, course: Course) -> User:
    """Somebody who read, typed, handed in and passed."""
    lesson, lab = Lesson.objects.first(), make_lab(course, "say-it")
    lea.completions.create(lesson=lesson)
    Place.objects.create(user=lea, course=course, lesson=lesson)
    Draft.objects.create(user=lea, lab=lab, variant=lab.variants.get(), text="typed by Lea")
    KeptText.objects.create(user=lea, lab=lab, text="typed before by Lea")
    make_grade(make_submission(lea, lab, "written by Lea", state="graded"), 4)
    return lea


def test_everything_is_in_the_export(proven_client_of, learner: User):
    answer = proven_client_of(learner).get("/accounts/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-learning.json"'
    found = json.loads(answer.content)
    assert found["account"]["name"] == "Lea Learner"
    assert [one["cohort"] for one in found["cohorts"]] == ["Autumn"]
    assert len(found["completed_lessons"]) == len(found["places"]) == 1
    assert [one["text"] for one in found["drafts"]] == ["typed by Lea"]
    assert [one["text"] for one in found["kept_texts"]] == ["typed before by Lea"]
    [answered] = found["answers"]
    assert (answered["lab"], answered["text"]) == ("Say it", "written by Lea")
    assert (answered["percent"], answered["passed"]) == (100, True)


def test_the_export_has_every_grade_and_its_reason(learner: User, tom: User):
    answer = Submission.objects.get(user=learner)
    for percent, reason in ((50, "Only half of it."), (80, "Better than I thought.")):
        ruling = Ruling(passed=False, percent=percent, reason=reason)
        assert answer.override(ruling, author=tom, seen=answer.grade_id)
        answer.refresh_from_db()
    [told] = data_of(learner)["answers"]
    assert (told["percent"], told["reason"]) == (80, "Better than I thought.")
    others = [(one["percent"], one["reason"]) for one in told["other_grades"]]
    assert others == [(50, "Only half of it."), (100, "")]


def test_the_export_says_what_one_chose_and_may(lea: User, tom: User):
    User.objects.filter(pk=lea.pk).update(mail_news=False)
    User.objects.filter(pk=tom.pk).update(opens_cohorts=True)
    accounts = [data_of(User.objects.get(pk=one.pk))["account"] for one in (lea, tom)]
    told = [(one["announcements_by_mail"], one["may_open_cohorts"]) for one in accounts]
    assert told == [(False, False), (True, True)]


def test_a_goal_is_told_and_goes_with_its_person(lea: User) -> None:
    User.objects.filter(pk=lea.pk).update(weekly_goal=60, goal_counts="minutes")
    account = data_of(User.objects.get(pk=lea.pk))["account"]
    assert (account["weekly_goal"], account["weekly_goal_counts"]) == (60, "minutes")
    erase(User.objects.get(pk=lea.pk))
    assert User.objects.get(pk=lea.pk).weekly_goal is None


def test_the_export_says_how_one_was_labelled_and_when_one_looked_at_a_solution(
    learner: User, cohort: Cohort
):
    cohort.memberships.get(user=learner).set_labels(["group b", "repeats"])
    Submission.objects.update(solution_shown_at=(moment := timezone.now()))
    found = data_of(learner)
    assert [one["labels"] for one in found["cohorts"]] == ["group b, repeats"]
    assert [one["solution_shown_at"] for one in found["answers"]] == [moment]


def test_the_export_names_mistakes_and_does_not_say_what_hidden_checks_ask(learner: User):
    answer = Submission.objects.get()
    about = {"user": learner, "lab": answer.lab, "submission": answer, "made_at": timezone.now()}
    Mistake.objects.create(**about, code="iam.too-wide", behaviour="allows DeleteBucket on secrets")
    [told] = data_of(learner)["mistakes"]
    assert (told["lab"], told["code"]) == ("Say it", "iam.too-wide")
    assert "DeleteBucket" not in str(data_of(learner))


def test_only_invitations_to_addresses_that_were_proven_are_in_the_export(
    learner: User, cohort: Cohort
):
    """Else whoever gives somebody's address as theirs would read where that one is invited."""
    for address, is_proven in (("lea@example.com", True), ("mia@example.com", False)):
        EmailAddress.objects.create(user=learner, email=address, verified=is_proven)
        Invitation.objects.create(cohort=cohort, email=address)
    assert [one["cohort"] for one in data_of(learner)["invitations"]] == ["Autumn"]
    EmailAddress.objects.update(verified=False)
    assert data_of(learner)["invitations"] == []


@pytest.mark.parametrize("number", [3, 30])
def test_many_answers_are_exported_with_as_many_queries(
    learner: User, number: int, django_assert_num_queries
):
    lab = Submission.objects.get().lab
    for _answer in range(number):
        make_grade(make_submission(learner, lab), 2)
    with django_assert_num_queries(36):
        data_of(learner)


def test_an_export_holds_nobody_else(learner: User, mia: User, course: Course):
    make_submission(mia, make_lab(course, "another"), "written by Mia")
    assert "Mia" not in str(data_of(learner))


def test_what_was_said_is_in_the_export_and_goes_with_the_answer(
    learner: User, mia: User, tom: User
):
    """What a teacher said to others stays, without the teacher."""
    of_lea = Submission.objects.get(user=learner)
    of_mia = make_submission(mia, of_lea.lab, "written by Mia")
    for answer, author, role in (
        (of_lea, tom, Role.INSTRUCTOR),
        (of_lea, learner, Role.LEARNER),
        (of_mia, tom, Role.INSTRUCTOR),
    ):
        Comment.objects.write(answer, author=author, role=role, text=f"to {answer.text}")
    found = [(one["written_by"], one["text"]) for one in data_of(learner)["comments"]]
    assert found == [("instructor", "to written by Lea"), ("me", "to written by Lea")]
    assert [one["written_by"] for one in data_of(tom)["comments"]] == ["me", "me"]
    erase(learner)
    assert Comment.objects.get().submission == of_mia
    erase(tom)
    left = Comment.objects.get()
    assert (left.author, left.role, left.text) == (None, "instructor", "to written by Mia")


def test_exports_cannot_be_asked_for_without_end(proven_client_of, learner: User):
    client = proven_client_of(learner)
    answers = [client.get("/accounts/export/").status_code for _number in range(4)]
    assert answers == [200, 200, 200, 429]


def test_leaving_takes_what_was_written_and_keeps_what_counts(
    client_of, proven_client_of, learner: User
):
    other = client_of(learner)
    answer = proven_client_of(learner).post("/accounts/erase/", follow=True)
    assert "Your account and everything you wrote are gone." in answer.content.decode()
    assert other.get(reverse("day")).status_code == 302
    assert (Draft.objects.count(), KeptText.objects.count(), Place.objects.count()) == (0, 0, 0)
    submission, grade = Submission.objects.get(), Grade.objects.get()
    assert (submission.text, grade.percent, grade.passed) == ("", 100, True)
    assert Completion.objects.count() == 1
    everything = [str(list(one.objects.values())) for one in (User, Submission, Grade)]
    assert not any("Lea" in text or "lea@" in text for text in everything)


def test_an_erased_person_cannot_sign_in_and_the_address_is_free(client, learner: User):
    erase(learner)
    form = {"login": "lea@example.com", "password": PASSWORD}
    assert client.post("/accounts/login/", form).status_code == 200
    assert User.objects.create_user("lea@example.com", PASSWORD, name="Another Lea").pk


def test_no_letter_goes_to_an_address_of_somebody_who_was_erased(
    client_of, learner: User, tom: User, cohort: Cohort
):
    """Neither to one that they had when it was written, nor to another of theirs."""
    form = {"text": "Tomorrow at ten.", "by_mail": "on"}
    client_of(tom).post("/cohorts/autumn/announcements/", form)
    client_of(tom).post(
        f"/cohorts/autumn/submissions/{learner.submissions.get().pk}/comments/", form
    )
    assert list(Letter.objects.values_list("address", flat=True)) == ["lea@example.com"] * 2
    User.objects.filter(pk=learner.pk).update(email="lea@new.example")
    EmailAddress.objects.create(user=learner, email="lea@work.example")
    for address in ("lea@work.example", "mia@example.com"):
        Letter.objects.create(address=address, subject="s", text="t")
        Invitation.objects.create(cohort=cohort, email=address)
    erase(User.objects.get(pk=learner.pk))
    assert [letter.address for letter in Letter.objects.all()] == ["mia@example.com"]
    invited = Invitation.objects.order_by("pk").values_list("email", flat=True)
    assert list(invited) == ["", "mia@example.com"]


def test_the_cohort_goes_on_without_the_person(client_of, learner: User, mia: User, tom: User):
    erase(learner)
    page = client_of(tom).get("/cohorts/autumn/").content.decode()
    assert "Mia Learner" in page
    assert "erased" not in page


@pytest.mark.parametrize("password", ["", "wrong"])
def test_nobody_is_erased_without_the_password(client_of, learner: User, password: str):
    client = client_of(learner)
    asked = client.post("/accounts/erase/")["Location"]
    assert asked == "/accounts/reauthenticate/?next=%2Faccounts%2Ferase%2F"
    assert list(client.post(asked, {"password": password}).context["form"].errors) == ["password"]
    assert User.objects.get(pk=learner.pk).is_active


def test_with_the_password_the_account_is_erased_without_asking_twice(client_of, learner: User):
    client = client_of(learner)
    asked = client.post("/accounts/erase/")["Location"]
    client.post(asked, {"password": PASSWORD})
    assert not User.objects.get(pk=learner.pk).is_active


def test_an_export_asks_who_it_is_for(client_of, learner: User):
    asked = client_of(learner).get("/accounts/export/")["Location"]
    assert asked == "/accounts/reauthenticate/?next=%2Faccounts%2Fexport%2F"


def test_an_instructor_cannot_leave_a_cohort_alone(proven_client_of, tom: User, cohort: Cohort):
    client = proven_client_of(tom)
    assert "Ask an administrator" in client.get("/accounts/erase/").content.decode()
    client.post("/accounts/erase/")
    assert User.objects.get(pk=tom.pk).is_active


def test_an_operator_erases_by_address_when_it_is_really_meant(learner: User):
    with pytest.raises(CommandError, match="add --yes"):
        call_command("erase_person", "lea@example.com")
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("erase_person", "nobody@example.com", "--yes")
    call_command("erase_person", "LEA@example.com", "--yes")
    assert not User.objects.get(pk=learner.pk).is_active


def test_every_model_that_points_at_a_person_is_thought_of():
    pointing = {relation.related_model for relation in User._meta.related_objects}
    assert pointing == {*TAKEN_AWAY, *KEPT_WITHOUT_THE_PERSON}
