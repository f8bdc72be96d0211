"""Invented articles for whole runs: wars that never were fought so, in the words of the wires."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_SYRIA = (
    "DAMASCUS, Dec 6 - Iran has begun to evacuate its military commanders from Syria, officials said on"
    " Friday. Commanders of the Quds Force were flown to Iraq and Lebanon as rebels advanced on Homs. "
    "The Syrian army shelled the rebels north of the city. Residents of the suburbs left on foot, "
    "carrying what they could, and shops along the main road stayed closed through the afternoon while "
    "trucks passed."
)
_SUDAN = (
    "KHARTOUM - The Rapid Support Forces captured a base of the Sudanese army on Tuesday after days of "
    "fighting. Sudanese army jets bombed the base in the evening. The United Nations evacuated its "
    "staff from the town, a spokesman said, and aid workers waited for trucks that would bring flour, "
    "oil and medicine to the camps."
)
_UKRAINE = (
    "KYIV - Russia launched 40 drones at Ukraine overnight, the air force said. Ukrainian troops "
    "withdrew from the village of Novosele. Officials ordered families to leave the towns along the "
    "river before the winter, and buses stood ready in the morning at the school, the station and the "
    "market square of the old town."
)
_MARKET = (
    "LONDON - Wheat futures rose two cents on Monday as traders weighed rain in the plains against weak"
    " exports. Analysts expect a charm offensive by ministers at the trade talks next week, though few "
    "think it will help farmers, who have sold less grain this season than in any of the last five and "
    "wait for better prices."
)


def an_article(number: int, text: str, published: str | None, source: str, title: str) -> dict[str, Any]:
    """One record in the field names that dumps use most."""
    return {
        "id": f"inv-{number}",
        "url": f"https://www.{source}/news/{number}",
        "source": source,
        "title": title,
        "text": text,
        "published": published,
        "lang": "en",
    }


def the_articles() -> list[dict[str, Any]]:
    """Twelve records: leads, exact and near copies, two undated, a week that crosses two months."""
    near = _SYRIA.replace("on Friday", "on Friday evening").replace("trucks passed", "trucks passed by")
    return [
        an_article(1, _SYRIA, "2024-12-06T10:00:00Z", "example.com", "Iran evacuates commanders from Syria"),
        an_article(2, _SYRIA, "2024-12-06T12:00:00Z", "example.org", "Tehran pulls out commanders"),
        an_article(3, near, "2024-12-07T08:00:00Z", "example.net", "Iran begins to evacuate commanders"),
        an_article(4, _SUDAN, "2024-12-31T10:00:00Z", "example.com", "RSF captures army base"),
        an_article(5, _SUDAN, "2025-01-01T10:00:00Z", "example.org", "Army base falls"),
        an_article(6, _UKRAINE, "2025-01-02T10:00:00Z", "example.com", "Drones over Ukraine"),
        an_article(7, _UKRAINE + " More buses came at noon.", None, "example.net", "Drones and buses"),
        an_article(8, _MARKET, "2025-01-02T11:00:00Z", "example.com", "Wheat edges up"),
        an_article(9, _SYRIA.replace("Homs", "Hama") + " " + _UKRAINE, None, "example.org", "Two wars"),
        an_article(10, _SUDAN + " " + _MARKET, "2025-02-03T10:00:00Z", "example.net", "Base and wheat"),
        an_article(11, "", "2025-02-03T10:00:00Z", "example.net", ""),
        an_article(12, _UKRAINE.replace("40", "55"), "2025-02-04", "example.com", "More drones over Ukraine"),
    ]


def write_dump(path: Path, records: Sequence[dict[str, Any]], *broken: str) -> Path:
    """The records as JSON lines, then lines that are no JSON."""
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    path.write_text("\n".join([*lines, *broken]) + "\n", encoding="utf-8")
    return path
