"""What lasts: a name for the goods, ways to more buyers, an organisation of one's own. 营造"""

from math import exp

from sim.village.compiled import rule


@rule
def brand_next(brand, market_work, quality, outer_share, brand_work, brand_sales, brand_decay, bad_below):
    """Level of the brand after a month (R72), 0 to 1: what is told and what is sold count as far as goods are good.

    Goods that are bad on average win nobody, whatever is spent on telling.
    """
    worth = quality if quality >= bad_below else 0.0
    gain = min(1.0, brand_work * market_work / 20.0 * worth + brand_sales * worth * outer_share)
    return brand + gain * (1.0 - brand) - brand_decay * brand


@rule
def scandal_chance(bad_lots, scan):
    """Chance that buyers find out about bad lots of a month (R72)."""
    return 1.0 - exp(-scan * bad_lots)


@rule
def brand_after_scandal(brand, loss):
    """Level of the brand after bad goods became known (R72)."""
    return max(0.0, brand - loss)


@rule
def price_of_brand(brand, is_registered, premium, unregistered):
    """Price outside over that of goods without a name (R72); without a trademark others use the name too."""
    return 1.0 + premium * brand * (1.0 if is_registered == 1 else unregistered)


@rule
def reach_next(reach, market_work, reach_gain, reach_most, reach_fade):
    """Depth outside over what it was, less one, after a month of telling buyers (R56).

    However much is told, no more than all that is missing is won in a month.
    """
    return reach + min(1.0, reach_gain * market_work / 20.0) * (reach_most - reach) - reach_fade * reach


@rule
def match_chance(link_hours, credibility, match_speed):
    """Chance that an enterprise pairs up this month (R56): hours of linking count as far as one is believed."""
    return 1.0 - exp(-match_speed * link_hours * credibility)


@rule
def orders_next(orders, quality, most, orders_growth, rating_floor):
    """Orders a month of a web shop (R15): good goods bring more, up to a limit; bad goods lose some."""
    change = orders_growth * (quality - rating_floor) * orders
    return orders + change * max(0.0, 1.0 - orders / most) if change > 0.0 and most > 0.0 else max(0.0, orders + change)


@rule
def shop_price(retail, quality, parcel_kilos, rating_floor, fee_share, parcel_cost):
    """What goods leave in a web shop after fees, packing and courier, yuan (R15); bad ratings lower the price."""
    rated = retail * min(1.0, quality / rating_floor)
    return rated * (1.0 - fee_share) - parcel_kilos * parcel_cost


@rule
def ability_next(ability, practice, taught, teacher, by_practice, by_teaching, forgetting):
    """An ability of the local organisation after a month (R59), 0 to 1; practice and teaching are in full months."""
    gain = by_practice * practice * (1.0 - ability) + by_teaching * taught * max(0.0, teacher - ability)
    return ability + gain - forgetting * ability


@rule
def practised(hours, workers, full_hours, work_share):
    """Practice of a month (R59), 1 = a full month of each worker that becomes work."""
    return hours / (full_hours * workers) * work_share if workers > 0.0 else 0.0


@rule
def taught(hours, match, load, busy_from):
    """Teaching of a month (R59), 1 = 20 hours with a partner who fits; who is overloaded learns nothing."""
    return 0.0 if load > busy_from else hours / 20.0 * match


@rule
def projects_chosen(ability_to_plan, projects_least, projects_more):
    """Projects that a local organisation takes on (R59): the less it can plan, the more it takes."""
    return int(projects_least + projects_more * (1.0 - ability_to_plan) + 0.5)


@rule
def months_seen_ahead(ability_to_plan, horizon_least, horizon_more):
    """Months that an organisation plans ahead (R59)."""
    return horizon_least + horizon_more * ability_to_plan


@rule
def turn_weight(already_on):
    """Weight of one order of four causes in which so many are on before this one (R71): the Shapley weights."""
    return 0.25 if already_on == 0 or already_on == 3 else 1.0 / 12.0
