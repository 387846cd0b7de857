"""Whose credentials a command has, which Region, which output format.

Rules: AWS CLI User Guide, *Configuration settings and precedence*: command line, environment,
assumed role, credentials file, config file, container, instance profile. And *Environment
variables*: AWS_REGION before AWS_DEFAULT_REGION; `--profile` before the keys in the environment,
AWS_PROFILE not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from labs.grading.cli.errors import CliError
from labs.grading.cli.settings.files import CONFIG, CREDENTIALS
from labs.grading.cli.settings.machine import Machine, chosen_profile

OUTPUTS = ("json", "text", "table", "yaml", "yaml-stream", "off")
NO_CREDENTIALS = (
    'Unable to locate credentials. You can configure credentials by running "aws configure".'
)
MOST_ROLES = 5  # in a chain


@dataclass(frozen=True, slots=True)
class Credentials:
    """A key as it is found, or (`role`) the role that an instance or a container has. `source` says
    where: "environment", CREDENTIALS, CONFIG, "container", "instance"."""

    source: str
    key: str = ""
    secret: str = ""
    token: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """Where credentials come from: a key, then the roles that are assumed with it, in order."""

    credentials: Credentials
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and what gave it: "option", a variable's name, a file, or "" for what is so by
    itself."""

    value: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What stands in the command line itself; None where it does not."""

    profile: str | None = None
    region: str | None = None
    output: str | None = None
    query: str | None = None


def profile_settings(machine: Machine, options: Options) -> tuple[str, dict[str, str]]:
    """The profile that counts, with its settings. CliError: there is none of that name."""
    name, named_by = chosen_profile(machine, options.profile)
    profiles = machine.profiles()
    if name not in profiles and named_by:
        raise CliError("profile", f"The config profile ({name}) could not be found")
    return name, profiles.get(name, {})


def region_of(machine: Machine, options: Options) -> Setting:
    """Setting("") where nothing says a Region."""
    variables = machine.environment
    if options.region is not None:
        return Setting(options.region, "option")
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        if name in variables:
            return Setting(variables[name], name)
    profile, settings = profile_settings(machine, options)
    if "region" in settings:
        return Setting(settings["region"], f"profile {profile}")
    return Setting(machine.instance_region, "instance" if machine.instance_region else "")


def output_of(machine: Machine, options: Options) -> Setting:
    """CliError: no such format."""
    found = output_setting(machine, options)
    if found.value not in OUTPUTS:
        raise CliError("output", f"Unknown output type: {found.value}", 252)
    return found


def output_setting(machine: Machine, options: Options) -> Setting:
    variables = machine.environment
    if options.output is not None:
        return Setting(options.output, "option")
    if "AWS_DEFAULT_OUTPUT" in variables:
        return Setting(variables["AWS_DEFAULT_OUTPUT"], "AWS_DEFAULT_OUTPUT")
    profile, settings = profile_settings(machine, options)
    if "output" in settings:
        return Setting(settings["output"], f"profile {profile}")
    return Setting("json")


def identity_of(machine: Machine, options: Options) -> Identity:
    """CliError: there is none, or half of one."""
    profile, settings = profile_settings(machine, options)
    if options.profile is None and (found := from_environment(machine.environment)):
        return Identity(found)
    if "role_arn" in settings:
        return assumed(machine, profile, ())
    return Identity(stored(machine, profile) or of_the_machine(machine))


def from_environment(variables: Mapping[str, str]) -> Credentials | None:
    key = variables.get("AWS_ACCESS_KEY_ID", "")
    secret = variables.get("AWS_SECRET_ACCESS_KEY", "")
    if not key:
        return None
    if not secret:
        raise half_a_key("env", "AWS_SECRET_ACCESS_KEY")
    return Credentials("environment", key, secret, variables.get("AWS_SESSION_TOKEN", ""))


def half_a_key(where: str, missing: str) -> CliError:
    return CliError("partial", f"Partial credentials found in {where}, missing: {missing}")


def stored(machine: Machine, profile: str) -> Credentials | None:
    """A profile's key in the credentials file, else in the config file."""
    for where, path, profiles in (
        ("shared-credentials-file", CREDENTIALS, machine.credentials()),
        ("config-file", CONFIG, machine.config()),
    ):
        settings = profiles.get(profile, {})
        if "aws_access_key_id" not in settings:
            continue
        if "aws_secret_access_key" not in settings:
            raise half_a_key(where, "aws_secret_access_key")
        token = settings.get("aws_session_token", "")
        key, secret = settings["aws_access_key_id"], settings["aws_secret_access_key"]
        return Credentials(path, key, secret, token)
    return None


def of_the_machine(machine: Machine) -> Credentials:
    found = from_container(machine) or from_instance(machine)
    if found is None:
        raise CliError("no-credentials", NO_CREDENTIALS, 253)
    return found


def from_container(machine: Machine) -> Credentials | None:
    role = machine.container_role
    return Credentials("container", role=role) if role else None


def from_instance(machine: Machine) -> Credentials | None:
    role = machine.instance_role
    return Credentials("instance", role=role) if role else None


SOURCES: Mapping[str, Callable[[Machine], Credentials | None]] = {
    "Environment": lambda machine: from_environment(machine.environment),
    "Ec2InstanceMetadata": from_instance,
    "EcsContainer": from_container,
}


def assumed(machine: Machine, profile: str, visited: tuple[str, ...]) -> Identity:
    """The role of a profile, with the credentials that `source_profile` or `credential_source`
    names."""
    if profile in visited or len(visited) > MOST_ROLES:
        raise endless(profile, visited)
    settings = machine.profiles()[profile]
    role = settings["role_arn"]
    if "source_profile" in settings:
        before = source_profile(machine, settings["source_profile"], profile, visited)
    elif "credential_source" in settings:
        before = Identity(from_source(machine, settings["credential_source"], profile))
    else:
        raise half_a_key("assume-role", "source_profile or credential_source")
    return Identity(before.credentials, (*before.roles, role))


def endless(profile: str, visited: tuple[str, ...]) -> CliError:
    return CliError(
        "role",
        "Infinite loop in credential configuration detected. Attempting to load from profile "
        f"{profile} which has already been visited. Visited profiles: {list(visited)}",
    )


def source_profile(
    machine: Machine, source: str, profile: str, visited: tuple[str, ...]
) -> Identity:
    profiles = machine.profiles()
    if source not in profiles:
        raise CliError(
            "role", f'The source_profile "{source}" referenced in the profile "{profile}" '
            "does not exist."
        )  # fmt: skip
    if "role_arn" in profiles[source] and source != profile:
        return assumed(machine, source, (*visited, profile))
    found = stored(machine, source)
    if found is None:
        raise CliError("role", f'The source profile "{source}" must have credentials.')
    return Identity(found)


def from_source(machine: Machine, source: str, profile: str) -> Credentials:
    if source not in SOURCES:
        words = f"Invalid config: credential_source {source} of profile {profile} is not supported"
        raise CliError("role", words)
    found = SOURCES[source](machine)
    if found is None:
        raise CliError("no-credentials", NO_CREDENTIALS, 253)
    return found
