"""With several events each page is about the one that is on, and stays so when loaded anew."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode

import pytest
from streamlit.testing.v1 import AppTest

from data_access import engine
from data_access.events import events
from dialogue.events import Event
from dialogue.roles import MAY_OPEN, Place, Role
from tests.factories import SLUG
from tests.pages.test_pages import component

Visit = Callable[..., AppTest]
LATER = "next-year"
OF_AN_EVENT = [str(each) for each in Place if each is not Place.ACCOUNTS]


def add(event: Event, slug: str, held_at: datetime) -> None:
    fields = {name: getattr(event, name) for name in Event.__slots__}
    with engine.current().transaction() as session:
        events.add(session, Event(**{**fields, "slug": slug, "held_at": held_at}))


def address(page: AppTest) -> str:
    """The event that a page's address names."""
    return str(parse_qs(urlencode(page.query_params, doseq=True))["event"][0])


def role(place: str) -> Role:
    return min(MAY_OPEN[Place(place)])


@pytest.mark.parametrize("place", ["home", *OF_AN_EVENT])
def test_a_page_keeps_its_event_in_its_address(visit: Visit, event: Event, place: str) -> None:
    roles = [] if place == "home" else [role(place)]
    alone = visit(place, *roles)
    asked = address(alone)

    add(event, LATER, datetime.now(UTC))
    loaded_anew = visit(place, *roles, event=asked)

    assert asked == address(loaded_anew) == SLUG


@pytest.mark.parametrize("place", ["home", *OF_AN_EVENT])
def test_who_asks_for_no_event_gets_todays_and_not_the_latest(
    visit: Visit, event: Event, place: str
) -> None:
    add(event, "today", datetime.now(UTC))
    add(event, LATER, datetime.now(UTC) + timedelta(days=365))

    page = visit(place, *([] if place == "home" else [role(place)]))

    assert address(page) == "today"


def test_events_of_one_name_and_day_are_told_apart(visit: Visit, event: Event) -> None:
    add(event, "twin", event.held_at)

    [bar] = component(visit("desk", Role.MODERATOR), "bar")

    named = f"10/11/2022 · {event.title}"
    assert sorted(each["name"] for each in bar["event"]["targets"]) == [
        f"{named} ({SLUG})",
        f"{named} (twin)",
    ]


def test_an_event_is_named_wherever_it_is_chosen(visit: Visit, event: Event) -> None:
    name = f"10/11/2022 · {event.title}"
    accounts = visit("accounts", Role.ADMIN)

    assert accounts.selectbox(key="screen_event").options == [name]
    assert f"Chủ trì · {name}" in accounts.multiselect(key="roles").options
    assert not any(SLUG in each for each in accounts.multiselect(key="roles").options)


def test_every_link_that_is_shown_once_stays_until_it_is_put_away(visit: Visit) -> None:
    page = visit("accounts", Role.ADMIN)

    for name in ("An", "Bình"):
        page.text_input(key="name").input(name)
        page.text_input(key="email").input(f"{len(name)}@example.vn")
        page.multiselect(key="roles").select("Điều phối")
        page.button(key="invite").click().run()
    page.text_input(key="screen_name").input("Sân khấu").run()
    shown = [each.value for each in page.code]
    page.button(key="add-screen").click().run()
    page.button(key="put-away-0").click().run()

    assert len(shown) == len(set(shown)) == 2
    assert [each.value for each in page.code][:1] == shown[1:]
    assert {"Bình", "Sân khấu"} <= {each.value for each in page.text}
    assert "An" not in {each.value for each in page.text}
    assert page.multiselect(key="roles").proto.select_all == 0
