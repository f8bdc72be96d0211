"""What a stream reads, as a person names it."""

from typing import NamedTuple
from urllib.parse import urlsplit

SCHEME = "kafka://"


class Address(NamedTuple):
    """A topic as a person names it."""

    servers: str
    topic: str


def address_of(source: str) -> Address | None:
    """The address that `kafka://HOST:PORT[,HOST:PORT]/TOPIC` says; None of anything else.

    Raises:
        ValueError: it begins so and does not go on so.
    """
    if not source.startswith(SCHEME):
        return None
    parts = urlsplit(source)
    topic = parts.path.removeprefix("/")
    if not all(":" in server for server in parts.netloc.split(",")) or not topic or "/" in topic:
        raise ValueError(f"{source}: write a topic as {SCHEME}HOST:PORT/TOPIC")
    return Address(parts.netloc, topic)
