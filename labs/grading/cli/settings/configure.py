"""`aws configure set`, `get`, `list` and `list-profiles`.

Rules: AWS CLI Command Reference, *configure set*, *configure get*, *configure list*.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS, DEFAULT, section_of, written
from labs.grading.cli.settings.machine import IN_CREDENTIALS, Machine, chosen_profile
from labs.grading.cli.settings.resolution import (
    Options,
    Setting,
    identity_of,
    profile_settings,
    region_of,
)

ASKED = (
    ("aws_access_key_id", "AWS Access Key ID"),
    ("aws_secret_access_key", "AWS Secret Access Key"),
    ("region", "Default region name"),
    ("output", "Default output format"),
)


def configure(
    words: Sequence[str],
    machine: Machine,
    options: Options,
    answers: Sequence[str] | None = None,
) -> str:
    """What it prints. CliError as the CLI says it. `answers` are lines given to a command that
    asks."""
    name, arguments = (words[0], words[1:]) if words else ("", ())
    if not name:
        return asked(machine, options, answers)
    if name == "set" and len(arguments) == 2:
        return set_value(arguments[0], arguments[1], machine, options)
    if name == "get" and len(arguments) == 1:
        return get_value(arguments[0], machine, options)
    if name in LISTS and not arguments:
        return LISTS[name](machine, options)
    raise wrong_words(name, arguments)


def wrong_words(name: str, arguments: Sequence[str]) -> CliError:
    needed = {"set": ("varname", "value"), "get": ("varname",), "list": (), "list-profiles": ()}
    if name not in needed:
        words = f"aws: error: argument subcommand: Found invalid choice '{name[:40]}'"
    elif missing := needed[name][len(arguments) :]:
        words = f"aws: error: the following arguments are required: {', '.join(missing)}"
    else:
        words = f"Unknown options: {', '.join(arguments[len(needed[name]) :])[:80]}"
    return CliError("usage", words, 252)


def asked(machine: Machine, options: Options, answers: Sequence[str] | None) -> str:
    """The four questions. CliError: there is nobody to answer."""
    if answers is None:
        raise CliError("interactive", f"{ASKED[0][1]} [None]: ")
    return answered(answers, machine, options)


def answered(answers: Sequence[str], machine: Machine, options: Options) -> str:
    """The four questions of `aws configure`; an empty answer changes nothing."""
    for (key, _question), answer in zip(ASKED, answers, strict=False):
        if answer.strip():
            set_value(key, answer.strip(), machine, options)
    return "".join(f"{question} [None]: \n" for _key, question in ASKED)


def place_of(varname: str, machine: Machine, options: Options) -> tuple[str, str]:
    """Profile and key: `profile.NAME.key` and `default.key` name the profile themselves."""
    first, *rest = varname.split(".")
    if first == "profile" and len(rest) == 2:
        return rest[0], rest[1]
    if first == DEFAULT and len(rest) == 1:
        return DEFAULT, rest[0]
    return chosen_profile(machine, options.profile)[0] or DEFAULT, varname


def set_value(varname: str, value: str, machine: Machine, options: Options) -> str:
    profile, key = place_of(varname, machine, options)
    secret = key in IN_CREDENTIALS
    path = CREDENTIALS if secret else CONFIG
    sections = machine.sections(path)
    sections.setdefault(profile if secret else section_of(profile), {})[key] = value
    machine.files[path] = written(sections)
    return ""


def get_value(varname: str, machine: Machine, options: Options) -> str:
    profile, key = place_of(varname, machine, options)
    settings = machine.profiles().get(profile, {})
    if profile not in machine.profiles() and options.profile is not None:
        raise CliError("profile", f"The config profile ({profile}) could not be found")
    if key not in settings:
        raise CliError("unset", "", 1)
    return f"{settings[key]}\n"


def listed(machine: Machine, options: Options) -> str:
    """Name, value, type and location, as the CLI lines them up."""
    rows = [
        ("Name", "Value", "Type", "Location"),
        ("----", "-----", "----", "--------"),
        profile_row(machine, options),
        *key_rows(machine, options),
        region_row(machine, options),
    ]
    return "".join(f"{row[0]:>10} {row[1]:>24} {row[2]:>16}    {row[3]}\n" for row in rows)


Row = tuple[str, str, str, str]


def profile_row(machine: Machine, options: Options) -> Row:
    name, named_by = chosen_profile(machine, options.profile)
    profile_settings(machine, options)
    if not named_by:
        return "profile", "<not set>", "None", "None"
    if named_by == "option":
        return "profile", name, "manual", "--profile"
    return "profile", name, "env", "['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']"


def key_rows(machine: Machine, options: Options) -> list[Row]:
    names = ("access_key", "secret_key")
    try:
        identity = identity_of(machine, options)
    except CliError as error:
        if error.reason != "no-credentials":
            raise
        return [(name, "<not set>", "None", "None") for name in names]
    found = identity.credentials
    kind = "assume-role" if identity.roles else KINDS.get(found.source, found.source)
    return [
        (name, masked(value), kind, "")
        for name, value in zip(names, (found.key, found.secret), strict=True)
    ]


KINDS = {
    "environment": "env",
    CREDENTIALS: "shared-credentials-file",
    CONFIG: "config-file",
    "container": "container-role",
    "instance": "iam-role",
}


def masked(value: str) -> str:
    return f"{'*' * 16}{value[-4:]}"


def region_row(machine: Machine, options: Options) -> Row:
    found = region_of(machine, options)
    if not found.value:
        return "region", "<not set>", "None", "None"
    return "region", found.value, *place_words(found)


def place_words(found: Setting) -> tuple[str, str]:
    if found.source == "option":
        return "manual", "--region"
    if found.source.startswith("AWS_"):
        return "env", f"['{found.source}']"
    return ("imds", "") if found.source == "instance" else ("config-file", CONFIG)


def profile_names(machine: Machine, options: Options) -> str:
    return "".join(f"{profile}\n" for profile in machine.profiles())


LISTS: Mapping[str, Callable[[Machine, Options], str]] = {
    "list": listed,
    "list-profiles": profile_names,
}
