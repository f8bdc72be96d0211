"""UTF-16 and UTF-32 streams as UTF-8, so that every reader sees one kind of text."""

import codecs

from schemas import RejectReason
from transforms.logic.reading.streams import BrokenStreamError, Source


class Transcoded:
    """The UTF-8 of a stream in a wide encoding, without a byte order mark."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._source = source
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ended = False

    def read(self, _size: int = -1, /) -> bytes:
        """Some bytes, none at the end.

        Raises:
            BrokenStreamError: `bad_encoding` where the bytes are not of that encoding after all.
        """
        while not self._ended:
            raw = self._source.read()
            self._ended = not raw
            if self._ended and self._source.broken:
                raise BrokenStreamError(self._source.broken.reason, self._source.broken.detail)
            try:
                text = self._decoder.decode(raw, final=self._ended)
            except UnicodeDecodeError as error:
                self._ended = True
                raise BrokenStreamError(
                    RejectReason.BAD_ENCODING, f"{self._encoding}: {error.reason}"
                ) from error
            if text:
                return text.encode("utf-8", "replace")
        return b""
