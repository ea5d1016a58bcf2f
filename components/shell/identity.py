"""The way in with an organisation's identity, on the page where the provider sends people back."""

import streamlit as st

from access import identity
from components.shell import link
from components.shell.session_language import _
from web import framework

ASKED = "identity"


def receive() -> None:
    """Send somebody to the provider who asks for it, and on from there whoever comes back."""
    if not framework.names_identity_provider():
        return
    if st.user.is_logged_in:
        ticket = identity.ticket(st.user.to_dict(), st.context.cookies)
        if ticket:
            link.follow(_("Go on"), f"/signin/identity/{ticket}", key="identity")
        else:
            st.text(_("No account here has the verified e-mail address of this identity."))
            st.button(_("Use another identity"), on_click=st.logout, key="other-identity")
        st.stop()
    if st.query_params.get("signin") == ASKED:
        st.login()
