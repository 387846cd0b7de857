"""Who may come in, how they sign in, and the mail that this takes."""

from __future__ import annotations

from portal.env import env, env_bool, env_choice, env_hidden, env_int, env_mail_host
from portal.settings.base import BEHIND_PROXY, DEPLOYED

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backend.Backend"]
# What the course teaches of password policies; the page that changes a password says the same.
PASSWORD_LENGTH, PASSWORDS_REMEMBERED = 12, 3
validators = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{validators}.UserAttributeSimilarityValidator"},
    {"NAME": f"{validators}.MinimumLengthValidator", "OPTIONS": {"min_length": PASSWORD_LENGTH}},
    {"NAME": f"{validators}.CommonPasswordValidator"},
    {"NAME": "portal.accounts.passwords.NotThePrintedPassword"},
    {"NAME": "portal.accounts.passwords.NotUsedBefore"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "day"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "portal.accounts.forms.InvitedSignupForm",
    "add_email": "portal.accounts.forms.NewAddressForm",
    "login": "portal.accounts.plain_forms.LoginForm",
    "reauthenticate": "portal.accounts.plain_forms.ReauthenticateForm",
    "change_password": "portal.accounts.plain_forms.ChangePasswordForm",
    "set_password": "portal.accounts.plain_forms.SetPasswordForm",
    "reset_password": "portal.accounts.plain_forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.plain_forms.ResetPasswordKeyForm",
}
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
EMAIL_HOST = env_mail_host("EMAIL_HOST", needed=DEPLOYED)
SENDS_MAIL = EMAIL_HOST not in ("", "none")
VERIFICATIONS = ["none", "optional", "mandatory"] if SENDS_MAIL or not DEPLOYED else ["none"]
verification = ("mandatory" if SENDS_MAIL else "none") if DEPLOYED else "optional"
ACCOUNT_EMAIL_VERIFICATION = env_choice("EMAIL_VERIFICATION", verification, VERIFICATIONS)
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an address is added, made the main one, removed
ACCOUNT_MAX_EMAIL_ADDRESSES = 2  # the old and the new one, while somebody moves
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_LOGIN_ON_PASSWORD_RESET = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# A whole class comes from one address. What must hold without the cache: accounts/attempts.py.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip",
    "signup": "60/m/ip",
    "reset_password": "30/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_USER_DISPLAY = "portal.accounts.models.display_name"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", "portal@localhost")
backend = "smtp" if SENDS_MAIL else "dummy" if DEPLOYED else "console"
EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
EMAIL_TIMEOUT = 10  # seconds; without one a server that does not answer holds a worker for ever
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env("EMAIL_USER")
EMAIL_HOST_PASSWORD = env_hidden("EMAIL_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_TLS", True)
