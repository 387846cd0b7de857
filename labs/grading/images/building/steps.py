"""What each instruction does to its stage.

Source: Dockerfile reference, by the instruction's name. WORKDIR: a relative path goes on from the
one before. USER: for all that follows and for the container. ENV stays in the image, ARG does not.
ENTRYPOINT: "If CMD is defined from the base image, setting ENTRYPOINT will reset CMD to an empty
value."
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from labs.grading.images.building.commands import Run, run_all
from labs.grading.images.building.installing import EFFECTS
from labs.grading.images.building.mounts import Mounts
from labs.grading.images.building.stage import Leak, Stage, Started
from labs.grading.images.building.stopped import Stopped
from labs.grading.images.building.tree import absolute
from labs.grading.images.building.world import World
from labs.grading.images.language.instruction import Instruction
from labs.grading.images.language.words import expanded, pairs_in, words_in
from labs.grading.said import say

Step = Callable[[Stage, Instruction, World], None]


def set_argument(stage: Stage, one: Instruction, world: World) -> None:
    for name, default in pairs_in(one.rest):
        value = expanded(default, stage.values) or stage.outer.get(name, "")
        stage.args[name] = world.arguments.get(name, value)
        if any(secret in stage.args[name] for secret in world.texts):
            stage.leaks.append(Leak(name, "history", one.at))


def set_environment(stage: Stage, one: Instruction, world: World) -> None:
    """All values are put in before any of this line is set."""
    values = dict(stage.values)
    for name, value in pairs_in(one.rest):
        if "=" not in one.rest and not value:
            cure = say("Give {name} a value: ENV {name}=…", name=name[:40])
            raise Stopped("docker.stopped", cure, "ENV must have two arguments", one.at)
        stage.env[name] = expanded(value, values)
        if any(text in stage.env[name] for text in world.texts):
            stage.leaks.append(Leak(name, "environment", one.at))


def set_workdir(stage: Stage, one: Instruction, world: World) -> None:
    stage.workdir = absolute(expanded(one.rest, stage.values), stage.workdir)
    stage.tree.make_directory(stage.workdir)
    stage.add_layer(one.text, one.at, "", world)


def set_user(stage: Stage, one: Instruction, world: World) -> None:
    user = expanded(one.rest, stage.values)
    name = user.partition(":")[0]
    if not name.isdigit() and name not in stage.users:
        cure = say("Make the user {name} first, or take a number: nobody has that name in the "
                   "image.", name=name[:40])  # fmt: skip
        says = f"unable to find user {name[:40]}: no matching entries in passwd file"
        raise Stopped("docker.no-user", cure, says, one.at)
    stage.user = user


def set_shell(stage: Stage, one: Instruction, world: World) -> None:
    if not one.listed:
        cure = say("Write SHELL as a list in double quotes.")
        raise Stopped("docker.stopped", cure, "SHELL requires the arguments to be in JSON form",
                      one.at)  # fmt: skip
    stage.shell = one.listed


def started(one: Instruction, stage: Stage) -> Started:
    if one.listed is not None:
        return Started("exec", one.listed, one.at)
    return Started("shell", (*stage.shell, one.rest), one.at)


def set_command(stage: Stage, one: Instruction, world: World) -> None:
    stage.cmd = started(one, stage)


def set_entrypoint(stage: Stage, one: Instruction, world: World) -> None:
    stage.entrypoint = started(one, stage)
    if stage.cmd and stage.cmd.at == stage.at:  # of the image that it begins with
        stage.cmd = None


def set_health(stage: Stage, one: Instruction, world: World) -> None:
    rest = one.rest.strip()
    if rest.upper() == "NONE":
        stage.health = None
        return
    command = rest[3:].strip() if rest.upper().startswith("CMD") else ""
    if not command:
        cure = say("Write HEALTHCHECK CMD and the command.")
        raise Stopped("docker.stopped", cure, 'Unknown type in HEALTHCHECK (try "CMD")', one.at)
    form, words = ("exec", one.listed) if one.listed else ("shell", (*stage.shell, command))
    stage.health = Started(form, words, one.at)


def set_exposed(stage: Stage, one: Instruction, world: World) -> None:
    ports = tuple(expanded(word, stage.values) for word in words_in(one.rest))
    stage.exposed = (*stage.exposed, *ports)


def set_stop_signal(stage: Stage, one: Instruction, world: World) -> None:
    stage.stop_signal = expanded(one.rest, stage.values)


def say_nothing(stage: Stage, one: Instruction, world: World) -> None:
    """LABEL, VOLUME, MAINTAINER: nothing that is observed."""


def run(stage: Stage, one: Instruction, world: World, mounts: Mounts) -> None:
    text = expanded_in_history(stage, one, world)
    inputs = f"{text}\0{stage.user}\0{stage.workdir}\0{sorted(stage.values.items())}\0{mounts.key}"
    shell = stage.shell[0].rpartition("/")[2]
    if one.listed is None and shell not in stage.tools:
        cure = say("Do this in a stage that has a shell: there is none in {image}.",
                   image=stage.base.name)  # fmt: skip
        raise Stopped("docker.no-tool", cure, f'exec: "{stage.shell[0]}": not found', one.at)
    doing = Run(
        stage, world, one.at, f"{stage.key}\0{inputs}", stage.workdir, {}, mounts.files,
        mounts.caches,
    )  # fmt: skip
    doing.env.update(mounts.values)
    run_all(doing, one.commands, EFFECTS)
    stage.add_layer(one.text, one.at, inputs, world, tuple(doing.ran), doing.seconds)


def expanded_in_history(stage: Stage, one: Instruction, world: World) -> str:
    """`docker history` shows build arguments, where they are declared, and what is written in a
    RUN."""
    body = "\n".join(doc.body for doc in one.heredocs)
    text = f"{one.rest}\n{body}"
    if any(secret in text for secret in world.texts):
        stage.leaks.append(Leak(one.name, "history", one.at))
    return text


STEPS: Mapping[str, Step] = {
    "ARG": set_argument,
    "ENV": set_environment,
    "WORKDIR": set_workdir,
    "USER": set_user,
    "SHELL": set_shell,
    "CMD": set_command,
    "ENTRYPOINT": set_entrypoint,
    "HEALTHCHECK": set_health,
    "EXPOSE": set_exposed,
    "STOPSIGNAL": set_stop_signal,
    "LABEL": say_nothing,
    "VOLUME": say_nothing,
    "MAINTAINER": say_nothing,
}
