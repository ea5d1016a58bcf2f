import asyncio
from datetime import timedelta

from sqlalchemy import text

from audience import consent
from audience.intake import SubmissionWriter
from data_access import engine
from data_access.engine import Database
from data_access.questions.writing import consents
from tests.factories import NOON, SLUG, keyed


def kept() -> list[tuple[str, str]]:
    with engine.current().reading() as session:
        rows = session.execute(text("SELECT language, text FROM consent_texts ORDER BY since"))
        return [(row.language, row.text) for row in rows]


def test_the_first_question_keeps_the_notice_that_was_read(database: Database) -> None:
    async def ask_twice() -> None:
        intake = SubmissionWriter()
        async with intake.running():
            await intake.submit(SLUG, keyed())
            await intake.submit(SLUG, keyed())

    asyncio.run(ask_twice())

    assert sorted(kept()) == sorted(consent.texts().items())
    assert "90 ngày sau sự kiện" in consent.texts()["vi"]
    assert "90 days after the event" in consent.texts()["en"]


def test_a_notice_is_kept_anew_only_when_it_says_something_else(database: Database) -> None:
    for day, vietnamese in enumerate(["một", "một", "hai", "một"]):
        with database.transaction() as session:
            said = {"vi": vietnamese, "en": "one"}
            consents.remember(session, SLUG, said, at=NOON + timedelta(days=day))

    assert [said for language, said in kept() if language == "vi"] == ["một", "hai", "một"]
    assert [said for language, said in kept() if language == "en"] == ["one"]
    with database.reading() as session:
        assert consents.current(session, SLUG) == {"vi": "một", "en": "one"}
