"""Finding codes of the kinds about ACLs, addresses and walks, and of those who look for flaws."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.network.exercise.codes import CIDR, RULE
from labs.grading.said import say

ACLS = "network-acls"
SUBNETS = "subnets-of-a-vpc"
ROUTES = "routes-and-gateways"
WALK = "following-a-packet"

ACL_CODES = {
    "nacl.packet-blocked": Code(
        say("The ACL stops wanted traffic"),
        say(
            "Rules are tried by number, lowest first; the first match decides, and the "
            "last rule denies everything else."
        ),
        ACLS,
    ),
    "nacl.reply-blocked": Code(
        say("The answer cannot get back"),
        say(
            "Network ACLs are stateless: the answer is a packet of its own, to the "
            "client's ephemeral port (1024–65535), and needs a rule in the other "
            "direction."
        ),
        ACLS,
    ),
    "nacl.packet-admitted": Code(
        say("The ACL lets unwanted traffic in"),
        say("Give the deny rule a lower number than the allow rule that admits the packet."),
        ACLS,
    ),
    "nacl.same-traffic": Code(
        say("Exactly the packets that are asked for"),
        say("The ACL decides every packet as the expected one does, however it is numbered."),
        ACLS,
    ),
    "nacl.too-wide": Code(
        say("The ACL admits more than is asked for"),
        say("At least one packet passes that should not."),
        ACLS,
    ),
    "nacl.too-narrow": Code(
        say("The ACL denies something that is asked for"),
        say("At least one packet is denied that should pass."),
        ACLS,
    ),
    "nacl.order": Code(
        say("A rule comes too late"),
        say(
            "A rule with a lower number has already decided the other way about every "
            "packet that this rule is about."
        ),
        ACLS,
    ),
    "nacl.no-effect": Code(
        say("A rule without effect"),
        say(
            "Rules with lower numbers already decide every packet that this rule is "
            "about, the same way."
        ),
        ACLS,
    ),
    "nacl.host-bits": Code(
        say("The address has bits outside its block"),
        say(
            "EC2 clears them: 203.0.113.5/24 is 203.0.113.0/24, 256 addresses. One "
            "single host is /32."
        ),
        CIDR,
    ),
}

ADDRESS_CODES = {
    "net.subnet-fits": Code(
        say("The subnet fits"), say("It exists, lies in the VPC and is large enough."), SUBNETS
    ),
    "net.subnet-missing": Code(
        say("A subnet is missing"), say("The task asks for a subnet of this name."), SUBNETS
    ),
    "net.subnet-outside": Code(
        say("A subnet lies outside the VPC"),
        say("A subnet's block is a part of one of the VPC's blocks."),
        SUBNETS,
    ),
    "net.subnet-size": Code(
        say("A block of a size that AWS refuses"),
        say("VPCs and subnets go from /16 to /28."),
        SUBNETS,
    ),
    "net.too-few-addresses": Code(
        say("Too few addresses"),
        say(
            "A block /n has 2^(32−n) addresses, and AWS keeps five in every subnet: "
            "the first four and the last."
        ),
        SUBNETS,
    ),
    "net.overlap": Code(
        say("Two subnets overlap"),
        say("Every address belongs to one subnet; blocks may touch, not overlap."),
        SUBNETS,
    ),
    "net.wrong-vpc": Code(
        say("Another VPC block"), say("The task gives the block of the VPC."), SUBNETS
    ),
    "net.host-bits": Code(
        say("The address has bits outside its block"),
        say("AWS clears them: 10.0.1.7/24 is 10.0.1.0/24. Write the first address of the block."),
        CIDR,
    ),
    "net.wrong-zone": Code(
        say("Another Availability Zone"),
        say("The task names the Availability Zone of this subnet."),
        SUBNETS,
    ),
    "net.not-spread": Code(
        say("Everything in one zone"),
        say(
            "Subnets of one tier belong in different availability zones: when one "
            "fails, the others go on."
        ),
        SUBNETS,
    ),
    "net.not-public": Code(
        say("The subnet is not public"),
        say(
            "A subnet is public when its route table leads 0.0.0.0/0 to the internet "
            "gateway. The name changes nothing."
        ),
        ROUTES,
    ),
    "net.not-private": Code(
        say("The subnet is public"),
        say(
            "A route to the internet gateway makes a subnet public: hosts with a "
            "public address can be reached."
        ),
        ROUTES,
    ),
    "net.no-egress": Code(
        say("No way out"),
        say(
            "Hosts in a private subnet reach the internet through a NAT gateway, which "
            "itself stands in a public subnet."
        ),
        ROUTES,
    ),
    "net.no-gateway": Code(
        say("No such gateway"),
        say("A default route leads to the internet gateway or to a NAT gateway that the plan has."),
        ROUTES,
    ),
    "net.no-space-left": Code(
        say("The VPC is used up"), say("The task wants room for later subnets."), SUBNETS
    ),
}

WALK_CODES = {
    "walk.predicted": Code(say("Predicted"), say("The packet ends where you said."), WALK),
    "walk.not-answered": Code(
        say("No prediction"), say("Say for every packet where it ends."), WALK
    ),
    "walk.arrives": Code(
        say("It does arrive"),
        say("Every rule on the way admits the packet and its answer."),
        WALK,
    ),
    "walk.stopped": Code(
        say("It does not arrive"),
        say("Something on the way stops it; look at every hop in order."),
        WALK,
    ),
    "walk.refused": Code(
        say("Time-out and refused are different"),
        say(
            "“Connection refused” comes from the host: the packet got through and "
            "nothing listens. Silence comes from a group, an ACL or a missing route."
        ),
        WALK,
    ),
    "walk.group-or-acl": Code(
        say("Group and ACL mixed up"),
        say(
            "Security groups sit at the host, are stateful and only allow. ACLs "
            "sit at the subnet, are stateless and ordered."
        ),
        ACLS,
    ),
    "walk.way-back": Code(
        say("The way back"),
        say(
            "Groups remember a conversation; ACLs and route tables are asked again for the answer."
        ),
        WALK,
    ),
    "walk.other-place": Code(
        say("It stops elsewhere"),
        say("Follow the packet hop by hop; the first that stops it counts."),
        WALK,
    ),
}

FLAW_CODES = {
    "flaw.false-alarm": Code(
        say("A line that is right was marked"), say("Not every unusual line is a mistake."), RULE
    ),
}
