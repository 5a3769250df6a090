"""The bridge to WSGI: an environment from an ASGI scope, and an answer that needs no thread any longer."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any

BLOCK = 256 * 1024
IN_MEMORY = 1024 * 1024


class FileAnswer:
    """What WSGI calls ``wsgi.file_wrapper``: Django puts the file of a ``FileResponse`` in here."""

    def __init__(self, file: IO[bytes], block_size: int = 0):
        self.file = file

    def close(self) -> None:
        """Close the file, and with it Django's response."""
        self.file.close()


@dataclass
class Start:
    """What ``start_response`` was told."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)


class Answer:
    """Status, headers and the beginning of a body; the rest, if any, is in ``file``, which the sender closes."""

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes, file: IO[bytes] | None = None):
        self.status, self.headers, self.body, self.file = status, headers, body, file


def environ(scope: dict, body: IO[bytes], length: int, address: str) -> dict[str, Any]:
    """Return the WSGI environment of a request whose body of ``length`` bytes is received.

    A header with an underscore in its name is dropped: it could pass for one that only the server in front may set.
    """
    server = scope.get("server") or ("localhost", 80)
    found: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    for name, value in scope["headers"]:
        if b"_" in name or name in (b"content-length", b"transfer-encoding"):
            continue
        key = "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
        text = value.decode("latin-1")
        found[key] = f"{found[key]}{'; ' if name == b'cookie' else ','}{text}" if key in found else text
    if "HTTP_CONTENT_TYPE" in found:
        found["CONTENT_TYPE"] = found.pop("HTTP_CONTENT_TYPE")
    found["CONTENT_LENGTH"] = str(length) if length or scope["method"] not in ("GET", "HEAD") else ""
    return found


def ask(application: Callable, request: dict[str, Any]) -> Answer:
    """Return the answer of a WSGI application: small ones whole, the others as a file on this machine."""
    start = Start()

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
        start.status = int(status[:3])
        start.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]

    result = application(request, start_response)
    left = None
    try:
        if not isinstance(result, FileAnswer):
            return spooled(start, iter(result))
        body = result.file.read(BLOCK)  # a file from another machine comes over here
        if len(body) == BLOCK and (more := result.file.read(1)):
            body, left = body + more, result.file
        return Answer(start.status, start.headers, body, left)
    finally:
        if left is None and hasattr(result, "close"):
            result.close()


def spooled(start: Start, chunks: Iterator[bytes]) -> Answer:
    """Return the answer with a body that comes in chunks: one chunk is passed on, more are gathered in a file."""
    body = next(chunks, b"")
    second = next(chunks, None)
    if second is None:
        return Answer(start.status, start.headers, body)
    file: SpooledTemporaryFile = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by the sender)
    file.write(second)
    for chunk in chunks:
        file.write(chunk)
    file.seek(0)
    return Answer(start.status, start.headers, body, file)
