"""The words of a Dockerfile."""

from __future__ import annotations

from labs.grading.completions import Slot, Words
from labs.grading.said import say

SLOTS = (Slot("text", "", ("instructions", "options", "commands")),)
LISTS: Words = {
    "instructions": [
        ("FROM", say("the image to begin with")),
        ("AS", say("a name for the stage")),
        ("ARG", say("a value for the build alone")),
        ("ENV", say("a variable that stays in the image")),
        ("WORKDIR", say("the directory for what follows")),
        ("COPY", say("files of the folder, or of another stage")),
        ("RUN", say("a step while the image is built")),
        ("USER", say("who runs what follows")),
        ("EXPOSE", say("a note about the port")),
        ("CMD", say("what a container runs")),
        ("ENTRYPOINT", say("what a container runs, whatever stands behind the image")),
        ("HEALTHCHECK", say("how to ask whether it is well")),
        ("STOPSIGNAL", say("the signal that ends it")),
    ],
    "options": [
        ("--from=", say("from another stage")),
        ("--chown=", say("whose the files are")),
        ("--mount=type=secret,id=", say("a file for this step alone")),
        ("--mount=type=cache,target=", say("a directory kept between builds")),
        ("--interval=", say("seconds between two checks")),
    ],
    "commands": [
        ("apt-get update", ""),
        ("apt-get install -y --no-install-recommends", ""),
        ("rm -rf /var/lib/apt/lists/*", ""),
        ("pip install --no-cache-dir -r requirements.txt", ""),
        ("npm ci --omit=dev", say("without what only developers need")),
        ("npm ci", ""),
    ],
}


def words(topic: str) -> Words:
    """No topic has words of its own."""
    return {} if topic else LISTS
