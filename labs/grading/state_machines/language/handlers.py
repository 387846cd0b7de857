"""Retry and Catch, read. Source: Amazon States Language, "Errors"; Step Functions Developer Guide,
"Handling errors in Step Functions workflows"."""

from __future__ import annotations

from labs.grading.said import say
from labs.grading.state_machines.language.fields import Fields
from labs.grading.state_machines.language.model import Catcher, Retrier

RETRIER = (
    *("ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds"),
    *("JitterStrategy", "Comment"),
)
CATCHER = ("ErrorEquals", "Next", "ResultPath", "Comment")


def read_retry(fields: Fields) -> tuple[Retrier, ...]:
    return tuple(
        read_retrier(Fields(fields.document, (*fields.path, "Retry", at), one, say("A retrier")))
        for at, one in enumerate(fields.items("Retry"))
    )


def read_retrier(fields: Fields) -> Retrier:
    fields.known(RETRIER)
    if fields.text("JitterStrategy", "NONE") != "NONE":
        words = say("Waits are exact in these labs: leave JitterStrategy out, or write NONE.")
        raise fields.error(words, "JitterStrategy")
    return Retrier(
        errors=errors_of(fields),
        path=fields.path,
        interval=fields.whole("IntervalSeconds", 1, 1),
        attempts=fields.whole("MaxAttempts", 0, 3),
        rate=fields.number("BackoffRate", 1, 2.0),
        longest=fields.whole("MaxDelaySeconds", 1),
    )


def read_catch(fields: Fields) -> tuple[Catcher, ...]:
    return tuple(
        read_catcher(Fields(fields.document, (*fields.path, "Catch", at), one, say("A catcher")))
        for at, one in enumerate(fields.items("Catch"))
    )


def read_catcher(fields: Fields) -> Catcher:
    fields.known(CATCHER)
    fields.needed("Next")
    return Catcher(errors_of(fields), fields.path, fields.text("Next"), fields.result_path())


def errors_of(fields: Fields) -> tuple[str, ...]:
    fields.needed("ErrorEquals")
    names = fields.items("ErrorEquals")
    if not names or not all(isinstance(name, str) for name in names):
        words = say('ErrorEquals is a list of names, such as ["States.Timeout"].')
        raise fields.error(words, "ErrorEquals")
    return tuple(names)
