"""Finding codes of the security group kinds: what each means,
and the section of the notes that teaches it."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

RULE = "the-parts-of-a-rule"
REFERENCES = "groups-as-sources"
PORTS = "ports-that-stay-closed"
CIDR = "cidr-blocks"

TRAFFIC_CODES = {
    "sg.packet-blocked": Code(
        say("Wanted traffic is blocked"),
        say(
            "A packet that has to get through meets no rule that admits it. Groups "
            "hold allow rules only: what no rule names is dropped without an answer, "
            "and the client sees a time-out."
        ),
        RULE,
    ),
    "sg.packet-admitted": Code(
        say("Unwanted traffic gets through"),
        say(
            "A packet that must stay out is admitted by a rule. Groups cannot deny: "
            "narrow the rule that admits it."
        ),
        RULE,
    ),
    "sg.same-traffic": Code(
        say("Exactly the traffic that is asked for"),
        say("The rules admit the same flows as the expected rules, however they are written."),
        RULE,
    ),
    "sg.too-wide": Code(
        say("More gets through than is asked for"),
        say(
            "At least one flow is admitted that the task does not ask for. Good "
            "practice is to keep groups as tight as possible."
        ),
        RULE,
    ),
    "sg.too-narrow": Code(
        say("Something that is asked for is missing"),
        say("At least one flow that the task asks for meets no rule."),
        RULE,
    ),
}

OPEN_CODES = {
    "sg.ssh-open": Code(
        say("SSH is open to the world"),
        say(
            "TCP 22 from every address invites password guessing within minutes. Name "
            "the addresses that need it. Checkers: AWS Config restricted-ssh, Security "
            "Hub EC2.13, Checkov CKV_AWS_24."
        ),
        PORTS,
    ),
    "sg.rdp-open": Code(
        say("Remote desktop is open to the world"),
        say(
            "TCP 3389 from every address is the favourite door of ransomware. Name the "
            "addresses that need it. Checkers: Security Hub EC2.14, Checkov CKV_AWS_25."
        ),
        PORTS,
    ),
    "sg.database-open": Code(
        say("A database port is open to the world"),
        say(
            "Databases talk to applications, not to the internet. Use the "
            "application's security group as the source. Checker: Security Hub EC2.19."
        ),
        PORTS,
    ),
    "sg.risky-port-open": Code(
        say("A risky port is open to the world"),
        say(
            "The port belongs to a service that is not made for the open internet. "
            "Checker: Security Hub EC2.19."
        ),
        PORTS,
    ),
    "sg.all-traffic": Code(
        say("A rule admits every protocol and port"),
        say(
            'Protocol "-1" ignores ports: the rule admits everything from its source. '
            "Name protocol and port."
        ),
        RULE,
    ),
    "sg.range-too-wide": Code(
        say("A port range is far too wide"),
        say(
            "Every port of the range is a door. Open the port that the service listens "
            "on, and only that."
        ),
        PORTS,
    ),
}

RULE_CODES = {
    "sg.range-reversed": Code(
        say("FromPort is above ToPort"),
        say(
            "FromPort and ToPort are the two ends of one range of destination ports, "
            "smaller first. They are not source and destination. EC2 refuses such a "
            "rule."
        ),
        RULE,
    ),
    "sg.wrong-port": Code(
        say("The right door has another number"),
        say(
            "The source and protocol are right, the port is another service's. Web: 80 "
            "is HTTP, 443 is HTTPS."
        ),
        PORTS,
    ),
    "sg.wrong-protocol": Code(
        say("The port is right, the protocol is not"),
        say("TCP 53 and UDP 53 are different doors. Web, SSH and databases use TCP."),
        PORTS,
    ),
    "sg.dns-needs-both": Code(
        say("DNS needs UDP and TCP"),
        say(
            "Most DNS answers travel over UDP 53; long ones and zone transfers use TCP "
            "53. Open both."
        ),
        PORTS,
    ),
    "sg.host-bits": Code(
        say("The address has bits outside its block"),
        say(
            "A prefix length below /32 (or /128) opens the whole block: 203.0.113.5/24 "
            "is 203.0.113.0/24, 256 addresses. One single host is /32."
        ),
        CIDR,
    ),
    "sg.ipv6-forgotten": Code(
        say("IPv6 is forgotten"),
        say(
            "0.0.0.0/0 is every IPv4 address and no IPv6 address. Clients that use "
            "IPv6 need a second rule with ::/0."
        ),
        CIDR,
    ),
    "sg.ipv4-forgotten": Code(
        say("IPv4 is forgotten"),
        say(
            "::/0 is every IPv6 address and no IPv4 address. Clients that use IPv4 "
            "need a second rule with 0.0.0.0/0."
        ),
        CIDR,
    ),
    "sg.return-traffic": Code(
        say("A rule for return traffic"),
        say(
            "Groups are stateful: the answer to an admitted request needs no rule of "
            "its own. Ephemeral ports are opened in network ACLs, which are stateless."
        ),
        RULE,
    ),
    "sg.address-for-group": Code(
        say("Addresses where a group belongs"),
        say(
            "Instances come and go and change their addresses. A rule that names the "
            "group keeps matching. Inside the VPC a packet carries its private "
            "address, so a public address never matches."
        ),
        REFERENCES,
    ),
    "sg.self-reference-forgotten": Code(
        say("Members of the group cannot talk to each other"),
        say(
            "Being in the same group admits nothing. A rule whose source is the group "
            "itself lets its members talk."
        ),
        REFERENCES,
    ),
    "sg.wrong-group": Code(
        say("The rule names another group"),
        say(
            "The source of a rule is the group of the hosts that *send*: the web "
            "tier's group in the database's rule."
        ),
        REFERENCES,
    ),
    "sg.wrong-direction": Code(
        say("The rule is in the wrong direction"),
        say(
            "Inbound rules admit conversations that others start; outbound rules those "
            "that the instance starts."
        ),
        RULE,
    ),
    "sg.ping-code": Code(
        say("This rule does not admit ping"),
        say(
            "For ICMP, FromPort is the type and ToPort the code. Ping arrives as type "
            "8 code 0 (echo request); type 0 is the reply, which needs no rule. For "
            "ICMPv6 the request is type 128."
        ),
        PORTS,
    ),
    "sg.egress-removed": Code(
        say("Nothing gets out any more"),
        say(
            "Without outbound rules the instance cannot start a conversation: no "
            "updates, no DNS, no calls to AWS."
        ),
        RULE,
    ),
    "sg.duplicate-rule": Code(
        say("The same rule twice"),
        say("EC2 clears host bits and then refuses the second rule (InvalidPermission.Duplicate)."),
        RULE,
    ),
    "sg.contained-rule": Code(
        say("A rule without effect"),
        say(
            "Other rules already admit everything that this one admits. It changes "
            "nothing, and counts towards the 60."
        ),
        RULE,
    ),
    "sg.too-many-rules": Code(
        say("More rules than a group may hold"),
        say(
            "A group holds 60 inbound and 60 outbound rules, counted for IPv4 and IPv6 "
            "separately; a rule that names a group or prefix list counts for both."
        ),
        RULE,
    ),
}

SECURITY_GROUP_CODES = {**TRAFFIC_CODES, **OPEN_CODES, **RULE_CODES}

GRAPH_CODES = {
    "sg.tied-to-addresses": Code(
        say("The rules are tied to today's addresses"),
        say(
            "Instances and load balancers are replaced and get new addresses. Rules "
            "that name groups follow them; rules that name addresses stay behind."
        ),
        REFERENCES,
    ),
    "sg.rule-on-other-group": Code(
        say("The rule is on another group"),
        say(
            "An inbound rule belongs to the group of the host that is called; its "
            "source is the group of the caller."
        ),
        REFERENCES,
    ),
    "sg.group-missing": Code(
        say("A group is missing"),
        say(
            "Every tier has a group of its own; hosts whose group has no rules can be "
            "reached by nobody."
        ),
        REFERENCES,
    ),
    "sg.unknown-group": Code(
        say("A group that does not exist here"),
        say(
            "A rule can only name groups of this VPC or of a peered one. Check the "
            "spelling of the id."
        ),
        REFERENCES,
    ),
}
