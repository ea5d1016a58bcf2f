"""The OpenAPI document of the contract, from the limits and refusals that the code has."""

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from audience.api import MOST_KEY_CHARACTERS
from dialogue import refusals, submissions
from dialogue.lifecycle import Status
from dialogue.refusals import Refusal
from web import addresses, problems

Schema = dict[str, Any]

_ALWAYS = (problems.TooLarge, problems.TooMany, problems.Broken, refusals.NotNow)
_TIME: Schema = {"type": "string", "format": "date-time"}
_NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
_STATUS: Schema = {"type": "string", "enum": [str(each) for each in Status]}
_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_HEADERS: dict[str, Schema] = {
    "ETag": {"description": "The board's revision.", "schema": _TEXT},
    "Location": {"description": "Where to follow the question.", "schema": _TEXT},
    "Retry-After": {"description": "Seconds until it is worth another try.", "schema": _NUMBER},
}
_LANGUAGE: Schema = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of problems: vi or en.",
    "schema": _TEXT,
}
_KEY: Schema = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same for each try of one submission, so that it is kept once.",
    "schema": {"type": "string", "pattern": f"^[!-~]{{1,{MOST_KEY_CHARACTERS}}}$"},
}
_REVISION: Schema = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag of the board that the caller has.",
    "schema": _TEXT,
}


def _short(most: int) -> Schema:
    return {"type": ["string", "null"], "maxLength": most}


def _object(**properties: Schema) -> Schema:
    """Return the schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_REPLY: Schema = {
    **_object(
        text=_TEXT,
        department={"type": "string", "description": "The code of the one that replies."},
        document_number=_TEXT_OR_NULL,
        document_date={"type": ["string", "null"], "format": "date"},
        published_at=_TIME,
    ),
    "type": ["object", "null"],
    "description": "The written reply, or that to the question it was merged into.",
}
_FOLLOWED: Schema = {
    "id": _NUMBER,
    "status": _STATUS,
    "text": _TEXT,
    "votes": {"type": "integer", "minimum": 0},
    "reason": _TEXT_OR_NULL,
    "merged_into": {"type": ["integer", "null"]},
    "reply": _REPLY,
}
SCHEMAS: dict[str, Schema] = {
    "Submission": {
        **_object(
            text={
                "type": "string",
                "format": "question",
                "minLength": submissions.SHORTEST_TEXT,
                "maxLength": submissions.LONGEST_TEXT,
                "description": "Counted after spaces and invisible characters are tidied.",
            },
            district={"type": "string", "format": "district", "description": "A code."},
            topic={"type": ["string", "null"], "format": "topic", "description": "A code."},
            **{name: _short(most) for name, most in submissions.LONGEST.items()},
            **{name: {"type": "boolean", "default": False} for name in submissions.BOXES},
            consent={"const": True, "description": "The privacy notice was accepted."},
        ),
        "required": ["text", "district", "consent"],
    },
    "Receipt": _object(id=_NUMBER, code=_TEXT, status=_STATUS, received_at=_TIME),
    "Followed": _object(
        **_FOLLOWED,
        received_at=_TIME,
        joined={
            "type": "integer",
            "minimum": 0,
            "description": "How many other questions are joined with it.",
        },
        parts={
            "type": "array",
            "description": "What the desk made of a question that asks several things.",
            "items": _object(**_FOLLOWED),
        },
    ),
    "Board": _object(
        revision={"type": "integer", "minimum": 0},
        questions={
            "type": "array",
            "items": _object(
                id=_NUMBER,
                text=_TEXT,
                district=_TEXT,
                topic=_TEXT_OR_NULL,
                status=_STATUS,
                votes={"type": "integer", "minimum": 0},
                received_at=_TIME,
            ),
        },
    ),
    "Vote": _object(id=_NUMBER, votes={"type": "integer", "minimum": 0}, voted={"type": "boolean"}),
    "Problem": {
        **_object(
            type=_TEXT,
            title=_TEXT,
            status={"type": "integer"},
            detail=_TEXT,
            errors={"type": "array", "items": _object(field=_TEXT, message=_TEXT)},
        ),
        "required": ["type", "title", "status", "detail"],
    },
}


@cache
def document() -> dict[str, Any]:
    """Return the document."""
    event = "/api/events/{slug}"
    question = f"{event}/questions/{{code}}"
    no_question = (refusals.UnknownEvent, refusals.UnknownQuestion)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Đối Thoại",
            "version": "1",
            "description": (
                "Ask, follow, read the public board and vote. Errors are problem documents "
                "(RFC 9457) in the language of Accept-Language. What a person tells of themselves "
                "is in no answer."
            ),
        },
        "servers": [{"url": addresses.base() or "/"}],
        "paths": {
            f"{event}/questions": {
                "parameters": [_slug()],
                "post": {
                    "operationId": "submit",
                    "summary": "Ask a question; 201 means that it is on disk.",
                    "parameters": [_LANGUAGE, _KEY],
                    "requestBody": {"required": True, "content": _json("Submission")},
                    "responses": {
                        "201": {
                            **_answer("Kept.", "Receipt", "Location"),
                            "links": {
                                name: {
                                    "operationId": name,
                                    "parameters": {
                                        "slug": "$request.path.slug",
                                        "code": "$response.body#/code",
                                    },
                                }
                                for name in ("follow", "erasePersonalData")
                            },
                        },
                        **_problems(
                            problems.Malformed,
                            problems.KeyMissing,
                            refusals.UnknownEvent,
                            refusals.EventClosed,
                            refusals.EventPaused,
                            problems.WrongType,
                            refusals.FieldsWrong,
                            refusals.KeyReused,
                            refusals.Unavailable,
                        ),
                    },
                },
            },
            question: {
                "parameters": [_slug(), _code()],
                "get": {
                    "operationId": "follow",
                    "summary": "Tell what became of a question.",
                    "parameters": [_LANGUAGE],
                    "responses": {
                        "200": _answer("The question as it stands.", "Followed"),
                        **_problems(*no_question),
                    },
                },
            },
            f"{question}/personal-data": {
                "parameters": [_slug(), _code()],
                "delete": {
                    "operationId": "erasePersonalData",
                    "summary": "Erase the asker's name, contact and organisation at once.",
                    "parameters": [_LANGUAGE],
                    "responses": {
                        "204": {"description": "Nothing is kept any more."},
                        **_problems(*no_question),
                    },
                },
            },
            f"{event}/board": {
                "parameters": [_slug()],
                "get": {
                    "operationId": "board",
                    "summary": "The public questions, the newest first.",
                    "parameters": [_LANGUAGE, _REVISION],
                    "responses": {
                        "200": _answer("The board.", "Board", "ETag"),
                        "304": {"description": "The caller has it.", "headers": _headers("ETag")},
                        **_problems(refusals.UnknownEvent),
                    },
                },
            },
            f"{event}/questions/{{id}}/vote": {
                "parameters": [_slug(), {**_path("id"), "schema": _NUMBER}],
                **{
                    method: {
                        "operationId": name,
                        "summary": summary,
                        "parameters": [_LANGUAGE],
                        "responses": {
                            "200": _answer(
                                "The votes now, without those that the desk has set aside.", "Vote"
                            ),
                            **_problems(
                                *(problems.OtherSite, *no_question, refusals.Overtaken),
                                problems.Unmarked,
                            ),
                        },
                    }
                    for method, name, summary in (
                        ("put", "vote", "Count this phone's vote, once."),
                        ("delete", "takeVoteBack", "Take this phone's vote back."),
                    )
                },
            },
        },
        "components": {"schemas": SCHEMAS},
    }


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": _TEXT}


def _slug() -> Schema:
    return {**_path("slug"), "description": "The event, such as dong-nai-2022."}


def _code() -> Schema:
    return {**_path("code"), "description": "The private code of the receipt."}


def _json(name: str, media_type: str = "application/json") -> dict[str, Schema]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{name}"}}}


def _headers(*names: str) -> dict[str, Schema]:
    return {name: _HEADERS[name] for name in names}


def _answer(description: str, schema: str, *headers: str) -> Schema:
    return {"description": description, "content": _json(schema), "headers": _headers(*headers)}


def _problems(*kinds: type[Refusal]) -> dict[str, Schema]:
    """Return the problem responses of an operation, by status, with the words of each kind."""
    found: dict[str, list[str]] = {}
    for kind in (*kinds, *_ALWAYS):
        found.setdefault(str(problems.status_of_kind(kind)), []).append(
            (kind.__doc__ or "").splitlines()[0]
        )
    return {
        status: {
            "description": " ".join(messages),
            "content": _json("Problem", problems.MEDIA_TYPE),
            "headers": _headers("Retry-After") if status in ("429", "503") else {},
        }
        for status, messages in found.items()
    }


async def _describe(_request: Request) -> Response:
    return JSONResponse(document())


routes = [Route("/openapi.json", _describe)]
