"""What S3 would refuse, and where."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from labs.grading.json_text import read_json
from labs.grading.lifecycles.buckets.reader import read_configuration
from tests.labs.grading.test_cli_examples import rows

GONE = {"Expiration": {"Days": 400}}


def rule(**members: object) -> dict:
    found = {"Status": "Enabled", "Filter": {}, **members}
    return {key: one for key, one in found.items() if one is not None}


def moves(*pairs: tuple[int, str]) -> dict:
    return {"Transitions": [{"Days": days, "StorageClass": name} for days, name in pairs]}


TAG = {"Tag": {"Key": "a", "Value": "b"}}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([], "lifecycle.missing"),
        ([rule()], "lifecycle.no-action"),
        ([rule(Status=None, **GONE)], "lifecycle.missing"),
        ([rule(Status="enabled", **GONE)], "lifecycle.value"),
        ([rule(Filter=None, **GONE)], "lifecycle.missing"),
        ([rule(Id="x", **GONE)], "lifecycle.unknown-key"),
        ([rule(Filter={"Prefix": "a", **TAG}, **GONE)], "lifecycle.filter"),
        ([rule(Filter={"And": {"Prefix": "a"}}, **GONE)], "lifecycle.filter"),
        ([rule(Filter={"And": {"ObjectSizeGreaterThan": 9, "ObjectSizeLessThan": 9}}, **GONE)],
         "lifecycle.filter"),
        ([rule(**moves((29, "STANDARD_IA")))], "lifecycle.days"),
        ([rule(**moves((29, "ONEZONE_IA")))], "lifecycle.days"),
        ([rule(**moves((30, "STANDARD_IA"), (59, "GLACIER")))], "lifecycle.days"),
        ([rule(**moves((90, "GLACIER")), Expiration={"Days": 90})], "lifecycle.days"),
        ([rule(**moves((1, "GLACIER")), Expiration={"Date": "2030-01-01"})], "lifecycle.days"),
        ([rule(**moves((1, "STANDARD")))], "lifecycle.value"),
        ([rule(Expiration={"Days": 0})], "lifecycle.number"),
        ([rule(Expiration={"Days": 1, "Date": "2030-01-01"})], "lifecycle.days"),
        ([rule(Expiration={"Date": "2030-01-01T08:00:00Z"})], "lifecycle.date"),
        ([rule(Expiration={"Date": "2030-02-30"})], "lifecycle.date"),
        ([rule(Expiration={"Days": 1, "ExpiredObjectDeleteMarker": True})], "lifecycle.marker"),
        ([rule(Filter=TAG, Expiration={"ExpiredObjectDeleteMarker": True})], "lifecycle.marker"),
        ([rule(Filter=TAG, AbortIncompleteMultipartUpload={"DaysAfterInitiation": 7})],
         "lifecycle.marker"),
        ([rule(NoncurrentVersionExpiration={"NewerNoncurrentVersions": 3})], "lifecycle.missing"),
        ([rule(ID="x", **GONE), rule(ID="x", **GONE)], "lifecycle.value"),
    ],
)  # fmt: skip
def test_what_would_be_refused_is_named(rules: list, code: str) -> None:
    found = read_configuration(read_json(json.dumps({"Rules": rules}))).refusals
    assert [one.code for one in found] == [code]


@pytest.mark.parametrize(
    "found",
    [
        rule(**moves((0, "GLACIER"))),
        rule(**moves((30, "STANDARD_IA"), (60, "GLACIER"))),
        rule(**moves((30, "STANDARD_IA"), (31, "GLACIER_IR"))),
        rule(Filter=None, Prefix="logs/", **GONE),
        rule(Filter={"And": {"Tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": "d"}]}},
             **GONE),
        rule(Expiration={"Date": "2030-01-01T00:00:00.000Z"}),
        rule(Expiration={"Date": "2030-01-01"}),
    ],
)  # fmt: skip
def test_what_s3_takes_is_read(found: dict) -> None:
    assert read_configuration(read_json(json.dumps({"Rules": [found]}))).refusals == ()


def test_a_configuration_is_read_as_commands_take_and_print_it() -> None:
    alone = {"Rules": [rule(**GONE)]}
    printed = alone | {"TransitionDefaultMinimumObjectSize": "all_storage_classes_128K"}
    taken = {"Bucket": "b", "LifecycleConfiguration": alone}
    (expected,) = read_configuration(read_json(json.dumps(alone))).configuration.rules
    for document in (printed, taken):
        found = read_configuration(read_json(json.dumps(document)))
        assert found.refusals == ()
        assert [replace(one, path=()) for one in found.configuration.rules] == [
            replace(expected, path=())
        ]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"Rules": [rule(**GONE)], "TransitionDefaultMinimumObjectSize": "none"}, "value"),
        ({"LifecycleConfiguration": 5}, "value"),
        ({"LifecycleConfiguration": {}}, "missing"),
        ({"LifecycleConfiguration": {"Rules": [rule(**GONE)]}, "Rules": []}, "unknown-key"),
    ],
)
def test_what_is_wrong_around_the_rules_is_refused(document: object, code: str) -> None:
    found = read_configuration(read_json(json.dumps(document)))
    assert f"lifecycle.{code}" in [one.code for one in found.refusals]


PAGES = ("s3api/get-bucket-lifecycle-configuration", "s3api/put-bucket-lifecycle-configuration")


@pytest.mark.parametrize("page", PAGES)
def test_a_documented_configuration_is_not_refused(page: str) -> None:
    (row,) = [row for row in rows("documents") if row["page"] == page]
    assert read_configuration(read_json(json.dumps(row["document"]))).refusals == ()
