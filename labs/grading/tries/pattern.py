"""Does this pattern match? An ARN with wildcards (`pattern`), and one without (`arn`)."""

from __future__ import annotations

from collections.abc import Iterator

from labs.grading.errors import SpecError
from labs.grading.iam.language.arns import ArnPattern, Parts, fits, six_segments
from labs.grading.said import say
from labs.grading.tries.arns import read_arn
from labs.grading.tries.kind import Field, FieldError, Mark, Row, Rows, Texts, Tone, TryAnswer
from labs.grading.wildcards.globs import tokens_of

FIELDS = {
    "pattern": Field("pattern", say("Resource in the policy")),
    "arn": Field("arn", say("ARN in the request")),
}
PARTS = (
    say("always “arn”"),
    say("partition"),
    say("service"),
    say("Region"),
    say("account"),
    say("resource"),
)


EMPTY = say("Both are empty.")


def fields(names: frozenset[str]) -> tuple[Field, ...]:
    if names != FIELDS.keys():
        raise SpecError(f"needs {', '.join(FIELDS)}, and nothing else")
    return tuple(FIELDS.values())


def answer(texts: Texts) -> TryAnswer:
    written, arn = texts["pattern"].strip(), texts["arn"].strip()
    parts = read_arn("arn", arn)
    if written != "*" and written.count(":") < len(PARTS) - 1:
        message = say(
            "A resource in a policy is * or has six parts with five colons between them; "
            "here are {count}.",
            count=written.count(":"),
        )
        raise FieldError("pattern", message)
    pattern = ArnPattern(written, variables=False, resource_part_only=True)
    tables = () if pattern.everything else (table_of(written, parts),)
    if pattern.matches(parts, lambda _key: None):
        return TryAnswer(
            Tone.YES, say("{pattern} matches {arn}.", pattern=written, arn=arn), tables
        )
    words = say("{pattern} does not match {arn}.", pattern=written, arn=arn)
    return TryAnswer(Tone.NO, words, tables)


def table_of(written: str, parts: Parts) -> Rows:
    return Rows(say("Part by part"), tuple(rows_of(written, parts)))


def rows_of(written: str, parts: Parts) -> Iterator[Row]:
    segments = six_segments(tokens_of(written, variables=False))
    for name, wanted, tokens, given in zip(
        PARTS, written.split(":", len(PARTS) - 1), segments, parts, strict=True
    ):
        if not wanted and not given:
            yield Row(name, Mark.MATCHES, EMPTY)
            continue
        said = {"wanted": wanted or say("nothing"), "given": given or say("nothing")}
        if fits(tokens, given):
            yield Row(name, Mark.MATCHES, say("{wanted} fits {given}.", **said))
        else:
            yield Row(name, Mark.PASSES_BY, say("{wanted} does not fit {given}.", **said))
