"""Household money: public transfers, consumption, kin. 家庭收支"""

from sim.village.compiled import rule


@rule
def dibao_payment(residents, wages, pensions, dibao_line, dibao_cap, dibao_taper, dibao_recognised):
    """Dibao of a home in a month, yuan (R20): the gap to the line a head, of which wages count only in part."""
    if residents <= 0:
        return 0.0
    recognised = (dibao_taper * dibao_recognised * wages + pensions) / residents
    return residents * min(dibao_cap, max(0.0, dibao_line / 12.0 - recognised))


@rule
def permanent_income_next(permanent, income, habit):
    """Habitual cash income after a month, yuan a month (R21)."""
    return habit * permanent + (1.0 - habit) * income


@rule
def consumption(
    residents, permanent, remitted, cash, norm, least, from_income, from_remittance, from_cash, buffer_months
):
    """Cash a home wants to spend in a month, yuan (R21): needs, habitual income, remittances, cash beyond the buffer.

    Deaton 1991; Carroll 1997. Own income covers the needs first; never more than the cash there is.
    """
    needs = least * residents
    wanted = needs + from_income * max(0.0, permanent - needs)
    wanted += from_remittance * max(0.0, remitted - max(0.0, needs - permanent))
    wanted += from_cash * (cash - buffer_months * norm)
    return min(cash, max(0.0, wanted))


@rule
def kin_can_lend(cash, norm, kin_lends_above, kin_lends_share):
    """What a linked home lends, yuan (R22): a share of its cash beyond some months of consumption."""
    return max(0.0, kin_lends_share * (cash - kin_lends_above * norm))


@rule
def own_payment(gross_cost, insured_share):
    """What a hospital case costs the family, yuan (R23)."""
    return gross_cost * (1.0 - insured_share)


@rule
def leisure_value_of(drive, tired, leisure_value, leisure_drive, leisure_tired):
    """Value of an hour of rest, yuan (R18): lower with drive, higher when tired."""
    return leisure_value * (1.0 + leisure_drive * (0.5 - drive)) * (1.0 + leisure_tired * tired)
