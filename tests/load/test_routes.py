"""Every route of ours, walked by nobody, by each role, by a screen and by a revoked session."""

from collections.abc import Iterable, Iterator

import httpx
import pytest
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

import app
from data_access import engine
from data_access.accounts import sessions
from dialogue.roles import Place, Role, may_open
from live.routes import NOT_ALLOWED
from tests import factories
from tests.factories import NOON
from tests.server import Server
from web import plotly

REVOKED = "revoked"
NOBODY = "nobody"
VISITORS = (NOBODY, REVOKED, *Role)
PERSONS = frozenset(Role) - {Role.SCREEN}
QUESTION = "/api/events/{slug}/questions/{code}"
SCENE = "/scene/{place}/{slug}"
LISTS = "/lists/{slug}"
VOTE = "/api/events/{slug}/questions/{number:int}/vote"

# What each answers to a request that says next to nothing: to everyone alike, or first to others
# and then to a person who is signed in.
ANSWERS: dict[tuple[str, str], int | tuple[int, int]] = {
    ("POST", "/api/events/{slug}/questions"): 400,
    ("GET", QUESTION): 404,
    ("DELETE", f"{QUESTION}/personal-data"): 404,
    ("GET", "/api/events/{slug}/board"): 200,
    ("PUT", VOTE): 404,
    ("DELETE", VOTE): 404,
    ("GET", "/api/openapi.json"): 200,
    ("GET", "/ask"): 307,
    ("GET", "/ask/{slug}"): 200,
    ("POST", "/ask/{slug}"): 400,
    ("GET", "/ask/{slug}/{code}"): 404,
    ("POST", "/ask/{slug}/{code}/erase"): 404,
    ("GET", "/replies"): 307,
    ("GET", "/replies/{slug}"): 200,
    ("GET", "/signin"): 200,
    ("POST", "/signin"): 401,
    ("GET", "/signin/done"): 303,
    ("GET", "/signin/identity/{ticket}"): 404,
    ("POST", "/signout"): 303,
    ("GET", "/invite/{token}"): 404,
    ("POST", "/invite/{token}"): 404,
    ("GET", "/screen/{token}"): 404,
    ("GET", "/account"): (303, 200),
    ("POST", "/account/password"): (303, 401),
    ("POST", "/account/second-factor/offer"): (303, 401),
    ("POST", "/account/second-factor/set"): (303, 401),
    ("POST", "/account/second-factor/drop"): (303, 401),
    ("POST", "/account/devices"): 303,
    ("GET", SCENE): 404,
    ("GET", LISTS): 404,
    ("POST", "/language/{code}"): 404,
    ("GET", "/bar/{slug}"): 200,
    ("POST", "/commands/{slug}"): 415,
    ("POST", "/commands/{slug}/stage"): 415,
    ("POST", "/commands/{slug}/chair"): 415,
    ("GET", "/exports/{ticket}"): 404,
    ("GET", "/healthz"): 200,
    ("GET", "/readyz"): 200,
    ("GET", "/favicon.png"): 200,
    ("GET", plotly.PATH): 200,
    ("GET", "/assets/{file}"): 200,
}
STANDS_FOR = {
    "{slug}": "dong-nai-2022",
    "{place}": "projector",
    "{code}": "23456789ABCD",
    "{number:int}": "1",
    "{token}": "invented",
    "{ticket}": "invented",
    "{file}": "ask.css",
}


def walk(routes: Iterable[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path pattern."""
    for route in routes:
        match route:
            case Mount(routes=[]):
                yield "GET", f"{before}{route.path}/{{file}}"
            case Mount():
                yield from walk(route.routes, before + route.path)
            case Route():
                yield from ((each, before + route.path) for each in (route.methods or set()))


def test_every_route_of_the_app_is_walked() -> None:
    found = {(method, path) for method, path in walk(app.routes) if method != "HEAD"}
    sockets = [each.path for each in app.routes if isinstance(each, WebSocketRoute)]

    assert found == ANSWERS.keys()
    assert sockets == ["/live/{slug}"]


def cookies(server: Server, visitor: str) -> dict[str, str]:
    """What the browser of a visitor holds."""
    if visitor == NOBODY:
        return {}
    if visitor != REVOKED:
        return server.cookies(Role(visitor))
    database = engine.start(server.database_url)
    account_id = factories.add_account(Role.ADMIN, Role.MODERATOR)
    held = factories.sign_in(account_id)
    with database.transaction() as session:
        sessions.end_all(session, account_id, actor=factories.actor(Role.ADMIN), at=NOON)
    database.close()
    return held


@pytest.mark.parametrize("visitor", VISITORS)
def test_a_route_answers_what_it_owes_to_whom(server: Server, visitor: str) -> None:
    found = {}
    for method, pattern in ANSWERS:
        path = pattern
        for placeholder, value in STANDS_FOR.items():
            path = path.replace(placeholder, value)
        answer = httpx.request(
            method,
            f"{server.url}{path}",
            cookies=cookies(server, visitor),
            headers={"Origin": server.url},
            data={"email": f"{visitor}@example.vn"} if method == "POST" else None,
            timeout=20,
        )
        found[method, pattern] = answer.status_code

    which = int(visitor in PERSONS)
    owed = {
        route: answer[which] if isinstance(answer, tuple) else answer
        for route, answer in ANSWERS.items()
    }
    roles = frozenset(each for each in Role if each == visitor)
    if may_open(roles, Place.PROJECTOR):
        owed["GET", SCENE] = 200
    if may_open(roles, Place.DESK):
        owed["GET", LISTS] = 200
    assert found == owed


@pytest.mark.parametrize("visitor", VISITORS)
def test_the_live_socket_stays_open_for_whoever_has_a_role(server: Server, visitor: str) -> None:
    held = cookies(server, visitor)
    cookie = "; ".join(f"{name}={value}" for name, value in held.items())
    address = f"{server.url.replace('http', 'ws')}/live/dong-nai-2022"

    with connect(address, additional_headers={"Cookie": cookie}) as socket:
        if visitor in (NOBODY, REVOKED):
            with pytest.raises(ConnectionClosed) as closed:
                socket.recv(10)
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == NOT_ALLOWED
        else:
            assert int(socket.recv(10)) >= 0


def test_a_scene_is_that_of_its_place_in_the_language_and_the_form_that_are_asked_for(
    server: Server,
) -> None:
    def read(path: str) -> httpx.Response:
        return httpx.get(f"{server.url}/scene/{path}", cookies=server.cookies(Role.SCREEN))

    projector = read("projector/dong-nai-2022").json()
    display = read("display/dong-nai-2022?lang=en").json()
    overlay = read("projector/dong-nai-2022?overlay=1").json()

    assert projector["slug"] == "dong-nai-2022"
    assert projector["scene_data"]["language"] == "vi"
    assert projector["scene_data"]["overlay"] is False
    assert (display["scene_data"]["scene"], display["scene_data"]["language"]) == ("board", "en")
    assert overlay["scene_data"]["overlay"] is True
    for path in ("desk/dong-nai-2022", "nowhere/dong-nai-2022", "projector/nowhere"):
        assert read(path).status_code == 404
