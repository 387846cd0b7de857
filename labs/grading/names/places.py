"""`eu-west-2`, `eu-west-2a`, `euw2-az1`: what a name of a place means, by its form alone.

Source: AWS Regions and Availability Zones User Guide, “AWS Regions”, “AWS Availability Zones” (the
code of a zone is that of its Region and a letter; its ID is the same zone in every account) and
“AWS Local Zones” (the Region's code, the location, and a letter). Whether a Region with that number
was ever opened is not looked up: new ones open every year, and the form stays.
"""

from __future__ import annotations

import re

REGION, ZONE, ZONE_ID, LOCAL_ZONE, NEITHER = "region", "zone", "zone-id", "local-zone", "neither"
DIRECTIONS = {
    "central": "c",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
}
AREAS = r"(?:af|ap|ca|cn|eu|il|me|mx|sa|us(?:-gov|-iso[a-z]?)?|eu-isoe|eusc-de)"
CODE = rf"(?P<region>{AREAS}-(?:{'|'.join(DIRECTIONS)})-[1-9])"
FORMS = {
    REGION: re.compile(CODE),
    ZONE: re.compile(rf"{CODE}[a-z]"),
    LOCAL_ZONE: re.compile(rf"{CODE}-[a-z]{{3}}-[1-9][a-z]"),
}
ID = re.compile(r"(?P<area>[a-z]{2})(?P<direction>ne|nw|se|sw|[cnsew])(?P<number>[1-9])-az[1-9]")


def read_place(name: str) -> dict[str, str]:
    """kind (region, zone, local-zone, zone-id or neither) and region, the code of the Region that
    it is or is in; "" for what is neither. Capitals are not folded: AWS writes none."""
    for kind, form in FORMS.items():
        if found := form.fullmatch(name):
            return {"kind": kind, "region": found["region"]}
    if found := ID.fullmatch(name):
        direction = next(long for long, short in DIRECTIONS.items() if short == found["direction"])
        region = f"{found['area']}-{direction}-{found['number']}"
        if FORMS[REGION].fullmatch(region):
            return {"kind": ZONE_ID, "region": region}
    return {"kind": NEITHER, "region": ""}
