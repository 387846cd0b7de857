"""The two files of the CLI, `config` and `credentials`.

Rules: AWS CLI User Guide, *Configuration and credential file settings*.
"""

from __future__ import annotations

from collections.abc import Mapping

from labs.grading.cli.errors import CliError

CONFIG, CREDENTIALS = "~/.aws/config", "~/.aws/credentials"
DEFAULT = "default"
SECTIONS_SHOWN = 8

# section → key → value
Sections = Mapping[str, Mapping[str, str]]


def read_sections(text: str, path: str) -> dict[str, dict[str, str]]:
    """CliError: the file has no such form, and every command says so. Indented lines belong to the
    setting above (`s3 =`) and mean nothing here."""
    found: dict[str, dict[str, str]] = {}
    section: dict[str, str] | None = None
    for line in text.split("\n"):
        plain = line.strip()
        if not plain or plain[0] in "#;" or (line[0].isspace() and section):
            continue
        if plain[0] == "[" and plain[-1] == "]":
            section = new_section(found, plain[1:-1].strip(), path)
        elif section is None or "=" not in plain:
            raise unreadable(path)
        else:
            key, _, value = plain.partition("=")
            section[key.strip().lower()] = value.strip()
    return found


def new_section(found: dict[str, dict[str, str]], name: str, path: str) -> dict[str, str]:
    if name in found or not name:
        raise unreadable(path)
    found[name] = {}
    return found[name]


def unreadable(path: str) -> CliError:
    return CliError("file", f"Unable to parse config file: {path}")


def written(sections: Sections) -> str:
    return "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
        for name, keys in sections.items()
    )


def profile_of(section: str) -> str:
    """The profile that a section of the config file is about; "" for none: only the default has no
    `profile` before its name."""
    kind, _, name = section.partition(" ")
    if kind == "profile" and name.strip():
        return name.strip().strip("\"'")
    return DEFAULT if section == DEFAULT else ""


def section_of(profile: str) -> str:
    """The section of the config file that is about a profile."""
    if profile == DEFAULT:
        return DEFAULT
    return f"profile '{profile}'" if " " in profile else f"profile {profile}"
