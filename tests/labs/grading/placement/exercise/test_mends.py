"""What is proposed where a placement is too large."""

from __future__ import annotations

from labs.grading.grade import grade
from labs.grading.kinds import KINDS

TABLE = {
    "zones": ["eu-west-2a", "eu-west-2b", "eu-west-2c"],
    "fails": ["zone", "instance"],
    "most": 2,
    "tiers": [{"name": name, "needs": 0} for name in ("one", "two", "watcher")],
    "addresses": [{"name": "address", "holders": ["one", "two"]}],
}


def test_an_instance_that_nobody_asks_for_is_taken_out() -> None:
    text = "one: a\ntwo: b\nwatcher: c\naddress: [one, two]"
    report = grade(KINDS["placement"], table=TABLE, files={}, text=text, with_cure=True)
    assert report.cure is not None
    assert report.cure.complete
    [step] = report.cure.steps
    assert step.sentence.startswith("Take one watcher out of eu-west-2c.")
