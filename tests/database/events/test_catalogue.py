"""The events' catalogues at hand: a hall full of phones reads them once."""

import asyncio
from typing import Any

from sqlalchemy import event as listening

from audience.catalogue import Catalogue
from data_access.engine import Database
from dialogue.refusals import UnknownEvent
from tests.factories import SLUG

PHONES = 300


def test_phones_that_come_at_the_same_moment_read_an_event_once(database: Database) -> None:
    read: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        read.append(statement)

    async def come(phones: int) -> None:
        catalogue = Catalogue()
        events = await asyncio.gather(*(catalogue.event(SLUG) for _ in range(phones)))
        assert {each.slug for each in events} == {SLUG}

    listening.listen(database._reader, "before_cursor_execute", note)
    asyncio.run(come(1))
    alone = len(read)
    asyncio.run(come(PHONES))
    listening.remove(database._reader, "before_cursor_execute", note)

    assert len(read) == 2 * alone


def test_a_phone_that_goes_away_does_not_end_the_reading_of_the_others(database: Database) -> None:
    async def come() -> str:
        catalogue = Catalogue()
        going, staying = (asyncio.create_task(catalogue.event(SLUG)) for _ in range(2))
        await asyncio.sleep(0)
        going.cancel()
        return (await staying).slug

    assert asyncio.run(come()) == SLUG


def test_an_unknown_event_is_refused_to_each_who_asks_for_it(database: Database) -> None:
    async def come() -> list[Any]:
        catalogue = Catalogue()
        asked = [catalogue.event("no-such-event") for _ in range(3)]
        return await asyncio.gather(*asked, return_exceptions=True)

    assert all(isinstance(each, UnknownEvent) for each in asyncio.run(come()))
