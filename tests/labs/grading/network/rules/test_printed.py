from __future__ import annotations

import json

import pytest

from labs.grading.errors import AnswerError
from labs.grading.network.exercise.acl_exercise import read_acl_answer
from labs.grading.network.rules.answers import read_group_answer, read_groups_answer

WEB = [{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
GROUP = {"GroupId": "sg-web", "VpcId": "vpc-1", "Tags": [], "IpPermissions": WEB}


def printed(*groups: object) -> str:
    return json.dumps({"SecurityGroups": list(groups)}, indent=1)


def test_one_printed_group_is_its_rules() -> None:
    alone = read_group_answer(json.dumps(WEB)).rules
    found = read_group_answer(printed(GROUP))
    assert [rule.low for rule in found.rules.inbound] == [rule.low for rule in alone.inbound]
    assert found.document.position(found.rules.inbound[0].path)[0] > 5


def test_printed_groups_go_by_their_ids() -> None:
    found = read_groups_answer(printed(GROUP, GROUP | {"GroupId": "sg-db"}))
    assert list(found.groups) == ["sg-web", "sg-db"]


def test_two_groups_are_no_answer_about_one() -> None:
    with pytest.raises(AnswerError, match="One is asked for here; 2 are given"):
        read_group_answer(printed(GROUP, GROUP))


@pytest.mark.parametrize("groups", ["sg-web", ["sg-web"], [{"VpcId": "vpc-1"}]])
def test_what_is_not_printed_so_is_refused(groups: object) -> None:
    with pytest.raises(AnswerError):
        read_groups_answer(json.dumps({"SecurityGroups": groups}))


def test_a_printed_acl_is_its_entries() -> None:
    entry = {
        "RuleNumber": 100,
        "Protocol": "-1",
        "RuleAction": "allow",
        "Egress": False,
        "CidrBlock": "0.0.0.0/0",
    }
    acl = {"NetworkAclId": "acl-1", "Associations": [], "Entries": [entry]}
    alone = read_acl_answer(json.dumps([entry])).acl
    assert alone.direction(True)[0].number == 100
    for printed in ({"NetworkAcls": [acl]}, {"NetworkAcl": acl}, acl):
        assert read_acl_answer(json.dumps(printed)).acl == alone


def test_what_is_printed_otherwise_is_refused_with_its_place() -> None:
    with pytest.raises(AnswerError, match="an object here") as caught:
        read_acl_answer('{"NetworkAcl": [1]}')
    assert (caught.value.line, caught.value.column) == (1, 16)


def flat(**more: object) -> dict[str, object]:
    row = {"SecurityGroupRuleId": "sgr-1", "GroupId": "sg-1", "IsEgress": False, "Tags": []}
    return row | {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80} | more


def test_rules_that_are_printed_one_by_one() -> None:
    rows = [
        flat(CidrIpv4="0.0.0.0/0"),
        flat(ReferencedGroupInfo={"GroupId": "sg-lb", "UserId": "111122223333"}),
        flat(IsEgress=True, IpProtocol="-1", FromPort=-1, ToPort=-1, CidrIpv6="::/0"),
    ]
    found = read_group_answer(json.dumps({"SecurityGroupRules": rows}, indent=1))
    same = {
        "inbound": [
            *WEB,
            {**WEB[0], "IpRanges": [], "UserIdGroupPairs": [{"GroupId": "sg-lb"}]},
        ],
        "outbound": [{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}],
    }
    expected = read_group_answer(json.dumps(same)).rules
    assert [one.source for one in found.rules.inbound] == [one.source for one in expected.inbound]
    assert found.rules.outbound is not None
    assert expected.outbound is not None
    assert found.rules.outbound[0].source == expected.outbound[0].source
    assert found.document.position(found.rules.inbound[1].path)[0] == 13


def test_a_rule_that_cannot_be_read_is_named_where_it_stands() -> None:
    with pytest.raises(AnswerError) as error:
        read_group_answer(json.dumps({"SecurityGroupRules": [flat()]}, indent=1))
    assert error.value.line == 3


def test_what_the_cli_takes_names_the_group_beside_the_rules() -> None:
    taken = read_group_answer(json.dumps({"GroupId": "sg-1", "IpPermissions": WEB}))
    assert taken.rules == read_group_answer(json.dumps({"IpPermissions": WEB})).rules
