"""A network and a packet's walk through it as one SVG, drawn by the server from plain data.

`drawing_of(network)` and `story.walk_json(network, walk)` are JSON and may be stored; `draw` makes
the picture from them. Every hop is a numbered mark; the numbers are those of the story, which says
everything in text. Colours come from the page: `currentColor`, its custom properties (--surface,
--bad, --bad-soft), and for a style sheet the classes walk-picture, walk-vpc, walk-subnet,
walk-host, walk-path, walk-path-back, walk-hop, walk-stop, walk-number, walk-text.
All text is escaped; there is no inline style.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from labs.grading.network.topology.network import INTERNET_GATEWAY, Host, Network, Subnet
from labs.grading.said import joined, say

WIDTH, MARGIN = 400, 8
LINE, MARK = 16, 20  # height of a line of text, width of a numbered mark
LONGEST = 34  # characters of a label
Translate = Callable[[str], str]


def drawing_of(network: Network) -> dict[str, object]:
    """What the picture needs of a network, as JSON: subnets in order with their hosts and
    gateways."""
    return {
        "vpc": ", ".join(block.name for block in network.blocks),
        "gateway": network.internet_gateway,
        "subnets": [subnet_drawing(network, subnet) for subnet in network.subnets.values()],
    }


def subnet_drawing(network: Network, subnet: Subnet) -> dict[str, object]:
    routes = network.routes.get(subnet.routes, ())
    nats = [
        {"name": nat.name, "lines": [say("NAT gateway"), nat.public]}
        for nat in network.nats.values()
        if nat.subnet == subnet.name
    ]
    hosts = [host_drawing(host) for host in network.hosts.values() if host.subnet == subnet.name]
    return {
        "name": subnet.name,
        "blocks": ", ".join(block.name for block in subnet.blocks),
        "zone": subnet.zone,
        "public": any(route.via == INTERNET_GATEWAY for route in routes),
        "hosts": hosts + nats,
    }


def host_drawing(host: Host) -> dict[str, object]:
    addresses = " / ".join(address for address in (host.private, host.public, host.ipv6) if address)
    kind = [say("load balancer")] if host.listeners else []
    return {"name": host.name, "lines": [*kind, addresses, ", ".join(host.groups)]}


@dataclass(slots=True)
class Canvas:
    """Collected SVG elements, and where the marks of each place go (a row,
    filled from the right)."""

    shapes: list[str] = field(default_factory=list)
    rows: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    used: dict[tuple[str, str], int] = field(default_factory=dict)
    in_language: Translate = str

    def box(self, kind: str, x: int, y: int, width: int, height: int) -> None:
        self.shapes.append(
            f'<rect class="walk-{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="6" '
            'fill="none" stroke="currentColor" stroke-opacity="0.45"/>'
        )

    def text(self, x: int, y: int, text: str, *, bold: bool = False) -> None:
        weight = ' font-weight="600"' if bold else ""
        self.shapes.append(
            f'<text class="walk-text" x="{x}" y="{y}" '
            f'fill="currentColor"{weight}>{label(self.in_language(text))}</text>'
        )

    def mark_row(self, place: tuple[str, str], right: int, y: int) -> None:
        self.rows[place] = (right, y)

    def next_mark(self, place: tuple[str, str]) -> tuple[int, int]:
        """The centre of the next free mark at the place; unknown places are outside,
        at the internet."""
        right, y = self.rows.get(place, self.rows[("internet", "internet")])
        taken = self.used.get(place, 0)
        self.used[place] = taken + 1
        return right - MARK // 2 - taken * MARK, y


def draw(
    drawing: Mapping[str, Any],
    walk: Mapping[str, Any] | None = None,
    *,
    name: str = "walk",
    in_language: Translate = str,
) -> str:
    """The SVG. `name` makes the ids of title and description unique on the page; `in_language`
    says a text in the reader's language."""
    canvas = Canvas(in_language=in_language)
    height = draw_network(canvas, drawing)
    if walk is not None:
        draw_walk(canvas, walk["hops"])
    title, description = (in_language(text) for text in title_and_description(drawing, walk))
    ident = escape(name, quote=True)
    return (
        f'<svg class="walk-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} '
        f'{height}" width="480" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc" font-size="12" font-family="inherit">'
        f'<title id="{ident}-title">{escape(title)}</title><desc '
        f'id="{ident}-desc">{escape(description)}</desc>'
        f"{''.join(canvas.shapes)}</svg>"
    )


def title_and_description(
    drawing: Mapping[str, Any], walk: Mapping[str, Any] | None
) -> tuple[str, str]:
    if walk is None:
        names = ", ".join(subnet["name"] for subnet in drawing["subnets"])
        parts = {"vpc": drawing["vpc"], "names": names}
        return say("The network"), say("A VPC {vpc} with the subnets {names}.", **parts)
    return walk["story"][0], joined(walk["story"][1:])


def draw_network(canvas: Canvas, drawing: Mapping[str, Any]) -> int:
    """Internet, gateway, and the subnets below each other. The height of the whole."""
    canvas.box("internet", MARGIN, MARGIN, WIDTH - 2 * MARGIN, 28)
    canvas.text(MARGIN + 10, MARGIN + 18, "Internet", bold=True)
    canvas.mark_row(("internet", "internet"), WIDTH - MARGIN - 6, MARGIN + 14)
    top = 48
    y = top + LINE + 10
    canvas.text(MARGIN + 10, top + 18, f"VPC {drawing['vpc']}", bold=True)
    if drawing["gateway"]:
        y = draw_gateway(canvas, y)
    for subnet in drawing["subnets"]:
        y = draw_subnet(canvas, subnet, y) + 8
    canvas.box("vpc", MARGIN, top, WIDTH - 2 * MARGIN, y - top)
    return y + MARGIN


def draw_gateway(canvas: Canvas, y: int) -> int:
    left, width = 2 * MARGIN, WIDTH - 4 * MARGIN
    canvas.box("gateway", left, y, width, 26)
    canvas.text(left + 8, y + 17, say("Internet gateway"))
    canvas.mark_row(("gateway", INTERNET_GATEWAY), left + width - 6, y + 13)
    return y + 34


def draw_subnet(canvas: Canvas, subnet: Mapping[str, Any], y: int) -> int:
    """One subnet with its hosts; marks of ACL and route table go into a row of their own.
    The lower edge."""
    left, width, top = 2 * MARGIN, WIDTH - 4 * MARGIN, y
    name = subnet["name"]
    title = (
        say("{name} – public subnet", name=name)
        if subnet["public"]
        else say("{name} – private subnet", name=name)
    )
    canvas.text(left + 8, y + 17, title, bold=True)
    canvas.text(
        left + 8,
        y + 17 + LINE,
        " · ".join(part for part in (subnet["blocks"], subnet["zone"]) if part),
    )
    canvas.mark_row(("subnet", subnet["name"]), left + width - 6, y + 14)
    y += 2 * LINE + 10
    for host in subnet["hosts"]:
        y = draw_host(canvas, host, left + 10, y, width - 20)
    canvas.box("subnet", left, top, width, y - top)
    return y


def draw_host(canvas: Canvas, host: Mapping[str, Any], x: int, y: int, width: int) -> int:
    lines = [line for line in host["lines"] if line]
    height = LINE * (len(lines) + 1) + 8
    canvas.box("host", x, y, width, height)
    canvas.text(x + 8, y + 16, host["name"], bold=True)
    for index, line in enumerate(lines, start=1):
        canvas.text(x + 8, y + 16 + index * LINE, line)
    canvas.mark_row(("host", host["name"]), x + width - 6, y + 14)
    return y + height + 8


def draw_walk(canvas: Canvas, hops: Sequence[Mapping[str, Any]]) -> None:
    """The path from mark to mark, then the marks above it; the answer's part is dashed."""
    points = [canvas.next_mark(where(canvas, hop)) for hop in hops]
    backs = [hop["stage"].startswith("reply") for hop in hops]
    if hops and place_of(hops[0]) == ("gateway", INTERNET_GATEWAY):
        draw_step(canvas, canvas.next_mark(("internet", "internet")), points[0], back=False)
    for index in range(1, len(points)):
        draw_step(canvas, points[index - 1], points[index], back=backs[index])
    for number, (hop, point) in enumerate(zip(hops, points, strict=True), start=1):
        draw_mark(canvas, number, point, passed=hop["passed"])


def place_of(hop: Mapping[str, Any]) -> tuple[str, str]:
    """The row of marks that a hop belongs to."""
    if hop["stage"] == "gateway":
        return ("gateway" if hop["at"] == INTERNET_GATEWAY else "host"), hop["at"]
    on_host = hop["stage"].startswith("group") or hop["stage"] in ("service", "address")
    return ("host" if on_host else "subnet"), hop["at"]


def where(canvas: Canvas, hop: Mapping[str, Any]) -> tuple[str, str]:
    """The same; an address that no host has is shown on its subnet."""
    place = place_of(hop)
    subnet = ("subnet", hop["at"])
    return subnet if place not in canvas.rows and subnet in canvas.rows else place


def draw_step(canvas: Canvas, start: tuple[int, int], end: tuple[int, int], *, back: bool) -> None:
    dashes, kind = (' stroke-dasharray="4 4"', "walk-path-back") if back else ("", "walk-path")
    canvas.shapes.append(
        f'<line class="{kind}" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}" '
        f'stroke="currentColor" stroke-width="1.5"{dashes}/>'
    )


def draw_mark(canvas: Canvas, number: int, point: tuple[int, int], *, passed: bool) -> None:
    """A numbered disc; where the packet stops a larger square,
    so that colour is not needed to see it."""
    x, y = point
    if passed:
        shape = (
            f'<circle class="walk-hop" cx="{x}" cy="{y}" r="8.5" fill="var(--surface, Canvas)" '
            'stroke="currentColor"/>'
        )
    else:
        colours = (
            'fill="var(--bad-soft, Canvas)" stroke="var(--bad, currentColor)" stroke-width="3"'
        )
        shape = (
            f'<rect class="walk-stop" x="{x - 11}" y="{y - 11}" width="22" height="22" {colours}/>'
        )
    canvas.shapes.append(shape)
    canvas.shapes.append(
        f'<text class="walk-number" x="{x}" y="{y + 4}" fill="currentColor" text-anchor="middle" '
        f'font-size="11">{number}</text>'
    )


def label(text: str) -> str:
    """Escaped, and cut where it would leave its box; the story has the whole text."""
    return escape(text if len(text) <= LONGEST + 14 else text[: LONGEST + 13] + "…")
