"""What the portal says inside a lesson's text, in the language that the text is in. Stored pages
hold it: the page of a German text is German for whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ORIGINAL = "en"  # the language of notes and of the course's own texts


@dataclass(frozen=True, slots=True)
class Phrases:
    language: str
    note: str
    about: dict[str, str]
    checked: str  # the document of a source, and when
    as_of: str
    background: str
    outcomes: str
    recap: str
    link_to: str
    table: str
    task: dict[str, str]  # whether it is done
    picture: str
    open_screenshot: str
    screenshot: str
    months: tuple[str, ...]

    def month(self, day: date) -> str:
        return f"{self.months[day.month - 1]} {day.year}"


ENGLISH = Phrases(
    language=ORIGINAL,
    note="Note from the portal: {}",
    about={
        "correction": "correction",
        "dated": "since these notes were written",
        "addition": "worth knowing",
    },
    checked="Source: {}, checked {}",
    as_of="Source: {}, as of {}",
    background="Background from the course, not from the author’s notes",
    outcomes="After this lesson you can",
    recap="To remember",
    link_to="Link to “{}”",
    table="Table {}",
    task={"no": "To do:", "yes": "Done:"},
    picture="Picture",
    open_screenshot="Open the author’s screenshot",
    screenshot="The author’s screenshot",
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
GERMAN = Phrases(
    language="de",
    note="Anmerkung des Portals: {}",
    about={
        "correction": "Berichtigung",
        "dated": "seit diese Notizen geschrieben wurden",
        "addition": "gut zu wissen",
    },
    checked="Quelle: {}, geprüft {}",
    as_of="Quelle: {}, Stand {}",
    background="Hintergrund vom Kurs, nicht aus den Notizen des Autors",
    outcomes="Nach dieser Lektion kannst du",
    recap="Zum Merken",
    link_to="Link zu „{}“",
    table="Tabelle {}",
    task={"no": "Zu tun:", "yes": "Erledigt:"},
    picture="Bild",
    open_screenshot="Bildschirmfoto des Autors öffnen",
    screenshot="Das Bildschirmfoto des Autors",
    months=(
        *("Jan.", "Feb.", "März", "April", "Mai", "Juni"),
        *("Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
    ),
)
PHRASES = {one.language: one for one in (ENGLISH, GERMAN)}
