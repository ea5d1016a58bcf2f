"""What somebody reads where something fails, at an address of programs and at one of people."""

import asyncio

import pytest
from httpx import ASGITransport, AsyncClient
from httpx import Response as Answer
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from web import failures
from web.problems import TooMany


async def broken(_request: Request) -> Response:
    raise RuntimeError("secret detail")


async def busy(_request: Request) -> Response:
    raise TooMany(seconds=7)


async def teapot(_request: Request) -> Response:
    raise HTTPException(418)


ROUTES = [Route("/broken", broken), Route("/busy", busy), Route("/teapot", teapot)]


def request(method: str, path: str, language: str) -> Answer:
    app = Starlette(
        routes=[Mount("/api", routes=ROUTES), Mount("/ask", routes=ROUTES)],
        exception_handlers=failures.HANDLERS,
    )
    transport = ASGITransport(app, raise_app_exceptions=False)

    async def exchange() -> Answer:
        async with AsyncClient(transport=transport, base_url="http://hall") as client:
            return await client.request(method, path, headers={"Accept-Language": language})

    return asyncio.run(exchange())


CASES = [
    ("GET", "broken", 500, "trục trặc", "Something went wrong"),
    ("GET", "busy", 429, "7 giây", "in 7 seconds"),
    ("GET", "nowhere", 404, "Không có gì ở địa chỉ này", "There is nothing"),
    ("POST", "busy", 405, "không nhận yêu cầu như vậy", "does not take such a request"),
]


@pytest.mark.parametrize(("method", "path", "status", "vietnamese", "english"), CASES)
def test_a_failure_is_a_document_for_a_program_and_a_page_for_a_person(
    method: str, path: str, status: int, vietnamese: str, english: str
) -> None:
    for language, words in (("vi", vietnamese), ("en", english)):
        document = request(method, f"/api/{path}", language)
        page = request(method, f"/ask/{path}", language)

        assert document.status_code == page.status_code == document.json()["status"] == status
        assert document.headers["content-type"] == "application/problem+json"
        assert words in document.json()["detail"]
        assert page.headers["content-type"].startswith("text/html")
        assert f'<html lang="{language}">' in page.text
        assert words in page.text
        for answer in (document, page):
            assert answer.headers.get("retry-after") == ("7" if status == 429 else None)
            assert ("GET" in answer.headers.get("allow", "")) is (status == 405)
            assert answer.headers["cache-control"] == "no-store"
            assert "secret" not in answer.text


def test_another_status_stays_what_it_is() -> None:
    assert request("GET", "/ask/teapot", "vi").status_code == 418
