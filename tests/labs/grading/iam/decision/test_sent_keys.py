from __future__ import annotations

from labs.grading.iam.decision.requests import Request
from labs.grading.iam.decision.sent_keys import with_sent_keys

OBJECT = "arn:aws:s3:::course/a"
ACCOUNT = "111122223333"


def keys(who: str, **more: str) -> dict[str, object]:
    return dict(with_sent_keys(Request(who, "s3:GetObject", OBJECT, **more)).context)


def test_s3_says_to_whom_the_bucket_belongs_in_two_keys() -> None:
    found = keys(f"arn:aws:iam::{ACCOUNT}:user/lea", resource_account=ACCOUNT)
    assert found["aws:resourceaccount"] == found["s3:resourceaccount"] == ACCOUNT


def test_a_service_says_its_name_and_a_person_does_not() -> None:
    assert keys("sns.amazonaws.com")["aws:principalservicename"] == "sns.amazonaws.com"
    assert "aws:principalservicename" not in keys(f"arn:aws:iam::{ACCOUNT}:user/lea")
