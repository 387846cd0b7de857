"""Why a build ends without an image."""

from __future__ import annotations

from labs.grading.errors import Position


class Stopped(Exception):
    """The build ends with an error: `cure` says what to do, `says` is what Docker says."""

    def __init__(self, code: str, cure: str, says: str = "", at: Position | None = None) -> None:
        super().__init__(cure)
        self.code, self.cure, self.says, self.at = code, cure, says, at
