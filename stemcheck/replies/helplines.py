"""Whom to call: the numbers of a safety card, those of the visitor's country first."""

from stemcheck.content.library import Library
from stemcheck.content.schema_guidance import SafetyCard

DEFAULT_COUNTRY = "default"
ELSEWHERE = "Elsewhere"
# most browsers are sold with this region and keep it abroad, so it shortens no list
ANYWHERE = "US"
OTHER_NAMES = {"GB": "UK", "EN": "UK"}

Numbers = list[dict[str, str]]


def choose_numbers(library: Library, card: SafetyCard, country: str = "", region: str = "") -> Numbers:
    """Return `country` and `number` of each line to call, never empty where the card has somebody to call.

    `region` is where the visitor's browser seems to be, `country` what the operator set; both two letters or nothing.
    A card that names a crisis line or a doctor names the emergency number as well. Other countries follow where neither is known.
    """
    if not card.call:
        return []
    wanted = [_key(library, region), _key(library, country)]
    near = [key for key in dict.fromkeys(wanted) if key and key != DEFAULT_COUNTRY]
    is_sure = any(key != ANYWHERE.lower() for key in near) or country.upper() == ANYWHERE
    others = [] if is_sure else [key for key in library.numbers if key not in near and _says_more(library, key, card)]
    lines = [line for key in [*near, DEFAULT_COUNTRY] for line in _lines(library, key, card)]
    lines += [_line(library, key, card.call) for key in others if key != DEFAULT_COUNTRY]
    return list({(line["country"], line["number"]): line for line in lines}.values())


def list_numbers(numbers: Numbers) -> str:
    """Return the lines of a card as text: one each up to 112, and all other countries in one, as nobody reads twenty lines in need."""
    places = [place for place, line in enumerate(numbers) if line["country"] == ELSEWHERE]
    first = places[-1] + 1 if places else len(numbers)
    near = [f"{line['country']}: {line['number']}" for line in numbers[:first]]
    others = "; ".join(f"{line['country']} {line['number']}" for line in numbers[first:])
    return "\n".join([*near, others] if others else near)


def region_of(languages: str) -> str:
    """Return the region in a browser's `Accept-Language`: "UK" for "en-GB,en;q=0.9"; nothing where it names none."""
    for part in languages.split(","):
        for piece in part.split(";")[0].strip().split("-")[1:]:
            if len(piece) == 2 and piece.isascii() and piece.isalpha():
                return OTHER_NAMES.get(piece.upper(), piece.upper())
    return ""


def _key(library: Library, country: str) -> str:
    key = OTHER_NAMES.get(country.upper(), country).lower()
    return key if key in library.numbers else ""


def _lines(library: Library, key: str, card: SafetyCard) -> Numbers:
    kinds = [str(card.call)] if card.call == "emergency" else [str(card.call), "emergency"]
    numbers = library.numbers[key].dict()
    return [_line(library, key, kind) for kind in kinds if numbers[kind]]


def _line(library: Library, key: str, kind: str) -> dict[str, str]:
    return {
        "country": ELSEWHERE if key == DEFAULT_COUNTRY else key.upper(),
        "number": str(library.numbers[key].dict()[kind]),
    }


def _says_more(library: Library, key: str, card: SafetyCard) -> bool:
    number = library.numbers[key].dict()[str(card.call)]
    return bool(number) and number != library.numbers[DEFAULT_COUNTRY].dict()[str(card.call)]
