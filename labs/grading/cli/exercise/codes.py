"""What each finding code means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.cli.errors import CliError
from labs.grading.kind import Code
from labs.grading.said import say

ASKING = "precise-questions"
FILES = "the-two-files-of-the-cli"
FINDING = "where-the-cli-looks"
KEYS = "two-keys-in-turn"


@dataclass(frozen=True, slots=True)
class Mistake:
    title: str
    rule: str
    cure: str
    section: str


COMMANDS = {
    "cli.right": Mistake(
        say("The command does what was asked"),
        say("The right caller in the right place, and what it prints is what was asked."),
        "",
        ASKING,
    ),
    "cli.command": Mistake(
        say("No command that works here"),
        say(
            "A command is aws, a service, an operation, then options with two hyphens. Beside aws "
            "only export, unset, cat > file <<'EOF', echo and set are known here."
        ),
        say("Look at the spelling of service, operation and options."),
        ASKING,
    ),
    "cli.failed": Mistake(
        say("AWS answers with an error"),
        say("Read the word in parentheses: it says what is wrong, and in which call."),
        say("Read the error word by word, and mend what it names."),
        ASKING,
    ),
    "cli.query-error": Mistake(
        say("A query that cannot be read"),
        say("A query is JMESPath: [] goes through a list, a dot goes into an object."),
        say(
            "Close every bracket, put fields that belong together into [ ], and the whole query "
            "between single quotes."
        ),
        ASKING,
    ),
    "cli.no-answer": Mistake(
        say("A question without an answer"),
        say("What stands below # 1 answers question 1, and so on."),
        say("Write a command below the number of the question."),
        ASKING,
    ),
    "cli.not-text": Mistake(
        say("Quotes and brackets are printed as well"),
        say("Without --output text the answer is JSON. A script wants plain text."),
        say("Add --output text."),
        ASKING,
    ),
    "cli.no-such-field": Mistake(
        say("The query asks for a field that is not there"),
        say("Names are written as in the answer, capitals included. What is not there is None."),
        say("Compare each name of the query with the answer, letter by letter."),
        ASKING,
    ),
    "cli.too-much": Mistake(
        say("More is printed than was asked for"),
        say("A [?…] in the query, or --filters, leaves out what nobody asked for."),
        say("Narrow it: by --filters, by [?…], or by fewer fields."),
        ASKING,
    ),
    "cli.too-little": Mistake(
        say("Something is missing in what is printed"),
        say("Reservations is a list of lists: without [] behind it you see one of them only."),
        say(
            "Put [] instead of [0], compare names and values letter by letter, and look whether a "
            "condition is too narrow."
        ),
        ASKING,
    ),
    "cli.other-answer": Mistake(
        say("What is printed answers another question"),
        say("A query chooses fields with a dot, and members of a list with [] and [?…]."),
        say("Read the question again, field by field."),
        ASKING,
    ),
    "cli.only-today": Mistake(
        say("The answer is right today only"),
        say("Names and numbers that were copied by hand are wrong as soon as something changes."),
        say("Let the query find it: write no ID or number that comes from the answer."),
        ASKING,
    ),
}
SETTINGS = {
    "cli.other-identity": Mistake(
        say("Another identity"),
        say(
            "The first that is found counts: --profile, keys in the environment, then the profile "
            "with its role or its keys."
        ),
        say("Go down the order: which source is the first that has credentials here?"),
        FINDING,
    ),
    "cli.other-region": Mistake(
        say("Another Region"),
        say("--region comes first, then AWS_REGION, AWS_DEFAULT_REGION, then the profile."),
        say("Go down the order: what is the first that names a Region here?"),
        FINDING,
    ),
    "cli.other-output": Mistake(
        say("Another output format"),
        say("--output comes first, then AWS_DEFAULT_OUTPUT, then the profile, then json."),
        say("Set output for this profile."),
        FILES,
    ),
    "cli.no-such-region": Mistake(
        say("No Region has this name"),
        say(
            "A Region's name becomes part of an address. If there is none of this name, nobody "
            "answers: an area, a direction and a number, with a hyphen before each."
        ),
        say("Compare it with us-east-1, hyphen by hyphen. A zone's letter is no part of it."),
        FILES,
    ),
    "cli.no-region": Mistake(
        say("No Region"),
        say("Most services need to know where. Nothing says it for this command."),
        say("Set region for the profile."),
        FILES,
    ),
    "cli.no-such-profile": Mistake(
        say("No profile has this name"),
        say(
            "In the config file a profile's section begins with the word profile: [profile dev]. "
            "In the credentials file it does not: [dev]. The default has it in neither."
        ),
        say("Compare the name with what stands in brackets in both files."),
        FILES,
    ),
    "cli.no-credentials": Mistake(
        say("No credentials"),
        say("None of the places where the CLI looks has any for this command."),
        say("Give the profile a key or a role."),
        FILES,
    ),
    "cli.half-a-key": Mistake(
        say("Half of what is needed"),
        say("A key is an ID and a secret, side by side. A role needs a source of credentials."),
        say("Set what the error says is missing, in the same place."),
        FILES,
    ),
    "cli.key-refused": Mistake(
        say("AWS does not accept this key"),
        say(
            "The ID and the secret must be those of one key that is active. A session token of "
            "other credentials spoils them too."
        ),
        say("Compare ID and secret with the task, and unset a session token that is left over."),
        FILES,
    ),
    "cli.file": Mistake(
        say("A file that the CLI cannot read"),
        say("A section in brackets, below it lines with name = value; each section once."),
        say("Look for a line without =, or for a section that is there twice."),
        FILES,
    ),
    "cli.interactive": Mistake(
        say("aws configure waits for somebody"),
        say("It asks four questions, and a script has nobody to answer them."),
        say("Write aws configure set, once for each setting."),
        FILES,
    ),
    "cli.secret-typed": Mistake(
        say("A secret stands in the script"),
        say("Scripts are shared and kept. The profile has the key already."),
        say("Name the profile, and leave the secret where it is."),
        FINDING,
    ),
}
ROTATION = {
    "keys.kept": Mistake(
        say("A step of the rotation is right"),
        say("Create, switch, look, deactivate, delete: in this order nothing stands still."),
        "",
        KEYS,
    ),
    "keys.too-many": Mistake(
        say("A user has two keys at most"),
        say("That is enough for a rotation, if no forgotten key takes the second place."),
        say("Delete the key that nobody uses before you create one."),
        KEYS,
    ),
    "keys.outage": Mistake(
        say("An application has no working key"),
        say("A key that is inactive or deleted lets nobody in, at once."),
        say("Give every application the new key before the old one is deactivated."),
        KEYS,
    ),
    "keys.not-switched": Mistake(
        say("An application is not on the new key"),
        say("A new key alone changes nothing: whoever works with the old one goes on doing so."),
        say("Create a key, and give it to every application."),
        KEYS,
    ),
    "keys.not-looked": Mistake(
        say("Nobody looked whether the old key is still used"),
        say("get-access-key-last-used tells of users that nobody remembers."),
        say("Ask for the last use of the old key between the switch and its end."),
        KEYS,
    ),
    "keys.deleted-while-active": Mistake(
        say("The old key was deleted without being deactivated"),
        say("Inactive can be taken back in a second. Deleted is for ever."),
        say("Set the old key to Inactive first."),
        KEYS,
    ),
    "keys.not-one": Mistake(
        say("Not exactly one key is left"),
        say("In the end the user has one active key, the new one. Every other is a risk."),
        say("Delete what is not needed any more."),
        KEYS,
    ),
}
MISTAKES = {**COMMANDS, **SETTINGS, **ROTATION}
CODES: dict[str, Code] = {
    name: Code(one.title, one.rule, one.section) for name, one in MISTAKES.items()
}
OF_ERRORS = {
    "command": "cli.command",
    "usage": "cli.command",
    "shell": "cli.command",
    "program": "cli.command",
    "query": "cli.query-error",
    "profile": "cli.no-such-profile",
    "no-credentials": "cli.no-credentials",
    "partial": "cli.half-a-key",
    "file": "cli.file",
    "region": "cli.no-such-region",
    "no-region": "cli.no-region",
    "interactive": "cli.interactive",
    "output": "cli.other-output",
    "InvalidClientTokenId": "cli.key-refused",
    "AuthFailure": "cli.key-refused",
    "InvalidAccessKeyId": "cli.key-refused",
    "SignatureDoesNotMatch": "cli.key-refused",
    "role": "cli.half-a-key",
    "LimitExceeded": "keys.too-many",
}


def code_of(error: CliError) -> str:
    return OF_ERRORS.get(error.reason, "cli.failed")
