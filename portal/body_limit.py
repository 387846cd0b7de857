"""ASGI: Django keeps a body of any size on disk before it looks at the request.
This stops it at settings.LARGEST_BODY."""

from __future__ import annotations

from collections.abc import MutableMapping

from django.conf import settings

from labs.live import App, Receive, Scope, Send


def limited(app: App) -> App:
    """To `app` it looks as if whoever sends too much had gone."""

    async def read_so_far(scope: Scope, receive: Receive, send: Send) -> None:
        left = settings.LARGEST_BODY

        async def receive_within() -> MutableMapping[str, object]:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}

        await app(scope, receive_within, send)

    return read_so_far
