"""The words of both languages: of lifecycle policies (ECR) and configurations (S3)."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.lifecycles.buckets.rules import CLASSES
from labs.grading.said import say

SLOTS = (
    Slot("key", r"^rules/selection$", ("selection",)),
    Slot("key", r"^rules/action$", ("action",)),
    Slot("key", r"^rules$", ("image-rule",)),
    Slot("key", r"^Rules/Filter/And/Tags$", ("tag",)),
    Slot("key", r"^Rules/Filter/Tag$", ("tag",)),
    Slot("key", r"^Rules/Filter/And$", ("and",)),
    Slot("key", r"^Rules/Filter$", ("filter",)),
    Slot("key", r"^Rules/Transitions$", ("transition",)),
    Slot("key", r"^Rules/Expiration$", ("expiration",)),
    Slot("key", r"^Rules/NoncurrentVersionTransitions$", ("old-transition",)),
    Slot("key", r"^Rules/NoncurrentVersionExpiration$", ("old-expiration",)),
    Slot("key", r"^Rules/AbortIncompleteMultipartUpload$", ("abort",)),
    Slot("key", r"^Rules$", ("object-rule",)),
    Slot("key", r"^$", ("top",)),
    Slot("value", r"(^|/)tagStatus$", ("status",)),
    Slot("value", r"(^|/)countType$", ("count",)),
    Slot("value", r"(^|/)countUnit$", ("unit",)),
    Slot("value", r"^rules/action/type$", ("type",)),
    Slot("value", r"^Rules/Status$", ("enabled",)),
    Slot("value", r"(^|/)StorageClass$", ("classes",)),
)
OLD = (
    ("NoncurrentDays", say("days since a newer version came")),
    ("NewerNoncurrentVersions", say("so many of the newest are left alone")),
)
FILTER = (
    ("Prefix", say("how keys begin")),
    ("ObjectSizeGreaterThan", say("in bytes")),
    ("ObjectSizeLessThan", say("in bytes")),
)
LISTS: Words = {
    "top": (("rules", "Amazon ECR"), ("Rules", "Amazon S3")),
    "image-rule": (
        ("rulePriority", say("the lowest number first")),
        ("description", ""),
        ("selection", ""),
        ("action", ""),
    ),
    "selection": (
        ("tagStatus", say("tagged, untagged or any")),
        ("tagPrefixList", say("all of them must fit")),
        ("tagPatternList", say("* stands for any characters")),
        ("countType", ""),
        ("countUnit", say("only for days")),
        ("countNumber", ""),
    ),
    "action": (("type", "expire"),),
    "status": (
        ("tagged", ""),
        ("untagged", say("images without a tag")),
        ("any", say("all images, as the last rule")),
    ),
    "count": (
        ("imageCountMoreThan", say("keeps so many of the newest")),
        ("sinceImagePushed", say("older than so many days")),
    ),
    "unit": (("days", ""),),
    "type": (("expire", ""),),
    "object-rule": [
        ("ID", ""),
        ("Status", "Enabled"),
        ("Filter", say("{} takes the whole bucket")),
        ("Transitions", say("to cheaper classes")),
        ("Expiration", ""),
        ("NoncurrentVersionTransitions", ""),
        ("NoncurrentVersionExpiration", ""),
        ("AbortIncompleteMultipartUpload", ""),
    ],
    "filter": (*FILTER, ("Tag", ""), ("And", say("two conditions or more"))),
    "and": (*FILTER, ("Tags", say("a list"))),
    "tag": (("Key", ""), ("Value", "")),
    "transition": (
        ("Days", say("since it was created")),
        ("Date", "2027-01-31T00:00:00Z"),
        ("StorageClass", ""),
    ),
    "expiration": (
        ("Days", say("since it was created")),
        ("Date", "2027-01-31T00:00:00Z"),
        ("ExpiredObjectDeleteMarker", say("true: removes a delete marker that is left alone")),
    ),
    "old-transition": (*OLD, ("StorageClass", "")),
    "old-expiration": OLD,
    "abort": (("DaysAfterInitiation", ""),),
    "enabled": (("Enabled", ""), ("Disabled", say("does nothing"))),
    "classes": [(one, "") for one in CLASSES[1:]],
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
