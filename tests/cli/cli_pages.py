"""Pages that are no boards, served on loopback: by path, and what lies beside them is a 404."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def framed(body: str) -> str:
    """A page with that body."""
    return f"<!doctype html><html><head><title>신문</title></head><body>{body}</body></html>"


@contextmanager
def serving(pages: Mapping[str, tuple[str, bytes]]) -> Iterator[str]:
    """The origin under which they stand. ``pages``: by path their type and their bytes."""

    class Pages(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("text/html; charset=utf-8", framed("없습니다").encode()))
            self.send_response(200 if self.path in pages else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
