"""What the labs on user data promise beyond being fair."""

from __future__ import annotations

import pytest

from labs.grading.first_boot.running.boot import boot
from labs.grading.first_boot.shell.reading import read_script
from labs.grading.first_boot.system.identity import STOCK_IDENTITY
from labs.source import LabSource
from tests.labs.shipped import shipped_labs, shipped_labs_of

LABS = shipped_labs_of("user-data")
each_lab = pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.slug)


def test_user_data_and_the_first_web_server_have_a_lab_each() -> None:
    assert {lab.sections[0] for lab in LABS} == {
        "how-user-data-runs",
        "running-my-first-web-server-on-an-ec2-instance-demo",
        "what-an-instance-knows-of-itself",
    }


@each_lab
def test_the_brief_says_that_nothing_is_executed_and_what_is_not_modelled(lab: LabSource) -> None:
    assert all("Nothing is executed" in variant.brief for variant in lab.variants)
    assert all("costs no attempt" in variant.brief for variant in lab.variants)


@each_lab
def test_two_machines_show_who_wrote_a_name_down(lab: LabSource) -> None:
    machines = lab.variants[0].table["machines"]
    assert len({one["address"] for one in machines}) >= 2


@each_lab
def test_the_lab_has_wrong_answers_variants_and_hints(lab: LabSource) -> None:
    assert len(lab.wrong) >= 8
    assert len(lab.variants) >= 2
    assert len(lab.variants[0].hints) >= 3


def test_the_lines_that_do_nothing_are_those_that_go_wrong_on_the_machine() -> None:
    """But for the one that works and writes what nobody wants."""
    catalog = shipped_labs()
    lab = next(one for one in catalog if one.slug == "lines-that-do-nothing")
    for variant in lab.variants:
        lines = variant.table["lines"]
        found = boot(read_script("\n".join(line["text"] for line in lines)), STOCK_IDENTITY, ())
        troubles = {one.at[0]: f"userdata.{one.code}" for one in found.trace.troubles}
        flaws = {number: line["flaw"] for number, line in enumerate(lines, 1) if "flaw" in line}
        assert troubles.pop(4) == "userdata.sudo"
        assert flaws.pop(7) == "userdata.literal"
        assert troubles == flaws
