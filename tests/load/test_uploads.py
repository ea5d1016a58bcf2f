"""Uploads at the real server, by those who only have the framework's socket."""

import asyncio

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from dialogue.roles import Role
from tests.server import Server


@pytest.mark.parametrize(
    ("roles", "page"), [([], ""), ([Role.MODERATOR], "desk"), ([Role.ANALYST], "review")]
)
def test_nobody_uploads_where_no_page_asks_for_a_file(
    server: Server, roles: list[Role], page: str
) -> None:
    async def story() -> list[int]:
        cookies = server.cookies(*roles) if roles else {}
        async with httpx.AsyncClient(base_url=server.url, cookies=cookies, timeout=60) as client:
            # As the framework's page gets it.
            await client.get("/_stcore/health")
            token = client.cookies["_streamlit_xsrf"]
            held = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
            async with connect(
                f"{server.url.replace('http', 'ws')}/_stcore/stream",
                additional_headers={"Cookie": held},
                origin=server.url,  # type: ignore[arg-type]
                subprotocols=["streamlit", token],  # type: ignore[list-item]
                max_size=None,
            ) as stream:
                asked = BackMsg()
                asked.rerun_script.page_name = page
                await stream.send(asked.SerializeToString())
                answer, opened = ForwardMsg(), ""
                while answer.WhichOneof("type") != "script_finished":
                    answer.ParseFromString(await stream.recv(decode=False))
                    opened = answer.new_session.initialize.session_id or opened
                answers = [
                    await client.put(
                        f"/_stcore/upload_file/{opened}/{number}",
                        files={"file": ("x", b"a" * 1_000_000)},
                        headers={"X-Xsrftoken": token},
                    )
                    for number in range(3)
                ]
        return [each.status_code for each in answers]

    assert asyncio.run(story()) == [403] * 3
