"""Trust in the agency as evidence, contact, supporters, and what is lost when a worker goes. 信任"""

from sim.village.compiled import rule


@rule
def evidence_next(evidence, prior, forgetting, added):
    """Evidence kept after a month (R36): it fades back to the prior, then the month adds its own."""
    return prior + (evidence - prior) * (1.0 - forgetting) + added


@rule
def evidence_of_visit(ability, visit_evidence):
    """Good evidence that a talk with the worker leaves (R36): more from an able agency."""
    return visit_evidence * ability


@rule
def trust_of(good, bad):
    """Trust (R36), 0 to 1: the share of good among all evidence."""
    return good / (good + bad)


@rule
def visits_in(hours, productivity, distance, visit_hours, walk_hours):
    """Homes that can be visited in some hours (R37), a whole number: talk, and the way there and back."""
    return hours * productivity // (visit_hours + walk_hours * 2.0 * distance)


@rule
def contact_next(contact, kept, met):
    """How well a person knows the worker (R37): it fades, and every meeting counts one."""
    return contact * kept + met


@rule
def supports(was_supporter, trust, contact, efficacy, starts_at, contact_least, efficacy_least, ends_below):
    """1 for a supporter (R39): much trust, well known and able; it ends only when trust falls low."""
    if was_supporter == 1.0:
        return 0 if trust < ends_below else 1
    return 1 if trust >= starts_at and contact >= contact_least and efficacy >= efficacy_least else 0


@rule
def handed_over(value, base, share_of_staff, kept, records):
    """What is left of contact or evidence when a share of the staff goes (R58): records save the rest."""
    lost = share_of_staff * (1.0 - kept) * (1.0 - records)
    return base + (value - base) * (1.0 - lost)
