from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError, SpecError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS, security_group

OFFICE = "203.0.113.0/24"


def rule(protocol: str, port: int, *sources: str, to: int | None = None) -> dict:
    made: dict = {"IpProtocol": protocol, "FromPort": port, "ToPort": port if to is None else to}
    for source in sources:
        if source.startswith("sg-"):
            made.setdefault("UserIdGroupPairs", []).append({"GroupId": source})
        elif source.startswith("pl-"):
            made.setdefault("PrefixListIds", []).append({"PrefixListId": source})
        elif ":" in source:
            made.setdefault("Ipv6Ranges", []).append({"CidrIpv6": source})
        else:
            made.setdefault("IpRanges", []).append({"CidrIp": source})
    return made


WORLD = ("0.0.0.0/0", "::/0")
WEB = [rule("tcp", 80, *WORLD), rule("tcp", 443, *WORLD), rule("tcp", 22, OFFICE)]
PACKETS = [
    {
        "name": "A reader",
        "protocol": "tcp",
        "port": 443,
        "source": "198.51.100.7",
        "expect": "allow",
        "points": 2,
    },
    {
        "name": "The office",
        "protocol": "tcp",
        "port": 22,
        "source": "203.0.113.9",
        "expect": "allow",
    },
    {
        "name": "A stranger",
        "protocol": "tcp",
        "port": 22,
        "source": "198.51.100.7",
        "expect": "deny",
        "why": "Guessing.",
    },
]


def report(answer: object, solution: object = WEB, **spec: object):
    text = answer if isinstance(answer, str) else json.dumps(answer, indent=1)
    files = {"solution.json": json.dumps(solution)}
    return grade(
        KINDS["security-group"], table={"packets": PACKETS, **spec}, files=files, text=text
    )


def failed(answer: object, solution: object = WEB, **spec: object) -> list[str]:
    return [
        finding.code for finding in report(answer, solution, **spec).findings if not finding.passed
    ]


def advice(answer: object, solution: object = WEB, **spec: object) -> list[str]:
    return failed(answer, solution, **{"packets": [], **spec})[1:]


def test_the_expected_rules_score_everything_without_a_word():
    whole = report(WEB)
    assert (whole.percent, whole.passed) == (100, True)
    assert [finding.code for finding in whole.findings] == [
        "sg.packet-blocked",
        "sg.packet-blocked",
        "sg.packet-admitted",
        "sg.same-traffic",
    ]


def test_any_other_wording_scores_the_same():
    other = {
        "inbound": [
            rule("6", 443, "::/0", "128.0.0.0/1", "0.0.0.0/1"),
            rule("tcp", 22, OFFICE),
            rule("tcp", 80, *WORLD),
        ]
    }
    assert report(other).percent == 100


def test_the_readable_form_scores_the_same():
    lines = (
        "inbound:\n  - tcp 80 from 0.0.0.0/0, ::/0\n  - tcp 443 from 0.0.0.0/0, ::/0\n  - tcp "
        "22 from 203.0.113.0/24\n"
    )
    assert report(lines).percent == 100


def test_an_open_ssh_port_is_told_with_packet_counterexample_and_place():
    open_ssh = [*WEB[:2], rule("tcp", 22, "0.0.0.0/0")]
    packet, comparison, advised = [
        finding for finding in report(open_ssh).findings if not finding.passed
    ]
    assert packet.message == "A stranger: TCP 22 (SSH) from 198.51.100.7 gets in; it should not."
    assert (packet.code, packet.why, packet.points) == ("sg.packet-admitted", "Guessing.", 1)
    assert comparison.message == "TCP 22 (SSH) from 198.51.100.23 gets in; it should not."
    assert comparison.counterexample == {
        "direction": "in",
        "flow": {"protocol": "tcp", "port": 22, "source": "198.51.100.23"},
        "words": "TCP 22 (SSH) from 198.51.100.23",
        "answer": "allow",
        "expected": "deny",
    }
    assert (advised.code, advised.points) == ("sg.ssh-open", 0)
    text = json.dumps(open_ssh, indent=1).split("\n")
    for finding in (packet, comparison, advised):
        assert text[finding.line - 1][finding.column - 1 :] == '"0.0.0.0/0"'


def test_a_missing_rule_is_told_with_the_flow_that_is_kept_out():
    packet, comparison = [finding for finding in report(WEB[:2]).findings if not finding.passed]
    assert (
        packet.message == "The office: TCP 22 (SSH) from 203.0.113.9 is kept out; it should get in."
    )
    assert (comparison.code, comparison.message) == (
        "sg.too-narrow",
        "TCP 22 (SSH) from 203.0.113.77 is kept out; it should get in.",
    )


def test_wrong_both_ways_is_told_both_ways():
    both = report([*WEB[:2], rule("tcp", 22, "198.51.100.0/24")]).findings[3]
    assert both.message == (
        "TCP 22 (SSH) from 198.51.100.23 gets in; it should not. "
        "TCP 22 (SSH) from 203.0.113.77 is kept out; it should get in."
    )
    assert both.counterexample["also"]["words"] == "TCP 22 (SSH) from 203.0.113.77"


def test_an_empty_group_does_not_pass():
    assert [report(answer).passed for answer in ([], {}, {"inbound": []})] == [False, False, False]


def test_a_hidden_packet_counts_but_is_not_in_the_table():
    hidden = [*PACKETS[:2], {**PACKETS[2], "hidden": True}]
    whole = report([*WEB, rule("tcp", 22, "0.0.0.0/0")], packets=hidden)
    assert [row.name for row in whole.outcomes] == ["A reader", "The office"]
    assert whole.findings[2].hidden
    assert not whole.findings[2].passed


def test_rules_that_could_be_fewer_are_shown_simpler():
    halves = [*WEB[:2], rule("tcp", 22, "203.0.113.0/25", "203.0.113.128/25")]
    assert report(halves).extra["simplest"][0] == "tcp 22 from 203.0.113.0/24"
    assert report(WEB).extra["simplest"] is None


def test_outbound_is_everything_unless_it_is_written():
    only_https = {"inbound": WEB, "outbound": [rule("tcp", 443, "0.0.0.0/0")]}
    assert report(only_https, only_https).percent == 100
    assert failed(WEB, only_https) == ["sg.too-wide", "sg.all-traffic"]
    assert failed({"inbound": WEB, "outbound": []}, only_https) == [
        "sg.too-narrow",
        "sg.egress-removed",
    ]


def test_a_prefix_list_of_the_lab_is_its_addresses():
    lists = {"pl-office": [OFFICE]}
    named = [*WEB[:2], rule("tcp", 22, "pl-office")]
    assert report(named, prefix_lists=lists).percent == 100
    assert report(named).percent < 100


@pytest.mark.parametrize(
    ("learner", "codes"),
    [
        ([*WEB, rule("tcp", 3389, "0.0.0.0/0")], ["sg.rdp-open"]),
        ([*WEB, rule("tcp", 3306, "::/0")], ["sg.database-open"]),
        ([*WEB, rule("tcp", 8080, "0.0.0.0/0")], ["sg.risky-port-open"]),
        ([*WEB[:2], rule("tcp", 22, "0.0.0.0/1", "128.0.0.0/1")], ["sg.ssh-open"]),
        (
            [*WEB, {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "198.51.100.0/24"}]}],
            ["sg.all-traffic"],
        ),
        ([*WEB, rule("tcp", 100, "198.51.100.0/24", to=2000)], ["sg.range-too-wide"]),
        ([*WEB, rule("tcp", 1024, OFFICE, to=65535)], ["sg.return-traffic"]),
        ([rule("tcp", 443, *WORLD, to=80), WEB[2]], ["sg.range-reversed", "sg.range-reversed"]),
        ([WEB[0], rule("tcp", 8443, *WORLD), WEB[2]], ["sg.wrong-port", "sg.wrong-port"]),
        ([*WEB[:2], rule("udp", 22, OFFICE)], ["sg.wrong-protocol"]),
        ([*WEB[:2], rule("tcp", 22, "203.0.113.5/24")], []),
        ([WEB[0], rule("tcp", 443, "0.0.0.0/0"), WEB[2]], ["sg.ipv6-forgotten"]),
        ([WEB[0], rule("tcp", 443, "::/0"), WEB[2]], ["sg.ipv4-forgotten"]),
        ([*WEB, WEB[2]], []),
    ],
)
def test_a_typical_mistake_is_named_and_explained(learner, codes):
    assert advice(learner) == codes


def test_mistakes_that_change_nothing_are_still_advised():
    assert failed([*WEB[:2], rule("tcp", 22, "203.0.113.5/24")], packets=[]) == ["sg.host-bits"]
    assert failed([*WEB, WEB[2]], packets=[]) == ["sg.duplicate-rule"]
    assert failed([*WEB, rule("tcp", 22, "203.0.113.9/32")], packets=[]) == ["sg.contained-rule"]
    assert report([*WEB, WEB[2]]).percent == 100


def test_what_the_lab_asks_for_is_no_mistake():
    wide = [
        rule("tcp", 22, "0.0.0.0/0"),
        rule("tcp", 1024, "sg-lb", to=65535),
        rule("tcp", 3306, "0.0.0.0/0"),
    ]
    assert failed(wide, wide, packets=[]) == []


def test_host_bits_are_told_with_the_number_of_addresses():
    message = report([*WEB[:2], rule("tcp", 22, "203.0.113.5/24")]).findings[-1].message
    assert (
        message
        == "203.0.113.5/24 is read as 203.0.113.0/24: 256 addresses. One host is 203.0.113.5/32."
    )


DATABASE = [rule("tcp", 3306, "sg-web")]


@pytest.mark.parametrize(
    ("learner", "expected", "codes"),
    [
        ([rule("tcp", 3306, "198.51.100.20/32")], DATABASE, ["sg.address-for-group"]),
        ([rule("tcp", 3306, "sg-lb")], DATABASE, ["sg.wrong-group"]),
        ([], [rule("tcp", 2049, "sg-db")], ["sg.self-reference-forgotten"]),
        ({"outbound": DATABASE}, DATABASE, ["sg.wrong-direction"]),
        ([rule("icmp", 0, OFFICE, to=0)], [rule("icmp", 8, OFFICE, to=0)], ["sg.ping-code"]),
        ([rule("icmp", 8, OFFICE, to=8)], [rule("icmp", 8, OFFICE, to=0)], ["sg.ping-code"]),
        (
            [rule("udp", 53, OFFICE)],
            [rule("udp", 53, OFFICE), rule("tcp", 53, OFFICE)],
            ["sg.dns-needs-both"],
        ),
        (
            [rule("tcp", port, OFFICE) for port in range(100, 161)],
            [rule("tcp", 100, OFFICE, to=160)],
            None,
        ),
    ],
)
def test_mistakes_with_groups_ping_and_names(learner, expected, codes):
    spec = {"packets": [], "group": "sg-db"}
    if codes is None:
        assert failed(learner, expected, **spec) == ["sg.too-many-rules"]
    else:
        assert advice(learner, expected, **spec) == codes


def test_every_code_has_words_and_a_section():
    for code, meaning in security_group.CODES.items():
        assert code.startswith("sg.")
        assert meaning.title
        assert meaning.explanation
        assert meaning.section


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[{}]", (1, 2), "IpProtocol is missing"),
        ('{"inbound": [], "ingress": []}', (1, 17), "Unknown key “ingress”"),
        ('[{"IpProtocol": "tcp", "fromPort": 80}]', (1, 24), "Did you mean “FromPort”?"),
        (
            '[{"IpProtocol": "tcp", "FromPort": "80", "ToPort": 80}]',
            (1, 36),
            "FromPort is a whole number without quotes",
        ),
        (
            '[{"IpProtocol": "https"}]',
            (1, 17),
            'HTTPS is a service, not a protocol: it is "tcp" on port 443',
        ),
        ('[{"IpProtocol": "tcp", "FromPort": 80}]', (1, 2), "ToPort is missing"),
        (
            '[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 70000}]',
            (1, 50),
            "70000 is not a port",
        ),
        ('[{"IpProtocol": "icmp", "FromPort": -1, "ToPort": 4}]', (1, 51), "With ICMP type -1"),
        ('[{"IpProtocol": "icmp", "FromPort": 0, "ToPort": 65535}]', (1, 50), "ICMP has no ports"),
        ('[{"IpProtocol": "-1"}]', (1, 2), "This rule names no source"),
        (
            '[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "203.0.113.5"}]}]',
            (1, 47),
            "203.0.113.5/32",
        ),
        (
            '[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "::/0"}]}]',
            (1, 47),
            "it belongs in Ipv6Ranges as CidrIpv6",
        ),
        (
            '[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/33"}]}]',
            (1, 47),
            "/33 is too long",
        ),
        (
            '[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/255.0.0.0"}]}]',
            (1, 47),
            "is not a prefix length",
        ),
        ('[{"IpProtocol": "-1", "IpRanges": ["10.0.0.0/8"]}]', (1, 36), "Write an object here"),
        (
            '[{"IpProtocol": "-1", "UserIdGroupPairs": [{"UserId": "1"}]}]',
            (1, 44),
            "GroupId is missing",
        ),
        (
            '[{"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "sg-1"}]}]',
            (1, 58),
            "begin with pl-",
        ),
        ("inbound:\n  - tcp eighty from 10.0.0.0/8", (2, 9), "“eighty” is not a number"),
        ("inbound:\n  - tcp 80 from 10.0.0.0", (2, 17), "10.0.0.0/32"),
        ("  - tcp 80 from 10.0.0.0/8", (1, 3), "Say the direction first"),
        ("inbound:\n  - tcp 80", (2, 3), "names its source"),
        ("inbound:\n- icmp 8 from ::/0", (2, 8), "ICMP has no ports"),
        ("let the web in", (1, 1), "Expected “inbound:”"),
    ],
)
def test_an_unreadable_answer_names_the_place(text, place, words):
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["security-group"], text)
    assert (caught.value.line, caught.value.column) == place
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({"compare": 0, "packets": []}, "nothing is worth a point"),
        (
            {"packets": [{**PACKETS[0], "expected": "allow"}]},
            "spec.packets[1].expected: unknown key",
        ),
        (
            {"packets": [{**PACKETS[0], "source": "203.0.113.0/24"}]},
            "neither one address nor a group's id",
        ),
        ({"packets": [{**PACKETS[0], "port": 70000}]}, "port: is 70000, not 0 to 65535"),
        ({"expected": "other.json"}, "other.json is missing in the lab's folder"),
        ({"prefix_lists": {"pl-a": ["10.0.0.0"]}}, "spec.prefix_lists.pl-a"),
    ],
)
def test_a_wrong_spec_names_file_and_key(spec, words):
    with pytest.raises(SpecError) as caught:
        report(WEB, **spec)
    assert words in str(caught.value)
