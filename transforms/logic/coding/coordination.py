"""Noun groups joined by "and", "or" and commas."""

from transforms.logic.coding.ablation import Feature
from transforms.logic.coding.clauses import Clause, is_reduced_at


def coordinated(clause: Clause, at: int, back: bool) -> list[int]:
    """The chunk indexes of the groups coordinated with the one at `at`, itself first."""
    found = [at]
    k = at
    while Feature.COORDINATION not in clause.without:
        nxt = _coordinate_before(clause, k) if back else _coordinate_after(clause, k)
        if nxt is None:
            break
        found.append(nxt)
        k = nxt
    if not back and len(found) > 1 and clause.kind(found[1] - 1) == ",":
        last = k + 2 if clause.low(k + 1) in ("and", "or") and clause.kind(k + 2) == "NP" else k
        if clause.kind(last + 1) == "VG" and not is_reduced_at(clause, last + 1):
            return [at]
    return found


def _coordinate_before(clause: Clause, k: int) -> int | None:
    j = k - 1
    linked = clause.kind(j) == "C" and clause.low(j) in ("and", "or", "&")
    if linked and clause.kind(j - 1) == ",":
        j -= 1
    if not linked and not (clause.kind(j) == "," and _in_list(clause, k)):
        return None
    prior = j - 1
    while (
        clause.kind(prior) == "NP"
        and clause.kind(prior - 1) == "P"
        and clause.low(prior - 1) in ("of", "from")
    ):
        if clause.kind(prior - 2) != "NP":
            break
        prior -= 2
    reading = clause.readings[prior] if clause.kind(prior) == "NP" else None
    if (
        reading is None
        or reading.trigger is not None
        or (
            clause.kind(prior - 1) == "P"
            and prior == j - 1
            and clause.low(prior - 1) not in ("as", "after", "before", "while", "since", "until")
        )
    ):
        return None
    return prior if reading.mention or reading.owner or reading.is_quantity else None


def _in_list(clause: Clause, k: int) -> bool:
    """Whether the group at `k` is inside a list "A, B and C" that closes to its right."""
    return clause.kind(k + 1) == "C" and clause.low(k + 1) == "and" and clause.kind(k + 2) == "NP"


def _coordinate_after(clause: Clause, k: int) -> int | None:
    j = k + 1
    while clause.kind(j) == "P" and clause.low(j) in ("of", "from", "in") and clause.kind(j + 1) == "NP":
        j += 2
    if clause.kind(j) == "," and clause.kind(j + 1) == "C":
        j += 1
    if clause.low(j) in ("as",) and clause.low(j + 1) == "well":
        j += 2
    if not (clause.low(j) in ("and", "or", "&", "as") or (clause.kind(j) == "," and _list_ahead(clause, j))):
        return None
    nxt = j + 1
    while clause.kind(nxt) in ("B", "L"):
        nxt += 1
    reading = clause.readings[nxt] if clause.kind(nxt) == "NP" else None
    if (
        reading is None
        or reading.trigger is not None
        or not (reading.mention or reading.is_property or reading.owner)
    ):
        return None
    after = nxt + 1
    while clause.kind(k - 1) != "P" and clause.kind(after) == "P" and clause.kind(after + 1) == "NP":
        after += 2
    if clause.kind(after) == "VG" and not is_reduced_at(clause, after) and clause.low(k - 1) != "between":
        return None
    return nxt


def _list_ahead(clause: Clause, j: int) -> bool:
    """Whether the comma at `j` divides a list: another comma or "and" with a group behind follows soon."""
    for k in range(j + 2, min(j + 6, len(clause.chunks))):
        if clause.kind(k) == "C" and clause.low(k) == "and" and clause.kind(k + 1) == "NP":
            return True
        if clause.kind(k) not in ("NP", ",", "P"):
            return False
    return False
