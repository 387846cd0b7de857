"""One line of settings per deploy-time choice: read from the environment,
refused loudly when wrong."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Collection
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

WORDS = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
}


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    value = env(name)
    if not value:
        return default
    if value.lower() not in WORDS:
        raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: use 1 or 0.")
    return WORDS[value.lower()]


def env_int(name: str, default: int, *, at_least: int = 0) -> int:
    value = env(name)
    if not value:
        return default
    if not value.isdecimal() or not value.isascii():
        raise ImproperlyConfigured(f"{name}={value!r} is not a whole number.")
    if int(value) < at_least:
        raise ImproperlyConfigured(f"{name}={value} is too small: use {at_least} or more.")
    return int(value)


def env_choice(name: str, default: str, choices: Collection[str], *, advice: str = "") -> str:
    value = env(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: use {advice or ', '.join(choices)}.")
    return value


def env_mail_host(name: str, *, needed: bool) -> str:
    """Mail in a deployment's log would be working links into other people's accounts."""
    value = env(name)
    if needed and not value:
        raise ImproperlyConfigured(
            f"{name} must name the mail server; or be none, and nobody can reset a password by "
            "mail."
        )
    return value


def env_hidden(name: str) -> str:
    """NAME as it stands, or what the file NAME_FILE holds: a secret that is in no environment."""
    value, file = os.environ.get(name, ""), env(f"{name}_FILE")
    if value and file:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one.")
    if not file:
        return value
    try:
        return Path(file).read_text().rstrip("\r\n")
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}_FILE={file} cannot be read: {error}") from error


def env_list(name: str) -> list[str]:
    return [item.strip() for item in env(name).split(",") if item.strip()]


def env_secret(name: str, *, at_least: int) -> str:
    value = env_hidden(name).strip()
    if len(value) < at_least:
        raise ImproperlyConfigured(
            f"{name} must be set to at least {at_least} random characters when ALLOWED_HOSTS is "
            "set "
            "(python -c 'import secrets; print(secrets.token_urlsafe(50))' makes one)."
        )
    return value


def env_hosts(name: str) -> list[str]:
    """Names alone; `*` would let anybody's name into the links of our mails."""
    hosts = env_list(name)
    wrong = [host for host in hosts if "/" in host or host == "*"]
    if wrong:
        raise ImproperlyConfigured(
            f"{name}={wrong[0]!r} is no host name: write portal.example.org."
        )
    return hosts


def env_origins(name: str) -> list[str]:
    origins = env_list(name)
    wrong = [origin for origin in origins if not origin.startswith(("https://", "http://"))]
    if wrong:
        raise ImproperlyConfigured(f"{name}={wrong[0]!r} is no origin: write https://{wrong[0]}.")
    return origins


def env_address(name: str) -> tuple[str, int] | None:
    """`host:port`, of a server beside the public one; None where it is not set."""
    value = env(name)
    if not value:
        return None
    host, colon, port = value.rpartition(":")
    if not (colon and host and port.isdecimal() and port.isascii() and 0 < int(port) < 65536):
        raise ImproperlyConfigured(f"{name}={value!r} is no address: write 127.0.0.1:9100.")
    return host.strip("[]"), int(port)


def env_needs(name: str, module: str) -> str:
    """NAME, which takes a library that is not installed everywhere."""
    value = env_hidden(name).strip()
    if value and not is_installed(module):
        raise ImproperlyConfigured(
            f"{name} is set, but {module} is not installed: "
            "pip install --require-hashes -r requirements-telemetry.txt "
            "(with compose: TELEMETRY=1 docker compose build)."
        )
    return value


def is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package that it would be in is missing
        return False


def env_issuer(name: str) -> str:
    """Where people type the password of their school: encrypted, or on this machine."""
    value = env(name)
    if value and not re.match(r"https://|http://(localhost|127\.0\.0\.1)(:|/|$)", value):
        raise ImproperlyConfigured(f"{name}={value!r} must begin with https://.")
    return value


def origin_of(address: str) -> list[str]:
    """As a list of a Content-Security-Policy: none or one."""
    found = re.match(r"https?://[^/]+", address)
    return [found.group()] if found else []


def env_folder(name: str, default: Path) -> Path:
    """Made if need be; one that cannot be written to is refused."""
    folder = Path(env(name, str(default))).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}={folder} cannot be made ({error.strerror}).") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name}={folder} cannot be written to.")
    return folder


def env_texts(name: str, *files: str) -> Path | None:
    """A folder that holds at least one of `files`; None where it is not set."""
    if not env(name):
        return None
    folder = Path(env(name)).resolve()
    if not folder.is_dir():
        raise ImproperlyConfigured(f"{name}={folder} is no folder.")
    if not any((folder / file).is_file() for file in files):
        raise ImproperlyConfigured(f"{name}={folder} holds none of {', '.join(files)}.")
    return folder


def own_secret(folder: Path) -> str:
    """A key of its own for each data folder, made once."""
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
