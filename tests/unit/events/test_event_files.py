import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogue import event_files
from dialogue.event_files import EventFileWrong, Mistake
from dialogue.events import Event, Weights
from dialogue.text import dictionary_order

FOLDER = Path(__file__).parent.parent.parent.parent / "events"
SAMPLE = (FOLDER / "dong-nai-2022.toml").read_text(encoding="utf-8")
SAMPLE_LINES = SAMPLE.splitlines()


def mistakes(text: str) -> list[tuple[int, str]]:
    with pytest.raises(EventFileWrong) as caught:
        event_files.read(text)
    return [(each.line, each.message) for each in caught.value.mistakes]


def line_of(beginning: str, *, occurrence: int = 1) -> int:
    found = [n for n, line in enumerate(SAMPLE_LINES, start=1) if line.startswith(beginning)]
    return found[occurrence - 1]


def changed(beginning: str, line: str | None, *, occurrence: int = 1) -> str:
    """The sample with one line replaced, or taken out."""
    lines = list(SAMPLE_LINES)
    index = line_of(beginning, occurrence=occurrence) - 1
    lines[index : index + 1] = [] if line is None else [line]
    return "\n".join(lines)


def test_the_sample_is_the_dialogue_of_2022(event: Event) -> None:
    assert event.slug == "dong-nai-2022"
    assert (event.official_name, event.unit_title) == ("Nguyễn Sơn Hùng", "tỉnh")
    assert event.held_at.utcoffset() == timedelta(hours=7)
    assert len(event.districts) == 11
    assert sum(each.young_people or 0 for each in event.districts) == 1_076_314
    names = [each.short_name for each in event.districts]
    assert names == sorted(names, key=dictionary_order)
    assert {each.code: each.short_name for each in event.districts}["731"] == "Biên Hòa"
    assert all(each.departments and each.keywords for each in event.topics)
    assert len({(each.tile_column, each.tile_row) for each in event.districts}) == 11


def test_the_boundaries_are_those_of_the_districts(event: Event) -> None:
    assert event.boundaries is not None
    features = json.loads((FOLDER / event.boundaries).read_text(encoding="utf-8"))["features"]

    assert {each["properties"]["code"] for each in features} == {
        each.code for each in event.districts
    }


@pytest.mark.parametrize(
    ("beginning", "line", "message"),
    [
        ("slug", 'slug = "Đồng Nai"', "slug must be 3 to 40"),
        ("theme ", 'theme = ""', "theme must not be empty"),
        ("theme ", f'theme = "{"x" * 301}"', "theme may have at most 300 characters; it has 301"),
        ("theme ", "theme = 5", "theme must be text"),
        ("title ", 'tittle = "x"', "there is no key tittle here; did you mean title?"),
        ("held_at", "held_at = 2022-11-10T13:30:00", "held_at needs the offset"),
        ("held_at", "held_at = 2022-11-10", "held_at must be a date and time"),
        ("timezone", 'timezone = "Asia/Bien_Hoa"', "timezone is not a known time zone"),
        ("timezone", 'timezone = "../etc"', "timezone is not a known time zone"),
        ("intake ", 'intake = "perhaps"', "intake must be either"),
        ("intake_closes_on", "intake_closes_on = 2022-10-01", "intake_closes_on is before"),
        ("boundaries ", 'boundaries = "../secret"', "boundaries must be the name"),
        ("boundaries ", 'moderation = "never"', 'moderation must be either "before" or "after"'),
        ("boundaries ", "weights = {votes = -1}", "votes must be 0 to 3"),
        ("boundaries ", "weights = {votes = true}", "votes must be 0 to 3"),
        ("question_minutes", "question_minutes = 0", "question_minutes must be 1 to 60"),
        ("question_minutes", "question_minutes = true", "question_minutes must be a whole number"),
        ("reply_days", "reply_days = 366", "reply_days must be 1 to 365"),
        ("conclusion_days", "conclusion_days = 0", "conclusion_days must be 1 to 365"),
        ("complex_conclusion_days", "complex_conclusion_days = 9", "(9) is less than"),
        ("minutes", "minutes = 601", "minutes must be 1 to 600"),
        ("kind", 'kind = "party"', "kind must be one of opening, reports, dialogue, break"),
        ("topics = [", 'topics = ["unknown"]', "there is no topic unknown"),
        ("people", "people = true", "people must be a whole number"),
        ("people", "people = -1", "people must not be negative"),
        ("young_people", "young_people = 99_999_999", "young_people is more than people"),
        ("departments", 'departments = ["nobody"]', "there is no department nobody"),
        ("departments", "departments = [5]", "departments must be a list of codes"),
        ("departments", 'departments = ["so-tttt", "so-tttt"]', "departments names a code twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(beginning: str, line: str, message: str) -> None:
    found = mistakes(changed(beginning, line))

    assert any(n == line_of(beginning) and message in words for n, words in found), found


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('keywords = "4G"', "keywords must be a list of words"),
        ("keywords = [4]", "keywords must be a list of words in quotation marks"),
        ('keywords = [" "]', "keywords must be a list of words in quotation marks"),
        ('keywords = ["sóng", "SONG"]', "keywords has SONG twice, marks and capitals"),
        (f'keywords = ["{"x" * 41}"]', "keywords has one of more than 40 characters"),
        (f"keywords = {[str(n) for n in range(201)]}", "keywords may have at most 200"),
    ],
)
def test_a_mistake_in_the_keywords_is_named_with_its_line(line: str, message: str) -> None:
    text = re.sub(r"keywords = \[.*?\n\]", line, SAMPLE, count=1, flags=re.DOTALL)

    assert any(n == line_of("keywords") and message in words for n, words in mistakes(text))


@pytest.mark.parametrize(
    ("beginning", "line"),
    [
        ("theme ", f'theme = "{"x" * 300}"'),
        ("slug", 'slug = "abc"'),
        ("slug", f'slug = "{"x" * 40}"'),
        ("intake_closes_on", "intake_closes_on = 2022-10-10"),
        ("question_minutes", "question_minutes = 1"),
        ("question_minutes", "question_minutes = 60"),
        ("reply_days", "reply_days = 365"),
        ("conclusion_days", "conclusion_days = 15"),
        ("complex_conclusion_days", "complex_conclusion_days = 10"),
        ("minutes", "minutes = 600"),
        ("plan", 'plan = "x"\nweights = {votes = 0, topic = 3}'),
        ("young_people", "young_people = 0"),
        (
            "[[departments]]",
            "[[departments]]\nvalid_from = 2022-05-01\nvalid_to = 2022-05-01",
        ),
        ("departments", "departments = []"),
    ],
)
def test_the_first_and_the_last_value_that_may_be_are_taken(beginning: str, line: str) -> None:
    event_files.read(changed(beginning, line))


@pytest.mark.parametrize(
    ("beginning", "line", "message"),
    [
        ("slug", f'slug = "{"x" * 41}"', "slug must be 3 to 40"),
        ("question_minutes", "question_minutes = 61", "question_minutes must be 1 to 60"),
        ("reply_days", "reply_days = 0", "reply_days must be 1 to 365"),
        ("plan", "weights = {topic = 3.1}", "topic must be 0 to 3"),
        ("plan", 'weights = {topic = "1"}', "topic must be 0 to 3"),
    ],
)
def test_the_next_one_is_not(beginning: str, line: str, message: str) -> None:
    assert any(message in words for _, words in mistakes(changed(beginning, line)))


@pytest.mark.parametrize(
    "keywords", [["x" * 40], [f"từ {n}" for n in range(200)], ["sóng", "song hành"], []]
)
def test_keywords_may_be_as_long_and_as_many_as_said(keywords: list[str]) -> None:
    line = f"keywords = {json.dumps(keywords, ensure_ascii=False)}"
    text = re.sub(r"keywords = \[.*?\n\]", line, SAMPLE, count=1, flags=re.DOTALL)

    assert event_files.read(text).topics[0].keywords == tuple(keywords)


def test_a_missing_key_is_named_at_its_table() -> None:
    assert mistakes(changed("short_name", None)) == [
        (line_of("[[districts]]"), "short_name is missing")
    ]
    assert mistakes(changed("place", None)) == [(1, "place is missing")]


def test_what_may_be_left_out_may_be_left_out() -> None:
    optional = ("boundaries ", "population_source", "people", "young_people", "conclusion_days")
    for beginning in optional:
        event_files.read(changed(beginning, None))


def test_a_code_twice_is_named_where_it_comes_again() -> None:
    assert mistakes(changed('code = "739"', 'code = "731"')) == [
        (line_of('code = "739"'), "the code 731 is already used above")
    ]


def test_a_tile_needs_both_its_numbers_and_a_place_of_its_own() -> None:
    assert mistakes(changed("tile_row", None)) == [
        (line_of("[[districts]]"), "tile_column and tile_row belong together")
    ]
    first = f"{SAMPLE_LINES[line_of('tile_column') - 1]}\n{SAMPLE_LINES[line_of('tile_row') - 1]}"
    second = changed("tile_column", first, occurrence=2).replace(
        first + "\n" + SAMPLE_LINES[line_of("tile_row", occurrence=2) - 1], first
    )
    assert mistakes(second) == [
        (line_of("tile_column", occurrence=2), "another district has this tile")
    ]


def test_a_department_ends_after_it_begins() -> None:
    line = "valid_from = 2022-05-01\nvalid_to = 2021-05-01\n[[departments]]"
    found = mistakes(changed("[[departments]]", line, occurrence=2))

    assert found[0][1] == "valid_to is before valid_from"


@pytest.mark.parametrize(
    ("cut", "message"),
    [("[[reasons]]", "reasons is missing"), ("[official]", "official is missing")],
)
def test_a_missing_table_is_named(cut: str, message: str) -> None:
    pattern = re.escape(cut) + r".*?(?=\n\[|\n#|\Z)"
    text = re.sub(pattern, "", SAMPLE, flags=re.DOTALL)

    assert (1, message) in mistakes(text)


@pytest.mark.parametrize(
    ("addition", "message"),
    [
        ("topics = []", "topics needs at least one entry"),
        ("topics = 5", "topics must be a list of tables: write [[topics]] before each"),
        ("topics = [5]", "topics must be a list of tables: write [[topics]] before each"),
        ("official = 5", "official must be a table: write [official]"),
        ('districts = [{ code = ["x"] }]', "code must be text in quotation marks"),
    ],
)
def test_a_table_that_is_none_is_named(addition: str, message: str) -> None:
    assert (1, message) in mistakes(addition)


def test_broken_toml_is_named_with_its_line() -> None:
    found = mistakes(changed("place", 'place = "Hội trường'))

    assert len(found) == 1
    assert found[0][0] == line_of("place")
    assert "not TOML" in found[0][1]
    assert mistakes('slug = """')[0][0] == 1


def test_every_mistake_is_named_at_once_in_the_files_order() -> None:
    text = changed("theme ", "theme = 5")
    text = text.replace('code = "739"', 'code = "731"').replace('["so-noi-vu"]', '["nobody"]')

    found = mistakes(text)

    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert len(found) == 3


def test_a_text_of_several_lines_hides_no_keys_and_shifts_no_line() -> None:
    text = changed("theme ", 'theme = """Một\nplace = 5\n"""').replace(
        'timezone = "Asia/Ho_Chi_Minh"', "timezone = 5"
    )

    assert mistakes(text) == [(line_of("timezone") + 2, "timezone must be text in quotation marks")]


def test_texts_are_composed() -> None:
    decomposed = event_files.read(changed("place", 'place = "Ho\u0323\u0302i  trường"'))

    assert decomposed.place == "Hội trường"


def test_the_error_reads_well_in_a_terminal() -> None:
    text = changed("theme ", "theme = 5").replace("question_minutes = 6", "question_minutes = 0")

    with pytest.raises(EventFileWrong) as caught:
        event_files.read(text)

    assert str(caught.value).split("\n") == [
        f"line {line_of('theme ')}: theme must be text in quotation marks",
        f"line {line_of('question_minutes')}: question_minutes must be 1 to 60",
    ]


@settings(max_examples=150, deadline=None)
@given(
    index=st.integers(0, len(SAMPLE_LINES) - 1),
    line=st.none() | st.text(max_size=30) | st.sampled_from(["[x]", "[[topics]]", "a = 1"]),
)
@example(index=line_of("held_at") - 1, line="held_at = 25:00:00")
def test_no_change_of_a_line_breaks_the_reader(index: int, line: str | None) -> None:
    lines = list(SAMPLE_LINES)
    lines[index : index + 1] = [] if line is None else [line]
    text = "\n".join(lines)

    found: tuple[Mistake, ...] = ()
    try:
        event_files.read(text)
    except EventFileWrong as wrong:
        found = wrong.mistakes

    assert all(1 <= each.line <= text.count("\n") + 1 for each in found)


def test_a_conclusion_that_may_take_longer_than_a_complex_one_is_named_where_it_is_said() -> None:
    text = changed("complex_conclusion_days", None).replace(
        "conclusion_days = 10", "conclusion_days = 16"
    )

    assert mistakes(text) == [
        (
            line_of("conclusion_days"),
            "complex_conclusion_days (15) is less than conclusion_days (16)",
        )
    ]


def test_the_conclusion_is_due_by_calendar_days_where_the_event_is_held(event: Event) -> None:
    assert event.conclusion_due == (date(2022, 11, 20), date(2022, 11, 25))
    late = replace(event, held_at=datetime(2022, 11, 10, 18, 0, tzinfo=UTC), conclusion_days=3)
    assert late.conclusion_due == (date(2022, 11, 14), date(2022, 11, 26))


def test_what_the_desk_may_set_later_can_be_set_in_the_file() -> None:
    settings = 'moderation = "after"\nweights = {votes = 2, topic = 0.5}'

    event = event_files.read(changed("plan", settings + "\n" + SAMPLE_LINES[line_of("plan") - 1]))

    assert event.moderation == "after"
    assert event.weights == Weights(votes=2, topic=0.5)
