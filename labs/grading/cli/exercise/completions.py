"""The words of a script for the CLI."""

from __future__ import annotations

from labs.grading.cli.account.access_keys import OPTIONS
from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("commands", "options", "variables", "settings")),)
LISTS: Words = {
    "commands": (
        ("aws configure set", say("writes a setting into its file")),
        ("aws configure list", say("what counts, and where it comes from")),
        ("aws sts get-caller-identity", say("who am I?")),
        ("aws ec2 describe-instances", ""),
        ("aws iam list-users", ""),
        ("aws s3 ls", ""),
        *((f"aws iam {name}", "") for name in OPTIONS),
        ("export", say("sets a variable for all commands below")),
        ("unset", say("takes a variable away")),
    ),
    "options": (
        ("--profile", say("whose settings")),
        ("--region", say("where")),
        ("--output", "json, text, table"),
        ("--query", "JMESPath"),
        ("--filters", "Name=…,Values=…"),
        ("--user-name", ""),
        ("--access-key-id", ""),
        ("--status", "Active, Inactive"),
    ),
    "variables": (
        ("AWS_PROFILE", say("whose settings")),
        ("AWS_REGION", say("where")),
        ("AWS_DEFAULT_REGION", say("where, if AWS_REGION says nothing")),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_SESSION_TOKEN", ""),
        ("AWS_DEFAULT_OUTPUT", "json, text, table"),
    ),
    "settings": (
        ("aws_access_key_id", ""),
        ("aws_secret_access_key", ""),
        ("region", ""),
        ("output", "json, text, table"),
        ("role_arn", say("the role to assume")),
        ("source_profile", say("whose key assumes it")),
    ),
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
