"""Every page kind, as data: who looks at it, and where it is in the demo.
A new URL without a line here fails a test."""

from __future__ import annotations

from typing import NamedTuple


class PageKind(NamedTuple):
    who: str  # a demo account's name, or "" for a stranger
    path: str  # {lesson}, {attempt}, {learner}, {submission} are found in the demo
    landmark: str = "h1"  # what is there when the page is ready


PAGES = {
    "home": PageKind("", "/"),
    "account_login": PageKind("", "/accounts/login/"),
    "account_signup": PageKind("", "/accounts/signup/"),
    "account_reset_password": PageKind("", "/accounts/password/reset/"),
    "account_reset_password_done": PageKind("", "/accounts/password/reset/done/"),
    "account_reset_password_from_key": PageKind("", "/accounts/password/reset/key/1-no-such-key/"),
    "account_reset_password_from_key_done": PageKind("", "/accounts/password/reset/key/done/"),
    "account_email_verification_sent": PageKind("", "/accounts/confirm-email/"),
    "account_confirm_email": PageKind("", "/accounts/confirm-email/no-such-key/"),
    "account_inactive": PageKind("", "/accounts/inactive/"),
    "socialaccount_login_cancelled": PageKind("", "/accounts/linked/login/cancelled/"),
    "offline": PageKind("", "/offline/"),
    "legal": PageKind("", "/legal/privacy/"),
    "day": PageKind("lea", "/day/"),
    "search": PageKind("lea", "/search/?q=security+groups", "main mark"),
    "lessons:course_detail": PageKind("lea", "/learn/aws/"),
    "lessons:lesson_detail": PageKind("lea", "/learn/aws/{lesson}/"),
    "labs:lab_list": PageKind("lea", "/labs/"),
    "labs:lab_detail": PageKind("lea", "/labs/read-one-bucket/", ".cm-content"),
    "labs:attempt_detail": PageKind("lea", "/labs/attempts/{attempt}/"),
    "labs:solution": PageKind("lea", "/labs/{passed}/solution/"),
    "labs:all_attempts": PageKind("lea", "/labs/{passed}/attempts/all/"),
    "labs:kept_texts": PageKind("lea", "/labs/{passed}/texts/"),
    "account_logout": PageKind("lea", "/accounts/logout/"),
    "account_email": PageKind("lea", "/accounts/email/"),
    "account_change_password": PageKind("lea", "/accounts/password/change/"),
    "account_reauthenticate": PageKind("lea", "/accounts/reauthenticate/"),
    "socialaccount_connections": PageKind("lea", "/accounts/linked/"),
    "mfa_index": PageKind("lea", "/accounts/2fa/"),
    "mfa_list_webauthn": PageKind("lea", "/accounts/2fa/webauthn/"),
    "session_list": PageKind("lea", "/accounts/sessions/"),
    "profile": PageKind("lea", "/accounts/profile/"),
    "erase_account": PageKind("lea", "/accounts/erase/"),
    "join": PageKind("lea", "/accounts/join/"),
    "cohort_list": PageKind("tom", "/cohorts/"),
    "cohort_detail": PageKind("tom", "/cohorts/demo/"),
    "new_cohort": PageKind("admin", "/cohorts/new/"),
    "cohort_settings": PageKind("tom", "/cohorts/demo/settings/"),
    "copy_cohort": PageKind("admin", "/cohorts/demo/copy/"),
    "announcements": PageKind("tom", "/cohorts/demo/announcements/"),
    "announcement_list": PageKind("lea", "/announcements/"),
    "due_dates": PageKind("tom", "/cohorts/demo/dates/"),
    "exports": PageKind("tom", "/cohorts/demo/exports/"),
    "cohort_log": PageKind("tom", "/cohorts/demo/log/"),
    "members": PageKind("tom", "/cohorts/demo/members/"),
    "learner_detail": PageKind("tom", "/cohorts/demo/learners/{learner}/"),
    "submission_detail": PageKind("tom", "/cohorts/demo/submissions/{submission}/"),
    "queue": PageKind("tom", "/cohorts/demo/queue/"),
    "cohort_question": PageKind("tom", "/cohorts/demo/questions/{question}/"),
    "question_list": PageKind("lea", "/reviews/"),
    "question_detail": PageKind("lea", "/reviews/questions/{question}/"),
    "ask_lesson": PageKind("lea", "/reviews/ask/lesson/aws/{lesson}/"),
    "ask_lab": PageKind("lea", "/reviews/ask/lab/read-one-bucket/"),
    "ask_second_look": PageKind("lea", "/reviews/ask/attempt/{attempt}/"),
    "same_answers": PageKind("tom", "/cohorts/demo/submissions/{submission}/same/"),
    "invite_by_mail": PageKind("tom", "/cohorts/demo/invitations/mail/"),
    "invitations": PageKind("tom", "/cohorts/demo/invitations/"),
    "style": PageKind("admin", "/style/"),
}

# Fragments, files, and addresses that only redirect: those of a second factor do, unless one has it
# and has just shown who one is. tests/e2e/test_accounts.py looks at them.
NO_PAGES = {
    "lessons:picture",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "oidc_callback",
    "oidc_link",
    "socialaccount_signup",
    "socialaccount_login_error",
    "search_results",
    "export",
    "export_file",
    "labs:completions",
    "labs:attempts",
    "labs:verdict",
    "latest_submission",
    "same_count",
    "account_set_password",
    "account_confirm_login_code",
    "service_worker",
    "manifest",
    "favicon",
}
