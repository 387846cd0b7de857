from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from labs.grading.errors import SpecError
from labs.models import Draft, Lab, Submission
from labs.sync import plan_labs
from labs.tasks import check
from lessons.models import Course
from portal.accounts.models import User
from tests.labs.folders import LAB_TOML, LabFolder, with_line

ClientOf = Callable[[User], Client]

pytestmark = pytest.mark.usefixtures("course")


def sync(catalog: Path) -> list[str]:
    """What the plan says; applied."""
    plans = plan_labs(catalog)
    for plan in plans:
        plan.apply()
    return [line for plan in plans for line in plan.lines()]


@pytest.fixture
def synced(lab_folder: LabFolder, tmp_path: Path) -> Lab:
    lab_folder()
    sync(tmp_path)
    return Lab.objects.get()


def test_a_new_folder_becomes_a_lab(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder()
    assert sync(tmp_path) == ["lab say-it: added"]
    lab = Lab.objects.get()
    assert (lab.title, lab.kind, lab.minutes, lab.objectives) == ("Say it", "words", 15, ["Speak."])
    assert [section.slug for section in lab.sections.all()] == ["policy-structure"]
    variant = lab.variants.get(number=1)
    assert variant.brief_html == "<p>Say allow and <strong>write</strong>.</p>"
    assert (variant.hints, variant.table) == (["<p>Say write.</p>"], {"wanted": ["allow", "write"]})


def test_a_lab_says_after_how_many_tries_its_solution_is_shown(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path
) -> None:
    assert synced.solution_after == 3
    lab_folder(lab_toml=with_line("minutes = 15", "minutes = 15\nsolution_after = 5"))
    sync(tmp_path)
    synced.refresh_from_db()
    assert synced.solution_after == 5


def test_what_was_synced_can_be_solved(synced: Lab, lea: User) -> None:
    variant = synced.variant_for(lea)
    submission = lea.submissions.create(lab=synced, variant=variant, text=variant.solution)
    check(submission.pk)
    submission.refresh_from_db()
    assert submission.passed


def test_syncing_twice_has_nothing_to_do(synced: Lab, tmp_path: Path) -> None:
    assert plan_labs(tmp_path) == []


def test_a_plan_alone_changes_nothing(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder()
    assert [plan.is_safe for plan in plan_labs(tmp_path)] == [True]
    assert Lab.objects.count() == 0


def test_a_change_says_whom_it_touches(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path, lea: User
) -> None:
    lea.submissions.create(lab=synced, variant=synced.variant_for(lea), text="x")
    lab_folder(brief_md="Say it louder.")
    (plan,) = plan_labs(tmp_path)
    assert plan.lines() == ["lab say-it: changed (1 learners handed in, 0 passed, 0 drafts)"]
    assert plan.is_safe
    plan.apply()
    assert synced.variants.first().brief_html == "<p>Say it louder.</p>"
    assert lea.submissions.count() == 1


def test_a_lab_that_moves_to_another_section_follows(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path
) -> None:
    lab_folder(lab_toml=with_line('"policy-structure"', '"inbound-rules"'))
    sync(tmp_path)
    assert [section.slug for section in synced.sections.all()] == ["inbound-rules"]


def test_a_lab_that_left_is_archived_and_keeps_its_work(
    synced: Lab, tmp_path: Path, lea: User
) -> None:
    lea.submissions.create(lab=synced, variant=synced.variant_for(lea), text="x")
    for path in sorted((tmp_path / "say-it").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (tmp_path / "say-it").rmdir()
    (plan,) = plan_labs(tmp_path)
    assert plan.lines() == ["lab say-it: archived (1 learners handed in, 0 passed, 0 drafts)"]
    assert not plan.is_safe
    plan.apply()
    assert lea.submissions.count() == 1
    assert Lab.objects.visible_to(lea).count() == 0
    assert plan_labs(tmp_path) == []


def test_a_lab_that_comes_back_is_the_same_one(synced: Lab, tmp_path: Path) -> None:
    Lab.objects.update(archived_at="2026-01-01T00:00:00Z")
    assert sync(tmp_path) == ["lab say-it: back from the archive"]
    synced.refresh_from_db()
    assert synced.archived_at is None


def test_losing_a_variant_that_somebody_works_on_is_not_safe(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path, lea: User
) -> None:
    Draft.objects.create(user=lea, lab=synced, variant=synced.variants.get(number=1), text="mine")
    lab_folder(lab_toml=LAB_TOML[: LAB_TOML.rindex("[[variants]]")])
    (plan,) = plan_labs(tmp_path)
    assert not plan.is_safe
    plan.apply()
    assert synced.variants.live().count() == 1
    draft = lea.drafts.get()
    assert (draft.text, synced.variant_for(lea, draft).number) == ("mine", 0)


def test_an_unknown_section_is_named(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder(lab_toml=with_line('"policy-structure"', '"nowhere"'))
    with pytest.raises(
        SpecError, match=r"say-it: lab\.toml: key sections: the course has no section 'nowhere'"
    ):
        plan_labs(tmp_path)


def test_an_unknown_course_is_named(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder(lab_toml=with_line('"aws"', '"nowhere"'))
    with pytest.raises(
        SpecError, match=r"say-it: lab\.toml: key course: there is no course 'nowhere'"
    ):
        sync(tmp_path)


def test_prose_is_cleaned(lab_folder: LabFolder, tmp_path: Path) -> None:
    lab_folder(brief_md="<script>x</script><b onclick=x>Say</b> <<verb>>")
    sync(tmp_path)
    assert "script" not in Lab.objects.get().variants.first().brief_html
    assert "onclick" not in Lab.objects.get().variants.first().brief_html


def test_whoever_began_with_a_variant_keeps_it(synced: Lab, lea: User) -> None:
    for variant in synced.variants.all():
        assert synced.variant_for(lea, Draft(user=lea, lab=synced, variant=variant)) == variant


def test_one_more_variant_moves_only_those_who_get_it(
    synced: Lab,
    lab_folder: LabFolder,
    tmp_path: Path,
    course: Course,
    make_users: Callable[[int], list[User]],
) -> None:
    users = make_users(40)
    before = {user.pk: synced.variant_for(user).number for user in users}
    assert set(before.values()) == {0, 1}
    lab_folder(lab_toml=LAB_TOML + '[[variants]]\nverb = "list"\n')
    sync(tmp_path)
    after = {user.pk: synced.variant_for(user).number for user in users}
    assert {after[pk] for pk in before if after[pk] != before[pk]} == {2}


@pytest.fixture
def make_users(db: None) -> Callable[[int], list[User]]:
    def make(count: int) -> list[User]:
        rows = [
            User(email=f"user-{number}@example.com", name=f"User {number}")
            for number in range(count)
        ]
        return User.objects.bulk_create(rows)

    return make


def test_readers_see_a_changed_lab_at_once_and_nothing_new_leaves_the_edition(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path, lea: User, client_of: ClientOf
) -> None:
    assert "Say it" in client_of(lea).get("/labs/").content.decode()
    edition = Course.objects.get().edition
    sync(tmp_path)
    assert Course.objects.get().edition == edition
    lab_folder(lab_toml=with_line('title = "Say it"', 'title = "Tell it"'))
    sync(tmp_path)
    page = client_of(lea).get("/labs/").content.decode()
    assert "Tell it" in page
    assert "Say it" not in page


def test_many_labs_are_planned_with_as_many_queries_as_one(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert plan_labs(tmp_path) == []
        return len(queries)

    one = count()
    for number in range(3):
        lab_folder(slug=f"say-it-{number}")
    sync(tmp_path)
    assert (count(), Lab.objects.count()) == (one, 4)


# --- Verdicts of another version ------------------------------------------------------------------


def checked(lab: Lab, user: User) -> Submission:
    submission = user.submissions.create(lab=lab, variant=lab.variant_for(user), text="allow")
    check(submission.pk)
    return submission


def test_a_change_of_what_is_judged_says_how_many_verdicts_may_change(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path, lea: User, mia: User
) -> None:
    old, _other = checked(synced, lea), checked(synced, mia)
    old.grades.update(rule="another")
    assert plan_labs(tmp_path) == []  # said when something changes
    lab_folder(starter_txt="allow")
    (plan,) = plan_labs(tmp_path)
    assert plan.lines()[-1] == (
        "lab say-it: judges anew (2 of 2 verdicts were given by another version and may change)"
    )
    assert plan.is_safe
    plan.apply()
    synced.refresh_from_db()
    assert synced.rule_since is not None
    assert plan_labs(tmp_path) == []


def test_other_words_of_a_task_are_no_other_rule(
    synced: Lab, lab_folder: LabFolder, tmp_path: Path, lea: User
) -> None:
    checked(synced, lea)
    lab_folder(brief_md="Say it louder.")
    assert not any("judges anew" in line for line in sync(tmp_path))
    synced.refresh_from_db()
    assert synced.rule_since is None


def test_an_engine_that_changed_is_a_plan_of_its_own(
    synced: Lab, tmp_path: Path, lea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(synced, lea)
    monkeypatch.setattr(synced.kind_module, "VERSION", "words-2")
    assert sync(tmp_path) == [
        "lab say-it: judges anew (1 of 1 verdicts were given by another version and may change)"
    ]
    assert sync(tmp_path) == []


def test_the_first_sync_after_an_upgrade_notes_the_rule(
    synced: Lab, tmp_path: Path, lea: User
) -> None:
    checked(synced, lea).grades.update(rule="")
    Lab.objects.update(rule="")
    assert sync(tmp_path) == ["lab say-it: how it judges is noted"]
    synced.refresh_from_db()
    assert (bool(synced.rule), synced.rule_since) == (True, None)
