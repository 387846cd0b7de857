"""Amounts of CPU and memory.

Source: Kubernetes documentation, "Resource Management for Pods and Containers", "Resource units in
Kubernetes": `0.1` is `100m` of a CPU; bytes with E, P, T, G, M, k or Ei, Pi, Ti, Gi, Mi, Ki; the
suffix `m` is thousandths, for memory as well. "Quantity": 1 to 19 digits.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

QUANTITY = re.compile(r"\+?(\d{1,15}(?:\.\d{1,9})?|\.\d{1,9})(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|)")
FACTORS = {
    "m": Decimal("0.001"), "": Decimal(1), "k": Decimal(10**3), "M": Decimal(10**6),
    "G": Decimal(10**9), "T": Decimal(10**12), "P": Decimal(10**15), "E": Decimal(10**18),
    "Ki": Decimal(2**10), "Mi": Decimal(2**20), "Gi": Decimal(2**30), "Ti": Decimal(2**40),
    "Pi": Decimal(2**50), "Ei": Decimal(2**60),
}  # fmt: skip
MIB = 2**20


def amount(value: object) -> Decimal | None:
    """In CPUs, or in bytes; None where it is no quantity."""
    found = QUANTITY.fullmatch(str(value)) if len(str(value)) < 30 else None
    return Decimal(found[1]) * FACTORS[found[2]] if found else None


def millicores(value: object) -> int:
    """Rounded up, as the API does."""
    return int(((amount(value) or Decimal(0)) * 1000).to_integral_value(ROUND_CEILING))


def mebibytes(value: object) -> int:
    """Rounded up: 128Mi are 128, 128M are 123."""
    return int(((amount(value) or Decimal(0)) / MIB).to_integral_value(ROUND_CEILING))
