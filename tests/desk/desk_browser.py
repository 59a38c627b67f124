"""A headless Chromium that can reach loopback only: a proxy of ours gets everything else, counts it and refuses it."""

from __future__ import annotations

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --window-size=1100,1400 --lang=ko"
).split()


_OWN = re.compile(r"[ /.](?:google|googleapis|gstatic|gvt1|duckduckgo)\.com[:/ ]")
"""What the browser itself looks for behind everybody's back: updates, the time, its start page."""


MEASURED = "https://measured.example/"
"""What pages ask that are meant to: a browser may try such a host again long after it has left the page."""


class Outside:
    """Whatever is no loopback address: what pages asked of it, each request by its first line. ``measured``: of those
    the ones that pages of the tests are meant to make."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.measured: list[str] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._refuse, daemon=True)
        self._thread.start()

    def _refuse(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                try:
                    line = connection.recv(4096).split(b"\r\n")[0].decode("latin-1")
                    connection.sendall(b"HTTP/1.1 502 Outside\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    line = ""
                if line and not _OWN.search(line):
                    (self.measured if "measured.example" in line else self.tried).append(line)

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)


@contextmanager
def open_browser(folder: Path, proxy_port: int) -> Iterator[Chrome]:
    """A browser with a fresh profile in ``folder``, which also takes the downloads."""
    programs = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    missing = [name for name, path in programs.items() if path is None]
    assert not missing, f"{' and '.join(missing)} not found: apt-get install -y chromium chromium-driver fonts-nanum"
    options = ChromeOptions()
    options.binary_location = str(programs["chromium"])
    for flag in (*_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--proxy-server=http://127.0.0.1:{proxy_port}"):
        options.add_argument(flag)
    (folder / "downloads").mkdir()
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(folder / "downloads"), "intl.accept_languages": "ko-KR,ko"}
    )
    service = Service(str(programs["chromedriver"]))
    browser = Chrome(options=options, service=service)
    try:
        yield browser
    finally:
        browser.quit()
