"""The phone page without any script: what a plain browser sends and is shown."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.routing import Mount

import locales
from audience import outcomes, receipts, replies
from audience.api import Api
from audience.board import MOST_SHOWN
from audience.catalogue import Catalogue
from audience.forms import MOST_FORM_BYTES
from audience.intake import SubmissionWriter
from audience.pages import AskPages
from data_access import engine
from data_access.engine import Database
from data_access.events import events, practice
from data_access.questions.writing.personal_data import ASKERS
from dialogue import submissions
from dialogue.events import Event, Intake
from dialogue.lifecycle import PUBLIC, Action, Status
from dialogue.questions import Question, Source
from live import snapshots
from tests.factories import DEPARTMENT, NOON, REPLY, SLUG, act, actor, ask, ask_until, submit_reply
from web import failures

HOSTILE = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> {{ 7 * 7 }}"
TEXT = "Bao giờ xã em có sóng 4G ạ?"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """A fresh database with the sample event; the pages ask nothing that differs on the other."""
    started = engine.start(sqlite_url)
    yield started
    started.close()


class Phone:
    """A browser without scripts, that stays where it is told to go elsewhere."""

    def __init__(self, portal: BlockingPortal, client: AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def get(self, path: str, **options: Any) -> Response:
        return self._portal.call(partial(self._client.get, path, **options))

    def post(self, path: str, **options: Any) -> Response:
        return self._portal.call(partial(self._client.post, path, **options))


@pytest.fixture
def phone(database: Database) -> Iterator[Phone]:
    """A phone that asks for no language, before the app's routes."""
    intake, catalogue = SubmissionWriter(), Catalogue()
    app = Starlette(
        routes=[
            Mount("/api", routes=Api(intake, catalogue).routes),
            *AskPages(intake, catalogue).routes,
            *replies.routes,
        ],
        exception_handlers=failures.HANDLERS,
    )
    client = AsyncClient(
        transport=ASGITransport(app), base_url="http://hall", headers={"Accept-Language": ""}
    )
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(intake.running()),
        portal.wrap_async_context_manager(client),
    ):
        yield Phone(portal, client)


def key_of(page: Response) -> str:
    """The key that a page's form carries."""
    found = re.search(r'name="key" value="([^"]+)"', page.text)
    assert found
    return found[1]


def filled(page: Response, **fields: str) -> dict[str, str]:
    """A form in order, as the page's form would send it."""
    return {"key": key_of(page), "text": TEXT, "district": "731", "consent": "on", **fields}


def opened(phone: Phone, slug: str = SLUG) -> Response:
    page = phone.get(f"/ask/{slug}")
    assert page.status_code == 200
    return page


def send(phone: Phone, form: dict[str, str], slug: str = SLUG, **headers: str) -> Response:
    return phone.post(f"/ask/{slug}", data=form, headers=headers)


def asked() -> list[Question]:
    return list(snapshots.current(SLUG).questions.values())


def close_event() -> None:
    with engine.current().transaction() as session:
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)


def test_a_question_is_sent_without_script_and_leads_to_its_receipt(phone: Phone) -> None:
    form = filled(opened(phone), topic="ha-tang-so", name="Lan", contact_me="on")

    answer = send(phone, form)

    assert answer.status_code == 303
    question = asked()[0]
    assert (question.text, question.source) == (TEXT, Source.PHONE)
    assert answer.headers["location"] == f"/ask/{SLUG}/{question.code}"
    receipt = phone.get(answer.headers["location"])
    assert receipt.status_code == 200
    assert receipt.headers["cache-control"] == "no-store"
    assert "Câu hỏi số 1" in receipt.text
    assert receipts.grouped(question.code) in receipt.text
    assert TEXT in receipt.text


def test_the_page_tells_what_the_dialogue_is(phone: Phone, event: Event) -> None:
    page = opened(phone).text

    for told in (event.theme, event.unit_name, event.official_name, event.official_title):
        assert html.escape(told) in page
    assert "13:30, 10/11/2022" in page


def test_no_box_is_ticked_beforehand(phone: Phone) -> None:
    page = opened(phone).text

    assert page.count('type="checkbox"') == 3
    assert "checked" not in page


def test_wrong_input_comes_back_with_every_mistake_and_all_that_was_typed(
    phone: Phone,
) -> None:
    page = opened(phone)
    form = {"key": key_of(page), "text": "ngắn", "name": "x" * 81, "contact": "lan@example.vn"}

    answer = send(phone, form)

    assert answer.status_code == 422
    summary = answer.text[: answer.text.index("<form")]
    for name in ("text", "district", "name", "consent"):
        assert f'href="#{name}"' in summary
        assert f'id="{name}-wrong">' in answer.text
    assert "Câu hỏi cần ít nhất 10 ký tự; hiện có 4." in answer.text
    assert ">\nngắn</textarea>" in answer.text
    assert f'value="{"x" * 81}"' in answer.text
    assert 'value="lan@example.vn"' in answer.text
    assert 'id="personal" open' in answer.text
    assert key_of(answer) == key_of(page)
    assert asked() == []


def test_choices_and_ticks_come_back_too(phone: Phone) -> None:
    form = filled(opened(phone), text="", district="740", topic="viec-lam", show_name="on")

    answer = send(phone, form)

    assert '<option value="740" lang="vi" selected>' in answer.text
    assert '<option value="viec-lam" selected>' in answer.text
    for ticked in ("show_name", "consent"):
        assert re.search(rf'name="{ticked}"[^>]* checked', answer.text)


def test_all_that_an_asker_may_tell_is_kept_and_shown_to_whoever_has_the_code(
    phone: Phone,
) -> None:
    told = {name: f"Đã kể {name}" for name in submissions.LONGEST}
    ticked = dict.fromkeys(submissions.BOXES, "on")

    receipt = phone.get(send(phone, filled(opened(phone), **told, **ticked)).headers["location"])

    for words in told.values():
        assert words in html.unescape(receipt.text)
    with engine.current().reading() as session:
        kept = session.execute(select(*(ASKERS.c[name] for name in submissions.PERSONAL))).one()
    assert kept._asdict() == {**told, **dict.fromkeys(submissions.BOXES, True)}


def test_a_text_far_too_long_comes_back_whole(phone: Phone) -> None:
    long = "Ấ" * 3_000

    answer = send(phone, filled(opened(phone), text=long))

    assert answer.status_code == 422
    assert long in answer.text


def test_a_form_larger_than_any_form_is_refused_in_words(phone: Phone) -> None:
    answer = send(phone, filled(opened(phone), text="x" * MOST_FORM_BYTES))

    assert answer.status_code == 413
    assert "quá dài" in answer.text


def test_a_form_sent_twice_gives_one_question_and_the_same_receipt(phone: Phone) -> None:
    form = filled(opened(phone))

    first, second = send(phone, form), send(phone, form)

    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert len(asked()) == 1


def test_another_question_under_a_used_key_is_asked_back_under_a_new_one(
    phone: Phone,
) -> None:
    form = filled(opened(phone))
    send(phone, form)

    answer = send(phone, {**form, "text": "Một câu hỏi khác hẳn câu trước"})

    assert answer.status_code == 422
    assert "Một câu hỏi khác hẳn câu trước" in answer.text
    assert key_of(answer) != form["key"]
    assert len(asked()) == 1
    again = send(phone, filled(answer, text="Một câu hỏi khác hẳn câu trước"))
    assert again.status_code == 303
    assert len(asked()) == 2


def test_a_form_without_its_key_gets_one(phone: Phone) -> None:
    form = filled(opened(phone))

    answer = send(phone, {**form, "key": ""})

    assert answer.status_code == 400
    assert TEXT in answer.text
    assert key_of(answer)


def test_each_rendering_has_a_key_of_its_own(phone: Phone) -> None:
    first, second = opened(phone), opened(phone)

    assert key_of(first) != key_of(second)
    assert first.headers["cache-control"] == "private, no-cache"


def test_a_closed_event_shows_no_form_but_its_questions(phone: Phone) -> None:
    ask_until(Status.APPROVED, text="Câu này vẫn đọc được sau khi đóng")
    close_event()

    page = opened(phone)

    assert "đã ngừng nhận câu hỏi" in page.text
    assert 'method="post"' not in page.text
    assert "Câu này vẫn đọc được sau khi đóng" in page.text


def test_a_question_that_comes_too_late_is_given_back(phone: Phone) -> None:
    form = filled(opened(phone))
    close_event()

    answer = send(phone, form)

    assert answer.status_code == 409
    assert TEXT in answer.text
    assert asked() == []


def test_a_form_repeated_after_the_end_still_gets_its_receipt(phone: Phone) -> None:
    form = filled(opened(phone))
    first = send(phone, form)
    close_event()

    second = send(phone, form)

    assert second.status_code == 303
    assert second.headers["location"] == first.headers["location"]


def test_a_database_that_does_not_answer_costs_nobody_their_text(
    phone: Phone, database: Database
) -> None:
    form = filled(opened(phone))
    with database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE questions RENAME TO lost")

    answer = send(phone, form)

    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "chưa lưu được câu hỏi" in answer.text
    assert TEXT in answer.text
    assert key_of(answer) == form["key"]


@pytest.mark.parametrize("path", ["/ask/khong-co", "/ask/khong-co/ABCD", "/ask/%00"])
def test_an_unknown_event_is_said_in_words(phone: Phone, path: str) -> None:
    page = phone.get(path)

    assert page.status_code == 404
    assert "Không tìm thấy buổi đối thoại này" in page.text


def test_a_form_for_an_unknown_event_is_refused(phone: Phone) -> None:
    answer = send(phone, filled(opened(phone)), slug="khong-co")

    assert answer.status_code == 404


@pytest.mark.parametrize("code", ["XXXX-XXXX-XXXX", "%00", "1"])
def test_an_unknown_code_is_said_in_words(phone: Phone, code: str) -> None:
    page = phone.get(f"/ask/{SLUG}/{code}")

    assert page.status_code == 404
    assert "Không tìm thấy câu hỏi nào có mã này" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_a_code_is_understood_however_it_is_written(phone: Phone) -> None:
    code = ask().code
    written = f" {receipts.grouped(code).lower()} "

    answer = phone.get(f"/ask/{SLUG}", params={"code": written})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/ask/{SLUG}/{code}"


def test_a_form_from_another_site_is_refused(phone: Phone) -> None:
    answer = send(phone, filled(opened(phone)), Origin="https://elsewhere.example")

    assert answer.status_code == 403
    assert asked() == []


def test_only_a_form_is_a_form(phone: Phone) -> None:
    answer = phone.post(f"/ask/{SLUG}", json={"text": TEXT})

    assert answer.status_code == 415
    assert answer.headers["content-type"].startswith("text/html")


def test_hostile_text_stays_text_wherever_it_is_shown(phone: Phone) -> None:
    number = ask_until(Status.APPROVED, text=HOSTILE)
    code = snapshots.current(SLUG).questions[number].code
    wrong = filled(opened(phone), text=HOSTILE, name=HOSTILE * 3, contact=HOSTILE)

    shown = [opened(phone), phone.get(f"/ask/{SLUG}/{code}"), send(phone, wrong)]

    for page in shown:
        assert html.escape("<script>alert(") in page.text
        assert "<script>alert(" not in page.text
        assert "<img" not in page.text
        assert "{{ 7 * 7 }}" in page.text


def test_no_page_carries_an_inline_script_or_style(phone: Phone) -> None:
    ask_until(Status.APPROVED)

    for page in (opened(phone), phone.get(f"/ask/{SLUG}/{ask().code}")):
        assert not re.search(r"\son\w+=|\sstyle=|<style|javascript:", page.text)
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert all("src=" in each or "application/json" in each for each in scripts)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [("", "vi"), ("fr,de;q=0.8", "vi"), ("en-GB,en;q=0.9", "en"), ("en;q=0.5,vi", "vi")],
)
def test_the_browser_chooses_the_language_at_first(
    phone: Phone, accepted: str, expected: str
) -> None:
    page = phone.get(f"/ask/{SLUG}", headers={"Accept-Language": accepted})

    assert page.headers["content-language"] == expected
    assert f'<html lang="{expected}">' in page.text


def test_a_language_once_chosen_is_kept(phone: Phone) -> None:
    phone.get(f"/ask/{SLUG}", params={"lang": "en"})

    page = opened(phone)
    answer = send(phone, filled(page, text="short"))

    assert "Send your question" in page.text
    assert "Your question needs at least 10 characters; it has 5." in answer.text


def test_a_language_we_do_not_speak_is_not_kept(phone: Phone) -> None:
    page = phone.get(f"/ask/{SLUG}", params={"lang": "xx"})

    assert page.headers["content-language"] == "vi"
    assert "dialogue_language" not in page.headers.get("set-cookie", "")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("code", locales.CODES)
def test_a_receipt_tells_what_became_of_the_question(
    phone: Phone, event: Event, status: Status, code: str
) -> None:
    ask()
    number = ask_until(status, into=1)
    question = snapshots.current(SLUG).questions[number]
    language = locales.language(code)

    page = phone.get(f"/ask/{SLUG}/{question.code}", params={"lang": code})

    told = outcomes.outcome(question, event, language)
    assert html.escape(told) in page.text
    assert "{" not in told
    if status is Status.MERGED:
        assert "1" in told
    if status is Status.REJECTED:
        reason = next(each for each in event.reasons if each.code == "off-topic")
        assert language.pick(reason.text, reason.text_en) in told


def test_the_board_shows_public_questions_only_the_newest_first(phone: Phone) -> None:
    ask()
    for status in Status:
        number = ask_until(status, into=1)
        if status is Status.ON_STAGE:
            act(number, Action.ANSWER, version=3)

    page = opened(phone).text

    shown = [int(each) for each in re.findall(r'id="question-(\d+)"', page)]
    public = [each.number for each in asked() if each.status in PUBLIC]
    assert shown == sorted(public, reverse=True)


def test_the_board_is_limited(phone: Phone) -> None:
    for _ in range(MOST_SHOWN + 1):
        ask_until(Status.APPROVED)

    page = opened(phone).text

    assert page.count('id="question-') == MOST_SHOWN + 1  # one is the template's own id
    assert 'id="question-1"' not in page


def test_every_word_is_translated(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    missing: list[Any] = []
    vietnamese = locales.language("vi").translations
    monkeypatch.setattr(vietnamese, "_fallback", _Recording(missing))
    number = ask_until(Status.APPROVED)
    code = snapshots.current(SLUG).questions[number].code

    send(phone, filled(opened(phone), text="", name="x" * 81))
    phone.get(f"/ask/{SLUG}/{code}")
    phone.get(f"/ask/{SLUG}/unknown")
    phone.get("/ask/unknown")
    close_event()
    opened(phone)

    assert missing == []


class _Recording:
    """Notes what the catalogue had to ask somebody else for."""

    def __init__(self, missing: list[Any]) -> None:
        self._missing = missing

    def gettext(self, message: str) -> str:
        self._missing.append(message)
        return message

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        self._missing.append(singular)
        return plural


def test_an_event_file_with_a_second_event_keeps_them_apart(
    phone: Phone, database: Database, event: Event
) -> None:
    with database.transaction() as session:
        events.add(session, replace(event, slug="thu-hai"))
    ask_until(Status.APPROVED, text="Chỉ thuộc về buổi thứ nhất")

    page = opened(phone, "thu-hai")

    assert "Chỉ thuộc về buổi thứ nhất" not in page.text


def begin_rehearsal() -> str:
    with engine.current().transaction() as session:
        return practice.begin(session, SLUG, actor=actor(), at=NOON)


@pytest.mark.parametrize(("lang", "mark"), [("vi", "TẬP DƯỢT"), ("en", "REHEARSAL")])
def test_a_rehearsal_says_so_on_every_page_and_leads_to_the_real_one(
    phone: Phone, lang: str, mark: str
) -> None:
    slug = begin_rehearsal()
    code = ask(slug=slug).code
    real_code = ask().code

    for path in (f"/ask/{slug}", f"/ask/{slug}/{code}", f"/replies/{slug}"):
        page = phone.get(f"{path}?lang={lang}").text
        assert mark in page
        assert f'<a href="/ask/{SLUG}">' in page
    for path in (f"/ask/{SLUG}", f"/ask/{SLUG}/{real_code}"):
        assert mark not in phone.get(f"{path}?lang={lang}").text


def test_a_rehearsal_that_is_over_is_said_to_be_and_leads_to_the_real_event(phone: Phone) -> None:
    slug = begin_rehearsal()
    code = ask(slug=slug).code
    form = phone.get(f"/ask/{slug}")
    with engine.current().transaction() as session:
        practice.wipe(session, slug, actor=actor(), at=NOON)

    sent = phone.post(f"/ask/{slug}", data={"key": key_of(form), "text": TEXT, "district": "731"})
    for page in (phone.get(f"/ask/{slug}"), phone.get(f"/ask/{slug}/{code}"), sent):
        assert page.status_code == 404
        assert "Buổi tập dượt đã kết thúc" in page.text
        assert f'href="/ask/{SLUG}"' in page.text
    problem = phone.get(f"/api/events/{slug}/board", headers={"Accept-Language": "en"})
    assert problem.status_code == 404
    assert problem.json()["detail"].startswith("This rehearsal is over.")


def code_of(number: int) -> str:
    return snapshots.current(SLUG).questions[number].code


def plain(page: Response) -> str:
    """What a person reads on a page, in one line."""
    main = page.text.partition("<main")[2].partition("<script")[0]
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", main)).split())


ANSWERED = "Sở Thông tin và Truyền thông Văn bản số 1234/STTTT-BCVT ngày 09/11/2022 " + REPLY.text


def test_an_asker_reads_the_reply_by_code_and_its_draft_never(phone: Phone) -> None:
    number = ask_until(Status.DEFERRED)
    submit_reply(number)
    address, contract = f"/ask/{SLUG}/{code_of(number)}", f"/api/events/{SLUG}/questions/"
    before = phone.get(address)
    assert phone.get(contract + code_of(number)).json()["reply"] is None

    act(number, Action.REPLY, version=3)

    assert REPLY.text not in before.text
    assert "đã được trả lời bằng văn bản" in plain(phone.get(address))
    assert ANSWERED in plain(phone.get(address))
    assert phone.get(contract + code_of(number)).json()["reply"] == {
        "text": REPLY.text,
        "department": DEPARTMENT,
        "document_number": "1234/STTTT-BCVT",
        "document_date": "2022-11-09",
        "published_at": NOON.isoformat(),
    }


def test_an_asker_whose_question_was_joined_reads_the_reply_to_the_other(phone: Phone) -> None:
    kept = ask_until(Status.APPROVED)
    first = ask_until(Status.APPROVED, text="Ấp em bao giờ có 4G?")
    second = ask_until(Status.MERGED, into=first, text="Xin hỏi về 4G ở ấp em")
    act(first, Action.MERGE, version=2, into=kept)
    act(kept, Action.DEFER, version=2, entry=DEPARTMENT)
    submit_reply(kept)
    act(kept, Action.REPLY, version=3)

    for number in (first, second):
        assert ANSWERED in plain(phone.get(f"/ask/{SLUG}/{code_of(number)}"))


def test_each_part_of_a_question_has_its_own_reply_on_the_receipt(phone: Phone) -> None:
    whole = ask_until(Status.APPROVED)
    act(whole, Action.SPLIT, version=2, parts=("Khi nào ấp 4 có 4G?", "Và khi nào có cáp quang?"))
    for number, version in ((whole, 3), (whole + 1, 1)):
        act(number, Action.DEFER, version=version, entry=DEPARTMENT)
        submit_reply(number, text=f"Trả lời cho ý {number}: từ năm 2023.")
        act(number, Action.REPLY, version=version + 1)

    receipt = plain(phone.get(f"/ask/{SLUG}/{code_of(whole)}"))
    answer = phone.get(f"/api/events/{SLUG}/questions/{code_of(whole)}").json()

    assert receipt.count("Trả lời cho ý 1: từ năm 2023.") == 1
    assert receipt.count("Trả lời cho ý 2: từ năm 2023.") == 1
    assert answer["reply"]["text"] == "Trả lời cho ý 1: từ năm 2023."
    assert [each["reply"]["text"] for each in answer["parts"]] == ["Trả lời cho ý 2: từ năm 2023."]


def test_everybody_reads_the_published_replies_and_nothing_else(phone: Phone) -> None:
    assert "Chưa có câu trả lời nào" in plain(phone.get(f"/replies/{SLUG}"))
    assert "/replies/" not in opened(phone).text
    told: dict[str, Any] = {"name": "Lê Thị Bưởi", "organisation": "Đoàn xã", "district": "736"}
    named = ask_until(Status.REPLIED, text="Khi nào ấp 4 có sóng 4G ạ", show_name=True, **told)
    ask_until(Status.REPLIED, text="Khi nào có lớp tin học ạ", **told)
    waiting = ask_until(Status.DEFERRED, text="Câu hỏi còn chờ trả lời ạ")
    submit_reply(waiting, text="Bản nháp chưa ai được đọc")

    page = phone.get(f"/replies/{SLUG}")

    assert f"Câu hỏi số {named} Người hỏi: Đoàn xã, Huyện Định Quán Khi nào ấp 4" in plain(page)
    assert "Người hỏi: Huyện Định Quán Khi nào có lớp tin học ạ" in plain(page)
    assert plain(page).count(ANSWERED) == 2
    for hidden in ("Bưởi", "còn chờ", "chưa ai được đọc"):
        assert hidden not in page.text
    assert f'href="/replies/{SLUG}"' in opened(phone).text
    english = plain(phone.get(f"/replies/{SLUG}?lang=en"))
    assert "Document 1234/STTTT-BCVT of 9 Nov 2022" in english
    assert phone.get("/replies/nowhere").status_code == 404


def test_what_is_written_in_a_reply_is_never_markup(phone: Phone) -> None:
    number = ask_until(Status.DEFERRED, text=HOSTILE, organisation=HOSTILE[:80], show_name=True)
    submit_reply(number, text=HOSTILE, document_number=HOSTILE[:60])
    act(number, Action.REPLY, version=3)

    for path in (f"/replies/{SLUG}", f"/ask/{SLUG}/{code_of(number)}"):
        page = phone.get(path)
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert HOSTILE[:60] in html.unescape(page.text)


def test_a_reply_without_a_document_has_no_empty_line_for_it(phone: Phone) -> None:
    number = ask_until(Status.DEFERRED)
    submit_reply(number, document_number=None, document_date=None)
    act(number, Action.REPLY, version=3)

    assert f"Sở Thông tin và Truyền thông {REPLY.text}" in plain(phone.get(f"/replies/{SLUG}"))
