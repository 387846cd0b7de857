from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.grade import grade, read_answer
from labs.grading.kinds import KINDS

SOLUTION = """
inbound:
  - 90 deny all from 203.0.113.66/32
  - 100 allow tcp 443 from 0.0.0.0/0
outbound:
  - 100 allow tcp 1024-65535 to 0.0.0.0/0
"""
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
        "name": "The attacker",
        "protocol": "tcp",
        "port": 443,
        "source": "203.0.113.66",
        "expect": "deny",
    },
]


def report(text: str, **spec: object):
    table = {"packets": PACKETS, **spec}
    return grade(KINDS["network-acl"], table=table, files={"solution.json": SOLUTION}, text=text)


def failed(text: str, **spec: object) -> list[str]:
    return [finding.code for finding in report(text, **spec).findings if not finding.passed]


def entry(number: int, *, egress: bool = False, **changes: object) -> dict:
    made = {
        "RuleNumber": number,
        "RuleAction": "allow",
        "Egress": egress,
        "Protocol": "6",
        "CidrBlock": "0.0.0.0/0",
        "PortRange": {"From": 443, "To": 443},
    }
    return {key: value for key, value in {**made, **changes}.items() if value is not None}


def test_the_expected_list_scores_everything():
    assert (report(SOLUTION).percent, failed(SOLUTION)) == (100, [])


def test_other_numbers_and_the_json_form_score_the_same():
    entries = [
        entry(1, RuleAction="deny", Protocol="-1", CidrBlock="203.0.113.66/32", PortRange=None),
        entry(300),
        entry(7, egress=True, PortRange={"From": 1024, "To": 65535}),
        entry(32767, RuleAction="deny", Protocol="-1", PortRange=None),
    ]
    assert report(json.dumps({"Entries": entries})).percent == 100


def test_a_deny_that_comes_too_late_is_named():
    late = SOLUTION.replace("90 deny", "110 deny")
    assert failed(late) == ["nacl.packet-admitted", "nacl.too-wide", "nacl.too-narrow"][:2]
    finding = report(late).findings[1]
    assert finding.message == (
        "The attacker: TCP 443 (HTTPS) from 203.0.113.66 gets in; it should not. "
        "It is decided by rule 100 (allow TCP 443 (HTTPS) from 0.0.0.0/0)."
    )
    assert (finding.line, finding.column) == (4, 5)


def test_a_deny_behind_everything_is_out_of_order():
    shadowed = (
        "inbound:\n- 100 allow all from 0.0.0.0/0\n- 200 deny tcp 22 from 0.0.0.0/0\n- 300 "
        "allow tcp 80 from 10.0.0.0/8"
    )
    assert failed(shadowed, packets=[])[2:] == ["nacl.order", "nacl.no-effect"]


def test_a_forgotten_answer_is_named():
    silent = SOLUTION.partition("outbound")[0]
    assert failed(silent) == ["nacl.reply-blocked", "nacl.too-narrow"]
    assert report(silent).findings[0].message == (
        "A reader: TCP 443 (HTTPS) from 198.51.100.7 gets in, but the answer to port 50000 does "
        "not get out. It is decided by the last rule, which denies everything."
    )


def test_everything_open_is_too_wide():
    everything = "inbound:\n- 100 allow all from 0.0.0.0/0\noutbound:\n- 100 allow all to 0.0.0.0/0"
    assert failed(everything) == ["nacl.packet-admitted", "nacl.too-wide", "nacl.too-wide"]


def test_host_bits_are_advised():
    assert failed(SOLUTION.replace("0.0.0.0/0\noutbound", "1.2.3.4/0\noutbound")) == [
        "nacl.host-bits"
    ]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(100), entry(100)], "Rule number 100 is used twice"),
        ([entry(0)], "between 1 and 32766"),
        ([entry(1, RuleAction="block")], 'RuleAction is "allow" or "deny"'),
        ([entry(1, Egress="no")], "Egress is true (outbound)"),
        ([entry(1, PortRange={"From": 443, "To": 80})], "From 443 is above To 80"),
        ([entry(1, PortRange=None)], "PortRange is missing"),
        ([entry(1, Ipv6CidrBlock="::/0")], "one address block"),
        ([entry(1, Protocol="https")], "HTTPS is a service"),
        ([entry(1, Protocol="1")], "IcmpTypeCode is missing"),
        ([entry(1, SourceGroup="sg-1")], "does not know the key"),
    ],
)
def test_entries_that_ec2_would_refuse_are_unreadable(entries, words):
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["network-acl"], json.dumps(entries))
    assert words in caught.value.message
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("- allow tcp 80 from ::/0", "begins with its number"),
        ("- 100 allow tcp 80 from sg-web", "names one address block"),
        ("- 100 permit tcp 80 from ::/0", 'RuleAction is "allow" or "deny"'),
    ],
)
def test_lines_that_cannot_be_read_name_the_place(line, words):
    with pytest.raises(AnswerError) as caught:
        read_answer(KINDS["network-acl"], f"inbound:\n  {line}")
    assert words in caught.value.message
    assert caught.value.line == 2
