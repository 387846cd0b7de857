"""What somebody shows beside a password, or in its place."""

from __future__ import annotations

from portal.env import env_choice
from portal.settings.base import DEPLOYED

# An administrator's account opens everybody's, and an author's changes what everybody reads; there
# are few of them, and one of them runs this very command line. How much to ask of teachers is for
# whoever knows them to decide.
MFA_REQUIRED_FOR = env_choice(
    "MFA_REQUIRED_FOR",
    "administrators" if DEPLOYED else "none",
    ["none", "administrators", "instructors"],
)
MFA_ADAPTER = "portal.accounts.factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a code may be thirty seconds old or early: clocks differ, people type
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts/factor_forms.py asks for what matters: the main one
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}  # a whole class comes from one address
MFA_FORMS = {
    "authenticate": "portal.accounts.factor_forms.SignInCodeForm",
    "reauthenticate": "portal.accounts.factor_forms.CodeAgainForm",
    "activate_totp": "portal.accounts.factor_forms.ActivateAppForm",
    "add_webauthn": "portal.accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.factor_forms.RenamePasskeyForm",
    "authenticate_webauthn": "portal.accounts.factor_forms.SignInKeyForm",
    "reauthenticate_webauthn": "portal.accounts.factor_forms.KeyAgainForm",
    "login_webauthn": "portal.accounts.factor_forms.PasskeyAloneForm",
}
