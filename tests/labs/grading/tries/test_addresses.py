"""Blocks, the subnets of a VPC, and routes."""

from __future__ import annotations

import pytest

from labs.grading.errors import SpecError
from labs.grading.tries import block, route, subnets
from labs.grading.tries.kind import FieldError, Mark, Tone, TryAnswer

ROUTES = "10.0.0.0/16 local\n0.0.0.0/0 igw  # the rest\n\n10.0.4.0/24 nat-a\n"


def plan(*subnet_lines: str, vpc: str = "10.0.0.0/24") -> TryAnswer:
    lines = [f"vpc {vpc}", *(f"subnet {line}" for line in subnet_lines)]
    return subnets.answer({"plan": "\n".join(lines)})


# --- A block --------------------------------------------------------------------------------------


def test_a_subnet_leaves_all_but_five_addresses():
    answer = block.answer({"block": "10.0.1.64/26"})
    assert answer.words == "10.0.1.64/26 has 64 addresses; as a subnet it leaves 59 for machines."
    assert dict(answer.facts) == {
        "All addresses": "10.0.1.64 – 10.0.1.127",
        "Fixed bits, free bits": "26 + 6",
        "10.0.1.64": "the network itself",
        "10.0.1.65": "the router of the VPC",
        "10.0.1.66": "DNS",
        "10.0.1.67": "kept by AWS for later",
        "10.0.1.127": "the last one, kept as well: there is no broadcast",
        "For machines": "10.0.1.68 – 10.0.1.126",
    }


@pytest.mark.parametrize("prefix", ["/32", "/29", "/15", "/0"])
def test_what_is_no_size_for_a_subnet_keeps_nothing_back(prefix):
    answer = block.answer({"block": f"0.0.0.0{prefix}"})
    assert len(answer.facts) == 2
    assert answer.notes == ("AWS takes no subnet of this size: it has to lie between /16 and /28.",)


@pytest.mark.parametrize(
    ("address", "tone"),
    [("10.0.1.63", Tone.NO), ("10.0.1.64", Tone.YES), ("10.0.1.127", Tone.YES),
     ("10.0.1.128", Tone.NO)],
)  # fmt: skip
def test_an_address_is_in_the_block_or_not(address, tone):
    assert block.answer({"block": "10.0.1.64/26", "address": address}).tone is tone


def test_bits_behind_the_prefix_do_not_count():
    answer = block.answer({"block": "10.0.1.130/26"})
    assert answer.notes == (
        "You wrote 10.0.1.130/26: the bits behind the /26 do not count, so it is 10.0.1.128/26.",
    )


@pytest.mark.parametrize("text", ["10.0.0.0", "10.0.0.0/33", "10.0.0/8", "::/0", "", "10.0.0.0/٣"])
def test_what_is_no_block_is_said_in_words(text):
    with pytest.raises(FieldError):
        block.answer({"block": text})


def test_what_is_no_address_is_said_in_words():
    with pytest.raises(FieldError, match="not one IPv4 address"):
        block.answer({"block": "10.0.0.0/24", "address": "::1"})


# --- Subnets --------------------------------------------------------------------------------------


def test_what_is_left_are_the_fewest_blocks_between_the_subnets():
    answer = plan("db 10.0.0.128/28", "web 10.0.0.0/26")
    assert answer.words == (
        "176 addresses of 10.0.0.0/24 are left: "
        "10.0.0.64/26, 10.0.0.144/28, 10.0.0.160/27 and 10.0.0.192/26."
    )


def test_nothing_is_left_of_a_vpc_that_is_cut_in_two():
    answer = plan("a 10.0.0.0/25", "b 10.0.0.128/25")
    assert answer.words == "Nothing of 10.0.0.0/24 is left."


def test_many_small_parts_are_told_by_the_first_of_them():
    lines = [f"s{number} 10.0.{number}.0/28" for number in range(10)]
    assert plan(*lines, vpc="10.0.0.0/16").words.endswith(" and smaller parts.")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("b 10.0.0.32/28", "It overlaps a."),
        ("b 10.0.1.0/26", "It does not lie in 10.0.0.0/24."),
        ("b 10.0.0.240/29", "AWS takes no subnet of this size: "
                            "it has to lie between /16 and /28."),
    ],
)  # fmt: skip
def test_a_subnet_that_aws_refuses_says_why(line, why):
    answer = plan("a 10.0.0.0/26", line)
    assert answer.tone is Tone.NO
    assert answer.tables[0].rows[1].why == why


def test_aws_clears_the_bits_behind_the_prefix():
    answer = plan("a 10.0.0.70/26")
    assert answer.tone is Tone.INFO
    assert answer.tables[0].rows[0].why.startswith("AWS makes 10.0.0.64/26 of 10.0.0.70/26.")


def test_a_plan_has_so_many_subnets_and_no_more():
    with pytest.raises(FieldError, match="More than 30 subnets"):
        plan(*(f"s{number} 10.0.0.0/28" for number in range(31)))


def test_a_line_that_cannot_be_read_is_named():
    with pytest.raises(FieldError) as error:
        subnets.answer({"plan": "vpc 10.0.0.0/24\nsubnett a 10.0.0.0/26"})
    assert (error.value.field, error.value.line) == ("plan", 2)


# --- Routes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words", "marks"),
    [
        ("10.0.4.9", "10.0.4.9 goes to nat-a, by 10.0.4.0/24.", "matches matches decides"),
        ("10.0.5.9", "10.0.5.9 goes to local, by 10.0.0.0/16.", "decides matches passes-by"),
        ("192.0.2.1", "192.0.2.1 goes to igw, by 0.0.0.0/0.", "passes-by decides passes-by"),
    ],
)
def test_the_longest_prefix_that_holds_the_address_wins(address, words, marks):
    answer = route.answer({"routes": ROUTES, "destination": address})
    assert answer.words == words
    assert " ".join(row.mark for row in answer.tables[0].rows) == marks


def test_without_a_route_the_packet_is_dropped():
    answer = route.answer({"routes": "10.0.0.0/16 local", "destination": "192.0.2.1"})
    assert (answer.tone, answer.words) == (
        Tone.NO,
        "No route leads to 192.0.2.1: the packet is dropped.",
    )


@pytest.mark.parametrize(
    ("routes", "place", "words"),
    [
        ("10.0.0.0/16 local\n0.0.0.0/0", (2, 1), "A route is a block and a target"),
        ("  10.0.0.0/99 local", (1, 3), "/99 is too long"),
        ("10.0.0.0/16 a\n10.0.9.0/16 b", (2, 1), "10.0.0.0/16 is here twice."),
        ("\n".join(f"10.0.{n}.0/24 x" for n in range(51)), (51, 1), "More than 50 routes."),
    ],
)
def test_a_route_that_cannot_be_read_is_named_by_line(routes, place, words):
    with pytest.raises(FieldError) as error:
        route.answer({"routes": routes, "destination": "10.0.0.1"})
    assert words in error.value.message
    assert (error.value.line, error.value.column) == place


@pytest.mark.parametrize("kind", [block, route, subnets])
def test_fields_that_do_not_fit_are_the_authors_mistake(kind):
    with pytest.raises(SpecError):
        kind.fields(frozenset({"colour"}))


def test_marks_are_what_a_subnet_is_to_the_plan():
    marks = [row.mark for row in plan("a 10.0.0.0/26", "b 10.0.1.0/26").tables[0].rows]
    assert marks == [Mark.MATCHES, Mark.PASSES_BY]
