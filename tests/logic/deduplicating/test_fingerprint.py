import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import Fingerprint
from tests.logic.deduplicating.invented import body, changed
from transforms.logic.deduplicating import fingerprint
from transforms.logic.deduplicating.fingerprint import BANDS, KEY_BYTES, LONG_KEYS, SLOTS, long_keys, minhash
from transforms.logic.deduplicating.hashing import distinct, mix64, powers, run_hashes, stream
from transforms.logic.normalising.fold import fold

CHINESE = "".join(chr(0x4E00 + (i * i * 37 + i * 11) % 4000) for i in range(400))


def digest(print_: Fingerprint) -> str:
    parts = print_.keys, print_.sketch, str(print_.shingles).encode(), print_.numbers
    return hashlib.sha256(b"|".join(parts)).hexdigest()[:16]


GOLDEN = {
    "words": (body(1), "9a7ac7763c2e9d93"),
    "numbers": (body(2) + " 12 dead, 1,450 fled, 2024-12-08; 6.4 on the scale", "5b608014b8eb5857"),
    "accents": (body(3) + " Ünïcode “quoted” naïve Öl Ÿ", "a73a3470a6406b51"),
    "short": ("The town fell on Sunday, residents said.", "19d516d8da8ca01c"),
    "empty": ("", "210c1d717e96360d"),
    "Chinese": (CHINESE, "1527f785b1e68bbd"),
    "long": (body(4, 3000), "b9331399448c44db"),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_values_never_change(name: str) -> None:
    text, expected = GOLDEN[name]
    assert digest(fingerprint(text)) == expected


def test_splitmix64_is_the_published_one() -> None:
    assert int(stream(1, 0)[0]) == 0xE220A8397B1DCDAF


def test_first_keys_are_these() -> None:
    assert fingerprint(body(1)).keys[:16].hex() == "7cbd483723cd7f3caf9537165f3e19cd"


@given(st.text(max_size=400))
def test_depends_on_the_folded_text_alone(text: str) -> None:
    assert fingerprint(text) == fingerprint(fold(text))


@given(st.lists(st.integers(0, 2**64 - 1), max_size=40), st.integers(1, 14))
def test_run_hashes_equal_the_plain_polynomial(values: list[int], length: int) -> None:
    units = np.array(values or [7], np.uint64)
    length = min(length, len(units))
    base = [int(power) for power in powers(0xD1342543DE82EF95, length)]
    plain = [
        sum(int(unit) * base[length - 1 - i] for i, unit in enumerate(units[at : at + length])) % 2**64
        for at in range(len(units) - length + 1)
    ]
    assert run_hashes(units, length).tolist() == plain


def test_minhash_in_chunks_equals_the_definition() -> None:
    shingles = distinct(mix64(np.arange(1, 1400, dtype=np.uint64)))
    multipliers = (stream(SLOTS, 1) >> np.uint64(32)).astype(np.uint32) | np.uint32(1)
    offsets = (stream(SLOTS, 2) >> np.uint64(32)).astype(np.uint32)
    upper = (shingles >> np.uint64(32)).astype(np.uint32)
    plain = (upper[None, :] * multipliers[:, None] + offsets[:, None]).min(axis=1)
    assert minhash(shingles).tolist() == plain.tolist()


def test_share_of_equal_slots_estimates_the_jaccard_similarity() -> None:
    errors = []
    for seed in range(20):
        a, b = body(seed, 400), changed(body(seed, 400), seed, 0.05)
        shingles = [{tuple(t.split()[i : i + 5]) for i in range(len(t.split()) - 4)} for t in (a, b)]
        jaccard = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
        sketches = [np.frombuffer(fingerprint(t).sketch, np.uint8) for t in (a, b)]
        errors.append(float((sketches[0] == sketches[1]).mean()) - jaccard)
    assert abs(np.mean(errors)) < 0.03
    assert np.std(errors) < 0.07


def test_sizes() -> None:
    print_ = fingerprint(body(1, 60))
    assert len(print_.keys) == (BANDS + LONG_KEYS) * KEY_BYTES
    assert len(print_.sketch) == SLOTS
    assert print_.shingles == 56
    assert fingerprint(body(1, 59)).keys == b""


def test_text_cut_in_half_shares_a_long_key() -> None:
    found = 0
    for seed in range(40):
        whole = body(seed, 400)
        half = " ".join(whole.split()[100:300])
        keys = [fingerprint(t).keys for t in (whole, half)]
        both = [{k[i : i + 8] for i in range(0, len(k), 8)} for k in keys]
        found += bool(both[0] & both[1])
    assert found >= 39


def test_long_keys_fill_their_range() -> None:
    firsts = [
        key[at] for seed in range(60) for key in [fingerprint(body(seed)).keys] for at in (128, 136, 144)
    ]
    assert len({byte >> 5 for byte in firsts}) == 8
    assert len(long_keys(stream(13, 1), 12)) == 2


@pytest.mark.parametrize(
    "notice",
    [
        "",
        "...",
        "More",
        "We use cookies to improve your experience. By continuing to browse you agree to our privacy policy. "
        "Sign up for our newsletter and follow us on Facebook, Twitter and Instagram.",
        "Access denied. Please enable JavaScript and reload the page.",
        "404 page unavailable",
    ],
)
def test_notices_have_no_shingles(notice: str) -> None:
    assert fingerprint(notice) == Fingerprint(keys=b"", sketch=b"", shingles=0, numbers=b"")


def test_short_news_is_no_notice() -> None:
    assert fingerprint("Rebels captured the base, the Observatory said on Sunday.").shingles > 0


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    print_, cut = fingerprint(CHINESE), fingerprint(CHINESE[:300])
    assert print_.keys
    equal = (np.frombuffer(print_.sketch, np.uint8) == np.frombuffer(cut.sketch, np.uint8)).mean()
    assert 0.6 < equal < 0.9


def test_at_most_64_numbers_are_kept() -> None:
    print_ = fingerprint(" ".join(f"{n} {word}" for n, word in enumerate(body(5, 200).split())))
    numbers = np.frombuffer(print_.numbers, ">u4")
    assert len(numbers) == 64
    assert (numbers[1:] > numbers[:-1]).all()
