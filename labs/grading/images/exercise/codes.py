"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.machines.asks import code_of
from labs.grading.said import say

RECIPE = "from-dockerfile-to-registry"
LAYERS = "layers-and-their-cache"
PROCESS = "what-a-container-runs"
SECRETS = "two-stages-and-secrets"

STOP_CODES = {
    "docker.stopped": Code(
        say("The build ends with an error"),
        say("Docker builds line by line, and ends at the first that fails."),
        RECIPE,
    ),
    "docker.no-image": Code(
        say("An image that is not there"), say("FROM names an image with its tag."), RECIPE
    ),
    "docker.no-file": Code(
        say("A file that is not there"),
        say("A step sees what the steps before it copied, and nothing else of your folder."),
        LAYERS,
    ),
    "docker.no-tool": Code(
        say("A program that is not there"),
        say("An image has what its base has, and what was installed."),
        RECIPE,
    ),
    "docker.command": Code(
        say("A command that is not followed"),
        say("The lab follows the commands that its task needs."),
        RECIPE,
    ),
    "docker.no-user": Code(
        say("A user that is not there"),
        say("A user has to be made first; a number needs no name."),
        PROCESS,
    ),
    "docker.not-allowed": Code(
        say("Only root may do this"), say("USER counts for all lines that follow."), PROCESS
    ),
    "docker.asks": Code(
        say("The build waits for an answer"), say("Nobody answers while an image is built."), LAYERS
    ),
    "docker.no-lists": Code(
        say("No lists of packages"), say("apt-get finds packages by the lists that update gets."),
        LAYERS,
    ),
    "docker.no-package": Code(
        say("A package that there is not"), say("Packages are installed by their names."), LAYERS
    ),
    "docker.no-secret": Code(
        say("The secret is not there"),
        say("A secret is passed to the build, and mounted for the step that needs it."),
        SECRETS,
    ),
    "docker.nothing": Code(
        say("There is no image"), say("Mend first what ends the build."), RECIPE
    ),
}  # fmt: skip
CHECK_CODES = {
    "docker.not-pinned": Code(
        say("A base that moves"),
        say("latest is another image tomorrow, and no tag means latest."),
        RECIPE,
    ),
    "docker.root": Code(
        say("The program runs as root"),
        say("Whoever breaks into the program may do what its user may."),
        PROCESS,
    ),
    "docker.rebuilt": Code(
        say("Too much is built anew"),
        say("From the first layer that changed on, nothing comes from the cache."),
        LAYERS,
    ),
    "docker.stale": Code(
        say("An old layer in a new image"),
        say("A step comes from the cache while its line and the files copied before it are the "
            "same."),
        LAYERS,
    ),
    "docker.size": Code(
        say("A large image"),
        say("A layer keeps its size, whatever later layers delete."),
        LAYERS,
    ),
    "docker.secret": Code(
        say("A secret in the image"),
        say("Layers, history and environment can be read by everybody who has the image."),
        SECRETS,
    ),
    "docker.not-started": Code(
        say("The program does not start"),
        say("The last user starts the last command in the last directory."),
        PROCESS,
    ),
    "docker.signal": Code(
        say("The stop signal does not arrive"),
        say("Process 1 gets SIGTERM; a shell does not pass it on."),
        PROCESS,
    ),
    "docker.health": Code(
        say("A health check that does not find out"),
        say("The check runs inside the container, with what is in the image."),
        PROCESS,
    ),
    "docker.content": Code(
        say("Another content than asked for"),
        say("In the image is what the last stage has."),
        LAYERS,
    ),
}  # fmt: skip
ADVICE_CODES = {
    "docker.update-alone": Code(
        say("apt-get update in a step of its own"),
        say("It comes from the cache, and the lists grow old."),
        LAYERS,
    ),
    "docker.cd-alone": Code(
        say("cd in a step of its own"), say("Each RUN begins in WORKDIR again."), RECIPE
    ),
    "docker.quotes": Code(
        say("A list in single quotes"), say("It is read as a line for the shell."), PROCESS
    ),
    "docker.twice": Code(say("Only the last one counts"), say("An image has one."), PROCESS),
    "docker.relative": Code(
        say("A relative WORKDIR"), say("It goes on from the one before."), RECIPE
    ),
    "docker.add": Code(
        say("ADD for a file of the folder"),
        say("COPY does this and nothing else."),
        RECIPE,
    ),
    "docker.exposed": Code(
        say("EXPOSE names another port"), say("EXPOSE is a note; it opens nothing."), PROCESS
    ),
}
CODES = STOP_CODES | CHECK_CODES | ADVICE_CODES
OF_FIELD = {
    "pinned": "docker.not-pinned",
    "root": "docker.root",
    "user": "docker.root",
    "workdir": "docker.content",
    "size": "docker.size",
    "starts": "docker.not-started",
    "starts-with": "docker.not-started",
    "runs": "docker.not-started",
    "runs-with": "docker.not-started",
    "sigterm": "docker.signal",
    "signal": "docker.signal",
    "health": "docker.health",
    "secrets": "docker.secret",
    "has": "docker.content",
    "tool": "docker.content",
    "exposes": "docker.content",
    "seconds": "docker.rebuilt",
    "again": "docker.rebuilt",
}


def code_of_field(field: str, wanted: tuple[str, ...]) -> str:
    """A step that must run again, and does not, leaves something old."""
    if field.startswith("again:") and "yes" in wanted:
        return "docker.stale"
    return code_of(field, OF_FIELD)
