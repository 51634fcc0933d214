"""Words of other records that a public document holds, and how they read now (law 2).

A document says what its unit, skills, picture and other offerings were called when it was frozen.
Renaming one of them rewrites nothing: here it is seen, and the document with the new words made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from credentials.models.offerings.offering import Offering
from credentials.models.taxonomy import AcademicUnit, Skill
from credentials.policy.admission import authority_for
from credentials.record.document import Document, named_in, named_skill, others_in
from credentials.record.projection import CatalogueEntry

KINDS: dict[str, Promise] = {
    "unit": _("Academic unit"),
    "authority": _("Who decides on admission"),
    "skill": _("Skill"),
    "offering": _("Offering"),
    "picture": _("Description of the picture"),
}


@dataclass(frozen=True)
class Words:
    """What the records that some documents name are called now, each by its lasting key."""

    units: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, Document] = field(default_factory=dict)
    offerings: Mapping[str, Document] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Renaming:
    """One record that is called otherwise in two documents."""

    kind: str
    before: str
    after: str

    @property
    def label(self) -> Promise:
        """What kind of record it is, in words."""
        return KINDS[self.kind]


def present_words(documents: Iterable[Document]) -> Words:
    """Read what these documents' records are called now; at most five queries for all of them.

    A picture's description is that of the live page's picture.
    """
    read = list(documents)
    units = {d["academic_unit"]["code"] for d in read if d["academic_unit"]}
    skills = {skill["id"] for d in read for skill in d["skills"]}
    named = {id_ for d in read for id_ in named_in(d)}
    pictured = {d["id"] for d in read if d["image"]}
    return Words(
        dict(AcademicUnit.objects.filter(code__in=units).values_list("code", "name"))
        if units
        else {},
        dict(_skills(skills)) if skills else {},
        dict(_offerings(named)) if named else {},
        dict(_pictures(pictured)) if pictured else {},
    )


def in_present_words(document: Document, words: Words) -> Document:
    """The same document with the words of its records as they are now; what is gone stays."""
    unit = document["academic_unit"]
    if unit and unit["code"] in words.units:
        unit = unit | {"name": words.units[unit["code"]]}
    stacking = document["stacking"]
    if stacking:
        components = [_renamed(item, words) for item in stacking["components"]]
        stacking = stacking | {"components": components}
    image = document["image"]
    if image and words.pictures.get(document["id"]):
        image = image | {"alt": words.pictures[document["id"]]}
    authority = authority_for(
        document["kind"], document["credit_basis"], unit["name"] if unit else ""
    )
    return document | {
        "academic_unit": unit,
        "admission": document["admission"]
        | {
            "authority": authority.name,
            "consults": authority.consults,
            "clause": authority.clause,
        },
        "skills": [words.skills.get(skill["id"], skill) for skill in document["skills"]],
        "prerequisites": [
            item | {"offering": item["offering"] and _renamed(item["offering"], words)}
            for item in document["prerequisites"]
        ],
        "stacking": stacking,
        "image": image,
    }


def renamings(before: Document, after: Document) -> list[Renaming]:
    """Records that both documents name, in other words."""
    old = dict(_said(before))
    return [
        Renaming(key[0], old[key], text)
        for key, text in _said(after)
        if key in old and old[key] != text
    ]


def names_in(document: Document) -> dict[tuple[type, str], str]:
    """What a document calls units, skills and other offerings, by model and lasting key."""
    unit = document["academic_unit"]
    return {
        **({(AcademicUnit, unit["code"]): unit["name"]} if unit else {}),
        **{(Skill, skill["id"]): skill["name"] for skill in document["skills"]},
        **{(Offering, item["id"]): item["title"] for item in others_in(document)},
    }


def _said(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    if unit := document["academic_unit"]:
        yield ("unit", unit["code"]), unit["name"]
    yield ("authority", ""), document["admission"]["authority"]
    for skill in document["skills"]:
        parts = (f"{a['framework']}: {a['name']} ({a['url']})" for a in skill["alignments"])
        yield ("skill", skill["id"]), "; ".join([skill["name"], *parts])
    for item in others_in(document):
        yield ("offering", item["id"]), item["title"]
    if document["image"]:
        yield ("picture", ""), document["image"]["alt"]


def _renamed(item: Document, words: Words) -> Document:
    return item | words.offerings.get(item["id"], {})


def _skills(keys: set[str]) -> Iterator[tuple[str, Document]]:
    for skill in Skill.objects.filter(uuid__in=keys).prefetch_related("alignments"):
        yield str(skill.uuid), named_skill(skill)


def _offerings(keys: set[str]) -> Iterator[tuple[str, Document]]:
    entries = CatalogueEntry.objects.current().visible().filter(offering_uuid__in=keys)
    for entry in entries.only("offering_uuid", "slug", "title", "kind"):
        yield str(entry.offering_uuid), {"slug": entry.slug, "title": entry.title}


def _pictures(keys: set[str]) -> Iterator[tuple[str, str]]:
    pages = Offering.objects.filter(uuid__in=keys, image__isnull=False)
    for key, title, description in pages.values_list("uuid", "title", "image__description"):
        yield str(key), description or title
