"""Who a machine is: what differs between two instances of one script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identity:
    instance_id: str
    zone: str  # eu-west-1a
    address: str  # its private IPv4 address

    @property
    def region(self) -> str:
        return self.zone[:-1]

    @property
    def host_name(self) -> str:
        """*Amazon EC2 instance hostname types*: the IP name, with the Region's domain."""
        dashed = self.address.replace(".", "-")
        domain = "ec2" if self.region == "us-east-1" else f"{self.region}.compute"
        return f"ip-{dashed}.{domain}.internal"

    @property
    def facts(self) -> Mapping[str, str]:
        """What a lab can ask for in a page, by name."""
        return {
            "host name": self.host_name,
            "instance id": self.instance_id,
            "zone": self.zone,
            "private address": self.address,
        }


STOCK_IDENTITY = Identity("i-0123456789abcdef0", "eu-west-1a", "10.0.1.17")
