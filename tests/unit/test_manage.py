import subprocess
import sys
from pathlib import Path

import pytest

from data_access.engine import Database
from data_access.events import list_slugs

ROOT = Path(__file__).parent.parent.parent
SAMPLE = (ROOT / "events" / "dong-nai-2022.toml").read_text(encoding="utf-8")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "another.toml"


def manage(file: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "manage", "add-event", str(file)],
        cwd=ROOT,
        env={"DATABASE_URL": database_url, "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_event_is_added_to_an_empty_database_once(file: Path, tmp_path: Path) -> None:
    file.write_text(SAMPLE.replace('slug = "dong-nai-2022"', 'slug = "binh-phuoc-2023"'))
    file.with_name("dong-nai-2022.geojson").touch()
    url = f"sqlite:///{tmp_path / 'new.db'}"

    added, again = manage(file, url), manage(file, url)

    assert (added.returncode, again.returncode) == (0, 1)
    assert "/ask/binh-phuoc-2023" in added.stdout
    assert "already an event binh-phuoc-2023" in again.stderr
    database = Database(url)
    with database.reading() as session:
        assert list_slugs(session) == ["binh-phuoc-2023"]
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
