"""`python -m tests.objects.between PORT ADDRESS`: a server before another that spoils what it is told to.

It is told by a PUT of JSON to `/-/spoil`. `gone`: from the first such request on nobody answers. `unheard`:
the first such request is carried out and its answer lost. A request is such a one if it has the method and
its path the part: `["PUT", "/_lock"]`. `careless`: conditions are not handed on. `unable`: a
request with one is answered as by a server that does not have them.

A process of its own, because delta-rs holds the interpreter while it waits for some answers.
"""

import http.client
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

CONTROL = "/-/spoil"
_HOP = ("content-length", "connection", "transfer-encoding")
_CONDITIONS = ("if-match", "if-none-match")


class Spoiler:
    """What is to be spoilt, and what was."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self.gone = False
        self.lost: list[str] = []

    def tell(self, told: dict[str, Any]) -> None:
        self.told, self.gone = told, False

    def is_gone(self, method: str, path: str) -> bool:
        self.gone = self.gone or self._is("gone", method, path)
        return self.gone

    def is_unheard(self, method: str, path: str) -> bool:
        unheard = self._is("unheard", method, path)
        if unheard:
            del self.told["unheard"]
            self.lost.append(path)
        return unheard

    def _is(self, what: str, method: str, path: str) -> bool:
        wanted = self.told.get(what)
        return wanted is not None and method == wanted[0] and wanted[1] in path


class Handler(BaseHTTPRequestHandler):
    """One request, handed on."""

    disable_nagle_algorithm = True  # else each answer on a kept connection waits 40 ms for an acknowledgement

    protocol_version = "HTTP/1.1"
    spoiler = Spoiler()
    behind = ""

    def handle_one(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = unquote(self.path)
        if path == CONTROL:
            self._control(body)
            return
        if self.spoiler.told.get("unable") and any(name in self.headers for name in _CONDITIONS):
            self._answer(501, [("Content-Length", "0")], b"")
            return
        self.close_connection = True
        if self.spoiler.is_gone(self.command, path):
            return
        answer, content = self._hand_on(body)
        if self.spoiler.is_unheard(self.command, path):
            return
        self.close_connection = False
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in _HOP]
        size = answer.getheader("Content-Length") or "0" if self.command == "HEAD" else str(len(content))
        self._answer(answer.status, [*headers, ("Content-Length", size)], content)

    def _control(self, body: bytes) -> None:
        if self.command == "PUT":
            self.spoiler.tell(json.loads(body))
        content = json.dumps(self.spoiler.lost).encode()
        self._answer(200, [("Content-Length", str(len(content)))], content)

    def _hand_on(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {
            name: value
            for name, value in self.headers.items()
            if not (self.spoiler.told.get("careless") and name.lower() in _CONDITIONS)
        }
        place = http.client.HTTPConnection(self.behind, timeout=60)
        try:
            place.request(self.command, self.path, body, headers)
            answer = place.getresponse()
            return answer, answer.read()
        finally:
            place.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one  # noqa: N815 - the base class calls them so


if __name__ == "__main__":
    Handler.behind = sys.argv[2]
    Handler.log_message = lambda *_: None  # type: ignore[method-assign]
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
