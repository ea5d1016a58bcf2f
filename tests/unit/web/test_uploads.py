from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.requests import Request
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from dialogue.refusals import NotPermitted, Refusal
from web import cookies, framework, uploads
from web.problems import TooLarge, TooMany

MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def files(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryUploadedFileManager]:
    """What the framework keeps; the pages a and b of one browser ask for a file."""
    kept = MemoryUploadedFileManager("/upload")
    monkeypatch.setattr(framework, "_files", lambda: kept)
    monkeypatch.setattr(uploads, "_asking", {"a": "mine", "b": "mine"})
    yield kept
    assert not uploads._coming


def upload(
    page: str = "a", *, size: object = MEGABYTE, cookie: str = f"{cookies.SESSION}=mine"
) -> Request:
    headers = [(b"cookie", cookie.encode()), (b"content-length", str(size).encode())]
    path = f"/_stcore/upload_file/{page}/file"
    return Request({"type": "http", "method": "PUT", "path": path, "headers": headers})


def refusal(request: Request) -> type[Refusal] | None:
    try:
        with uploads.room(request):
            return None
    except Refusal as refused:
        return type(refused)


def keep(files: MemoryUploadedFileManager, page: str, megabytes: int) -> None:
    data = bytes(megabytes * MEGABYTE)
    files.add_file(page, UploadedFileRec(f"{len(files.file_storage)}", "x", "x", data))


@pytest.mark.parametrize(
    "request_",
    [
        upload("c"),
        upload(cookie=""),
        upload(cookie=f"{cookies.SESSION}="),
        upload(cookie=f"{cookies.SESSION}=another"),
    ],
)
def test_only_the_browser_of_a_page_that_asks_for_a_file_may_upload(request_: Request) -> None:
    assert refusal(request_) is NotPermitted
    assert refusal(upload()) is None


@pytest.mark.parametrize("size", ["", "-1", "x", uploads.MOST_BYTES + 1, "9" * 50])
def test_a_file_says_how_large_it_is_and_is_not_too_large(size: object) -> None:
    assert refusal(upload(size=size)) is TooLarge


def test_a_page_keeps_only_so_much(files: MemoryUploadedFileManager) -> None:
    keep(files, "a", 22)

    assert refusal(upload(size=3 * MEGABYTE)) is TooLarge
    assert refusal(upload(size=2 * MEGABYTE)) is None
    assert refusal(upload("b", size=3 * MEGABYTE)) is None


def test_what_is_on_its_way_counts_too() -> None:
    with ExitStack() as coming:
        for _ in range(4):
            coming.enter_context(uploads.room(upload(size=uploads.MOST_BYTES)))

        assert refusal(upload(size=1)) is TooLarge
    assert refusal(upload()) is None


def test_the_process_keeps_only_so_much(files: MemoryUploadedFileManager) -> None:
    for number in range(10):
        keep(files, f"other-{number}", 24)

    assert refusal(upload()) is TooMany
    files.remove_session_files("other-1")
    assert refusal(upload()) is None


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("PUT", "/_stcore/upload_file/a/b", True),
        ("PUT", "/_stcore/upload_file_of_mine/a/b", False),
        ("POST", "/_stcore/upload_file/a/b", False),
        ("PUT", "/_stcore/upload_file/a", False),
        ("PUT", "/api/_stcore/upload_file/a/b", False),
    ],
)
def test_only_an_upload_may_be_larger_than_others(method: str, path: str, expected: bool) -> None:
    request = Request({"type": "http", "method": method, "path": path, "headers": []})

    assert uploads.is_upload(request) is expected
