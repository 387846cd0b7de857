"""What is sent through a network, and what comes of it: the probe, its hops,
and the walk they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from labs.grading.network.rules.acl import AclRule
from labs.grading.network.rules.protocols import ICMP, PING_REPLY, WITH_PORTS
from labs.grading.network.rules.rule import Rule
from labs.grading.network.topology.network import Route

ANSWERED, REFUSED, TIMEOUT = "answered", "refused", "timeout"
# Where a packet can be stopped; the answer's stages begin with "reply-".
STAGES = (
    "address",
    "group-out",
    "acl-out",
    "route",
    "gateway",
    "acl-in",
    "group-in",
    "service",
    "reply-acl-out",
    "reply-route",
    "reply-acl-in",
)
CLIENT_PORT = 50000  # within every system's ephemeral range


@dataclass(frozen=True, slots=True)
class Probe:
    """A packet to send. `source` and `target` are host names or addresses;
    `public` means the target's public address."""

    source: str
    target: str
    protocol: str = "tcp"
    port: int = 0
    public: bool = False
    client_port: int = CLIENT_PORT

    @property
    def answer_port(self) -> int:
        """What the answer carries in its port's place: the client's port, or ping's reply."""
        if self.protocol in ICMP:
            return PING_REPLY[self.protocol] * 256
        return self.client_port if self.protocol in WITH_PORTS else 0


@dataclass(frozen=True, slots=True)
class Hop:
    """One thing that looked at the packet. `at` is the host, subnet or gateway;
    `cause` what decided, None = no rule."""

    stage: str
    at: str
    passed: bool
    cause: Rule | AclRule | Route | str | None
    sender: str
    receiver: str
    port: int


@dataclass(slots=True)
class Walk:
    """All hops. The last one that did not pass decides: a refusal may itself be lost on its way
    back."""

    probe: Probe
    hops: list[Hop] = field(default_factory=list)

    @property
    def stopped(self) -> Hop | None:
        return next((hop for hop in reversed(self.hops) if not hop.passed), None)

    @property
    def outcome(self) -> str:
        """`answered`, `refused` (the host was reached, nothing listens) or `timeout` (silence)."""
        stopped = self.stopped
        if stopped is None:
            return ANSWERED
        return REFUSED if stopped.stage == "service" else TIMEOUT

    @property
    def reaches_host(self) -> bool:
        """Where nothing listens yet the door is open all the same."""
        return self.outcome in (ANSWERED, REFUSED)

    @property
    def stage(self) -> str:
        """The stage that stopped it, or `answered`."""
        return ANSWERED if self.stopped is None else self.stopped.stage
