"""The clock of a version of the procedure, with the closures that are known now (AP-2)."""

from appeals.models.closures import UniversityClosure
from appeals.models.procedures import Procedure
from appeals.rules.working_days import Clock, Closure
from credentials.message_templates.bilingual import active_language


def clock_of(procedure: Procedure, closures: tuple[Closure, ...] | None = None) -> Clock:
    """Its cut-off, zone and holidays, and the university's closures: one query if none are given.

    Names are in the active language.
    """
    if closures is None:
        closures = UniversityClosure.objects.all().as_closures()
    return Clock(
        zone=procedure.zone,
        cut_off=procedure.cut_off,
        province=procedure.province,
        closures=closures,
        language=active_language(),
    )
