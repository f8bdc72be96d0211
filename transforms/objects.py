"""Files in an object store that speaks S3, used as paths of a disk are.

The client is obstore, the one that delta-rs has inside: both read the same `AWS_*` variables, keep the same
patience and put on the same conditions. An object appears whole or not at all, and there is no renaming.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from obstore.store import S3Store

S3 = "s3://"
PATIENCE_SECONDS = 60
"""How long a request is tried again before its error is told."""

_METADATA_SERVICE = "169.254.169.254"
_REFUSED = ("401", "403")
_NOT_IMPLEMENTED = "501"
_NO_OBJECT = ("404", "NoSuchKey")  # other answers of status 404 are about the server: of versitygw, who asks
_REQUEST = re.compile(r"Error performing [A-Z]+ (?P<url>\S+) in [^-]*- (?P<said>[^\n]*)")
_STATUS = re.compile(r"status code: (?P<status>\d+)[^<\n]*")
_CODE = re.compile(r"<Code>(\w+)</Code>")


class Seen(NamedTuple):
    """An object as it was: its content, the tag of that content, and when the server took it in."""

    content: bytes
    tag: str
    modified: datetime


@dataclass(frozen=True, order=True)
class ObjectPath:
    """The place of an object, with what the store asks of a `Path` too."""

    bucket: str
    key: str

    @classmethod
    def of(cls, uri: str) -> Self:
        """The place at `s3://BUCKET/KEY`."""
        bucket, _, key = uri.removeprefix(S3).partition("/")
        return cls(bucket, key.strip("/"))

    def __str__(self) -> str:
        return f"{S3}{self.bucket}/{self.key}"

    def __truediv__(self, other: str | PurePosixPath) -> "ObjectPath":
        return ObjectPath(self.bucket, str(PurePosixPath(self.key, other)))

    @property
    def name(self) -> str:
        """What stands after the last slash."""
        return PurePosixPath(self.key).name

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePosixPath(self.key).stem

    @property
    def parent(self) -> "ObjectPath":
        """The folder that the object is in."""
        return ObjectPath(self.bucket, str(PurePosixPath(self.key).parent))

    def glob(self, pattern: str) -> Iterator["ObjectPath"]:
        """Yield the objects and the folders right below whose name fits the pattern."""
        found = _client(self.bucket).list_with_delimiter(f"{self.key}/")
        keys = [*(one["path"] for one in found["objects"]), *found["common_prefixes"]]
        for place in (ObjectPath(self.bucket, key) for key in keys):
            if fnmatchcase(place.name, pattern):
                yield place

    def below(self) -> Iterator["ObjectPath"]:
        """Yield all objects below, however deep."""
        for some in _client(self.bucket).list(f"{self.key}/"):
            yield from (ObjectPath(self.bucket, one["path"]) for one in some)

    def size(self) -> int:
        """The bytes of the object.

        Raises:
            FileNotFoundError: there is none.
        """
        return int(_client(self.bucket).head(self.key)["size"])

    def is_file(self) -> bool:
        """Whether there is an object."""
        try:
            self.size()
        except FileNotFoundError:
            return False
        return True

    def open(self, mode: str = "rb") -> io.BufferedReader:
        """The object as a file to read."""
        assert mode == "rb"
        return io.BufferedReader(ObjectFile(self))

    def read_bytes(self) -> bytes:
        """The whole object."""
        return bytes(_client(self.bucket).get(self.key).bytes())

    def read_text(self, encoding: str = "utf-8") -> str:
        """The whole object as text."""
        return self.read_bytes().decode(encoding)

    def upload(self, file: Path) -> None:
        """Make a local file this object."""
        _client(self.bucket).put(self.key, file)

    def unlink(self) -> None:
        """Remove the object, if there is one."""
        _client(self.bucket).delete(self.key)

    def look(self) -> Seen | None:
        """The object as it is, if there is one."""
        try:
            found = _client(self.bucket).get(self.key)
        except FileNotFoundError:
            return None
        return Seen(bytes(found.bytes()), found.meta["e_tag"] or "", found.meta["last_modified"])

    def create(self, content: bytes) -> str | None:
        """Put the object where there is none, and return its tag; None where there is one."""
        from obstore.exceptions import AlreadyExistsError

        try:
            return str(_client(self.bucket).put(self.key, content, mode="create")["e_tag"])
        except AlreadyExistsError:
            return None

    def swap(self, content: bytes, tag: str) -> str | None:
        """Put new content in the place of that with the tag, and return its tag; None if it had changed."""
        from obstore.exceptions import PreconditionError

        try:
            return str(_client(self.bucket).put(self.key, content, mode={"e_tag": tag})["e_tag"])
        except (PreconditionError, FileNotFoundError):
            return None


class ObjectFile(io.RawIOBase):
    """An object read in ranges, one request for each that is asked for."""

    def __init__(self, place: ObjectPath, size: int | None = None) -> None:
        super().__init__()
        self._place = place
        self._at = 0
        self.size = place.size() if size is None else size

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Have the next read begin elsewhere."""
        self._at = (0, self._at, self.size)[whence] + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, or what of it there is content for."""
        content = self._range(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def readall(self) -> bytes:
        """All that is left."""
        return bytes(self._range(self.size - self._at))

    def _range(self, length: int) -> memoryview:
        length = max(0, min(length, self.size - self._at))
        if not length:
            return memoryview(b"")
        client = _client(self._place.bucket)
        content = memoryview(client.get_range(self._place.key, start=self._at, length=length))
        self._at += length
        return content


def settings() -> dict[str, str]:
    """What the `AWS_*` variables leave open, by the names that obstore and delta-rs have for it."""
    known = os.environ
    endpoint = known.get("AWS_ENDPOINT_URL_S3") or known.get("AWS_ENDPOINT_URL")
    region = known.get("AWS_REGION") or known.get("AWS_DEFAULT_REGION") or "us-east-1"
    return {"aws_region": region} | ({"aws_endpoint": endpoint} if endpoint else {})


def allows_http() -> bool:
    """Whether the endpoint was given without encryption, as those on one machine are."""
    return settings().get("aws_endpoint", "").startswith("http://")


def _client(bucket: str) -> "S3Store":
    return _client_of(bucket, tuple(sorted(settings().items())))


@lru_cache
def _client_of(bucket: str, told: tuple[tuple[str, str], ...]) -> "S3Store":
    from obstore.store import S3Store

    config: Any = dict(told)
    return S3Store(
        bucket,
        config=config,
        client_options={"allow_http": allows_http()},
        retry_config={"retry_timeout": timedelta(seconds=PATIENCE_SECONDS)},
    )


def is_unknown(error: BaseException) -> bool:
    """Whether an object store answered that it does not have what it was asked for, such as conditions."""
    found = _REQUEST.search(str(error))
    status = _STATUS.search(found["said"]) if found else None
    return status is not None and status["status"] == _NOT_IMPLEMENTED


def fault_of(error: BaseException) -> str | None:
    """What an object store, or nobody, answered, if that is what an error of it is about.

    Beam and DuckDB pass on the words of an error, not the error, so the words are looked at: all requests of
    delta-rs and obstore fail in the same ones. An object that is not there is no fault of the store.
    """
    found = _REQUEST.search(str(error))
    if found is None:
        return None
    server = "{0.scheme}://{0.netloc}".format(urlsplit(found["url"]))
    status, code = _STATUS.search(found["said"]), _CODE.search(str(error))
    if _METADATA_SERVICE in server:
        return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
    if status is None:
        return f"the object store at {server} does not answer"
    if code and code[1] == "NoSuchBucket":
        return f"there is no such bucket at {server}"
    answer = code[1] if code else status["status"]
    if status["status"] in _REFUSED:
        return f"the object store at {server} refuses access ({answer}); look at the AWS_* variables"
    return None if answer in _NO_OBJECT else f"the object store at {server} answers {answer}"
