"""The life of a case as data: which act leads from which stage to which, and whose it is.

Pure: no queries. The database holds events to the same table (`models/events.py`), so a case
cannot skip a stage by any way (law 3), and AP-1's authority alone decides.
"""

from appeals.choices import Act, Outcome, Part, Stage

Step = tuple[str, str, str]

# Stages in which a case is worked, in their order.
WORKED = (
    Stage.LATE,
    Stage.COMPLETENESS,
    Stage.INFORMATION,
    Stage.RESPONSE,
    Stage.REVIEW,
    Stage.DECISION,
)
OPEN = (*WORKED, Stage.SUSPENDED)
NOT_CLOSED = (*OPEN, Stage.CONCLUDED)

_FORWARD: tuple[Step, ...] = (
    (Act.FILED, "", Stage.COMPLETENESS),
    (Act.FILED, "", Stage.LATE),
    (Act.EXTENSION_GRANTED, Stage.LATE, Stage.COMPLETENESS),
    (Act.EXTENSION_REFUSED, Stage.LATE, Stage.CONCLUDED),
    (Act.FOUND_COMPLETE, Stage.COMPLETENESS, Stage.RESPONSE),
    (Act.INFORMATION_REQUESTED, Stage.COMPLETENESS, Stage.INFORMATION),
    (Act.INFORMATION_REQUESTED, Stage.REVIEW, Stage.INFORMATION),
    (Act.INFORMATION_RECEIVED, Stage.INFORMATION, Stage.COMPLETENESS),
    (Act.INFORMATION_RECEIVED, Stage.INFORMATION, Stage.REVIEW),
    (Act.RESPONSE_RECEIVED, Stage.RESPONSE, Stage.REVIEW),
    (Act.RESPONSE_WAIVED, Stage.RESPONSE, Stage.REVIEW),
    (Act.SUBMITTED, Stage.REVIEW, Stage.DECISION),
    # What was asked for never came: the decider decides on what there is.
    (Act.SUBMITTED, Stage.INFORMATION, Stage.DECISION),
    (Act.RETURNED, Stage.DECISION, Stage.REVIEW),
    (Act.DECIDED, Stage.DECISION, Stage.CONCLUDED),
    (Act.CLOSED, Stage.CONCLUDED, Stage.CLOSED),
)
_ENDING_EARLY = (Act.WITHDRAWN, Act.RESOLVED)
_STAYING: dict[Act, tuple[Stage, ...]] = {
    Act.RESPONSE_REQUESTED: (Stage.RESPONSE,),
    Act.EXTENDED: WORKED,
    Act.ASSIGNED: NOT_CLOSED,
    Act.DELEGATED: OPEN,
    Act.DELEGATION_REVOKED: NOT_CLOSED,
    Act.CONFLICT_RECORDED: NOT_CLOSED,
    Act.LINKED: NOT_CLOSED,
    Act.DOCUMENT_ADDED: NOT_CLOSED,
    Act.LETTER_ISSUED: NOT_CLOSED,
    # Links open a closed case too, for its letters.
    Act.LINKS_ENDED: (*NOT_CLOSED, Stage.CLOSED),
    Act.ADDRESS_CORRECTED: (*NOT_CLOSED, Stage.CLOSED),
    Act.NOTED: (*NOT_CLOSED, Stage.CLOSED),
    Act.ACTION_COMPLETED: (Stage.CONCLUDED,),
    Act.KEPT_LONGER: (Stage.CLOSED,),
}

STEPS: frozenset[Step] = frozenset(
    (str(act), str(before), str(after))
    for act, before, after in (
        *_FORWARD,
        *((act, stage, Stage.CONCLUDED) for act in _ENDING_EARLY for stage in OPEN),
        *((Act.SUSPENDED, stage, Stage.SUSPENDED) for stage in WORKED),
        *((Act.RESUMED, Stage.SUSPENDED, stage) for stage in WORKED),
        *((act, stage, stage) for act, stages in _STAYING.items() for stage in stages),
    )
)

# Acts that go back to where the case stood before the act named.
RETURNS_FROM = {
    Act.RESUMED: Act.SUSPENDED,
    Act.INFORMATION_RECEIVED: Act.INFORMATION_REQUESTED,
}

_OFFICE = frozenset({Part.OFFICE})
_DECIDER = frozenset({Part.DECIDER})
_EITHER = _OFFICE | _DECIDER
# Whose an act is; the office's unless it is named here.
PARTS: dict[Act, frozenset[Part]] = {
    Act.FILED: frozenset({Part.OFFICE, Part.APPELLANT}),
    Act.EXTENSION_GRANTED: _DECIDER,
    Act.EXTENSION_REFUSED: _DECIDER,
    Act.DECIDED: _DECIDER,
    Act.RETURNED: _DECIDER,
    Act.DELEGATED: _DECIDER,
    Act.DELEGATION_REVOKED: _DECIDER,
    Act.NOTED: _EITHER,
    Act.CONFLICT_RECORDED: _EITHER,
    Act.DOCUMENT_ADDED: frozenset(Part),
    Act.INFORMATION_RECEIVED: frozenset({Part.OFFICE, Part.APPELLANT}),
    Act.WITHDRAWN: frozenset({Part.OFFICE, Part.APPELLANT}),
    Act.RESPONSE_RECEIVED: frozenset({Part.OFFICE, Part.RESPONDENT}),
}

# Decisions under AP-1: they need reasons, an instrument, and a decider with authority.
DECISIONS = (Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED, Act.DECIDED)
# They take away what somebody has in hand, so the record says why.
WITH_REASON = (Act.LINKS_ENDED, Act.ADDRESS_CORRECTED)
# With which outcomes an act can end a case; every other act has none.
OUTCOMES: dict[Act, tuple[Outcome, ...]] = {
    Act.DECIDED: (Outcome.UPHELD, Outcome.DISMISSED, Outcome.VARIED, Outcome.REFERRED_BACK),
    Act.EXTENSION_REFUSED: (Outcome.OUT_OF_TIME,),
    Act.WITHDRAWN: (Outcome.WITHDRAWN,),
    Act.RESOLVED: (Outcome.RESOLVED,),
}
# What the appellant is told of; all else is the office's.
TOLD_TO_APPELLANT = frozenset(
    {
        Act.FILED,
        Act.EXTENSION_GRANTED,
        Act.EXTENSION_REFUSED,
        Act.FOUND_COMPLETE,
        Act.INFORMATION_REQUESTED,
        Act.INFORMATION_RECEIVED,
        Act.RESPONSE_RECEIVED,
        Act.RESPONSE_WAIVED,
        Act.SUBMITTED,
        Act.DECIDED,
        Act.WITHDRAWN,
        Act.RESOLVED,
        Act.SUSPENDED,
        Act.RESUMED,
        Act.EXTENDED,
        Act.ADDRESS_CORRECTED,
        Act.LETTER_ISSUED,
        Act.CLOSED,
    }
)


def acts_from(stage: str) -> list[Act]:
    """What can be done to a case that stands here, in the order of a case's life."""
    possible = {act for act, before, _after in STEPS if before == stage}
    return [act for act in Act if str(act) in possible]


def stages_after(act: str, stage: str) -> list[Stage]:
    """Where an act can lead from a stage; empty when it is not offered there."""
    return [after for after in Stage if (str(act), str(stage), str(after)) in STEPS]


def parts_for(act: Act) -> frozenset[Part]:
    """Whose an act is."""
    return PARTS.get(act, _OFFICE)
