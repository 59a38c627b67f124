"""Content decoding with an end check: every gzip member, the end of the stream required, size and ratio capped.

Pure: bytes in, pieces of at most 64 KiB out. Raises Fault (Truncated, TooLarge, ProtocolBroken).
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Iterator

from scraper.web.border import broken, too_large, truncated

_PIECE = 1 << 16
_RATIO_FREE = 4 << 20
_GZIP = zlib.MAX_WBITS | 16
_MAGIC = b"\x1f\x8b"


class Decoder:
    """Decodes one body: ``feed`` what arrives, then ``finish``."""

    def __init__(self, coding: bytes, url: str, cap: int, ratio_cap: int) -> None:
        """``coding`` is the Content-Encoding as sent; Fault(ProtocolBroken) if it is one that we never asked for."""
        names = [name for name in coding.decode("latin-1").lower().replace(" ", "").split(",") if name]
        codings = [name for name in names if name != "identity"]
        self._coding = codings[0].removeprefix("x-") if codings else "identity"
        self._url = url
        self._cap = cap
        self._ratio_cap = ratio_cap
        self._raw = 0
        self._decoded = 0
        self._start = b""
        self._stream: zlib._Decompress | None = None
        self._members = 0
        self._over = False
        """After the last member came something that is none: the rest is left out."""
        if len(codings) > 1 or self._coding not in ("identity", "gzip", "deflate"):
            raise broken(url, f"it is encoded as {coding.decode('latin-1')!r}, and only gzip was asked for")

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """The decoded bytes that ``piece`` completes."""
        self._raw += len(piece)
        if self._raw > self._cap:
            raise too_large(self._url, f"more than {self._cap} bytes were sent")
        if self._coding == "identity":
            yield self._counted(piece)
            return
        while piece and not self._over:
            if self._stream is None:
                piece = self._begin(self._start + piece)
                if self._stream is None:
                    return
            piece = yield from self._inflate(self._stream, piece)

    def finish(self, may_be_empty: bool) -> None:
        """Check that the stream came to its end. ``may_be_empty``: no bytes at all are a whole body."""
        if self._coding == "identity" or self._over:
            return
        if self._stream is not None or self._start or (self._members == 0 and not (may_be_empty and self._raw == 0)):
            raise truncated(self._url, f"its {self._coding} stream is cut after {self._raw} bytes")

    def _begin(self, piece: bytes) -> bytes:
        """Open the next member once its first two bytes are there."""
        self._start = b""
        if self._members and (self._coding == "deflate" or not _MAGIC.startswith(piece[:2])):
            self._over = True  # servers pad with zeros or line breaks
            return b""
        if len(piece) < 2:
            self._start = piece
            return b""
        self._stream = zlib.decompressobj(_GZIP if self._coding == "gzip" else _deflate_window(piece))
        return piece

    def _inflate(self, stream: zlib._Decompress, piece: bytes) -> Generator[bytes, None, bytes]:
        """Yield what comes out; return what belongs to the next member."""
        while True:
            try:
                plain = stream.decompress(piece, _PIECE)
            except zlib.error as error:
                raise broken(self._url, f"its {self._coding} stream is damaged ({error})") from error
            if plain:
                yield self._counted(plain)
            if stream.eof:
                self._members += 1
                self._stream = None
                return stream.unused_data
            piece = stream.unconsumed_tail
            if not piece and len(plain) < _PIECE:
                return b""

    def _counted(self, plain: bytes) -> bytes:
        self._decoded += len(plain)
        if self._decoded > self._cap:
            raise too_large(self._url, f"it is longer than {self._cap} bytes")
        if self._decoded > _RATIO_FREE and self._decoded > self._raw * self._ratio_cap:
            raise too_large(self._url, f"it unpacks to more than {self._ratio_cap} times what was sent")
        return plain


def _deflate_window(start: bytes) -> int:
    """Servers mean two things by deflate: with the zlib header (which is told by its checksum), or without."""
    wrapped = start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
