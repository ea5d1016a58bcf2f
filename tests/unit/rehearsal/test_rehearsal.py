"""The recording keeps the contract, and phones keep their keys whatever the network does."""

import asyncio
import csv
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from dialogue import text as texts
from rehearsal import __main__ as command
from rehearsal import phones, recording
from rehearsal.phones import CannotPlay, RehearsalSummary
from rehearsal.recording import Cue, RecordedQuestion, RecordingUnreadable

ROOT = Path(__file__).parent.parent.parent.parent
SLUG = "dong-nai-2022"
DISTRICTS = {"731", "732", "734", "735", "736", "737", "738", "739", "740", "741", "742"}
TOPICS = {
    "chinh-quyen-so",
    "ha-tang-so",
    "an-toan-thong-tin",
    "ky-nang-so",
    "viec-lam",
    "khoi-nghiep",
    "kinh-te-so",
    "nhan-luc-cntt",
    "y-te-so",
    "van-hoa-du-lich-so",
    "viec-khac",
}
HEADER = "id,minute,district,topic,name,organisation,text,same_as"


@pytest.fixture(scope="module")
def recorded() -> list[RecordedQuestion]:
    return recording.read()


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait as little as a test can: the order of things is what matters here."""
    monkeypatch.setattr(phones, "SHORTEST_WAIT", 0.01)


class TestRecording:
    def test_it_fills_an_afternoon(self, recorded: list[RecordedQuestion]) -> None:
        assert len(recorded) >= 420
        assert len({each.id for each in recorded}) == len(recorded)
        assert 0 <= recorded[0].minute <= 5
        assert 175 <= recorded[-1].minute <= recording.MINUTES

    def test_its_first_line_is_the_header_and_its_lines_are_in_order(self) -> None:
        lines = recording.QUESTIONS.read_text(encoding="utf-8").splitlines()
        minutes = [float(row["minute"]) for row in csv.DictReader(lines)]

        assert lines[0] == HEADER
        assert minutes == sorted(minutes)

    def test_every_question_keeps_the_contract(self, recorded: list[RecordedQuestion]) -> None:
        for each in recorded:
            assert each.text == texts.normalise(each.text), each.id
            assert unicodedata.is_normalized("NFC", each.text + each.name + each.organisation)
            assert 10 <= len(each.text) <= 1000, each.id
            assert len(each.name) <= 80
            assert len(each.organisation) <= 120

    def test_codes_are_known_and_all_of_them_occur(self, recorded: list[RecordedQuestion]) -> None:
        assert {each.district for each in recorded} == DISTRICTS
        assert {each.topic for each in recorded} == TOPICS | {""}

    def test_it_is_uneven(self, recorded: list[RecordedQuestion]) -> None:
        districts = Counter(each.district for each in recorded).most_common()
        topics = Counter(each.topic for each in recorded if each.topic).most_common()
        without_topic = sum(not each.topic for each in recorded)

        assert districts[0][0] == "731"
        assert {code for code, _ in districts[-2:]} == {"736", "739"}
        assert districts[0][1] >= 5 * districts[-1][1]
        assert topics[0][1] >= 5 * topics[-1][1]
        assert 0.10 <= without_topic / len(recorded) <= 0.20

    def test_people_ask_again_what_was_asked_before(self, recorded: list[RecordedQuestion]) -> None:
        minutes = {each.id: each.minute for each in recorded}
        again = [each for each in recorded if each.same_as]
        times_asked = Counter(each.text for each in recorded)

        assert 0.10 <= len(again) / len(recorded) <= 0.20
        assert all(minutes[each.same_as] <= each.minute for each in again)
        assert all(each.same_as != each.id for each in again)
        assert 2 <= sum(count == 2 for count in times_asked.values()) <= 10

    def test_people_write_in_their_own_ways(self, recorded: list[RecordedQuestion]) -> None:
        without_accents = [each for each in recorded if texts.fold(each.text) == each.text.lower()]

        assert 0.06 <= len(without_accents) / len(recorded) <= 0.12
        assert sum(300 <= len(each.text) <= 900 for each in recorded) >= 10
        assert sum(each.text.endswith("ạ") for each in recorded) >= 50
        assert any("😊" in each.text for each in recorded)

    def test_they_come_in_bursts(self, recorded: list[RecordedQuestion]) -> None:
        by_five_minutes = Counter(int(each.minute // 5) for each in recorded)

        assert sum(count for _, count in by_five_minutes.most_common(9)) >= len(recorded) / 2

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("id,minute\n", "must begin with"),
            (f"{HEADER}\n1,2\n", "line 2: 8 values"),
            (f"{HEADER}\n1,2,,,,,,,,\n", "line 2: 8 values"),
            (f"{HEADER}\n1,x,,,,,,\n", "line 2: the minute is not a number"),
            (f"{HEADER}\n1,181,,,,,,\n", "line 2: the minute is not between 0 and 180"),
        ],
    )
    def test_a_wrong_file_is_named_with_its_line(
        self, content: str, said: str, tmp_path: Path
    ) -> None:
        file = tmp_path / "questions.csv"
        file.write_text(content)

        with pytest.raises(RecordingUnreadable, match=said):
            recording.read(file)

    def test_an_absent_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(RecordingUnreadable, match=r"nowhere\.csv cannot be read"):
            recording.read(tmp_path / "nowhere.csv")


class TestVolume:
    def test_every_sentence_keeps_the_contract(self) -> None:
        sentences = recording.read_sentences()

        assert len(sentences) > 5_000
        assert all(10 <= len(texts.normalise(each)) <= 1000 for each in sentences)

    def test_sentences_are_mixed_in_and_a_seed_repeats_them(
        self, recorded: list[RecordedQuestion]
    ) -> None:
        sentences = recording.read_sentences()

        first, second = (
            recording.mix(recorded, sentences, volume=6_000, chance=random.Random(7))
            for _ in range(2)
        )

        minutes = [each.minute for each in first]
        assert first == second
        assert len({each.id for each in first}) == len(recorded) + 6_000
        assert {each.district for each in first} == DISTRICTS
        assert minutes == sorted(minutes)
        assert minutes[0] >= 0
        assert minutes[-1] <= recording.MINUTES


class TestSchedule:
    @pytest.mark.parametrize("rate", [0.5, 2.0, 80.0])
    def test_its_length_follows_the_rate(
        self, recorded: list[RecordedQuestion], rate: float
    ) -> None:
        cues = recording.schedule(recorded, rate=rate)

        assert cues[0].second == 0
        assert cues[-1].second == pytest.approx(len(recorded) / rate)

    def test_the_rhythm_stays(self, recorded: list[RecordedQuestion]) -> None:
        slow = recording.schedule(recorded, rate=1)
        fast = recording.schedule(recorded, rate=4)

        assert [each.second for each in fast] == pytest.approx([each.second / 4 for each in slow])
        assert [each.recorded for each in fast] == recorded

    def test_nothing_and_one_question_are_fine(self, recorded: list[RecordedQuestion]) -> None:
        assert recording.schedule([], rate=2) == []
        assert recording.schedule(recorded[:1], rate=2) == [Cue(second=0, recorded=recorded[0])]


class Hall:
    """A server that keeps the contract, on a network that does not always.

    `faults` says what happens to the attempts of each key, from the first: "503" and "drop"
    before the question is taken, "lost" after it. Attempts beyond are answered. With a `seed`
    faults come by chance instead. A server that `forgets` gives each attempt another code.
    """

    def __init__(self, *faults: str, seed: int | None = None, forgets: bool = False) -> None:
        self.attempts: Counter[str] = Counter()
        self.codes: dict[str, list[str]] = {}
        self.texts: dict[str, str] = {}
        self.under_way = self.most_under_way = 0
        self.refuses: Response | None = None
        self._faults = faults
        self._chance = random.Random(seed) if seed is not None else None
        self._forgets = forgets

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/events/{slug}/board", self.snapshot),
                Route("/api/events/{slug}/questions", self.submit, methods=["POST"]),
            ]
        )

    async def snapshot(self, request: Request) -> Response:
        if request.path_params["slug"] != SLUG:
            return JSONResponse({"detail": "There is no such event."}, status_code=404)
        return JSONResponse({"revision": 1, "questions": []})

    async def submit(self, request: Request) -> Response:
        self.under_way += 1
        self.most_under_way = max(self.most_under_way, self.under_way)
        try:
            return await self._answer(request)
        finally:
            self.under_way -= 1

    async def _answer(self, request: Request) -> Response:
        key, body = request.headers["idempotency-key"], await request.json()
        assert body["consent"] is True
        assert set(body) <= {"text", "district", "topic", "name", "organisation", "consent"}
        assert "" not in body.values()
        assert self.texts.setdefault(key, body["text"]) == body["text"]
        self.attempts[key] += 1
        if self.refuses is not None:
            return self.refuses
        # Others may come in between, as they do at a database.
        await asyncio.sleep(0.001)
        fault = self._fault(self.attempts[key])
        if fault == "503":
            return JSONResponse({}, status_code=503, headers={"Retry-After": "0"})
        if fault == "drop":
            return Dropped()
        code = self._code(key)
        if fault == "lost":
            return Dropped()
        return JSONResponse({"id": 1, "code": code, "status": "received"}, status_code=201)

    def _fault(self, attempt: int) -> str:
        if self._chance is not None:
            return self._chance.choices(["", "503", "drop", "lost"], [7, 1, 1, 1])[0]
        return self._faults[attempt - 1] if attempt <= len(self._faults) else ""

    def _code(self, key: str) -> str:
        codes = self.codes.setdefault(key, [])
        if not codes or self._forgets:
            codes.append(f"CODE{sum(map(len, self.codes.values()))}")
        return codes[-1]


class Dropped(Response):
    """Begin an answer and hang up in the middle of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"100"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})


@contextmanager
def serving(hall: Hall) -> Iterator[str]:
    """Serve on a real socket, in a thread of its own; give the URL."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        config = uvicorn.Config(hall.app, ws="none", lifespan="off", log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def play(
    hall: Hall, cues: list[Cue], *, log: StringIO | None = None, give_up_after: float = 30
) -> RehearsalSummary:
    with serving(hall) as url:
        playing = phones.play(
            cues,
            url=url,
            slug=SLUG,
            log=log,
            chance=random.Random(3),
            give_up_after=give_up_after,
        )
        return asyncio.run(playing)


def at_once(recorded: list[RecordedQuestion]) -> list[Cue]:
    return [Cue(second=0, recorded=each) for each in recorded]


class TestPlay:
    def test_every_key_is_acknowledged_once_on_a_bad_network(
        self, recorded: list[RecordedQuestion]
    ) -> None:
        hall, log = Hall(seed=5), StringIO()

        summary = play(hall, recording.schedule(recorded, rate=300), log=log)

        logged = [(key, code) for key, code, _ in csv.reader(StringIO(log.getvalue()))]
        assert summary.complete
        assert summary.sent == summary.acknowledged == len(logged) == len(recorded)
        assert summary.retried > 0
        assert summary.by_district == Counter(each.district for each in recorded)
        assert dict(logged) == {key: codes[0] for key, codes in hall.codes.items()}
        assert sorted(hall.texts.values()) == sorted(each.text for each in recorded)
        assert hall.attempts.total() > len(recorded)

    @pytest.mark.parametrize("fault", ["503", "drop", "lost"])
    def test_a_retry_has_the_same_key(self, recorded: list[RecordedQuestion], fault: str) -> None:
        hall = Hall(fault, fault)

        summary = play(hall, at_once(recorded[:1]))

        assert summary.complete
        assert summary.retried == 2
        assert list(hall.attempts.values()) == [3]

    def test_some_phones_send_twice_and_some_lose_an_answer(
        self, recorded: list[RecordedQuestion]
    ) -> None:
        hall = Hall()

        summary = play(hall, at_once(recorded))

        twice = sum(count == 2 for count in hall.attempts.values())
        assert summary.complete
        assert 0.05 <= twice / len(recorded) <= 0.15
        assert 0.01 <= summary.retried / len(recorded) <= 0.06

    def test_at_most_a_hundred_requests_are_under_way(
        self, recorded: list[RecordedQuestion]
    ) -> None:
        hall = Hall()

        play(hall, at_once(recorded))

        assert 1 < hall.most_under_way <= phones.MOST_UNDER_WAY

    def test_two_answers_for_one_key_are_reported(self, recorded: list[RecordedQuestion]) -> None:
        hall = Hall(forgets=True)

        summary = play(hall, at_once(recorded))

        assert summary.contradictions == sum(len(each) > 1 for each in hall.codes.values()) > 0
        assert summary.acknowledged == len(recorded)
        assert not summary.complete

    def test_a_second_play_asks_anew(self, recorded: list[RecordedQuestion]) -> None:
        hall = Hall()

        for _ in range(2):
            play(hall, at_once(recorded[:5]))

        assert len(hall.codes) == 10

    def test_a_phone_gives_up_in_the_end(self, recorded: list[RecordedQuestion]) -> None:
        hall = Hall(*["503"] * 1000)

        summary = play(hall, at_once(recorded[:3]), give_up_after=0.2)

        assert (summary.given_up, summary.acknowledged) == (3, 0)
        assert not summary.complete

    def test_a_refusal_is_not_repeated_and_says_why(self, recorded: list[RecordedQuestion]) -> None:
        hall = Hall()
        hall.refuses = JSONResponse({"detail": "Choose a district."}, status_code=422)

        summary = play(hall, at_once(recorded[:3]))

        assert summary.refused == {"422 Choose a district.": 3}
        assert summary.given_up == 0
        assert summary.retried == 0

    @pytest.mark.parametrize("status", [404, 409])
    def test_an_event_that_takes_nothing_ends_the_play(
        self, recorded: list[RecordedQuestion], status: int
    ) -> None:
        hall = Hall()
        hall.refuses = JSONResponse({"detail": "Closed."}, status_code=status)
        cues = [Cue(second=0, recorded=recorded[0]), Cue(second=600, recorded=recorded[1])]

        summary = play(hall, cues)

        assert (summary.planned, summary.sent, summary.ended_by) == (2, 1, status)
        assert not summary.complete

    def test_a_log_that_cannot_be_written_is_said(self, recorded: list[RecordedQuestion]) -> None:
        class Full(StringIO):
            def flush(self) -> None:
                raise OSError(28, "No space left on device")

        with pytest.raises(CannotPlay, match="No space left"):
            play(Hall(), at_once(recorded[:3]), log=Full())


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("value", "seconds"),
        [("", 0), ("7", 7), ("soon", 0), ("-3", 0), ("Thu, 10 Nov 2022 06:30:00 GMT", 0)],
    )
    def test_seconds_and_past_dates_are_understood(self, value: str, seconds: float) -> None:
        assert phones._retry_after(value) == seconds

    def test_a_coming_date_is_waited_for(self) -> None:
        assert phones._retry_after("Wed, 10 Nov 2100 06:30:00 GMT") > 1_000_000

    def test_it_is_honoured(self, recorded: list[RecordedQuestion]) -> None:
        hall = Hall()
        hall.refuses = JSONResponse({}, status_code=429, headers={"Retry-After": "3600"})

        summary = play(hall, at_once(recorded[:1]))

        assert summary.given_up == 1
        assert summary.retried == 0


class TestCommand:
    def test_it_plays_and_sums_up(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, recorded: list[RecordedQuestion]
    ) -> None:
        log = tmp_path / "log.csv"

        with serving(Hall()) as url:
            code = command.main([SLUG, "--url", url, "--rate", "2000", "--log", str(log)])

        printed = capsys.readouterr().out
        assert code == 0
        assert f"acknowledged {len(recorded)}" in printed
        assert "district 731" in printed
        assert len(log.read_text().splitlines()) == len(recorded)

    def test_it_says_that_nobody_answers(self, capsys: pytest.CaptureFixture[str]) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as listening:
            port = listening.getsockname()[1]

        assert command.main([SLUG, "--url", f"http://127.0.0.1:{port}"]) == 1
        assert "No app answers at" in capsys.readouterr().err

    def test_it_says_that_the_event_is_unknown(self, capsys: pytest.CaptureFixture[str]) -> None:
        with serving(Hall()) as url:
            assert command.main(["nowhere", "--url", url]) == 1

        assert capsys.readouterr().err == f"There is no event nowhere at {url}.\n"

    def test_it_says_that_the_event_is_closed(self, capsys: pytest.CaptureFixture[str]) -> None:
        hall = Hall()
        hall.refuses = JSONResponse({"detail": "This event is closed."}, status_code=409)

        with serving(hall) as url:
            assert command.main([SLUG, "--url", url]) == 1

        assert capsys.readouterr().err == f"The event {SLUG} is closed.\n"

    def test_it_says_that_the_log_cannot_be_written(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        log = tmp_path / "nowhere" / "log.csv"

        assert command.main([SLUG, "--log", str(log)]) == 1
        assert "The log cannot be written" in capsys.readouterr().err

    def test_it_ends_kindly_when_it_is_interrupted(self, recorded: list[RecordedQuestion]) -> None:
        with serving(Hall()) as url:
            rehearsal = subprocess.Popen(
                [sys.executable, "-m", "rehearsal", SLUG, "--url", url, "--rate", "50"],
                cwd=ROOT,
                env=os.environ | {"PYTHONUNBUFFERED": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                # In the background of a shell an interrupt is ignored, and a child inherits that.
                preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
            )
            assert rehearsal.stdout is not None
            first = rehearsal.stdout.readline()
            rehearsal.send_signal(signal.SIGINT)
            printed, errors = rehearsal.communicate(timeout=30)

        assert first == f"Playing {len(recorded)} questions, 50 a second. Ctrl-C stops.\n"
        assert "Stopped. What was acknowledged is kept." in printed
        assert (rehearsal.returncode, errors) == (1, "")

    @pytest.mark.parametrize(
        "option", [["--rate", "0"], ["--rate", "nan"], ["--rate", "x"], ["--volume", "-1"]]
    )
    def test_a_wrong_option_is_refused(
        self, option: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit):
            command.main([SLUG, *option])

        assert f"argument {option[0]}" in capsys.readouterr().err
