import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data_access import engine
from data_access.accounts import invitations
from data_access.engine import Database
from data_access.events import events, practice
from dialogue import event_files
from dialogue.events import Intake
from dialogue.refusals import LinkUsed
from tests import server
from tests.factories import NOON, SLUG, actor, ask
from tests.server import Ended

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "events" / "dong-nai-2022.toml").read_text(encoding="utf-8")
TAN_HOA = """
[[districts]]
code = "733"
name = "Huyện Tân Hòa"
short_name = "Tân Hòa"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "another.toml"


def manage(file: Path, database_url: str, **environment: str) -> Ended:
    return run(database_url, "load-event", str(file), **environment)


def run(database_url: str, *arguments: str, **environment: str) -> Ended:
    return server.run(
        "manage", *arguments, DATABASE_URL=database_url, PYTHONUTF8="1", **environment
    )


def test_an_event_is_added_once_and_then_changed(file: Path, tmp_path: Path) -> None:
    other = SAMPLE.replace('slug = "dong-nai-2022"', 'slug = "binh-phuoc-2023"')
    file.write_text(other)
    file.with_name("dong-nai-2022.geojson").touch()
    url = f"sqlite:///{tmp_path / 'new.db'}"

    added = manage(file, url, DIALOGUE_PUBLIC_URL="https://example.vn/doithoai")
    again = manage(file, url)
    file.write_text(other.replace("question_minutes = 6", "question_minutes = 5") + TAN_HOA)
    changed = manage(file, url)

    assert added.stdout.split()[-1] == "https://example.vn/doithoai/ask/binh-phuoc-2023"
    assert again.stdout == "binh-phuoc-2023 is as the file says already.\n"
    assert changed.stdout.splitlines() == [
        "question_minutes: 6 → 5",
        "districts: + 733 Huyện Tân Hòa",
    ]
    database = Database(url)
    with database.reading() as session:
        assert events.list_slugs(session) == ["binh-phuoc-2023"]
        described = events.event(session, "binh-phuoc-2023")
    assert (described.question_minutes, described.districts[-1].code) == (5, "733")
    database.close()


def test_what_is_left_as_it_is_is_said(file: Path, sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.transaction() as session:
        practice.begin(session, SLUG, actor=actor(), at=NOON)
        events.set_intake(session, SLUG, Intake.CLOSED, actor=actor(), at=NOON)
    database.close()
    file.with_name("dong-nai-2022.geojson").touch()

    file.write_text(SAMPLE)
    as_it_was = manage(file, sqlite_url)
    file.write_text(SAMPLE + TAN_HOA)
    changed = manage(file, sqlite_url)

    assert as_it_was.stdout.splitlines() == [
        f"{SLUG} is as the file says already.",
        "Left as the desk has it: intake",
    ]
    assert changed.stdout.splitlines()[1:] == [
        "Left as the desk has it: intake",
        f"Its rehearsal {SLUG}-tap-duot-1 stays as it was begun.",
    ]


def test_entries_that_are_used_are_named_and_nothing_is_changed(
    file: Path, sqlite_url: str
) -> None:
    engine.start(sqlite_url)
    ask(district="731")
    engine.current().close()
    file.write_text(SAMPLE.replace('code = "731"', 'code = "1"').replace("= 6", "= 5"))
    file.with_name("dong-nai-2022.geojson").touch()

    refused = manage(file, sqlite_url)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "districts 731 (questions)" in refused.stderr
    database = Database(sqlite_url)
    with database.reading() as session:
        assert events.event(session, SLUG) == event_files.read(SAMPLE)
    database.close()


def test_every_mistake_of_a_file_is_printed_with_its_line(file: Path, tmp_path: Path) -> None:
    file.write_text(
        SAMPLE.replace('["so-y-te"]', '["so-y-tee"]').replace("[official]", "[offcial]")
    )

    refused = manage(file, f"sqlite:///{tmp_path / 'new.db'}")

    assert refused.returncode == 1
    assert "there is no department so-y-tee" in refused.stderr
    assert "did you mean official?" in refused.stderr
    assert all("another.toml, line " in line for line in refused.stderr.splitlines())


def test_missing_boundaries_are_said(file: Path, tmp_path: Path) -> None:
    file.write_text(SAMPLE)

    refused = manage(file, f"sqlite:///{tmp_path / 'new.db'}")

    assert refused.returncode == 1
    assert "dong-nai-2022.geojson must lie beside" in refused.stderr


def test_a_file_that_is_not_there_is_said(file: Path, tmp_path: Path) -> None:
    refused = manage(file, f"sqlite:///{tmp_path / 'new.db'}")

    assert refused.returncode == 1
    assert "cannot be read" in refused.stderr


def test_a_wrong_setting_is_named(file: Path) -> None:
    file.write_text(SAMPLE)
    file.with_name("dong-nai-2022.geojson").touch()

    refused = manage(file, "mysql://x")

    assert refused.returncode == 1
    assert "DATABASE_URL is wrong" in refused.stderr


@pytest.mark.parametrize(
    "public", ["https://example.vn", "https://example.vn/doithoai", "https://example.vn:8443/a/b"]
)
def test_a_link_is_beneath_the_path_that_the_outside_knows(sqlite_url: str, public: str) -> None:
    printed = run(
        *(sqlite_url, "create-admin", "an@example.vn", "An"), DIALOGUE_PUBLIC_URL=f"{public}/"
    )

    assert f"{public}/invite/{link(printed)}" in printed.stdout.split()


def link(printed: Ended) -> str:
    assert printed.returncode == 0, printed.stderr
    (token,) = re.findall(r"/invite/(\S+)", printed.stdout)
    return str(token)


def test_an_admin_is_created_listed_reset_and_signed_out(sqlite_url: str) -> None:
    first = link(run(sqlite_url, "create-admin", "An@example.vn", "Nguyễn An"))
    second = link(run(sqlite_url, "reset-password", "an@example.vn", "--drop-second-factor"))
    listed = run(sqlite_url, "list-accounts")
    signed_out = run(sqlite_url, "revoke-sessions", "an@example.vn")

    assert first != second
    assert listed.stdout.split("\t") == [
        "an@example.vn",
        "Nguyễn An",
        "admin@*, moderator@*",
        "invited",
        "never\n",
    ]
    assert first not in listed.stdout
    assert second not in listed.stdout
    assert "signed out everywhere" in signed_out.stdout
    database = Database(sqlite_url)
    with database.reading() as session:
        with pytest.raises(LinkUsed):
            invitations.invited(session, first, at=datetime.now(UTC))
        assert invitations.invited(session, second, at=datetime.now(UTC)).email == "an@example.vn"
    database.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create-admin", "an@example.vn", "An"), "already an account"),
        (("create-admin", "no address", "An"), "e-mail address"),
        (("reset-password", "b@example.vn"), "no such account"),
        (("revoke-sessions", "b@example.vn"), "no such account"),
    ],
)
def test_what_cannot_be_done_is_said(
    sqlite_url: str, arguments: tuple[str, ...], said: str
) -> None:
    link(run(sqlite_url, "create-admin", "an@example.vn", "An"))

    refused = run(sqlite_url, *arguments)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert said in refused.stderr
