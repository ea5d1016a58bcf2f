"""Each sentence that a chart says, against a plain count of the questions it speaks of.

Hypothesis makes up the questions; nothing is counted here as the charts count. The sentences are
taken apart, and each number and each name in them must be so.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charts import (
    balance,
    comparison,
    course,
    delays,
    districts,
    matrix,
    path,
    terms,
    timeline,
    waiting,
)
from charts import topics as charts_topics
from charts.delays import Until
from charts.measures import Measure
from data_access import engine
from data_access.participation import frames as participation
from data_access.participation.tallies import EVERYTHING, Selection
from data_access.questions.cached.snapshots import Snapshot
from data_access.review import replay
from dialogue import terms as dialogue_terms
from dialogue.events import Event
from dialogue.hall import Hall
from dialogue.lifecycle import Status
from dialogue.questions import Question
from locales import language
from tests.factories import NOON, question

ENGLISH = language("en")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LATER = NOON + timedelta(hours=11)
NAMES: dict[str, Any] = {"english": True, "without_topic": "No topic yet"}
ANSWERED, PUT_ASIDE = {"answered", "replied"}, {"rejected", "merged"}
_slugs = count()


class Asked(NamedTuple):
    """A question as Hypothesis makes it up; one that is merged goes into an earlier one."""

    district: int
    topic: int
    status: Status
    minute: int
    earlier: int


ASKED = st.lists(
    st.builds(
        Asked,
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(Status),
        st.integers(0, 600),
        st.integers(0, 99),
    ),
    max_size=60,
)
proven = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def database(sqlite_url: str) -> Iterable[None]:
    """A database of this process: the counts are kept by it, and it holds none of the questions."""
    started = engine.start(sqlite_url)
    yield
    started.close()


@pytest.fixture
def described(event: Event) -> Event:
    """The sample event with four districts and three topics: so many names are all said."""
    four = [replace(each, tile_column=None) for each in event.districts[:4]]
    four[2] = replace(four[2], young_people=None)
    return replace(event, districts=tuple(four), topics=event.topics[:3])


def snapshot_of(described: Event, asked: Sequence[Asked]) -> Snapshot:
    """A snapshot with these questions, of an event that nobody has counted before."""
    event = replace(described, slug=f"event-{next(_slugs)}")
    topics = [*(each.code for each in event.topics), None]
    questions = {}
    for number, each in enumerate(asked, start=1):
        is_merged = each.status is Status.MERGED and number > 1
        status = Status.RECEIVED if each.status is Status.MERGED and number == 1 else each.status
        questions[number] = question(
            number=number,
            district=event.districts[each.district].code,
            topic=topics[each.topic],
            status=status,
            received_at=NOON + timedelta(minutes=each.minute),
            reason=event.reasons[0].code if status is Status.REJECTED else None,
            merged_into=each.earlier % (number - 1) + 1 if is_merged else None,
        )
    return Snapshot(
        event=event,
        revision=1,
        described_revision=1,
        questions=questions,
        order=(),
        named={},
        bursts={},
        claims={},
        on_stage=None,
        counts={},
        recent=tuple((1, number) for number in reversed(questions)),
        hall=Hall(),
        practice=None,
        hall_entry=0,
        stage_entry=0,
        database=engine.current(),
    )


def taken_apart(pattern: str, said: str) -> dict[str, str]:
    """Return what a sentence says at each of its places."""
    found = re.fullmatch(pattern, said)
    assert found, said
    return {name: value for name, value in found.groupdict().items() if value is not None}


def named(value: str, names: Iterable[str]) -> set[str]:
    """Return which of some names are listed; these may have commas themselves."""
    return {each for each in names if f", {each}," in f", {value},"}


def by(questions: Iterable[Question], key: Callable[[Question], str]) -> Counter[str]:
    return Counter(map(key, questions))


def outcome(snapshot: Snapshot, each: Question) -> str:
    """What became of a question, or of the one that it was merged into."""
    while each.merged_into is not None:
        each = snapshot.questions[each.merged_into]
    if each.status in ANSWERED:
        return "answered"
    return "rejected" if each.status is Status.REJECTED else "open"


def sides(snapshot: Snapshot) -> list[tuple[dict[str, str], Callable[[Question], str]]]:
    """The names of the districts and those of the topics, and how a question is told by each."""
    districts_ = {each.code: each.short_name for each in snapshot.event.districts}
    topics_ = {each.code: each.name_en for each in snapshot.event.topics} | {"": "No topic yet"}
    return [(districts_, lambda each: each.district), (topics_, lambda each: each.topic or "")]


@proven
@given(asked=ASKED)
def test_who_asks_most_and_who_asks_nothing(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    questions = snapshot.questions.values()
    names, of = sides(snapshot)[0]

    said = districts.finding(
        participation.by_district(snapshot), ENGLISH, measure=Measure.QUESTIONS
    )

    if not questions:
        assert said == "No questions yet."
        return
    told = taken_apart(
        r"(?P<most>.+): (?P<count>\d+) questions?( each)?, the most; (every district has asked|"
        r"(?P<none>\d+) districts? (has|have) asked nothing yet: (?P<silent>.+))\.",
        said,
    )
    counts = by(questions, of)
    assert int(told["count"]) == max(counts.values())
    leading = {names[code] for code, each in counts.items() if each == max(counts.values())}
    assert named(told["most"], names.values()) == leading
    silent = {name for code, name in names.items() if not counts[code]}
    assert named(told.get("silent", ""), names.values()) == silent
    assert int(told.get("none", 0)) == len(silent)


@proven
@given(asked=ASKED)
def test_who_asks_most_for_their_number(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    names, of = sides(snapshot)[0]
    counts = by(snapshot.questions.values(), of)

    said = districts.finding(
        participation.by_district(snapshot), ENGLISH, measure=Measure.PER_10000
    )

    rates = {
        names[each.code]: counts[each.code] * 10_000 / each.young_people
        for each in snapshot.event.districts
        if each.young_people
    }
    if snapshot.questions:
        unknown = snapshot.event.districts[2].short_name
        assert said.endswith(f"number of young people not known: {unknown}.")
    if max(rates.values()) > 0:
        told = taken_apart(
            r"(?P<most>.+?): (?P<rate>[\d.]+) per 10,000 people .*the most; .+", said
        )
        assert told["rate"] == f"{max(rates.values()):.1f}"
        leading = {name for name, each in rates.items() if each == max(rates.values())}
        assert named(told["most"], names.values()) == leading


@proven
@given(asked=ASKED)
def test_which_topic_is_asked_about_most(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    questions = snapshot.questions.values()
    names, of = sides(snapshot)[1]

    said = charts_topics.finding(participation.by_topic(snapshot, **NAMES), ENGLISH)

    if not questions:
        assert said == "No questions yet."
        return
    told = taken_apart(
        r"(?P<most>.+): (?P<count>\d+) questions?( each)?, the most; (?P<answered>\d+) of "
        r"(?P<all>\d+) questions? answered(; (?P<none>\d+) topics? without questions: "
        r"(?P<silent>.+))?\.",
        said,
    )
    counts = by(questions, of)
    assert int(told["count"]) == max(counts.values())
    leading = {names[code] for code, each in counts.items() if each == max(counts.values())}
    assert named(told["most"], names.values()) == leading
    assert int(told["answered"]) == len([each for each in questions if each.status in ANSWERED])
    assert int(told["all"]) == len(questions)
    silent = {name for code, name in names.items() if code and not counts[code]}
    assert named(told.get("silent", ""), names.values()) == silent
    assert int(told.get("none", 0)) == len(silent)


@proven
@given(asked=ASKED)
def test_who_is_answered_least(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    frames = (
        participation.outcomes_by_district(snapshot),
        participation.outcomes_by_topic(snapshot, **NAMES),
    )
    for (names, of), frame in zip(sides(snapshot), frames, strict=True):
        said = balance.finding(frame, ENGLISH)

        if not asked:
            assert said == "No questions yet."
            continue
        told = taken_apart(
            r"Of (?P<all>\d+) questions?, (?P<answered>\d+) answered, (?P<open>\d+) still open, "
            r"(?P<rejected>\d+) rejected; what was merged counts as the question it was merged "
            r"into\.( (?P<rest>.+))?",
            said,
        )
        questions = snapshot.questions.values()
        became = Counter(outcome(snapshot, each) for each in questions)
        assert int(told["all"]) == len(asked)
        assert {name: int(told[name]) for name in ("answered", "open", "rejected")} == {
            name: became[name] for name in ("answered", "open", "rejected")
        }
        pairs = Counter((names[of(each)], outcome(snapshot, each)) for each in questions)
        counts = by(questions, lambda each, names=names, of=of: names[of(each)])  # type: ignore[misc]
        shares = {name: (pairs[name, "answered"], counts[name]) for name in counts}
        _check_compared(told.get("rest", ""), shares)


def _check_compared(rest: str, shares: dict[str, tuple[int, int]]) -> None:
    part, of = (sum(each) for each in zip(*shares.values(), strict=True))
    below = {
        name
        for name, (here, all_) in shares.items()
        if len(shares) > 1 and is_below(here, all_, part - here, of - all_)
    }
    rates = {name: here / all_ for name, (here, all_) in shares.items()}
    lowest = {name for name, each in rates.items() if each == min(rates.values())}
    said = {
        name: (int(here), int(all_))
        for name, here, all_ in re.findall(r"(?:: |, )([^:]+?) \((\d+) of (\d+)\)", rest)
    }
    assert said == {name: shares[name] for name in said}
    if len(shares) == 1:
        assert rest == f"Only {next(iter(shares))} has asked: there is nothing to compare."
    elif part == 0:
        assert rest == ""
    elif len(set(rates.values())) == 1:
        assert rest == "All are answered to the same share."
    elif rest.startswith("Answered less than the others, beyond chance: "):
        assert set(said) == below
        assert all(rates[name] < part / of for name in below)
    else:
        assert "too few questions" in rest
        assert not below
        assert set(said) == lowest


def is_below(here: int, all_: int, part: int, of: int) -> bool:
    """Tell whether 99 of 100 differences as large are no chance, from the roots themselves."""
    share, other = here / all_, part / of
    above = _root(share, all_, up=True) - share
    below = other - _root(other, of, up=False)
    return bool(share - other + (above**2 + below**2) ** 0.5 < -1e-9)


def _root(share: float, of: int, *, up: bool) -> float:
    """Find by halving how far off the true share may be, so that this one is just believable."""
    near, far = share, 1.0 if up else 0.0
    for _ in range(60):
        middle = (near + far) / 2
        is_believable = (share - middle) ** 2 <= 2.576**2 * middle * (1 - middle) / of
        near, far = (middle, far) if is_believable else (near, middle)
    return near


@proven
@given(asked=ASKED)
def test_which_pair_is_empty(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    questions = snapshot.questions.values()
    frame = participation.by_district_and_topic(snapshot, **NAMES)

    said = matrix.finding(frame, ENGLISH)

    if not questions:
        assert said == "No questions yet."
        return
    told = taken_apart(
        r"(?P<empty>\d+) of (?P<all>\d+) pairs of district and topic are empty\."
        r"( The most telling: (?P<pair>.+), where about (?P<expected>\d+) were to be expected\.)?",
        said,
    )
    (places, district_of), (subjects, topic_of) = sides(snapshot)
    counts = Counter((district_of(each), topic_of(each)) for each in questions)
    topics = [each for each in subjects if each or any(not code for _, code in counts)]
    empty = {(code, topic) for code in places for topic in topics} - counts.keys()
    assert (int(told["empty"]), int(told["all"])) == (len(empty), len(places) * len(topics))
    expected = {
        f"{places[code]} on {subjects[topic]}": by(questions, district_of)[code]
        * by(questions, topic_of)[topic]
        / len(questions)
        for code, topic in empty
    }
    least = matrix.telling(len(places) * len(topics))
    telling = {pair: each for pair, each in expected.items() if each >= least}
    assert ("pair" in told) == bool(telling)
    if telling:
        assert telling[told["pair"]] == pytest.approx(max(telling.values()))
        assert int(told["expected"]) == pytest.approx(max(telling.values()), abs=0.51)


@proven
@given(asked=ASKED)
def test_how_far_the_questions_have_come(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)

    said = path.finding(participation.path(snapshot, english=True), ENGLISH)

    if not asked:
        assert said == "No questions yet."
        return
    told = taken_apart(
        r"Of (?P<all>\d+) questions?, (?P<answered>\d+) answered; (?P<received>\d+) wait to be "
        r"read, (?P<approved>\d+) for the queue, (?P<taken>\d+) have their turn or a promised "
        r"reply; (?P<out>\d+) rejected or merged\.",
        said,
    )
    states = {
        "answered": ANSWERED,
        "received": {"received"},
        "approved": {"approved"},
        "taken": {"queued", "on_stage", "deferred"},
        "out": PUT_ASIDE,
    }
    plain = [each.status for each in snapshot.questions.values()]
    assert {name: int(told[name]) for name in states} == {
        name: len([each for each in plain if each in among]) for name, among in states.items()
    }
    assert int(told["all"]) == len(asked) == sum(int(told[name]) for name in states)


def least_minutes(words: str) -> int:
    """The minutes that are said, of which the rest was left out."""
    number, unit = words.split(" ")
    return int(number) * {"minute": 1, "hour": 60, "day": 1440}[unit.removesuffix("s")]


@proven
@given(asked=ASKED)
def test_how_long_they_wait(described: Event, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    waits = [
        (LATER - each.received_at) // timedelta(minutes=1)
        for each in snapshot.questions.values()
        if each.status in {"received", "approved", "queued"}
    ]

    said = waiting.finding(participation.waiting(snapshot, at=LATER), ENGLISH)

    if not waits:
        assert said == "No question is waiting."
        return
    told = taken_apart(
        r"(?P<all>\d+) questions? waiting: half of them for (?P<half>.+) or more, the longest for "
        r"(?P<longest>.+)\.",
        said,
    )
    assert int(told["all"]) == len(waits)
    half = [each for each in waits if each >= least_minutes(told["half"])]
    assert 2 * len(half) >= len(waits)
    unit = 60 if "hour" in told["longest"] else 1
    assert least_minutes(told["longest"]) <= max(waits) < least_minutes(told["longest"]) + unit


@proven
@given(asked=ASKED, begins=st.integers(0, 150), lasts=st.integers(1, 120))
def test_when_they_came(described: Event, asked: list[Asked], begins: int, lasts: int) -> None:
    snapshot = snapshot_of(described, asked)
    begin, now = (NOON + timedelta(minutes=each) for each in (begins, begins + lasts))
    frame = participation.over_time(snapshot, window=(begin, now))
    nobody = pd.DataFrame({each: pd.to_datetime([], utc=True) for each in ("began", "ended")})

    said = timeline.finding(frame, nobody, ENGLISH)

    # All on one day, so that times of the day can be compared. What comes later than the minute
    # that has begun is not there yet.
    came = [
        f"{each.received_at.astimezone(ZONE):%H:%M}"
        for each in snapshot.questions.values()
        if each.received_at <= now
    ]
    if said == "No questions in this time.":
        assert not [each for each in came if each >= f"{begin.astimezone(ZONE):%H:%M}"]
        return
    told = taken_apart(
        r"(?P<start>\S+) to (?P<end>\S+): (?P<all>\d+) questions? asked, 0 turns on stage; most "
        r"were asked from (?P<busy>\S+) to (?P<over>\S+): (?P<most>\d+)\.",
        said.replace(" 10 Nov 2022", "").replace("00:00 11 Nov 2022", "24:00"),
    )
    assert int(told["all"]) == len([each for each in came if told["start"] <= each < told["end"]])
    assert int(told["most"]) == len([each for each in came if told["busy"] <= each < told["over"]])


def steps_of(snapshot: Snapshot, decided: Sequence[int | None]) -> pd.DataFrame:
    """The steps of the questions: each came, and the desk approved it some minutes later."""
    rows = []
    for each, minutes in zip(snapshot.questions.values(), decided, strict=True):
        came = each.received_at.astimezone(ZONE)
        where = (each.district, each.topic or "", "phone")
        rows.append((each.number, came, "", "received", "", *where))
        if minutes is not None:
            at = came + timedelta(minutes=minutes)
            rows.append((each.number, at, "received", "approved", "Lan", *where))
    columns = ["number", "at", "from_status", "to_status", "person", "district", "topic", "source"]
    frame = pd.DataFrame(rows, columns=columns).sort_values("at", kind="stable", ignore_index=True)
    kind = pd.CategoricalDtype(["", *(each.value for each in Status)])
    return frame.astype({"from_status": kind, "to_status": kind})


@proven
@given(data=st.data(), asked=ASKED.filter(bool))
def test_how_long_the_desk_took(described: Event, data: st.DataObject, asked: list[Asked]) -> None:
    snapshot = snapshot_of(described, asked)
    some = st.none() | st.integers(0, 3000)
    decided = data.draw(st.lists(some, min_size=len(asked), max_size=len(asked)))
    names, of = sides(snapshot)[0]
    frame = replay.delays_by(replay.delays(steps_of(snapshot, decided)), "district", names)

    said = delays.finding(frame, ENGLISH, until=Until.DECIDED)

    assert delays.finding(frame, ENGLISH, until=Until.STAGED) == "None of them was on stage yet."
    waits: dict[str, list[int]] = {}
    for each, minutes in zip(snapshot.questions.values(), decided, strict=True):
        if minutes is not None:
            waits.setdefault(names[of(each)], []).append(minutes)
    known = sum(map(len, waits.values()))
    if not known:
        assert said == "The desk has not decided on any of them yet."
        return
    compared = {name: each for name, each in waits.items() if len(each) >= delays.FEWEST}
    told = taken_apart(
        r"The desk decided on (?P<known>\d+) questions?\. (Too few questions to compare them\.|"
        r"Longest: (?P<longest>.+), half of them (?P<most>.+) or more; shortest: (?P<shortest>.+), "
        r"half of them (?P<least>.+) or more\.)",
        said,
    )
    assert int(told["known"]) == known
    assert ("longest" in told) == (len(compared) >= 2)
    if "longest" in told:
        medians = {name: pd.Series(each).median() for name, each in compared.items()}
        assert medians[told["longest"]] == max(medians.values())
        assert medians[told["shortest"]] == min(medians.values())
        for who, words in (("longest", "most"), ("shortest", "least")):
            here = compared[told[who]]
            long = [each for each in here if each >= least_minutes(told[words])]
            assert 2 * len(long) >= len(here)


@proven
@given(asked=ASKED.filter(bool), minute=st.integers(0, 700))
def test_how_they_stood_at_a_moment(described: Event, asked: list[Asked], minute: int) -> None:
    snapshot = snapshot_of(described, asked)
    steps = steps_of(snapshot, [each.earlier for each in asked])
    at = NOON.astimezone(ZONE) + timedelta(minutes=minute)
    moments = [at - timedelta(minutes=1), at, at + timedelta(minutes=1)]

    said = course.finding(replay.course(steps, moments), ENGLISH, marked=at)

    came = [each for each in asked if each.minute <= minute]
    if not came:
        assert said == "No questions yet."
        return
    told = taken_apart(r".+ 2022: (?P<all>\d+) questions? had come; (?P<states>.+)\.", said)
    decided = len([each for each in came if each.minute + each.earlier <= minute])
    states = {"New": len(came) - decided, "Approved": decided}
    assert int(told["all"]) == len(came)
    assert told["states"] == ", ".join(f"{name}: {each}" for name, each in states.items() if each)


@proven
@given(
    texts=st.lists(
        st.sampled_from(["xe buýt", "đường hỏng", "nước sạch", "xe buýt hỏng", "học nghề"]),
        max_size=30,
    )
)
def test_which_terms_are_used_most(texts: list[str]) -> None:
    frame = pd.DataFrame(dialogue_terms.find(texts, most=9), columns=["words", "questions"])

    said = terms.finding(frame.rename(columns={"words": "term"}), ENGLISH)

    if said == "No term is used by several questions.":
        assert frame.empty
        return
    found = re.findall(r"([^,:(]+) \((\d+) questions?\)", said.removeprefix("Used most: "))
    counts = [int(number) for _, number in found]
    assert counts == sorted(counts, reverse=True)
    for term, number in found:
        assert int(number) == len([each for each in texts if term.strip() in each])


@proven
@given(asked=ASKED, others=ASKED)
def test_where_two_events_differ(described: Event, asked: list[Asked], others: list[Asked]) -> None:
    snapshots = [snapshot_of(described, asked), snapshot_of(described, others)]
    names, of = sides(snapshots[0])[0]
    first, second = (by(each.questions.values(), of) for each in snapshots)
    frame = pd.DataFrame(
        [(code, name, first[code], second[code]) for code, name in names.items()],
        columns=["code", "name", "first", "second"],
    )

    said = comparison.finding(frame, ENGLISH, events=("A", "B"))

    apart = {name: abs(first[code] - second[code]) for code, name in names.items()}
    if not asked and not others:
        assert said == "No questions yet."
    elif not max(apart.values()):
        assert said == "Nothing that both events know sets them apart."
    else:
        told = taken_apart(
            r"Furthest apart: (?P<name>.+), (?P<one>\d+) \(A\) and (?P<two>\d+) \(B\)\.", said
        )
        code = next(code for code, name in names.items() if name == told["name"])
        assert apart[told["name"]] == max(apart.values())
        assert (int(told["one"]), int(told["two"])) == (first[code], second[code])


@proven
@given(asked=ASKED, district=st.integers(0, 3), topic=st.integers(0, 2))
def test_the_states_of_the_headline_add_up_to_all_of_them(
    described: Event, asked: list[Asked], district: int, topic: int
) -> None:
    snapshot = snapshot_of(described, asked)
    code, subject = described.districts[district].code, described.topics[topic].code
    for selection in (EVERYTHING, Selection(district=code), Selection(topic=subject)):
        counts = participation.totals(snapshot, selection)

        groups = [each.columns for each in charts_topics.groups(ENGLISH)]

        shown = [sum(counts[Status(state)] for state in group) for group in groups]
        assert (
            sum(shown)
            == counts[None]
            == len([each for each in snapshot.questions.values() if selection.has(each)])
        )
