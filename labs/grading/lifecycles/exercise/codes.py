"""Finding codes of lifecycle rules: what each means, and the section that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

IMAGES, OBJECTS = "which-images-go", "when-objects-move-and-go"
# Of the codes that both services have, the section follows the lab.
SECTIONS = {"ecr": IMAGES, "s3": OBJECTS}
SHARED = frozenset(
    f"lifecycle.{name}"
    for name in (
        *("not-run", "subject", "too-much", "too-little", "selects-nothing"),
        *("form", "unknown-key", "missing", "value", "number"),
    )
)

CHECK_CODES = {
    "lifecycle.not-run": Code(
        say("Nothing was tried"), say("AWS would not save these rules, so no day went by."), IMAGES
    ),
    "lifecycle.subject": Code(
        say("One image or object"),
        say("What becomes of it follows from all rules together, day by day."),
        IMAGES,
    ),
    "lifecycle.too-much": Code(
        say("Something goes that should stay"),
        say("A rule takes whatever its filter does not keep out, and counts all of it."),
        IMAGES,
    ),
    "lifecycle.too-little": Code(
        say("Something stays that should go"),
        say("What no rule takes stays for ever, and is paid for ever."),
        IMAGES,
    ),
}
REFUSED_CODES = {
    "lifecycle.form": Code(
        say("Not a set of rules"), say("The rules are a list of objects within one object."), IMAGES
    ),
    "lifecycle.unknown-key": Code(
        say("A name that does not exist"),
        say("Names count letter by letter, capitals included."),
        IMAGES,
    ),
    "lifecycle.missing": Code(
        say("Something is missing"), say("Without it the rule cannot be saved."), IMAGES
    ),
    "lifecycle.value": Code(
        say("A value that cannot be"),
        say("Words, texts, numbers and lists each have their place."),
        IMAGES,
    ),
    "lifecycle.number": Code(
        say("A number outside its limits"),
        say("Counts and days begin at 1; only objects may move after 0 days."),
        IMAGES,
    ),
    "lifecycle.priority": Code(
        say("The order of the rules"),
        say("Every rule has a rulePriority of its own, and “any” comes last."),
        IMAGES,
    ),
    "lifecycle.selection": Code(
        say("A selection that cannot be"),
        say(
            "“tagged” has a list of prefixes or of patterns, “untagged” and “any” have none, and "
            "one rule may select untagged images."
        ),
        IMAGES,
    ),
    "lifecycle.count": Code(
        say("A count without its unit"),
        say("Days have a countUnit, a number of images has none."),
        IMAGES,
    ),
    "lifecycle.wildcards": Code(
        say("A wildcard in the wrong place"),
        say("Stars belong to patterns, four at most; a prefix needs none."),
        IMAGES,
    ),
    "lifecycle.filter": Code(
        say("A filter that cannot be"),
        say("A Filter is empty, or has one condition, or has And with several."),
        OBJECTS,
    ),
    "lifecycle.no-action": Code(
        say("A rule that does nothing"), say("Each rule has one action at least."), OBJECTS
    ),
    "lifecycle.days": Code(
        say("Days that S3 does not take"),
        say(
            "Infrequent access takes objects after 30 days and keeps them for 30 more; what "
            "expires does so after it has moved."
        ),
        OBJECTS,
    ),
    "lifecycle.date": Code(
        say("A date that cannot be read"), say("A Date is a midnight in UTC."), OBJECTS
    ),
    "lifecycle.marker": Code(
        say("A filter that cannot be asked here"),
        say("Delete markers and unfinished uploads have a key, and neither tags nor a size."),
        OBJECTS,
    ),
}
MISTAKE_CODES = {
    "lifecycle.all-of-them": Code(
        say("All of a list at once"),
        say("An image must match every prefix, or pattern, of the list, each by one of its tags."),
        IMAGES,
    ),
    "lifecycle.selects-nothing": Code(
        say("A rule that takes nothing"),
        say("Tags and keys are compared letter by letter, from their beginning."),
        IMAGES,
    ),
    "lifecycle.disabled": Code(
        say("A rule that is switched off"), say("Only enabled rules do anything."), OBJECTS
    ),
}
CODES: dict[str, Code] = {**CHECK_CODES, **REFUSED_CODES, **MISTAKE_CODES}


def section_of(code: str, service: str) -> str:
    """Where the lab's own service is explained, for codes that both have."""
    return SECTIONS[service] if code in SHARED else CODES[code].section
