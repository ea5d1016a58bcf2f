"""All that the layers beneath the pages need to know of the framework, Streamlit.

No other module outside of the pages and their components imports it.
"""

from pathlib import Path
from typing import cast

import streamlit as st
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit import config, runtime
from streamlit.errors import StreamlitSecretNotFoundError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

STATIC = Path(st.__file__).parent / "static"
"""The framework's own page, with its scripts and styles."""


def base_path() -> str:
    """Return the path that the framework is told to be beneath, as it was written."""
    return str(st.get_option("server.baseUrlPath"))


def port() -> int:
    """Return the port that this process listens on."""
    return int(st.get_option("server.port"))


def move_beneath(path: str) -> None:
    """Let the framework be beneath a path such as "/doithoai", and its fonts with it."""
    config.set_option("server.baseUrlPath", path.strip("/"))
    fonts = st.get_option("theme.fontFaces") or []
    config.set_option("theme.fontFaces", [{**each, "url": path + each["url"]} for each in fonts])


def names_identity_provider() -> bool:
    """Tell whether an identity provider is named in the framework's secrets."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def page_id() -> str | None:
    """Return the framework's id of the open page whose script runs here; None outside of one."""
    context = get_script_run_ctx()
    return context.session_id if context else None


def uploaded_bytes(page: str | None = None) -> int:
    """Return how many bytes of uploads the framework keeps, of one page or of all."""
    storage = _files().file_storage
    pages = list(storage) if page is None else [page]
    return sum(len(file.data) for each in pages for file in [*storage.get(each, {}).values()])


def can_read(message: bytes) -> bool:
    """Tell whether the framework's socket can read a message."""
    try:
        BackMsg().ParseFromString(message)
    except DecodeError:
        return False
    return True


def _files() -> MemoryUploadedFileManager:
    return cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr)
