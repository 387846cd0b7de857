"""Examples of the Amazon S3 User Guide: "Lifecycle configuration elements", "Examples of S3
Lifecycle configurations", "Transitioning objects using Amazon S3 Lifecycle"."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from labs.grading.json_text import read_json
from labs.grading.lifecycles.buckets.life import DELETE, PUT, UPLOAD, Step, Thing
from labs.grading.lifecycles.buckets.midnights import live
from labs.grading.lifecycles.buckets.reader import read_configuration

START = date(2014, 1, 1).toordinal()


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def rule(prefix: str = "", **actions: Any) -> dict:
    return {"Status": "Enabled", "Filter": {"Prefix": prefix} if prefix else {}, **actions}


def configuration(*rules: dict):
    read = read_configuration(read_json(json.dumps({"Rules": list(rules)})))
    assert read.refusals == ()
    return read.configuration


def happened(
    *rules: dict, steps: list[tuple[str, str]], versioned: bool = False, **thing: Any
) -> list[list[tuple[str, str]]]:
    """Of each version what rules did to it, and when."""
    subject = Thing(
        thing.pop("key", "logs/a"), tuple(Step(day(at), what) for at, what in steps), **thing
    )
    versions = live(
        subject, configuration(*rules), start=START, last=START + 2000, versioned=versioned
    )
    return [
        [
            (
                date.fromordinal(one.day).isoformat(),
                one.storage if one.what == "moved" else one.what,
            )
            for one in version.events
            if one.rule
        ]
        for version in versions
    ]


def moves(*pairs: tuple[int, str]) -> dict:
    return {"Transitions": [{"Days": days, "StorageClass": name} for days, name in pairs]}


def test_days_are_added_and_rounded_up_to_midnight() -> None:
    """Elements, "Lifecycle rules: Based on an object's age": created on 15 January, 3 days."""
    assert happened(rule(**moves((3, "GLACIER"))), steps=[("2014-01-15", PUT)]) == [
        [("2014-01-19", "GLACIER")]
    ]


def test_noncurrent_days_begin_with_the_successor() -> None:
    """The same: the new version came on 15 January, 3 days, so it is 19 January."""
    found = happened(
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 3}),
        steps=[("2014-01-01", PUT), ("2014-01-15", PUT)],
        versioned=True,
    )
    assert found == [[("2014-01-19", "gone")], []]


def test_overlapping_filters_without_a_conflict_both_act() -> None:
    """Examples: overlapping filters, "Example 1"."""
    found = happened(
        rule(Expiration={"Days": 365}),
        rule("logs/", **moves((30, "STANDARD_IA"))),
        steps=[("2014-01-01", PUT)],
    )
    assert found == [[("2014-02-01", "STANDARD_IA"), ("2015-01-02", "gone")]]


def test_expiration_wins_over_a_transition_of_the_same_day() -> None:
    """The same, "Example 2"."""
    found = happened(
        rule("logs/", Expiration={"Days": 365}),
        rule("logs/", **moves((365, "STANDARD_IA"))),
        steps=[("2014-01-01", PUT)],
    )
    assert found == [[("2015-01-02", "gone")]]


def test_the_shorter_expiration_wins() -> None:
    found = happened(
        rule(Expiration={"Days": 100}),
        rule("logs/", Expiration={"Days": 10}),
        steps=[("2014-01-01", PUT)],
    )
    assert found == [[("2014-01-12", "gone")]]


def test_tags_that_conflict_end_with_the_earlier_expiration() -> None:
    """The same, "Example 4": both tags, expires after 14 days, never moves."""
    found = happened(
        {"Status": "Enabled", "Filter": {"Tag": {"Key": "tag1", "Value": "value1"}},
         **moves((365, "GLACIER"))},
        {"Status": "Enabled", "Filter": {"Tag": {"Key": "tag2", "Value": "value2"}},
         "Expiration": {"Days": 14}},
        steps=[("2014-01-01", PUT)],
        tags={"tag1": "value1", "tag2": "value2"},
    )  # fmt: skip
    assert found == [[("2014-01-16", "gone")]]


@pytest.mark.parametrize(
    ("one", "other", "wins"),
    [
        ("STANDARD_IA", "GLACIER", "GLACIER"),
        ("ONEZONE_IA", "GLACIER", "GLACIER"),
        ("GLACIER", "DEEP_ARCHIVE", "DEEP_ARCHIVE"),
        ("INTELLIGENT_TIERING", "GLACIER_IR", "INTELLIGENT_TIERING"),
        ("INTELLIGENT_TIERING", "GLACIER", "GLACIER"),
    ],
)
def test_the_cheaper_class_wins(one: str, other: str, wins: str) -> None:
    """Examples: "S3 Lifecycle optimizes for cost", with INTELLIGENT_TIERING as the exception."""
    found = happened(
        rule(**moves((40, one))), rule("logs/", **moves((40, other))), steps=[("2014-01-01", PUT)]
    )
    assert found == [[("2014-02-11", wins)]]


def test_nothing_goes_back_up_the_waterfall() -> None:
    found = happened(
        rule(**moves((10, "GLACIER"))), rule(**moves((40, "STANDARD_IA"))),
        steps=[("2014-01-01", PUT)],
    )  # fmt: skip
    assert found == [[("2014-01-12", "GLACIER")]]


def test_objects_below_128_kilobytes_move_only_where_the_filter_has_a_size() -> None:
    """Transitioning: "Allowing small objects to be transitioned"."""
    sized = {"Status": "Enabled", "Filter": {"ObjectSizeGreaterThan": 1}, **moves((1, "GLACIER"))}
    steps = [("2014-01-01", PUT)]
    assert happened(rule(**moves((1, "GLACIER"))), steps=steps, size=131_071) == [[]]
    assert happened(rule(**moves((1, "GLACIER"))), steps=steps, size=131_072) != [[]]
    assert happened(sized, steps=steps, size=1000) == [[("2014-01-03", "GLACIER")]]


def test_objects_below_128_kilobytes_move_into_archives_where_the_configuration_says_so() -> None:
    """API Reference, "PutBucketLifecycleConfiguration": varies_by_storage_class."""
    varies = {"TransitionDefaultMinimumObjectSize": "varies_by_storage_class"}
    text = json.dumps({"Rules": [rule(**moves((30, "STANDARD_IA"), (90, "GLACIER")))]} | varies)
    found = read_configuration(read_json(text)).configuration
    small = Thing("logs/a", (Step(START, PUT),), size=1000)
    (version,) = live(small, found, start=START, last=START + 200, versioned=False)
    assert [(one.storage, one.day - START) for one in version.events if one.rule] == [
        ("GLACIER", 91)
    ]


def test_sizes_are_exclusive() -> None:
    filtered = {"And": {"ObjectSizeGreaterThan": 500, "ObjectSizeLessThan": 64_000}}
    for size, gone in ((500, False), (501, True), (63_999, True), (64_000, False)):
        found = happened(
            {"Status": "Enabled", "Filter": filtered, "Expiration": {"Days": 1}},
            steps=[("2014-01-01", PUT)], size=size,
        )  # fmt: skip
        assert bool(found[0]) is gone


def test_with_versions_expiration_puts_a_delete_marker() -> None:
    """Elements, "Expiration element"; the marker goes once it is alone and old enough."""
    found = happened(
        rule(Expiration={"Days": 60}, NoncurrentVersionExpiration={"NoncurrentDays": 30}),
        steps=[("2014-01-01", PUT)],
        versioned=True,
    )
    assert found == [
        [("2014-03-03", "noncurrent"), ("2014-04-03", "gone")],
        [("2014-03-03", "marker"), ("2014-05-03", "gone")],
    ]


def test_a_marker_that_is_left_alone_can_be_removed_at_once() -> None:
    """Examples: "Removing expired object delete markers in a versioning-enabled bucket"."""
    found = happened(
        rule(Expiration={"ExpiredObjectDeleteMarker": True},
             NoncurrentVersionExpiration={"NoncurrentDays": 5}),
        steps=[("2014-01-01", PUT), ("2014-01-10", DELETE)],
        versioned=True,
    )  # fmt: skip
    assert found == [[("2014-01-16", "gone")], [("2014-01-17", "gone")]]


def test_newer_noncurrent_versions_are_kept() -> None:
    """Elements: NewerNoncurrentVersions; both the days and the number must be exceeded."""
    found = happened(
        rule(NoncurrentVersionExpiration={"NoncurrentDays": 10, "NewerNoncurrentVersions": 1}),
        steps=[("2014-01-01", PUT), ("2014-01-02", PUT), ("2014-01-20", PUT)],
        versioned=True,
    )
    assert found == [[("2014-01-21", "gone")], [], []]


def test_an_upload_without_an_end_is_aborted() -> None:
    found = happened(
        rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7}),
        steps=[("2014-01-01", UPLOAD)],
    )
    assert found == [[("2014-01-09", "gone")]]


def test_a_date_that_is_over_counts_for_what_comes_later() -> None:
    """Elements, "Lifecycle rules: Based on a specific date": it is not a one-time action."""
    found = happened(rule(Expiration={"Date": "2014-02-01T00:00:00Z"}), steps=[("2014-03-05", PUT)])
    assert found == [[("2014-03-06", "gone")]]


def test_a_disabled_rule_does_nothing() -> None:
    assert happened(rule(Expiration={"Days": 1}) | {"Status": "Disabled"},
                    steps=[("2014-01-01", PUT)]) == [[]]  # fmt: skip
