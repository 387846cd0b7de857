"""Why AWS makes nothing of a request."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.json_text import Path
from labs.grading.said import say


@dataclass(frozen=True, slots=True)
class Fault:
    """`cure`: what to do; `aws`: what AWS answers, with its error code, "" where it is the lab that
    objects. `path`: in the template, or in the group."""

    code: str
    cure: str
    aws: str = ""
    path: Path = ()
    in_group: bool = False

    @property
    def words(self) -> str:
        return say("{cure} AWS: “{aws}”", cure=self.cure, aws=self.aws) if self.aws else self.cure
