"""An admin invites people, gives them roles, and gives each screen its link."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

import welcome
import words.accounts
import words.events
import words.hall
import words.outcomes
from components.accounts import table
from components.commands import callbacks
from components.shell import frame, guard, session_language
from components.shell.session_language import _
from data_access import engine
from data_access.accounts import accounts, invitations, sessions
from data_access.engine import Session
from data_access.events import events
from dialogue.accounts import Account, Actor, Grant, Screen
from dialogue.events import nearest_zone
from dialogue.refusals import Refusal
from dialogue.roles import PERSONAL, Place, Role

frame.show_without_event(Place.ACCOUNTS)
language = session_language.current()
# What just happened, told once.
told: dict[str, str] = st.session_state.pop("told", {})
# Nobody can see a link again: each stands here until somebody says that it was handed over.
links: dict[str, dict[str, str]] = st.session_state.setdefault("links", {})


def attempt(
    command: Callable[..., dict[str, str]], *about: Account | Screen, emptied: Sequence[str] = ()
) -> None:
    """Do what was asked, and remember what to tell: a link, or why it was not done.

    Once it is done, some fields of its form are empty again.
    """
    me = guard.actor()
    done = callbacks.attempt(lambda session: command(session, me, *about))
    if isinstance(done, Refusal):
        st.session_state.told = {"refusal": words.outcomes.refusal(done, language)}
        return
    for name in emptied:
        st.session_state[name] = type(st.session_state[name])()
    if "link" in done:
        links[done["link"]] = done
    else:
        st.session_state.told = done


def put_away(link: str) -> None:
    """Forget a link that was handed over."""
    links.pop(link, None)


def invite(session: Session, me: Actor) -> dict[str, str]:
    """Create an account from the form."""
    token = invitations.invite(
        session,
        st.session_state.email,
        name=st.session_state.name,
        grants=st.session_state.roles,
        actor=me,
        at=datetime.now(UTC),
    )
    return {"link": f"{welcome.public_url()}/invite/{token}", "whose": st.session_state.name}


def invite_again(session: Session, me: Actor, account: Account) -> dict[str, str]:
    """Give somebody a new link to set a password."""
    token = invitations.invite_again(session, account.id, actor=me, at=datetime.now(UTC))
    return {"link": f"{welcome.public_url()}/invite/{token}", "whose": account.name}


def set_grants(session: Session, me: Actor, account: Account) -> dict[str, str]:
    """Give somebody exactly the chosen roles."""
    chosen = st.session_state[f"grants-{account.id}"]
    accounts.set_grants(session, account.id, chosen, actor=me, at=datetime.now(UTC))
    return {"done": _("Saved.")}


def switch(session: Session, me: Actor, account: Account) -> dict[str, str]:
    """Disable an account, or enable it again."""
    command = accounts.enable if account.is_disabled else accounts.disable
    command(session, account.id, actor=me, at=datetime.now(UTC))
    return {"done": _("Saved.")}


def sign_out(session: Session, me: Actor, account: Account) -> dict[str, str]:
    """Sign somebody out on every device."""
    sessions.end_all(session, account.id, actor=me, at=datetime.now(UTC))
    return {"done": _("Signed out everywhere.")}


def add_screen(session: Session, me: Actor) -> dict[str, str]:
    """Create a screen's link; a projector's leads to the overlay of a stream as well."""
    name, place = st.session_state.screen_name, st.session_state.screen_place
    token = sessions.add_screen(
        session,
        name,
        slug=st.session_state.screen_event,
        actor=me,
        at=datetime.now(UTC),
        place=place,
    )
    link = f"{welcome.public_url()}/screen/{token}"
    overlay = {"overlay": f"{link}?overlay=1"} if place is Place.PROJECTOR else {}
    return {"link": link, "whose": name, **overlay}


def revoke_screen(session: Session, me: Actor, screen: Screen) -> dict[str, str]:
    """Take a screen's link back."""
    sessions.revoke_screen(session, screen.id, actor=me, at=datetime.now(UTC))
    return {"done": _("The link of this screen does not work any more.")}


with engine.current().reading() as session:
    people = accounts.list_accounts(session, at=datetime.now(UTC))
    screens = sessions.list_screens(session)
    nearest = events.list_nearest(session, at=datetime.now(UTC))
    departments = events.list_departments(session)
timezone = nearest_zone(nearest)
names = words.events.events((each for each in nearest if each.practice_of is None), language)
slugs = list(names)
# A department's account belongs to one of an event's departments.
everywhere = [role for role in PERSONAL if role is not Role.DEPARTMENT]
grants = [Grant(role) for role in everywhere]
grants += [Grant(role, slug) for slug in slugs for role in everywhere if role is not Role.ADMIN]
grants += [Grant(Role.DEPARTMENT, slug, each.code) for slug in slugs for each in departments[slug]]


def grant_words(grant: Grant) -> str:
    """Say a role and where it holds."""
    return words.accounts.grant(grant, language, departments, names)


st.title(_("Accounts"))
if "refusal" in told:
    st.error(told["refusal"])
if "done" in told:
    st.success(told["done"])
if links:
    st.warning(_("Give each link to whom it names. It is a key, and is shown only now."))
for place, (url, link) in enumerate(links.items()):
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(link["whose"])
            st.button(
                _("Handed over: put it away"),
                key=f"put-away-{place}",
                on_click=put_away,
                args=(url,),
            )
        st.code(url, language=None, wrap_lines=True)
        if "overlay" in link:
            st.text(_("For OBS or vMix, as a browser source over the picture of a live stream:"))
            st.code(link["overlay"], language=None, wrap_lines=True)

table.show(people, language, timezone, departments=departments, names=names)

inviting, changing = st.columns(2, gap="large")
with inviting:
    st.subheader(_("Invite somebody"))
    st.text_input(_("Name"), key="name", max_chars=80)
    st.text_input(_("E-mail address"), key="email", max_chars=120)
    st.multiselect(
        _("Roles"),
        grants,
        key="roles",
        format_func=grant_words,
        placeholder=_("Choose roles"),
        # It would be the first of the list, which Enter takes.
        select_all=False,
    )
    st.button(
        _("Create the link"),
        key="invite",
        type="primary",
        on_click=attempt,
        args=(invite,),
        kwargs={"emptied": ("name", "email", "roles")},
    )
with changing:
    st.subheader(_("Change an account"))
    named = {each.id: f"{each.name} ({each.email})" for each in people}
    wanted = st.selectbox(_("Account"), named, key="account", format_func=named.__getitem__)
    chosen = next(each for each in people if each.id == wanted)
    st.session_state.setdefault(f"grants-{chosen.id}", sorted(chosen.grants, key=str))
    st.multiselect(
        _("Roles"),
        # Together with those that an account has from before, and nobody is given any more.
        [*grants, *sorted(chosen.grants - {*grants}, key=str)],
        key=f"grants-{chosen.id}",
        format_func=grant_words,
        placeholder=_("Choose roles"),
        select_all=False,
    )
    with st.container(horizontal=True):
        st.button(
            _("Save the roles"),
            key="save",
            type="primary",
            on_click=attempt,
            args=(set_grants, chosen),
        )
        st.button(_("New link"), key="new-link", on_click=attempt, args=(invite_again, chosen))
        st.button(
            _("Enable") if chosen.is_disabled else _("Disable"),
            key="switch",
            on_click=attempt,
            args=(switch, chosen),
        )
        st.button(
            _("Sign out everywhere"), key="sign-out", on_click=attempt, args=(sign_out, chosen)
        )

st.subheader(_("Screens"))
st.caption(_("A screen's link opens on a machine that nobody signs in to, and only reads."))
table.show_screens(screens, language, timezone, names=names)
adding, revoking = st.columns(2, gap="large")
with adding:
    st.text_input(_("Where the screen is"), key="screen_name", max_chars=80)
    shown = words.hall.screens(language)
    st.selectbox(
        _("What it shows"), shown, key="screen_place", format_func=lambda place: shown[place]
    )
    st.selectbox(
        _("Event"),
        slugs,
        key="screen_event",
        format_func=names.__getitem__,
    )
    st.button(
        _("Create the link"),
        key="add-screen",
        on_click=attempt,
        args=(add_screen,),
        kwargs={"emptied": ("screen_name",)},
    )
if screens:
    with revoking:
        placed = {each.id: each for each in screens}
        screen_id = st.selectbox(
            _("Screen"), placed, key="screen", format_func=lambda each: placed[each].name
        )
        screen = placed[screen_id]
        st.button(
            _("Take the link back"),
            key="revoke-screen",
            on_click=attempt,
            args=(revoke_screen, screen),
        )
