"""What a service would refuse of an answer, or advise against, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from labs.grading.json_document import JsonDocument, Path
from labs.grading.report import Finding, Severity


@dataclass(frozen=True, slots=True)
class Refusal:
    """`at_key`: the key is wrong, and not its value."""

    code: str
    message: str
    path: Path = ()
    at_key: bool = False

    def finding(
        self,
        document: JsonDocument,
        severity: Severity = Severity.ERROR,
        *,
        section: str = "",
        why: str = "",
    ) -> Finding:
        """As the editor marks it: worth no points."""
        place = document.key_position if self.at_key else document.position
        return Finding(
            self.code,
            False,
            0,
            self.message,
            at=place(self.path),
            severity=severity,
            section=section,
            why=why,
        )
