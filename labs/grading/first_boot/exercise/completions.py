"""The words that the editor offers."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("commands", "paths"), asked=True),)
COMMANDS = (
    ("#!/bin/bash", say("the first line")),
    ("dnf install -y", say("installs packages and does not ask")),
    ("dnf update -y", say("brings updates and does not ask")),
    ("systemctl start", say("starts a unit now")),
    ("systemctl enable", say("starts a unit at every boot from the next on")),
    ("systemctl enable --now", say("both")),
    ("mkdir -p", say("makes a directory")),
    ("hostname -f", say("prints the machine's name")),
    ("curl -s", say("asks by HTTP")),
    ("cat <<EOF", say("takes the lines below, up to EOF")),
)
PATHS = (("/var/www/html/index.html", say("the page that httpd shows")),)


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else {"commands": COMMANDS, "paths": PATHS}
