"""Sections of the course that teach what findings are about."""

from __future__ import annotations

STRUCTURE = "policies-structure"
JSON = "a-policy-is-json"
DECISION = "how-a-request-is-decided"
NAMES = "arns-and-wildcards"
BUCKETS = "buckets-and-folders"
KEYS = "conditions-and-keys"
ABSENT = "when-a-key-is-absent"
RESOURCES = "policies-on-resources"
TRUST = "trust-policies"
DEPUTY = "the-confused-deputy"
PASSING = "passing-a-role"
CIDR = "cidr-blocks"
