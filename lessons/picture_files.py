"""Bytes → what picture they are: by their first bytes, whatever anybody calls them."""

from __future__ import annotations

from typing import NamedTuple

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_PIXELS = 12_000  # a side
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG: markers that are followed by the size
TYPES = {"png": "image/png", "jpg": "image/jpeg"}


class PictureError(ValueError):
    """Not a picture that is kept here; says why."""


class PictureFile(NamedTuple):
    ending: str  # of TYPES
    width: int
    height: int


def picture_of(data: bytes) -> PictureFile:
    """Raises PictureError."""
    if data.startswith(PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        found = PictureFile("png", number(data, 16, 4), number(data, 20, 4))
    elif data.startswith(JPEG):
        found = PictureFile("jpg", *size_of_jpeg(data))
    else:
        raise PictureError("is neither PNG nor JPEG")
    if not (0 < found.width <= MOST_PIXELS and 0 < found.height <= MOST_PIXELS):
        raise PictureError(f"says it is {found.width} × {found.height} pixels")
    return found


def size_of_jpeg(data: bytes) -> tuple[int, int]:
    """Width and height, from the first frame after the segments before it."""
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in FRAMES:
            return number(data, at + 7, 2), number(data, at + 5, 2)
        at += 2 + number(data, at + 2, 2)
    raise PictureError("is a JPEG without a size")


def number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
