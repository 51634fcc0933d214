"""The checkpoint of the transparency log, as it stands in what is kept on paper (ADR 53)."""

from django.utils.translation import gettext as _

from workflows.documents.shapes import Shape, paragraphs, section


def sealed_heading() -> str:
    """What stands above a checkpoint."""
    return _("The record on this day")


def sealed_text(checkpoint: str) -> str:
    """What a checkpoint is for, and the checkpoint, line by line."""
    sentence = _(
        "The checkpoint of the transparency log. With it, anybody can tell whether anything that "
        "was on record by then has been changed since:"
    )
    return f"{sentence}\n{checkpoint}"


def sealed_section(checkpoint: str) -> Shape:
    """A section of a document that prints a checkpoint."""
    return section(sealed_heading(), text=paragraphs(sealed_text(checkpoint)))
