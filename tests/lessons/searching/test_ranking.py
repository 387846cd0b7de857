"""Which pages a question finds, and in which order: of indexes that are built here, without a
database."""

from __future__ import annotations

from lessons.searching.building import Entry, build
from lessons.searching.index import Index
from lessons.searching.ranking import Answer, answer
from lessons.searching.words import words_of

FILLER = "Some words that say nothing about it at all. "


def index(*pages: tuple[str, str], same: tuple[tuple[str, ...], ...] = ()) -> Index:
    """(title, text) of each; the title is its key."""
    return Index(build([Entry(title, ((title, 4.0),), text) for title, text in pages], same))


def ask(text: str, *indexes: Index, most: int = 20) -> Answer:
    return answer(words_of(text), indexes, most)


def keys(text: str, *indexes: Index) -> list[str]:
    return [match.key for match in ask(text, *indexes).matches]


def test_a_word_as_it_is_written_comes_before_its_forms() -> None:
    pages = index(("One", "He configured it."), ("Two", "You configure it."), ("Three", FILLER))
    assert keys("configure", pages) == ["Two", "One"]
    assert keys("configured", pages) == ["One", "Two"]


def test_a_name_is_not_found_by_words_that_are_like_it() -> None:
    pages = index(("Figures", "Revenue passed a billion."), ("Roles", "It needs iam:PassRole."))
    assert keys("PassRole", pages) == keys("iam:PassRole", pages) == ["Roles"]
    assert keys("passed", pages) == ["Figures"]


def test_a_word_that_one_page_writes_as_one_finds_the_page_that_writes_two() -> None:
    pages = index(
        ("Images", "HEALTHCHECK is an instruction."),
        ("Pods", "type: LoadBalancer"),
        ("Balancers", "A load balancer makes a health check."),
    )
    assert keys("loadbalancer healthcheck", pages) == ["Balancers"]
    assert keys("healthcheck", pages) == ["Images"]


def test_the_words_of_a_name_find_it_as_well_after_those_who_have_the_words() -> None:
    pages = index(("Names", "s3:GetObject"), ("Things", "Get the object."))
    assert keys("get object", pages) == ["Things", "Names"]


def test_a_short_title_says_more_than_a_long_one_and_both_more_than_text() -> None:
    pages = index(
        ("Text", "A gateway, one more gateway, and a third gateway."),
        ("All about the gateway of a network with many parts", FILLER),
        ("The gateway", FILLER),
    )
    assert keys("gateway", pages) == [
        "The gateway",
        "All about the gateway of a network with many parts",
        "Text",
    ]


def test_words_side_by_side_in_a_title_come_before_the_same_words_apart() -> None:
    pages = index(("Groups for security", FILLER), ("Security groups", FILLER))
    assert keys("security group", pages)[0] == "Security groups"


def test_every_word_must_be_there() -> None:
    pages = index(("One", "letters lower"), ("Two", "letters paper"))
    assert keys("letters lower", pages) == ["One"]
    assert keys("lower paper", pages) == []


def test_where_no_page_has_all_words_most_of_them_are_enough_and_that_is_said() -> None:
    pages = index(("One", "letters lower case"), ("Two", "nothing"))
    found = ask("letters lower zebra", pages)
    assert [match.key for match in found.matches] == ["One"]
    assert found.is_partly
    assert not ask("letters lower", pages).is_partly


def test_a_mistyped_word_is_taken_for_the_nearest_and_that_is_said() -> None:
    pages = index(("Rules", "The security group."), ("Other", FILLER))
    found = ask("secuirty group", pages)
    assert [match.key for match in found.matches] == ["Rules"]
    assert found.guessed == {"secuirty": "security"}


def test_a_word_that_is_known_is_not_taken_for_another() -> None:
    pages = index(("Form", "A form to fill."), ("Farm", "A farm to run."))
    assert keys("farm", pages) == ["Farm"]
    assert ask("farm", pages).guessed == {}


def test_a_known_word_is_taken_for_another_only_where_nothing_has_all() -> None:
    pages = index(("Form", "A form in green."), ("Farm", "A farm to run."))
    assert keys("green farm", pages) == ["Form"]


def test_two_words_written_as_one_find_both() -> None:
    pages = index(("Balancer", "A load balancer."), ("Load", "Load alone."))
    found = ask("loadbalancer", pages)
    assert [match.key for match in found.matches] == ["Balancer"]
    assert found.guessed == {"loadbalancer": "load balancer"}


def test_two_words_as_one_are_found_where_a_longer_name_begins_so_too() -> None:
    pages = index(("Lab", "Set HealthCheckPath to /health."), ("Health checks", "Each counts."))
    assert keys("healthcheck", pages) == ["Health checks", "Lab"]


def test_the_last_word_may_still_be_typed() -> None:
    pages = index(("Zones", "Made for availability."), ("Other", FILLER))
    assert keys("avail", pages) == ["Zones"]
    assert keys("avail other", pages) == []


def test_one_letter_is_no_beginning() -> None:
    assert keys("z", index(("Zones", "zebra"))) == []


def test_other_words_for_the_same_find_it_after_the_word_itself() -> None:
    same = (("NACL", "network ACL"),)
    pages = index(("One", "A network ACL here."), ("Two", "A NACL here."), same=same)
    assert keys("nacl", pages) == ["Two", "One"]
    assert set(keys("network acl", pages)) == {"One", "Two"}


def test_a_phrase_at_the_end_of_a_text_counts_once() -> None:
    same = (("S3", "bucket", "object storage of that kind"),)
    first = index(("One", "A bucket"), same=same)
    assert first.pages("s3") == index(("One", "Bucket a"), same=same).pages("s3")


def test_a_word_that_was_typed_twice_counts_twice() -> None:
    pages = index(("Task", "task task task role"), ("Role", "role role role task"), ("No", FILLER))
    assert keys("task task role", pages)[0] == "Task"
    assert keys("role task role", pages)[0] == "Role"


def test_several_courses_are_one_answer() -> None:
    first, second = index(("One", "A vault.")), index(("The vault", FILLER), ("Two", FILLER))
    assert keys("vault", first, second) == ["The vault", "One"]


def test_equals_stand_in_the_order_of_the_course_and_only_the_best_are_told() -> None:
    pages = index(*((str(number), "needle") for number in range(50)))
    assert [match.key for match in ask("needle", pages, most=3).matches] == ["0", "1", "2"]


def test_nothing_to_look_in_or_for_is_nothing_found() -> None:
    assert (
        keys("bucket") == keys("?!", index(("One", "bucket"))) == keys("bucket", Index("[]")) == []
    )
