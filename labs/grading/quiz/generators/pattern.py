"""Which of these ARNs does a pattern of a policy match?"""

from __future__ import annotations

from random import Random

from labs.grading.iam.language.arns import ArnPattern, arn_parts
from labs.grading.quiz.generators.kind import Drawing, first_fair, option
from labs.grading.quiz.generators.subjects import HOME
from labs.grading.said import say
from labs.grading.tries.kind import Mark
from labs.grading.tries.pattern import rows_of

NAME = "does-the-pattern-match"
TITLE = say("Which ARNs does this pattern match?")
SECTION = "arns-and-wildcards"
CODES = (
    "iam.object-action-on-bucket",
    "iam.bucket-action-on-object",
    "iam.arn-never-matches",
    "iam.half-matches",
    "iam.malformed-arn",
)

S3, TABLE = "arn:aws:s3:::", f"arn:aws:dynamodb:{HOME}:table/"
ROLE, ABROAD = "arn:aws:iam::111122223333:role/", "arn:aws:dynamodb:us-east-1:111122223333:table/"
# Patterns by level, and the ARNs that they may be asked about
WORLDS: dict[int, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]] = {
    1: (
        (
            (f"{S3}wiki/*", f"{S3}wiki", f"{S3}wiki-backup/*"),
            (f"{S3}wiki", f"{S3}wiki/a.txt", f"{S3}wiki-backup/a.txt", f"{S3}pages/wiki"),
        ),
        (
            (f"{TABLE}orders", f"{TABLE}o*", f"{TABLE}*s", f"{ABROAD}*"),
            (f"{TABLE}orders", f"{TABLE}offers", f"{ABROAD}orders", f"{TABLE}stock"),
        ),
    ),
    2: (
        (
            (
                f"{S3}acme-*",
                f"{S3}acme-*/*",
                f"{S3}acme-logs/2026/*",
                f"{S3}*/2026/*",
                f"{S3}acme*",
            ),
            (
                f"{S3}acme-logs",
                f"{S3}acme-logs/2026/may.txt",
                f"{S3}acme-logs/2025/2026/may.txt",
                f"{S3}acme-logs-old/2026/may.txt",
                f"{S3}acme/2026/may.txt",
                f"{S3}acme-logs/2026",
            ),
        ),
        (
            (f"{ROLE}*", f"{ROLE}app-*", f"{ROLE}app/*", f"{ROLE}*-read", f"{ROLE}app*"),
            (
                f"{ROLE}app-read",
                f"{ROLE}app/read",
                f"{ROLE}app-write",
                f"{ROLE}web-read",
                "arn:aws:iam::444455556666:role/app-read",
                "arn:aws:iam::111122223333:user/app-read",
            ),
        ),
    ),
    3: (
        (
            (f"{S3}log-?/*", f"{S3}log-??/*", f"{S3}log-*/?.txt", f"{S3}log-?/*.txt", f"{S3}l*/?"),
            (
                f"{S3}log-a/b.txt",
                f"{S3}log-ab/b.txt",
                f"{S3}log-a/b/c.txt",
                f"{S3}log-a",
                f"{S3}log-a/b.csv",
                f"{S3}log-ab/b",
                f"{S3}log-/b.txt",
            ),
        ),
        (
            (
                "arn:aws:dynamodb:*:111122223333:table/*",
                f"arn:aws:dynamodb:{HOME}:table/*/index/*",
                f"{TABLE}orders*",
                f"{TABLE}order?",
                "arn:aws:dynamodb:eu-*:*:table/order*",
            ),
            (
                f"{TABLE}orders",
                f"{TABLE}orders/index/by-day",
                f"{ABROAD}orders",
                f"{TABLE}order",
                "arn:aws:dynamodb:eu-west-1:444455556666:table/orders",
                f"{TABLE}stock/index/by-day",
            ),
        ),
    ),
}
SHOWN = {1: 4, 2: 4, 3: 5}
OTHER_NAMES = {
    "wiki": ("wiki", "photos", "reports"),
    "acme": ("acme", "museum", "shop"),
    "order": ("order", "invoice", "ticket"),
    "stock": ("stock", "prices", "customers"),
    "app": ("app", "batch", "jobs"),
    "log": ("log", "day", "run"),
}


def draw(chance: Random, level: int) -> Drawing:
    pattern, arns = first_fair(lambda: drawn(chance, level))
    right = sum(matches(pattern, arn) for arn in arns)
    several = level > 1
    asked = (
        "Which of these ARNs does it match?" if several or right > 1 else "Which one does it match?"
    )
    return {
        "kind": "multiple" if several else "single",
        "text": f"A policy says `Resource` `{pattern}`. {asked}",
        "options": [
            option(f"`{arn}`", reason_of(pattern, arn), right=matches(pattern, arn)) for arn in arns
        ],
    }


def drawn(chance: Random, level: int) -> tuple[str, list[str]] | None:
    """Some match and some do not; at level 1 exactly one does."""
    patterns, known = chance.choice(WORLDS[level])
    pattern = chance.choice(patterns)
    arns = chance.sample(known, SHOWN[level])
    for name, others in OTHER_NAMES.items():
        other = chance.choice(others)
        pattern, arns = pattern.replace(name, other), [arn.replace(name, other) for arn in arns]
    right = sum(matches(pattern, arn) for arn in arns)
    return (pattern, arns) if 0 < right < (2 if level == 1 else len(arns)) else None


def matches(pattern: str, arn: str) -> bool:
    found = ArnPattern(pattern, variables=False, resource_part_only=True)
    return bool(found.matches(arn_parts(arn), lambda _key: None))


def reason_of(pattern: str, arn: str) -> str:
    """The parts that do not fit; where all do, the last one, which has the wildcards."""
    rows = list(rows_of(pattern, arn_parts(arn)))
    wrong = [row for row in rows if row.mark is Mark.PASSES_BY]
    if not wrong:
        written, given = pattern.split(":", 5)[-1], arn.split(":", 5)[-1]
        return f"Every part fits; of the last one `{written}` fits `{given}`."
    parts = zip(rows, pattern.split(":", 5), arn.split(":", 5), strict=True)
    pairs = ((row.name, one, other) for row, one, other in parts if row in wrong)
    return " ".join(f"The {name}: `{one}` does not fit `{other}`." for name, one, other in pairs)
