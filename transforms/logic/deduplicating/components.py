"""Connected components by union-find, in parts that add up in any order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

_KEY = 16


@dataclass(slots=True)
class Components:
    """Texts (keys of 16 bytes) connected by pairs: a commutative, associative and idempotent summary.

    The root of a component is its least key, so that order does not matter. `parents` maps each key that
    is not a root to a lesser key of its component.
    """

    parents: dict[bytes, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[bytes, bytes]]) -> Self:
        """Return the components that the pairs make."""
        components = cls()
        for a, b in pairs:
            components.connect(a, b)
        return components

    def connect(self, a: bytes, b: bytes) -> None:
        """Put two keys into one component."""
        low, high = sorted((self.root(a), self.root(b)))
        if low != high:
            self.parents[high] = low

    def add(self, other: "Components") -> None:
        """Take in the pairs that made `other`, in place."""
        for child, parent in other.parents.items():
            self.connect(child, parent)

    def root(self, key: bytes) -> bytes:
        """Return the root of the component of `key`, and shorten the way to it."""
        root = key
        while (parent := self.parents.get(root)) is not None:
            root = parent
        while key != root:
            self.parents[key], key = root, self.parents[key]
        return root

    def labels(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each key that is connected to another, with its root; roots too."""
        children = [(key, self.root(key)) for key in sorted(self.parents)]
        yield from children
        yield from ((root, root) for root in sorted({root for _, root in children}))


def pack_components(components: Components) -> bytes:
    """Return the components as bytes, equal for equal components: each key and its root."""
    return b"".join(key + components.root(key) for key in sorted(components.parents))


def unpack_components(data: bytes) -> Components:
    """Return what `pack_components` wrote."""
    pairs = (data[at : at + 2 * _KEY] for at in range(0, len(data), 2 * _KEY))
    return Components({pair[:_KEY]: pair[_KEY:] for pair in pairs})
