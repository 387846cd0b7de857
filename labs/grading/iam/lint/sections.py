"""Headings of the notes that teach what findings are about."""

from __future__ import annotations

STRUCTURE = "policies-structure"
PERMISSIONS = "permissions"
GUIDELINES = "iam-guidelines"
ROLES = "iam-roles-for-services"
MFA = "mfa-multi-factor-authentication"
ADDRESSES = "private-vs-public-ip-address-differences"
