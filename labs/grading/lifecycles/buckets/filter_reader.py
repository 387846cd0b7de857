"""The Filter of a rule (Amazon S3 User Guide: Adding filters to Lifecycle rules)."""

from __future__ import annotations

from labs.grading.lifecycles.buckets.rules import Filter
from labs.grading.lifecycles.fields import Fields
from labs.grading.said import say

ONES = ("Prefix", "Tag", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "And")
LARGEST = 50 * 2**40  # bytes of the largest object
CODE = "lifecycle.filter"


def read_filter(rule: Fields) -> Filter:
    """The rule's filter, or the older Prefix in its place."""
    old = rule.take("Prefix", str)
    if "Filter" not in rule:
        if old is None:
            rule.refuse("lifecycle.missing",
                        say("Add a Filter; an empty one, {}, takes the whole bucket."))  # fmt: skip
        return Filter(old or "")
    if old is not None:
        rule.refuse(CODE, say("Take Prefix away: it belongs into Filter."), "Prefix", at_key=True)
    fields = rule.object("Filter")
    return Filter() if fields is None else read_fields(fields)


def read_fields(fields: Fields) -> Filter:
    named = [key for key in ONES if key in fields]
    if len(named) > 1:
        words = say("Put these into And: a Filter has one condition, or And with several.")
        fields.refuse(CODE, words, named[1], at_key=True)
    together = fields.object("And")
    found = read_conditions(fields, one_tag=True)
    fields.finish()
    if together is None:
        return found
    inner = read_conditions(together, one_tag=False)
    if len(together.values) + max(0, len(inner.tags) - 1) < 2:
        together.refuse(CODE, say("Leave And out: it joins two conditions or more."))
    together.finish()
    return inner


def read_conditions(fields: Fields, *, one_tag: bool) -> Filter:
    prefix = fields.take("Prefix", str)
    above = fields.number("ObjectSizeGreaterThan", least=0, most=LARGEST)
    below = fields.number("ObjectSizeLessThan", least=1, most=LARGEST)
    if above is not None and below is not None and below <= above:
        words = say("Make ObjectSizeLessThan larger than ObjectSizeGreaterThan.")
        fields.refuse(CODE, words, "ObjectSizeLessThan")
    return Filter(prefix or "", read_tags(fields, one_tag), above, below)


def read_tags(fields: Fields, one_tag: bool) -> dict[str, str]:
    if one_tag:
        tag = fields.object("Tag")
        tags = [tag] if tag else []
    else:
        tags = list(fields.objects("Tags"))
    found = {}
    for one in tags:
        key, value = one.take("Key", str, needed=True), one.take("Value", str, needed=True)
        one.finish()
        if key is not None and value is not None:
            found[key] = value
    return found
