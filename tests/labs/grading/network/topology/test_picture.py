from __future__ import annotations

import json
from xml.etree import ElementTree

from labs.grading.network.topology.journey import Probe
from labs.grading.network.topology.picture import draw, drawing_of
from labs.grading.network.topology.story import walk_json
from labs.grading.network.topology.walk import walk
from tests.labs.grading.network.small_network import NETWORK, OFFICE, network

SVG = "{http://www.w3.org/2000/svg}"


def picture(probe: Probe, **changes) -> ElementTree.Element:
    made = network(**changes)
    plain = json.loads(json.dumps([drawing_of(made), walk_json(made, walk(made, probe))]))
    return ElementTree.fromstring(draw(*plain))


def of_class(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in svg.iter() if element.get("class") == name]


def test_every_hop_is_a_numbered_mark():
    svg = picture(Probe(OFFICE, "lb", "tcp", 443))
    assert [mark.text for mark in of_class(svg, "walk-number")] == [
        str(number) for number in range(1, 16)
    ]
    assert (len(of_class(svg, "walk-hop")), len(of_class(svg, "walk-stop"))) == (15, 0)


def test_the_stop_has_a_shape_of_its_own_and_the_answer_is_dashed():
    svg = picture(Probe(OFFICE, "lb", "tcp", 443, client_port=900))
    assert len(of_class(svg, "walk-stop")) == 1
    assert {line.get("stroke-dasharray") for line in of_class(svg, "walk-path-back")} == {"4 4"}


def test_title_and_description_tell_the_story():
    svg = picture(Probe("bastion", "web", "tcp", 22))
    assert svg.find(f"{SVG}title").text == "TCP 22 (SSH) from bastion to web."
    assert svg.find(f"{SVG}desc").text.endswith("“connection refused”.")
    assert svg.get("aria-labelledby") == "walk-title walk-desc"


def test_the_marks_stay_inside_the_picture():
    svg = picture(Probe("bastion", "lb", "tcp", 443, public=True))
    _x, _y, width, height = map(int, svg.get("viewBox").split())
    for mark in of_class(svg, "walk-hop"):
        assert 0 < float(mark.get("cx")) < width
        assert 0 < float(mark.get("cy")) < height


def test_a_network_without_a_walk_is_drawn_too():
    svg = ElementTree.fromstring(draw(drawing_of(network())))
    assert svg.find(f"{SVG}title").text == "The network"


def test_names_are_escaped_and_nothing_is_inline():
    evil = '<script>alert("1")</script>'
    hosts = [{**NETWORK["hosts"][0], "name": evil}]
    drawn = draw(drawing_of(network(hosts=hosts, balancers=[])), name='"><b>')
    assert "<script" not in drawn
    assert "<b>" not in drawn
    assert " style=" not in drawn
    ElementTree.fromstring(drawn)
