"""The list of labs, narrowed: by kind, by state, by topic."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from labs.models import Lab
from lessons.models import Module
from portal.accounts.models import User
from tests.rows import make_grade, make_lab, make_submission


@pytest.fixture
def labs(lea: User, lab: Lab) -> dict[str, Lab]:
    """Of two kinds, in two modules and in none; one passed, one tried, one waiting, two new."""
    course = lab.course
    made = {
        "tried": make_lab(course, "tried", kind="words", section="bucket-names"),
        "waits": make_lab(course, "waits", kind="words", section="inbound-rules"),
        "new": make_lab(course, "new", kind="iam-policy", section="inbound-rules"),
        "homeless": make_lab(course, "homeless", kind="iam-policy"),
    }
    make_grade(make_submission(lea, lab), 4)
    make_grade(make_submission(lea, made["tried"]), 1)
    make_submission(lea, made["waits"])
    return made | {"say-it": lab}


def shown(client: Client, **asked: str) -> set[str]:
    page = client.get("/labs/", asked).content.decode()
    return set(re.findall(r'class="card-link"[^>]* href="/labs/([\w-]+)/"', page))


@pytest.fixture
def leas(client: Client, lea: User) -> Client:
    client.force_login(lea)
    return client


def test_kinds_are_called_in_the_readers_language_and_sorted_by_it(
    client: Client, lea: User, lab: Lab
) -> None:
    for slug, kind in (("one", "security-group"), ("two", "purchase-plan"), ("three", "decode")):
        make_lab(lab.course, slug, kind=kind)
    client.force_login(lea)
    for language, words in {
        "en": ["How to pay for it", "Read what AWS writes", "Security group", "Words"],
        "de": ["Lesen, was AWS schreibt", "Sicherheitsgruppe", "Wie man dafür bezahlt", "Words"],
    }.items():
        User.objects.filter(pk=lea.pk).update(language=language)
        [field] = re.findall(
            r'<select name="kind".*?</select>', client.get("/labs/").content.decode(), re.S
        )
        assert re.findall(r'<option value="[\w-]+">([^<]*)</option>', field) == words


def test_a_lab_says_its_kind_in_the_readers_language(client: Client, lea: User, lab: Lab) -> None:
    make_lab(lab.course, "one", kind="security-group")
    User.objects.filter(pk=lea.pk).update(language="de")
    client.force_login(lea)
    page = client.get("/labs/one/").content.decode()
    assert "<span>Sicherheitsgruppe</span>" in page
    assert "Deine Antwort (Sicherheitsgruppe)" in page


def test_without_a_wish_all_are_shown(leas: Client, labs: dict[str, Lab]) -> None:
    assert shown(leas) == set(labs)


@pytest.mark.parametrize(
    ("asked", "slugs"),
    [
        ({"kind": "iam-policy"}, {"new", "homeless"}),
        ({"state": "new"}, {"new", "homeless"}),
        ({"state": "trying"}, {"tried", "waits"}),
        ({"state": "passed"}, {"say-it"}),
        ({"kind": "words", "state": "trying"}, {"tried", "waits"}),
        ({"kind": "iam-policy", "state": "passed"}, set()),
    ],
)
def test_kind_and_state_narrow_it(
    asked: dict[str, str], slugs: set[str], leas: Client, labs: dict[str, Lab]
) -> None:
    assert shown(leas, **asked) == slugs


def test_a_topic_is_a_module_of_the_course(leas: Client, labs: dict[str, Lab]) -> None:
    storage, network = (str(Module.objects.get(slug=slug).pk) for slug in ("storage", "network"))
    assert shown(leas, topic=storage) == {"say-it", "tried"}
    assert shown(leas, topic=network) == {"waits", "new"}
    assert shown(leas, topic=network, kind="words") == {"waits"}


@pytest.mark.parametrize("value", ["0", "999999", "'; --", "\x00", "x" * 10_000, "ports"])
@pytest.mark.parametrize("name", ["kind", "state", "topic"])
def test_what_is_no_choice_is_not_asked_for(
    name: str, value: str, leas: Client, labs: dict[str, Lab]
) -> None:
    assert shown(leas, **{name: value}) == set(labs)


def test_the_form_keeps_what_was_chosen_and_offers_all_again(
    leas: Client, labs: dict[str, Lab]
) -> None:
    page = leas.get("/labs/", {"kind": "words", "state": "trying"}).content.decode()
    assert re.findall(r'<option value="([^"]+)"[^>]* selected', page) == ["words", "trying"]
    assert '<a class="button quiet" href="/labs/">Show all</a>' in page
    assert "Show all" not in leas.get("/labs/").content.decode()


def test_only_what_there_is_can_be_chosen(leas: Client, labs: dict[str, Lab]) -> None:
    page = leas.get("/labs/").content.decode()
    kinds = page.partition('name="kind"')[2].partition("</select>")[0]
    assert re.findall(r'<option value="([^"]+)"', kinds) == ["iam-policy", "words"]


def test_nothing_like_it_says_what_to_do(leas: Client, labs: dict[str, Lab]) -> None:
    page = leas.get("/labs/", {"kind": "iam-policy", "state": "passed"}).content.decode()
    assert "No lab matches" in page
    assert '<a class="button primary" href="/labs/">Show all labs</a>' in page


def test_the_progress_of_the_course_counts_all_its_labs(leas: Client, labs: dict[str, Lab]) -> None:
    page = leas.get("/labs/", {"state": "passed"}).content.decode()
    assert re.search(r'max="5"|aria-valuemax="5"|1 of 5|1/5', page)


def test_a_wish_costs_no_query(
    leas: Client, labs: dict[str, Lab], django_assert_num_queries
) -> None:
    leas.get("/labs/")
    with django_assert_num_queries(3):
        leas.get("/labs/", {"kind": "words", "state": "new"})


def test_topics_of_other_courses_are_not_offered(
    leas: Client, labs: dict[str, Lab], other_course
) -> None:
    basics = Module.objects.get(slug="basics")
    assert f'value="{basics.pk}"' not in leas.get("/labs/").content.decode()
    assert shown(leas, topic=str(basics.pk)) == set(labs)


def test_what_one_learner_did_is_on_no_other_learners_list(
    leas: Client, labs: dict[str, Lab], mia: User
) -> None:
    own = leas.get("/labs/").content.decode()
    others = Client()
    others.force_login(mia)
    theirs = others.get("/labs/").content.decode()
    assert (own.count("Tried · 25 %"), own.count('data-tone="ok"')) == (1, 1)
    assert theirs.count('data-tone="quiet">Not begun') == len(labs)
    assert leas.get("/labs/").content.decode().count("Tried · 25 %") == 1
