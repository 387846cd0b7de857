"""What each finding code means."""

from __future__ import annotations

from labs.grading.kind import Code
from labs.grading.said import say

LOSS, MAJORITY = "when-a-zone-is-lost", "more-than-half"
VOLUMES, NODES = "a-volume-and-its-zone", "one-node-in-each-zone"
ADDRESSES = "moving-an-address"

TIER_CODES = {
    "placement.left": Code(
        say("Enough is left"), say("Whatever is lost, the rest does the work."), LOSS
    ),
    "placement.not-placed": Code(
        say("Nothing is placed yet"), say("Say in which zones it stands."), LOSS
    ),
    "placement.too-few": Code(
        say("Too few instances are left"),
        say(
            "What stands in a zone is lost with it. The other zones together must have all that "
            "is needed."
        ),
        LOSS,
    ),
    "placement.no-mount-target": Code(
        say("No mount target in the instance’s zone"),
        say(
            "The name of an EFS file system leads to the mount target of the instance’s own zone. "
            "By the address of one in another zone it works, but that traffic is charged, and ends "
            "when the other zone is lost."
        ),
        LOSS,
    ),
    "placement.not-enabled": Code(
        say("The load balancer does not send there"),
        say("A load balancer sends requests only to targets in the zones that are enabled for it."),
        LOSS,
    ),
    "placement.uneven-zones": Code(
        say("Every zone gets the same share"),
        say(
            "Without cross-zone load balancing each address gets the same share of the clients, "
            "however many targets stand behind it. The zone with the fewest decides."
        ),
        NODES,
    ),
    "placement.no-majority": Code(
        say("No majority is left"),
        say(
            "More than half of all members must be left, those that are lost counted with them. "
            "In three zones no zone may hold half of them."
        ),
        MAJORITY,
    ),
    "placement.majority-in-one-zone": Code(
        say("Two zones have no safe majority"),
        say(
            "Of two zones one always holds half of the members or more. When it is lost, the "
            "others are no majority. A third zone is needed."
        ),
        MAJORITY,
    ),
}
WAY_CODES = {
    "placement.no-standby": Code(
        say("Nobody takes over"),
        say("Without a standby the database is gone with the zone of its primary."),
        LOSS,
    ),
    "placement.pair-in-one-zone": Code(
        say("Primary and standby in one zone"),
        say(
            "Both are lost together. RDS itself always puts the standby of a Multi-AZ database "
            "into another zone."
        ),
        LOSS,
    ),
    "placement.no-database": Code(
        say("No database is left"), say("Both zones of the pair are lost."), LOSS
    ),
    "placement.one-zone-enabled": Code(
        say("The way in has one zone only"),
        say(
            "An Application Load Balancer needs two zones or more. Any load balancer with one zone "
            "is lost with it."
        ),
        LOSS,
    ),
    "placement.no-way-in": Code(
        say("Nobody gets in"),
        say("No node of the load balancer is left that has a target to send requests to."),
        LOSS,
    ),
    "placement.no-address": Code(
        say("A node without a known address"),
        say(
            "A Network Load Balancer has a node, and an address, in each enabled zone. Clients who "
            "let only known addresses through reach none of the others."
        ),
        NODES,
    ),
    "placement.address-dead": Code(
        say("The address leads nowhere"),
        say("An Elastic IP stays with a dead instance until it is given to another one."),
        ADDRESSES,
    ),
}
VOLUME_CODES = {
    "placement.volume-used": Code(
        say("The instance has its data"),
        say("It stands in the zone of a volume that is attached to it."),
        VOLUMES,
    ),
    "placement.instance-not-placed": Code(
        say("The instance has no zone"), say("Say in which zone it stands."), VOLUMES
    ),
    "placement.instance-elsewhere": Code(
        say("The instance stands in another zone"),
        say("The task says in which zone it has to stand."),
        VOLUMES,
    ),
    "placement.no-volume": Code(
        say("No volume with the data"),
        say("A volume that holds the data must be attached to the instance."),
        VOLUMES,
    ),
    "placement.volume-in-another-zone": Code(
        say("The volume stands in another zone"),
        say(
            "A volume can be attached to instances of its own zone only. For another zone, create "
            "a volume there from a snapshot."
        ),
        VOLUMES,
    ),
    "placement.volume-not-placed": Code(
        say("The new volume has no zone"),
        say("A volume is created in one zone; a snapshot belongs to the whole Region."),
        VOLUMES,
    ),
    "placement.stale-snapshot": Code(
        say("The snapshot is too old"),
        say("A snapshot holds what was on the volume when it was made, and nothing later."),
        VOLUMES,
    ),
    "placement.data-lost": Code(
        say("The data is lost with its zone"),
        say(
            "A volume is kept within one zone. A snapshot is kept in the Region, and survives the "
            "zone."
        ),
        VOLUMES,
    ),
    "placement.kept": Code(
        say("The data survives"), say("A snapshot, or a volume in another zone, holds it."), VOLUMES
    ),
    "placement.volume-moved": Code(
        say("A volume does not move"),
        say("What is there already stays in its zone. Make a snapshot, and a new volume from it."),
        VOLUMES,
    ),
    "placement.snapshot-attached": Code(
        say("A snapshot is no volume"),
        say("Nothing can be attached but a volume. Make a volume from the snapshot first."),
        VOLUMES,
    ),
    "placement.from-a-volume": Code(
        say("From a volume, without a snapshot"),
        say("A volume is made from a snapshot. Make a snapshot of the other volume first."),
        VOLUMES,
    ),
    "placement.attached-twice": Code(
        say("One volume for two instances"),
        say("A volume is attached to one instance at a time, apart from Multi-Attach."),
        VOLUMES,
    ),
}
LIMIT_CODES = {
    "placement.too-many": Code(
        say("More instances than there are"), say("The task says how many there are."), LOSS
    ),
    "placement.over-budget": Code(
        say("Over the budget"),
        say(
            "Spare instances wait for a lost zone. Over three zones half as many spare ones are "
            "needed as over two."
        ),
        MAJORITY,
    ),
    "placement.not-yet": Code(
        say("Little, but it does not work yet"),
        say("Limits count once everything works on an ordinary day."),
        LOSS,
    ),
    "placement.within": Code(say("Within the limit"), say("It costs no more than it may."), LOSS),
}
READING_CODES = {
    "placement.unknown-name": Code(
        say("A name that is not asked for"), say("Use the names that the task gives."), LOSS
    ),
    "placement.unknown-zone": Code(
        say("A zone that is not there"), say("Use the zones that the task gives."), LOSS
    ),
    "placement.no-number": Code(
        say("No number of instances"), say("Write a whole number for each zone."), LOSS
    ),
    "placement.no-role": Code(
        say("Neither primary nor standby"),
        say("A database has one primary, and one standby."),
        LOSS,
    ),
    "placement.unknown-address": Code(
        say("An address of nobody"), say("Use the addresses that the task gives."), NODES
    ),
    "placement.address-twice": Code(
        say("One address at two nodes"),
        say("An Elastic IP belongs to one node at a time."),
        NODES,
    ),
}
CODES: dict[str, Code] = {
    **TIER_CODES, **WAY_CODES, **VOLUME_CODES, **LIMIT_CODES, **READING_CODES,
}  # fmt: skip
