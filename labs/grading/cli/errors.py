"""What the CLI says when it cannot do what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.said import Said, say


@dataclass(frozen=True)
class CliError(Exception):
    """`reason` is one word for the engine, `words` what the terminal shows. `status` is the exit
    code: 252 a wrong command line, 253 missing settings, 254 an answer of the service, 255 the rest
    (AWS CLI User Guide, *Understand return codes*)."""

    reason: str
    words: str
    status: int = 255

    @property
    def quoted(self) -> str:
        """What the CLI says stays as it is, in every language; what a lab says of itself does
        not."""
        return self.words if isinstance(self.words, Said) else say("“{words}”", words=self.words)
