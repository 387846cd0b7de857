"""Signing in by somebody else's door: one OpenID Connect provider, such as a school's."""

from __future__ import annotations

from portal.env import env, env_hidden, env_issuer, env_list

OIDC_ISSUER = env_issuer("OIDC_ISSUER")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env_hidden("OIDC_CLIENT_SECRET")
OIDC_NAME = env("OIDC_NAME", "OpenID")  # on the button
# Whose confirmed address is in one of these domains needs no invitation; empty: everybody does.
OIDC_DOMAINS = [domain.lower() for domain in env_list("OIDC_DOMAINS")]

SOCIALACCOUNT_ADAPTER = "portal.accounts.openid_adapter.OpenIdAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # an invitation is asked for
SOCIALACCOUNT_FORMS = {
    "signup": "portal.accounts.openid_forms.OpenIdSignupForm",
    "disconnect": "portal.accounts.openid_forms.UnlinkForm",
}
