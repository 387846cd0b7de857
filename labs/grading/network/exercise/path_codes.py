"""Finding codes of the kinds about ACLs, addresses and walks, and of those who look for flaws."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.network.exercise.codes import BASICS, GOOD_TO_KNOW, IPV4

ACL_CODES = {
    "nacl.packet-blocked": Code(
        "The ACL stops wanted traffic",
        "Rules are tried by number, lowest first; the first match decides, and the last rule "
        "denies everything else.",
        GOOD_TO_KNOW,
    ),
    "nacl.reply-blocked": Code(
        "The answer cannot get back",
        "Network ACLs are stateless: the answer is a packet of its own, to the client's ephemeral "
        "port (1024–65535), "
        "and needs a rule in the other direction.",
        GOOD_TO_KNOW,
    ),
    "nacl.packet-admitted": Code(
        "The ACL lets unwanted traffic in",
        "Give the deny rule a lower number than the allow rule that admits the packet.",
        GOOD_TO_KNOW,
    ),
    "nacl.same-traffic": Code(
        "Exactly the packets that are asked for",
        "The ACL decides every packet as the expected one does, however it is numbered.",
        GOOD_TO_KNOW,
    ),
    "nacl.too-wide": Code(
        "The ACL admits more than is asked for",
        "At least one packet passes that should not.",
        GOOD_TO_KNOW,
    ),
    "nacl.too-narrow": Code(
        "The ACL denies something that is asked for",
        "At least one packet is denied that should pass.",
        GOOD_TO_KNOW,
    ),
    "nacl.order": Code(
        "A rule comes too late",
        "A rule with a lower number has already decided the other way about every packet that this "
        "rule is about.",
        GOOD_TO_KNOW,
    ),
    "nacl.no-effect": Code(
        "A rule without effect",
        "Rules with lower numbers already decide every packet that this rule is about, the same "
        "way.",
        GOOD_TO_KNOW,
    ),
    "nacl.host-bits": Code(
        "The address has bits outside its block",
        "EC2 clears them: 203.0.113.5/24 is 203.0.113.0/24, 256 addresses. One single host is /32.",
        IPV4,
    ),
}

ADDRESSES = "private-vs-public-ip-ipv4"
ADDRESS_CODES = {
    "net.subnet-fits": Code(
        "The subnet fits", "It exists, lies in the VPC and is large enough.", IPV4
    ),
    "net.subnet-missing": Code(
        "A subnet is missing", "The plan asks for a subnet of this name.", IPV4
    ),
    "net.subnet-outside": Code(
        "A subnet lies outside the VPC",
        "A subnet's block is a part of one of the VPC's blocks.",
        IPV4,
    ),
    "net.subnet-size": Code(
        "A block of a size that AWS refuses", "VPCs and subnets go from /16 to /28.", IPV4
    ),
    "net.too-few-addresses": Code(
        "Too few addresses",
        "A block /n has 2^(32−n) addresses, and AWS keeps five in every subnet: the first four and "
        "the last.",
        IPV4,
    ),
    "net.overlap": Code(
        "Two subnets overlap",
        "Every address belongs to one subnet; blocks may touch, not overlap.",
        IPV4,
    ),
    "net.wrong-vpc": Code("Another VPC block", "The plan gives the VPC's block.", IPV4),
    "net.host-bits": Code(
        "The address has bits outside its block",
        "AWS clears them: 10.0.1.7/24 is 10.0.1.0/24. Write the first address of the block.",
        IPV4,
    ),
    "net.wrong-zone": Code(
        "Another availability zone",
        "The plan names the zone for this subnet.",
        "aws-availability-zones-azs",
    ),
    "net.not-spread": Code(
        "Everything in one zone",
        "Subnets of one tier belong in different availability zones: when one fails, the others go "
        "on.",
        "aws-availability-zones-azs",
    ),
    "net.not-public": Code(
        "The subnet is not public",
        "A subnet is public when its route table leads 0.0.0.0/0 to the internet gateway. The name "
        "changes nothing.",
        ADDRESSES,
    ),
    "net.not-private": Code(
        "The subnet is public",
        "A route to the internet gateway makes a subnet public: hosts with a public address can be "
        "reached.",
        ADDRESSES,
    ),
    "net.no-egress": Code(
        "No way out",
        "Hosts in a private subnet reach the internet through a NAT gateway, which itself stands "
        "in a public subnet.",
        "eks-diagram",
    ),
    "net.no-gateway": Code(
        "No such gateway",
        "A default route leads to the internet gateway or to a NAT gateway that the plan has.",
        "eks-diagram",
    ),
    "net.no-space-left": Code("The VPC is used up", "The plan keeps room for later subnets.", IPV4),
}

WALK_CODES = {
    "walk.predicted": Code("Predicted", "The packet ends where you said.", GOOD_TO_KNOW),
    "walk.not-answered": Code("No prediction", "Say for every packet where it ends.", GOOD_TO_KNOW),
    "walk.arrives": Code(
        "It does arrive", "Every rule on the way admits the packet and its answer.", BASICS
    ),
    "walk.stopped": Code(
        "It does not arrive",
        "Something on the way stops it; look at every hop in order.",
        GOOD_TO_KNOW,
    ),
    "walk.refused": Code(
        "Time-out and refused are different",
        "“Connection refused” comes from the host: the packet got through and nothing listens. "
        "Silence comes from a "
        "group, an ACL or a missing route.",
        GOOD_TO_KNOW,
    ),
    "walk.group-or-acl": Code(
        "Group and ACL mixed up",
        "Security groups stand at the host, are stateful and only allow. ACLs stand at the subnet, "
        "are stateless and "
        "ordered.",
        GOOD_TO_KNOW,
    ),
    "walk.way-back": Code(
        "The way back",
        "Groups remember a conversation; ACLs and route tables are asked again for the answer.",
        GOOD_TO_KNOW,
    ),
    "walk.other-place": Code(
        "It stops elsewhere",
        "Follow the packet hop by hop, the first that stops it counts.",
        GOOD_TO_KNOW,
    ),
}

FLAW_CODES = {
    "flaw.false-alarm": Code(
        "A line that is right was marked", "Not every unusual line is a mistake.", BASICS
    ),
}
