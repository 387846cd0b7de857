"""Finding codes of filters: what each means, and the section of the notes that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

FILTERS = "what-a-filter-lets-through"

CHECK_CODES = {
    "filter.not-decided": Code(
        say("Nothing was decided"),
        say("AWS would not save this filter, so no event was tried."),
        FILTERS,
    ),
    "filter.event": Code(
        say("One event"),
        say(
            "Every field of the filter must match, and for each field one value of its list is "
            "enough."
        ),
        FILTERS,
    ),
    "filter.too-much": Code(
        say("Something gets through that should not"),
        say(
            "What a filter does not name is not looked at: each field that is left out lets more "
            "through."
        ),
        FILTERS,
    ),
    "filter.too-little": Code(
        say("Something is held back that should get through"),
        say(
            "All fields of a filter must match at once, letter by letter. A field that an event "
            "does not have matches nothing but “exists”: false."
        ),
        FILTERS,
    ),
}
REFUSED_CODES = {
    "filter.form": Code(
        say("Not a filter"),
        say("A filter is an object of fields, and each field has a list of values."),
        FILTERS,
    ),
    "filter.empty": Code(
        say("Nothing in it"), say("Empty objects and empty lists are refused."), FILTERS
    ),
    "filter.not-a-list": Code(
        say("A value without its list"),
        say("What a field may be stands in a list, even a single value or operator."),
        FILTERS,
    ),
    "filter.dotted": Code(
        say("A dot in place of braces"),
        say("A field within a field is written as an object in an object."),
        FILTERS,
    ),
    "filter.operator": Code(
        say("An operator that does not exist"),
        say(
            "There are prefix, suffix, equals-ignore-case, anything-but, numeric, exists, cidr "
            "and wildcard, one in each pair of braces."
        ),
        FILTERS,
    ),
    "filter.numeric": Code(
        say("A comparison of numbers that cannot be read"),
        say('One comparison, [">", 100], or a range with its lower end first, [">", 0, "<=", 5].'),
        FILTERS,
    ),
    "filter.number": Code(
        say("A number that cannot be compared so"),
        say("Fractions need “numeric”, and numbers have a largest size."),
        FILTERS,
    ),
    "filter.wildcard": Code(
        say("A wildcard that cannot be read"),
        say("A star stands for any characters; two in a row are refused."),
        FILTERS,
    ),
    "filter.or": Code(
        say("An $or that cannot be read"),
        say("$or has a list of objects, two at least. One of them is enough."),
        FILTERS,
    ),
    "filter.too-many": Code(
        say("Too many fields or groups"),
        say("A filter policy of SNS has at most 5 keys, and what $or makes of it has limits, too."),
        FILTERS,
    ),
}
MISTAKE_CODES = {
    "filter.unknown-field": Code(
        say("A field that no event has"),
        say("Names count letter by letter, and fields of the detail lie in “detail”."),
        FILTERS,
    ),
    "filter.kind": Code(
        say("Text in place of a number"),
        say("The text “100” is not the number 100. Numbers stand without quotation marks."),
        FILTERS,
    ),
    "filter.never": Code(
        say("A value that no event has"),
        say("Values are compared letter by letter; capitals count."),
        FILTERS,
    ),
}
CODES: dict[str, Code] = {**CHECK_CODES, **REFUSED_CODES, **MISTAKE_CODES}
