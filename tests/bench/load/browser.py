"""As much of a browser as a load test needs: one connection, cookies, forms."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'(?:"X-CSRFToken": "|csrfmiddlewaretoken" value=")([^"]+)"')


class Browser:
    def __init__(self, url: str, session: str) -> None:
        self.host, self.port = str(urlsplit(url).hostname), urlsplit(url).port
        self.cookies = {"sessionid": session}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, str]:
        return await self.ask("GET", path)

    async def post(self, path: str, page: str, **fields: str) -> tuple[int, str]:
        """As htmx sends a form: with the token of the page that it stands on."""
        token = TOKEN.search(page)
        headers = f"X-CSRFToken: {token[1] if token else ''}\r\nHX-Request: true\r\n"
        headers += "Content-Type: application/x-www-form-urlencoded\r\n"
        headers += f"Referer: http://{self.host}:{self.port}{path}\r\n"
        return await self.ask("POST", path, headers, urlencode(fields).encode())

    async def ask(
        self, method: str, path: str, headers: str = "", body: bytes = b""
    ) -> tuple[int, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\n"
        head += f"Cookie: {cookies}\r\n{headers}"
        if body:
            head += f"Content-Length: {len(body)}\r\n"
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port, limit=2**20)
        reader, writer = self.streams
        writer.write(head.encode() + b"\r\n" + body)
        try:
            return await self.answer(reader)
        except (OSError, EOFError):
            self.close()
            raise

    async def answer(self, reader: asyncio.StreamReader) -> tuple[int, str]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        for name, value in re.findall(r"(?im)^set-cookie: ([^=]+)=([^;\r]*)", head):
            self.cookies[name] = value
        length = re.search(r"(?im)^content-length: (\d+)", head)
        if re.search(r"(?im)^transfer-encoding: chunked", head):
            content = await self.chunks(reader)
        else:
            content = await reader.readexactly(int(length[1])) if length else b""
        return int(head.split(" ", 2)[1]), content.decode()

    async def chunks(self, reader: asyncio.StreamReader) -> bytes:
        content = b""
        while size := int((await reader.readline()).strip(), 16):
            content += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
        return content

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None
