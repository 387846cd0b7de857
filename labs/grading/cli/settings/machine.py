"""The computer on which commands run: its variables, its two files, and the role it may have."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from labs.grading.cli.settings.files import (
    CONFIG,
    CREDENTIALS,
    DEFAULT,
    profile_of,
    read_sections,
)

SECRETS = ("aws_secret_access_key", "aws_session_token")
IN_CREDENTIALS = ("aws_access_key_id", *SECRETS)


@dataclass(slots=True)
class Machine:
    """`instance_role` and `container_role`: a role that the machine gives to what runs on it, ""
    for none; `instance_region` is the instance's Region, of which it tells."""

    variables: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    instance_role: str = ""
    instance_region: str = ""
    container_role: str = ""
    exported: set[str] = field(default_factory=set)

    def copy(self) -> Machine:
        return replace(
            self,
            variables=dict(self.variables),
            files=dict(self.files),
            exported=set(self.exported),
        )

    @property
    def environment(self) -> dict[str, str]:
        """What commands see: a variable that is not exported is the shell's own."""
        return {name: self.variables[name] for name in self.exported if name in self.variables}

    def sections(self, path: str) -> dict[str, dict[str, str]]:
        return read_sections(self.files.get(path, ""), path)

    def config(self) -> dict[str, dict[str, str]]:
        """Profile → its settings in the config file."""
        found: dict[str, dict[str, str]] = {}
        for section, keys in self.sections(CONFIG).items():
            if profile := profile_of(section):
                found.setdefault(profile, {}).update(keys)
        return found

    def credentials(self) -> dict[str, dict[str, str]]:
        """Profile → its settings in the credentials file."""
        return self.sections(CREDENTIALS)

    def profiles(self) -> dict[str, dict[str, str]]:
        """Both files together: what stands in the credentials file comes first."""
        found = {profile: dict(keys) for profile, keys in self.config().items()}
        for profile, keys in self.credentials().items():
            found.setdefault(profile, {}).update(keys)
        return found


def chosen_profile(machine: Machine, option: str | None) -> tuple[str, str]:
    """The profile's name, and what named it: "option", "AWS_PROFILE", or "" where none did."""
    if option is not None:
        return option, "option"
    variables = machine.environment
    if "AWS_PROFILE" in variables:
        return variables["AWS_PROFILE"], "AWS_PROFILE"
    return DEFAULT, ""
