"""A store that speaks as much of S3 as our files need, in memory, on a port of this computer."""

import threading
import urllib.parse
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape


def unchunked(body: bytes) -> bytes:
    """Return the content of a body in the encoding «aws-chunked»."""
    content, rest = b"", body
    while rest:
        head, _, rest = rest.partition(b"\r\n")
        size = int(head.partition(b";")[0], 16)
        if size == 0:
            break
        content, rest = content + rest[:size], rest[size + 2 :]
    return content


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        """Say nothing."""

    def key(self) -> str:
        return urllib.parse.unquote(urllib.parse.urlsplit(self.path).path).lstrip("/").partition("/")[2]

    def answer(self, status: int, body: bytes = b"", *, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("ETag", '"1"')
        self.send_header("Last-Modified", "Sun, 29 Nov 2026 00:00:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline().strip(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            body = unchunked(body)
        self.server.objects[self.key()] = body
        self.answer(200)

    def do_HEAD(self):
        found = self.server.objects.get(self.key())
        self.answer(404) if found is None else self.answer(200, length=len(found))

    def do_GET(self):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
        if "list-type" in query or not self.key():
            return self.answer(200, self.listing(query.get("prefix", "")))
        found = self.server.objects.get(self.key())
        return self.answer(404) if found is None else self.answer(200, found)

    def do_DELETE(self):
        self.server.objects.pop(self.key(), None)
        self.answer(204)

    def listing(self, prefix: str) -> bytes:
        names = [name for name in self.server.objects if name.startswith(prefix)]
        keys = "".join(f"<Contents><Key>{escape(name)}</Key><Size>1</Size></Contents>" for name in names)
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{keys}</ListBucketResult>".encode()


@contextmanager
def small_s3():
    """Give the address and the objects of an empty bucket."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.objects = {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"s3://papers?endpoint_url=http://127.0.0.1:{server.server_port}&addressing_style=path", server.objects
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
