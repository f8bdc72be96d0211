"""Connected components by union-find, in parts that merge in any order."""

from collections.abc import Iterable, Mapping


class Components:
    """Texts connected by pairs. The root of a component is its least key, so order does not matter.

    `parents` maps each key that is not a root to a lesser key of its component.
    """

    def __init__(self, parents: Mapping[bytes, bytes] | None = None) -> None:
        self.parents = dict(parents or {})

    def connect(self, a: bytes, b: bytes) -> None:
        """Put two keys into one component."""
        low, high = sorted((self.root(a), self.root(b)))
        if low != high:
            self.parents[high] = low

    def merge(self, parents: Mapping[bytes, bytes]) -> None:
        """Take in the pairs that made `parents`."""
        for child, parent in parents.items():
            self.connect(child, parent)

    def root(self, key: bytes) -> bytes:
        """Return the least key of the component, halving the way to it."""
        while (parent := self.parents.get(key)) is not None:
            above = self.parents.get(parent)
            if above is None:
                return parent
            self.parents[key] = above
            key = above
        return key

    def labels(self) -> Iterable[tuple[bytes, bytes]]:
        """Yield each key that is connected to another, with its root; roots too."""
        roots = set()
        for key in list(self.parents):
            root = self.root(key)
            roots.add(root)
            yield key, root
        for root in sorted(roots):
            yield root, root
