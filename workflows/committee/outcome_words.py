"""The outcome of a motion, explained in words from the figures on record."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.choices import MotionOutcome, QuorumBasis


def explain(result: Any) -> str:
    """One sentence for a result or a tally, in the reader's language.

    Such as “5 of 7 seats present, quorum 4, 4 yes 1 no: carried”.
    """
    if result.outcome == MotionOutcome.VOID:
        return _("Void: %(reason)s") % {"reason": result.reason}
    parts = [
        ngettext(
            "%(present)s of %(eligible)s seat present",
            "%(present)s of %(eligible)s seats present",
            result.eligible,
        )
        % {"present": result.present, "eligible": result.eligible},
        _("quorum %(quorum)s") % {"quorum": result.quorum},
        _("%(yes)s yes %(no)s no") % {"yes": result.yes, "no": result.no},
    ]
    if result.abstain:
        parts.append(
            ngettext("%(count)s abstention", "%(count)s abstentions", result.abstain)
            % {"count": result.abstain}
        )
    if result.discuss:
        parts.append(_("%(count)s to discuss") % {"count": result.discuss})
    if result.recused:
        parts.append(
            ngettext("%(count)s seat recused", "%(count)s seats recused", result.recused)
            % {"count": result.recused}
        )
    if result.casting_vote:
        parts.append(_("a tie that the second vote of the presiding seat decided"))
    return _("%(figures)s: %(outcome)s.") % {
        "figures": ", ".join(parts),
        "outcome": str(MotionOutcome(result.outcome).label).lower(),
    }


def rules_in_words(rules: Any) -> str:
    """A committee's rules of voting as one sentence, in the reader's language."""
    if rules.quorum_basis == QuorumBasis.SHARE:
        quorum = _("%(quorum)s percent of the seats that may vote") % {"quorum": rules.quorum}
    else:
        quorum = ngettext("%(count)s seat", "%(count)s seats", rules.quorum) % {
            "count": rules.quorum
        }
    return _(
        "Quorum: %(quorum)s, recused seats not counted. Majority: %(threshold)s %(basis)s. On a "
        "tie: %(tie)s."
    ) % {
        "quorum": quorum,
        "threshold": str(rules.get_threshold_display()).lower(),
        "basis": str(rules.get_majority_basis_display()).lower(),
        "tie": str(rules.get_tie_break_display()).lower(),
    }
