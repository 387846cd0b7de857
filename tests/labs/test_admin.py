from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from labs.models import Lab, State, Submission
from portal.accounts.models import User
from tests.rows import make_grade, make_submission, make_user


@pytest.fixture
def staff(db: None, client_of: Callable[[User], Client]) -> Client:
    return client_of(make_user("Ada Admin", is_staff=True, is_superuser=True))


@pytest.mark.parametrize("table", ["lab", "submission", "grade", "worker"])
def test_everything_can_be_looked_at(staff: Client, lea: User, lab: Lab, table: str) -> None:
    make_grade(make_submission(lea, lab), 4)
    assert staff.get(f"/admin/labs/{table}/").status_code == 200


def test_nothing_can_be_changed(staff: Client, lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab)
    assert staff.get("/admin/labs/submission/add/").status_code == 403
    assert (
        staff.post(f"/admin/labs/submission/{submission.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert Submission.objects.count() == 1


def test_what_faulted_is_checked_again(staff: Client, lea: User, lab: Lab) -> None:
    submission = make_submission(lea, lab, state=State.FAULTED, tries=3)
    data = {"action": "check_again", "_selected_action": [submission.pk]}
    page = staff.post("/admin/labs/submission/", data, follow=True).content.decode()
    submission.refresh_from_db()
    assert (submission.state, submission.tries) == (State.QUEUED, 0)
    assert "1 submission is queued." in page


def test_a_report_can_be_read(staff: Client, lea: User, lab: Lab) -> None:
    grade = make_grade(make_submission(lea, lab), 1)
    page = staff.get(f"/admin/labs/grade/{grade.pk}/change/").content.decode()
    assert "&quot;code&quot;: &quot;test.finding-3&quot;" in page


def test_a_long_list_is_counted_as_far_as_anybody_turns_pages(
    staff: Client, lea: User, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lessons.long_lists.MOST_COUNTED", 2)
    for _number in range(3):
        make_submission(lea, lab)
    assert "2 submissions" in staff.get("/admin/labs/submission/").content.decode()
