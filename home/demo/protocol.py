"""What a proposal says beyond its record: the development protocol (PA-1 to PA-11), admission.

As in a real department, much of it is standard wording. Sections that the record does not write
itself are composed from its own facts (outcomes, audience, partners, modules, assessments) and
from the texts of `data/shared/protocol.toml`.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from credentials.choices import NOT_MASTERY, CreditBasis, Language
from credentials.conf import conf
from home.demo.data_files import Record, read_shared

Texts = Mapping[str, Mapping[str, list[str]]]
ADMISSION = "admission_requirements"
AND = {"en": " and ", "fr": " et "}
QUOTED = {"en": "“{}”", "fr": "« {} »"}
NOTHING = {"en": "practice with feedback", "fr": "les exercices commentés"}


def completed(record: Record, turn: int, units: Mapping[str, str]) -> Record:
    """Return the record with the sections and admission requirements that it leaves out.

    `turn` picks among the texts of a section, `units` gives the names of academic units by code.
    A record that says `unfinished` is returned as it is: it is a draft that still has gaps.
    """
    if record.get("unfinished"):
        return record
    language = "fr" if record.get("language") == Language.FRENCH else "en"
    facts = _facts(record, language, units)
    traits = _traits(record)
    composed = {
        name: _first_fitting(texts, traits, turn + place).format_map(facts)
        for place, (name, texts) in enumerate(_wording()[language].items())
    }
    admission = record.get(ADMISSION) or composed.pop(ADMISSION)
    composed.pop(ADMISSION, None)
    return {
        **record,
        ADMISSION: admission,
        "protocol": {**composed, **record.get("protocol", {})},
    }


@cache
def _wording() -> Mapping[str, Texts]:
    return read_shared("protocol")


def _first_fitting(texts: Mapping[str, list[str]], traits: Iterable[str], turn: int) -> str:
    variants = next(texts[trait] for trait in traits if trait in texts)
    return variants[turn % len(variants)]


def _traits(record: Record) -> list[str]:
    """What the record is, the most particular first."""
    said = {
        "contracted": "contracted_for" in record,
        "for_credit": record.get("credit_basis") == CreditBasis.FAC,
        "prerequisites": "prerequisites" in record and "components" not in record,
        "stack": "stacking_approach" in record,
        record["category"]: True,
        record["kind"]: True,
        "partners": "partners" in record,
        "modules": "modules" in record,
        "any": True,
    }
    return [trait for trait, is_so in said.items() if is_so]


def _facts(record: Record, language: str, units: Mapping[str, str]) -> dict[str, str]:
    """The record's facts as parts of sentences; with a capital name, to begin a sentence."""
    joined = AND[language]
    quoted = QUOTED[language]
    department = "le Service de la formation continue" if language == "fr" else "the " + _office()
    involved = [units[record["unit"]]] if "unit" in record else []
    involved += [partner["name"] for partner in record.get("partners", [])]
    mastery = [a for a in record.get("assessments", []) if a["kind"] not in NOT_MASTERY]
    facts = {
        "outcomes": _list(
            [_inside(item) for item in record.get("outcomes", [])], f";{joined}", ";"
        ),
        "audience": _inside(record.get("audience", "")),
        "involved": _list([*involved, department], joined),
        "modules": _list([quoted.format(m["title"]) for m in record.get("modules", [])], joined),
        "assessments": _list([quoted.format(item["title"]) for item in mastery], joined)
        or NOTHING[language],
        "parent": record.get("parent_program") or "its parent program",
    }
    return facts | {name.title(): text[:1].upper() + text[1:] for name, text in facts.items()}


def _office() -> str:
    return conf().OFFICES["department"]


def _inside(sentence: str) -> str:
    """A sentence as part of another: without its stop and its capital."""
    bare = sentence.strip().rstrip(".")
    return bare[:1].lower() + bare[1:]


def _list(items: list[str], joined: str, mark: str = ",") -> str:
    return joined.join([f"{mark} ".join(items[:-1]), items[-1]] if len(items) > 1 else items)
