"""Settings in words: who, where, as what, and why."""

from __future__ import annotations

from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.resolution import Identity, Setting
from labs.grading.cli.terminal.call import Call
from labs.grading.said import joined, say

SOURCES = {
    "environment": say("the keys in the environment"),
    CREDENTIALS: CREDENTIALS,
    CONFIG: CONFIG,
    "container": say("the container’s role"),
    "instance": say("the instance’s role"),
    "option": say("the command line"),
    "": say("what is so by itself"),
}
NOTHING = "–"


def source_words(source: str) -> str:
    kind, _, name = source.partition(" ")
    if kind == "profile":
        return say("profile {name}", name=name)
    return SOURCES.get(source, source)


def identity_words(identity: Identity) -> str:
    found = source_words(identity.credentials.source)
    if not identity.roles:
        return found
    return say("{source}, then {role}", source=found, role=identity.roles[-1].rpartition("/")[2])


def because(call: Call) -> str:
    """What decided, as far as the command came."""
    parts = []
    if call.identity:
        parts.append(say("credentials: {source}", source=identity_words(call.identity)))
    if call.region and call.region.value:
        parts.append(say("Region: {source}", source=source_words(call.region.source)))
    if call.form and call.form.source:
        parts.append(say("format: {source}", source=source_words(call.form.source)))
    return joined(parts, "; ")


def standing(caller: str, region: str, output: str) -> str:
    """`user/lea, eu-west-2, json`, of what is known."""
    return ", ".join(part for part in (caller, region, output) if part) or NOTHING


def value_of(setting: Setting | None) -> str:
    return setting.value if setting else ""
