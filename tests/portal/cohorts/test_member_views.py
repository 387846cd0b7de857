"""Who is in a cohort, and what is done about it."""

from __future__ import annotations

import pytest

from labs.models import Submission
from lessons.models import Completion, Course
from portal.accounts.models import User
from portal.audit.models import Entry, What
from portal.cohorts.models import TEACHING, Cohort, Membership, Role
from tests.rows import make_lab, make_submission

MEMBERS = "/cohorts/autumn/members/"


def change(client, act: str, *people: User):
    ticked = [Membership.objects.get(user=user, cohort__slug="autumn").pk for user in people]
    return client.post(f"{MEMBERS}change/", {"people": ticked, "act": act})


def test_those_who_teach_come_first(client_of, tom: User, amy: User, mia: User, lea: User) -> None:
    members = client_of(tom).get(MEMBERS).context["members"]
    assert [one.user for one in members] == [tom, amy, lea, mia]


@pytest.mark.parametrize(("query", "found"), [("MIA", ["Mia Learner"]), ("lea@", ["Lea Learner"])])
def test_members_are_found_by_name_or_address(
    client_of, tom: User, lea: User, mia: User, query: str, found: list[str]
) -> None:
    answer = client_of(tom).get(MEMBERS, {"q": query})
    assert [one.user.name for one in answer.context["members"]] == found


def test_an_assistant_sees_members_and_changes_nothing(client_of, amy: User, lea: User) -> None:
    page = client_of(amy).get(MEMBERS).content.decode()
    assert "Lea Learner" in page
    assert "checkbox" not in page
    assert change(client_of(amy), "end", lea).status_code == 404
    assert lea.memberships.exists()


def test_whoever_is_taken_out_keeps_what_they_did_and_is_remembered(
    client_of, tom: User, lea: User, cohort: Cohort, course: Course
) -> None:
    course.lessons.get(slug="buckets").complete(lea)
    make_submission(lea, make_lab(course, "a-lab"))
    client = client_of(tom)
    change(client, "end", lea)
    assert client_of(lea).get("/learn/aws/").status_code == 404
    assert (Completion.objects.count(), Submission.objects.count()) == (1, 1)
    page = client.get(MEMBERS)
    assert [one.user for one in page.context["past"]] == [lea]
    entry = Entry.objects.get(what=What.LEFT)
    assert (entry.actor_id, entry.person_id, entry.cohort) == (tom.pk, lea.pk, cohort)


def test_learners_are_moved_to_another_cohort_of_the_same_instructor(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort, course: Course
) -> None:
    spring = Cohort.objects.open("Spring", [course], by=tom)
    change(client_of(tom), f"move-{spring.pk}", lea, mia)
    assert set(spring.learners) == {lea, mia}
    assert not cohort.learners.exists()
    assert {past.user for past in cohort.past_memberships.all()} == {lea, mia}


def test_nobody_is_moved_into_a_cohort_of_others(
    client_of, tom: User, lea: User, other_cohort: Cohort
) -> None:
    answer = change(client_of(tom), f"move-{other_cohort.pk}", lea)
    assert "act" in answer.context["form"].errors
    assert lea.memberships.get().cohort.slug == "autumn"


def test_members_of_another_cohort_cannot_be_ticked(client_of, tom: User, eve: User) -> None:
    theirs = eve.memberships.get()
    answer = client_of(tom).post(f"{MEMBERS}change/", {"people": [theirs.pk], "act": "end"})
    assert "people" in answer.context["form"].errors
    assert eve.memberships.exists()


def test_a_new_right_asks_who_gives_it(client_of, proven_client_of, tom: User, mia: User) -> None:
    assert change(client_of(tom), Role.INSTRUCTOR, mia)["Location"].startswith("/accounts/reauth")
    assert mia.memberships.get().role == Role.LEARNER
    change(proven_client_of(tom), Role.ASSISTANT, mia)
    assert mia.memberships.get().role == Role.ASSISTANT
    [entry] = Entry.objects.filter(what=What.ROLE)
    assert (entry.actor_id, entry.about) == (tom.pk, "autumn: learner → assistant")


@pytest.mark.parametrize("act", [Role.LEARNER, "end", "move"])
def test_a_right_is_taken_away_or_along_by_whoever_shows_who_they_are(
    client_of, proven_client_of, tom: User, amy: User, lea: User, course: Course, act: str
) -> None:
    """Even with a learner who is ticked, too."""
    spring = Cohort.objects.open("Spring", [course], by=tom)
    done = f"move-{spring.pk}" if act == "move" else act
    for role in TEACHING:
        amy.memberships.update(role=role)
        answer = change(client_of(tom), done, amy, lea)
        assert answer["Location"].startswith("/accounts/reauth")
    assert amy.memberships.get().cohort.slug == lea.memberships.get().cohort.slug == "autumn"
    assert amy.memberships.get().role == Role.INSTRUCTOR
    assert change(proven_client_of(tom), done, amy, lea)["Location"] == MEMBERS
    left = {Role.LEARNER: ["autumn learner"], "end": [], "move": ["spring instructor"]}
    assert [f"{one.cohort.slug} {one.role}" for one in amy.memberships.all()] == left[act]


def test_learners_are_moved_and_taken_out_without_being_asked(
    client_of, tom: User, lea: User, mia: User, course: Course
) -> None:
    spring = Cohort.objects.open("Spring", [course], by=tom)
    for act, user in ((f"move-{spring.pk}", lea), ("end", mia)):
        assert change(client_of(tom), act, user)["Location"] == MEMBERS


@pytest.mark.parametrize("act", [Role.LEARNER, Role.ASSISTANT, "end"])
def test_a_cohort_keeps_an_instructor(proven_client_of, tom: User, lea: User, act: str) -> None:
    answer = change(proven_client_of(tom), act, tom, lea)
    assert "keeps one instructor" in answer.content.decode()
    assert tom.memberships.get().role == Role.INSTRUCTOR
    assert lea.memberships.exists()


def test_one_of_two_instructors_may_go(
    proven_client_of, tom: User, ida: User, cohort: Cohort
) -> None:
    cohort.enrol(ida, role=Role.INSTRUCTOR)
    change(proven_client_of(tom), "end", ida)
    assert [one.user for one in cohort.memberships.all()] == [tom]


@pytest.mark.parametrize("form", [{}, {"act": "end"}, {"people": ["x"], "act": "end"}])
def test_what_makes_no_sense_is_said_and_not_done(client_of, tom: User, lea: User, form) -> None:
    answer = client_of(tom).post(f"{MEMBERS}change/", form)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert lea.memberships.exists()


def test_a_page_is_a_hundred_members(client_of, tom: User, cohort: Cohort) -> None:
    learners(cohort, 120)
    pages = [client_of(tom).get(MEMBERS, {"page": page}) for page in ("1", "2")]
    assert [len(page.context["members"]) for page in pages] == [100, 21]


def learners(cohort: Cohort, number: int) -> None:
    users = User.objects.bulk_create(
        User(email=f"l{one}@example.com", name=f"L{one}", password="!") for one in range(number)
    )
    Membership.objects.bulk_create(Membership(cohort=cohort, user=user) for user in users)


@pytest.mark.parametrize("number", [3, 30])
def test_members_take_as_many_queries_for_thirty(
    client_of, tom: User, cohort: Cohort, number: int, django_assert_num_queries
) -> None:
    learners(cohort, number)
    client = client_of(tom)
    # session, user, cohort; other cohorts, number of members, members, who was here
    with django_assert_num_queries(7):
        client.get(MEMBERS)


# --- The log --------------------------------------------------------------------------------------


def test_looks_at_a_learners_work_are_told_once_an_hour(
    client_of, amy: User, tom: User, lea: User, cohort: Cohort
) -> None:
    for user in (amy, amy, tom):
        client_of(user).get(f"/cohorts/autumn/learners/{lea.pk}/")
    looks = Entry.objects.filter(what=What.LOOKED).order_by("pk")
    assert [(one.actor_id, one.person_id, one.cohort_id) for one in looks] == [
        (amy.pk, lea.pk, cohort.pk),
        (tom.pk, lea.pk, cohort.pk),
    ]


def test_the_log_shows_this_cohort_alone(
    client_of, tom: User, lea: User, eve: User, amy: User
) -> None:
    page = client_of(tom).get("/cohorts/autumn/log/").content.decode()
    assert "Lea Learner" in page
    assert "Eve Outsider" not in page
    assert client_of(amy).get("/cohorts/autumn/log/").status_code == 404


def test_the_log_goes_on_where_somebody_is_gone(client_of, tom: User, lea: User) -> None:
    lea.delete()
    assert "somebody who is gone" in client_of(tom).get("/cohorts/autumn/log/").content.decode()


def labels(cohort: Cohort) -> dict[str, list[str]]:
    members = cohort.memberships.select_related("user").order_by("pk")
    return {one.user.get_short_name(): one.label_list for one in members}


def tick(cohort: Cohort, *users: User, **form: str) -> dict[str, object]:
    keys = cohort.memberships.filter(user__in=users).values_list("pk", flat=True)
    return {"people": [str(pk) for pk in keys], **form}


CHANGE = "/cohorts/autumn/members/change/"


def test_labels_are_given_and_taken_away(
    client_of, tom: User, lea: User, mia: User, cohort: Cohort
) -> None:
    client = client_of(tom)
    client.post(CHANGE, tick(cohort, lea, mia, act="label", label=" group b,  evening "))
    client.post(CHANGE, tick(cohort, lea, act="label", label="Repeats"))
    assert labels(cohort) == {
        "Tom": [],
        "Lea": ["group b evening", "Repeats"],
        "Mia": ["group b evening"],
    }
    client.post(CHANGE, tick(cohort, lea, mia, act="unlabel", label="group b evening"))
    assert labels(cohort) == {"Tom": [], "Lea": ["Repeats"], "Mia": []}


def test_the_only_instructor_may_have_a_label(client_of, tom: User, cohort: Cohort) -> None:
    """It gives and takes no right, so nobody is asked who they are."""
    client_of(tom).post(CHANGE, tick(cohort, tom, act="label", label="staff"))
    assert labels(cohort) == {"Tom": ["staff"]}


def test_a_label_without_words_is_none(client_of, tom: User, lea: User, cohort: Cohort) -> None:
    for label in ("", " , "):
        answer = client_of(tom).post(CHANGE, tick(cohort, lea, act="label", label=label))
        assert "Write the label." in answer.content.decode()
    assert labels(cohort)["Lea"] == []


def test_nobody_has_more_labels_than_fit(lea: User, cohort: Cohort) -> None:
    membership = cohort.memberships.get(user=lea)
    for number in range(9):
        membership.label(f"{number} " + "x" * 28)
    membership.refresh_from_db()
    assert len(membership.label_list) == 5
