"""Who learns: names, and the manner of each. Nothing here is of anybody real."""

from __future__ import annotations

import random
from dataclasses import dataclass
from enum import StrEnum

FIRST_NAMES = (
    "Ada Ali Amara Ana Anton Aylin Ben Bilal Carla Chen Chiara Clara Dana Daniel Diego Elif Emil "
    "Emma Eva Farid Fatima Felix Frida Goran Greta Hana Hugo Ida Ines Iris Ivan Jana Jonas José "
    "Julia Kaito Kira Lars Laura Leo Lina Luca Magda Malik Mara Marek Maya Mina Milan Nadia Nia "
    "Nils Noor Olga Omar Oskar Paula Petra Pia Priya Rafael Ravi Rosa Samir Sara Sofia Søren Tara "
    "Theo Tim Tomás Uma Vera Viktor Wanda Yara Yusuf Zoë"
)
LAST_NAMES = (
    "Adler Ahmed Almeida Bauer Becker Bianchi Brandt Castro Chowdhury Costa Demir Dubois Eriksen "
    "Ferrari Fischer Fontaine García Grünwald Haddad Hansen Hoffmann Horvat Ibrahim Ito Jansen "
    "Keller Khan Kovács Krüger Larsen Lehmann Lindqvist López Marino Meyer Mbeki Moreau Müller "
    "Nakamura Nguyen Novak Okafor Olsen Öztürk Park Patel Petrov Popescu Quinn Ramos Richter Rossi "
    "Santos Schäfer Schmidt Silva Singh Sørensen Suzuki Tanaka Torres Vogel Wagner Weber Yılmaz"
)

FIRST, LAST = FIRST_NAMES.split(), LAST_NAMES.split()


class Manner(StrEnum):
    STEADY = "steady"
    QUICK = "quick"
    STRUGGLING = "struggling"  # stuck at their last lab
    AWAY = "away"  # stopped weeks ago
    ABSENT = "absent"  # never began


SHARES = {
    Manner.STEADY: 60,
    Manner.QUICK: 13,
    Manner.STRUGGLING: 12,
    Manner.AWAY: 12,
    Manner.ABSENT: 3,
}
REACH = {  # the part of the course that they come through, from and to
    Manner.STEADY: (0.55, 0.95),
    Manner.QUICK: (0.85, 1.0),
    Manner.STRUGGLING: (0.25, 0.6),
    Manner.AWAY: (0.1, 0.5),
    Manner.ABSENT: (0.0, 0.0),
}
GIVES_UP = {  # a lab, of a hundred that are rather hard
    Manner.STEADY: 0.4,
    Manner.QUICK: 0.1,
    Manner.STRUGGLING: 8.0,
    Manner.AWAY: 1.0,
    Manner.ABSENT: 0.0,
}
SKIPS = 0.3  # of the learners leave out lessons


@dataclass(frozen=True, slots=True)
class Character:
    number: int
    name: str
    manner: Manner
    reach: float  # part of the course
    skips: bool  # a lesson now and then


def characters(number: int, chance: random.Random) -> list[Character]:
    return [character(one, chance) for one in range(number)]


def character(number: int, chance: random.Random) -> Character:
    [manner] = chance.choices(list(SHARES), list(SHARES.values()))
    return Character(
        number=number,
        name=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        manner=manner,
        reach=chance.uniform(*REACH[manner]),
        skips=chance.random() < SKIPS,
    )
