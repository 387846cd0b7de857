"""What the editor offers while one types: the kind's own words, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from labs.grading.completions import Completer, Words
from labs.grading.kinds import KINDS
from labs.language import in_language


@require_safe
@cache_control(max_age=86_400, private=True)
def completions(request: HttpRequest, kind: str) -> JsonResponse:
    """The places and their words; with ?topic=fruit the words of that topic alone."""
    completer = KINDS.get(kind)
    if not isinstance(completer, Completer):
        raise Http404
    topic = request.GET.get("topic", "")
    lists = lists_as_json(completer.words(topic))
    if topic:
        return JsonResponse({"lists": lists})
    return JsonResponse({"slots": [asdict(slot) for slot in completer.SLOTS], "lists": lists})


def lists_as_json(words: Words) -> Mapping[str, object]:
    """[word, what is said beside it], in the reader's language."""
    return {
        name: [[word, in_language(about)] for word, about in listed]
        for name, listed in words.items()
    }
