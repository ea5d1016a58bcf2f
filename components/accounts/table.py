"""Accounts and screens as tables; names are cells, so none of them is read as markup."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

import words.accounts
import words.hall
from components.drawing import table
from components.shell.session_language import _
from dialogue.accounts import Account, Screen
from dialogue.events import Department
from locales import Language


def show(
    people: Sequence[Account],
    language: Language,
    timezone: ZoneInfo,
    *,
    departments: Mapping[str, Sequence[Department]],
    names: Mapping[str, str],
) -> None:
    """Draw the accounts with their roles, devices and when they were last seen.

    `departments` are those of each event, by its slug; `names` name the events.
    """
    table.show(
        pd.DataFrame(
            {
                _("Name"): [each.name for each in people],
                _("E-mail address"): [each.email for each in people],
                _("Roles"): [
                    ", ".join(
                        sorted(
                            words.accounts.grant(grant, language, departments, names)
                            for grant in each.grants
                        )
                    )
                    for each in people
                ],
                _("State"): [_state(each) for each in people],
                _("Devices"): [each.devices for each in people],
                _("Last seen"): [_moment(each.last_seen_at, language, timezone) for each in people],
            }
        ),
        key="accounts",
        alt=_("Accounts with roles, state, devices and when they were last seen"),
    )


def show_screens(
    screens: Sequence[Screen], language: Language, timezone: ZoneInfo, *, names: Mapping[str, str]
) -> None:
    """Draw the screens whose links work; `names` name the events."""
    if not screens:
        st.text(_("There is no screen yet."))
        return
    table.show(
        pd.DataFrame(
            {
                _("Name"): [each.name for each in screens],
                _("Shows"): [words.hall.screens(language)[each.place] for each in screens],
                _("Event"): [names.get(each.slug or "", _("All events")) for each in screens],
                _("Last seen"): [
                    _moment(each.last_seen_at, language, timezone) for each in screens
                ],
            }
        ),
        key="screens",
        alt=_("Screens with their event and when they were last seen"),
    )


def _state(account: Account) -> str:
    if account.is_disabled:
        return _("Disabled")
    if not account.has_password:
        return _("Invited")
    return _("Active, with second factor") if account.has_second_factor else _("Active")


def _moment(moment: datetime | None, language: Language, timezone: ZoneInfo) -> str:
    return language.date_time(moment.astimezone(timezone)) if moment else _("Never")
