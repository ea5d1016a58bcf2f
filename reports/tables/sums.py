"""How many questions stand where: in all, by district, by topic, and by both."""

from collections import Counter

import words.questions
from dialogue.events import District, per_10000
from dialogue.lifecycle import HEARD, Status
from reports.contents import Contents
from reports.table import Cell, Column, Table


def summary(contents: Contents) -> Table:
    """Say in a few lines what day it was and how many questions stand where."""
    _ = contents.language.gettext
    event = contents.event
    rows: list[tuple[Cell, ...]] = [
        (_("Event"), contents.language.pick(event.title, event.title_en)),
        (_("Theme"), contents.language.pick(event.theme, event.theme_en)),
        (_("Held on"), contents.language.date_time(event.held_at.astimezone(contents.zone))),
        (_("As of"), contents.language.date_time(contents.at.astimezone(contents.zone))),
        (_("Questions"), contents.count()),
    ]
    rows += [
        (name, contents.count(status))
        for status, name in words.questions.statuses(contents.language).items()
    ]
    heard = {each.district for each in contents.counts}
    rows.append((_("Districts with questions"), f"{len(heard)}/{len(event.districts)}"))
    return Table(_("Summary"), (Column(_("What"), str, 30), Column(_("Value"), object, 70)), rows)


def by_district(contents: Contents) -> Table:
    """Count the questions of each district, by state and per 10,000 young people."""
    _ = contents.language.gettext
    columns = (
        Column(_("District"), str, 28),
        Column(_("Questions"), int),
        Column(_("Answered or replied to"), int, 24),
        Column(_("Young people"), int, 16),
        Column(_("Per 10,000 young people"), float, 26),
        *(Column(name, int, 18) for name in words.questions.statuses(contents.language).values()),
    )
    rows = [_of_district(each, contents) for each in contents.districts]
    return Table(_("By district"), columns, rows)


def _of_district(district: District, contents: Contents) -> tuple[Cell, ...]:
    asked = contents.count(district=district.code)
    return (
        district.name,
        asked,
        contents.count(*HEARD, district=district.code),
        district.young_people,
        per_10000(asked, district.young_people),
        *(contents.count(each, district=district.code) for each in Status),
    )


def by_topic(contents: Contents) -> Table:
    """Count the questions of each topic by state, with the department that leads."""
    _ = contents.language.gettext
    columns = (
        Column(_("Topic"), str, 50),
        Column(_("Leading department"), str, 34),
        Column(_("Questions"), int),
        Column(_("Answered or replied to"), int, 24),
        *(Column(name, int, 18) for name in words.questions.statuses(contents.language).values()),
    )
    rows = [
        (
            name,
            contents.departments.get(contents.event.leading(code) or ""),
            contents.count(topic=code),
            contents.count(*HEARD, topic=code),
            *(contents.count(each, topic=code) for each in Status),
        )
        for code, name in contents.topics.items()
    ]
    return Table(_("By topic"), columns, rows)


def by_district_and_topic(contents: Contents) -> Table:
    """Count the questions of each district on each topic."""
    _ = contents.language.gettext
    pairs: Counter[tuple[str, str | None]] = Counter()
    for each in contents.counts:
        pairs[each.district, each.topic] += each.questions
    columns = (
        Column(_("District"), str, 28),
        *(Column(name, int, 18) for name in contents.topics.values()),
        Column(_("All topics"), int),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            each.name,
            *(pairs[each.code, code] for code in contents.topics),
            contents.count(district=each.code),
        )
        for each in contents.districts
    ]
    return Table(_("District and topic"), columns, rows)
