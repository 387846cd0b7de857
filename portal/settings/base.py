"""Where this runs: on a laptop, or as a deployment (ALLOWED_HOSTS is set)."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.broker import check_redis_url, embedded_socket
from portal.env import (
    env,
    env_bool,
    env_folder,
    env_hidden,
    env_hosts,
    env_list,
    env_secret,
    own_secret,
)

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = env_folder("DATA_DIR", BASE_DIR / "var")  # database, broker, media: survives restarts

ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS")
DEPLOYED = bool(ALLOWED_HOSTS)
DEBUG = env_bool("DEBUG", False)
if DEBUG and DEPLOYED:
    raise ImproperlyConfigured(
        "DEBUG=1 shows secrets to visitors: unset it, or unset ALLOWED_HOSTS."
    )
SECRET_KEY = (
    env_secret("SECRET_KEY", at_least=50)
    if DEPLOYED
    else env_hidden("SECRET_KEY") or own_secret(DATA_DIR)
)
# The keys before: what they signed (sessions, links in mails) stays good until they are taken away.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
HTTPS = env_bool("HTTPS", DEPLOYED)
BEHIND_PROXY = env_bool("BEHIND_PROXY", False)
REDIS_URL = check_redis_url(env("REDIS_URL", f"unix://{embedded_socket(DATA_DIR)}"))
