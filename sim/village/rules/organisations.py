"""Leaders of organisations: their trust, their word for or against the agency, and the door they hold. 机构与领导人"""

from sim.village.compiled import rule


@rule
def meeting_evidence(hours, ability, meeting_evidence, meeting_hours):
    """Good evidence that hours of talk with a leader give (R38)."""
    return meeting_evidence * ability * hours / meeting_hours


@rule
def word_for(trust, influence, endorsement):
    """Good evidence a month for each member (R38): a leader who trusts more than half speaks for the agency."""
    return endorsement * influence * max(0.0, 2.0 * trust - 1.0)


@rule
def word_against(trust, influence, endorsement, warns_below):
    """Bad evidence a month for each member (R38): a leader of little trust warns against the agency."""
    return 0.0 if trust >= warns_below else endorsement * influence * max(0.0, 1.0 - 2.0 * trust)


@rule
def door(trust, gate, gate_penalty):
    """Share of the work of visits and courses that is left (R38); `trust` is the most that committee or a clan has."""
    return 1.0 if trust >= gate else gate_penalty
