"""The translations of a lab → their rows. They are made of files alone and nothing hangs on them,
so that what has no file any more is deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from labs.capstones import words_column
from labs.models import Lab, Translation
from labs.source import LabSource, TranslatedLab, TranslatedVariant
from lessons.rendering import render, renderer_version

Names = dict[str, str]  # language → what the translation was made of


def names_in(source: LabSource) -> Names:
    return {one.language: made_of(one) for one in source.translations}


def names_of(lab: Lab) -> Names:
    """As they were written last; of a lab whose translations were loaded with it no query."""
    return {one.language: one.made_of for one in lab.translations.all()}


def made_of(one: TranslatedLab) -> str:
    return hashlib.sha256(f"{one!r} {renderer_version()}".encode()).hexdigest()


def write_translations(lab: Lab, source: LabSource) -> None:
    for one in source.translations:
        Translation.objects.update_or_create(
            lab=lab, language=one.language, defaults=columns_of(one)
        )
    languages = [one.language for one in source.translations]
    lab.translations.exclude(language__in=languages).delete()


def columns_of(one: TranslatedLab) -> dict[str, Any]:
    return {
        "title": one.title,
        "summary": one.summary,
        "objectives": list(one.objectives),
        "capstone": words_column(one.capstone) if one.capstone else {},
        "variants": {str(number): texts_of(variant) for number, variant in enumerate(one.variants)},
        "made_of": made_of(one),
        "is_behind": one.is_behind,
    }


def texts_of(variant: TranslatedVariant) -> dict[str, Any]:
    return {
        "brief": render(variant.brief) if variant.brief else "",
        "explanation": render(variant.explanation) if variant.explanation else "",
        "hints": [render(hint) for hint in variant.hints],
        "words": dict(variant.words),
    }


def words_for_translations(source: LabSource) -> str:
    """What becomes of them, for a plan."""
    said = [part for one in source.translations for part in parts_for(one)]
    return f"translated ({'; '.join(said)})" if said else "no longer translated"


def parts_for(one: TranslatedLab) -> Iterator[str]:
    yield f"{one.language}, behind the original" if one.is_behind else one.language
    yield from (f"English until then: {left}" for left in one.left_out)
