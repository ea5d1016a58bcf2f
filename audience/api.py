"""The HTTP contract: submit, follow, read the public board, vote."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple, TypedDict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from audience.catalogue import Catalogue
from audience.intake import SubmissionWriter
from data_access import engine
from data_access.followup import replies
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing import personal_data, votes
from data_access.questions.writing import submissions as questions
from data_access.questions.writing.submissions import Keyed
from dialogue import submissions
from dialogue.lifecycle import Status
from dialogue.questions import Question, Receipt, Source
from dialogue.refusals import UnknownEvent, UnknownQuestion
from dialogue.replies import Published
from live import snapshots
from web import bodies, budgets, networks, phones, problems, threads
from web.addresses import under
from web.problems import KeyMissing, Unmarked

MOST_KEY_CHARACTERS = 200
MOST_BOARD_QUESTIONS = 100


class Followed(NamedTuple):
    """A question, what was split off it, how many others are merged into it, and the replies.

    `replies` has by number those to the question and its parts.
    """

    question: Question
    parts: list[Question]
    joined: int
    replies: Mapping[int, Published]


class PublishedReply(TypedDict):
    """A reply that was published; days and times in ISO form."""

    text: str
    department: str
    document_number: str | None
    document_date: str | None
    published_at: str


class FollowedQuestion(TypedDict):
    """What became of a question, as whoever has its code reads it."""

    id: int
    status: Status
    text: str
    votes: int
    reason: str | None
    merged_into: int | None
    reply: PublishedReply | None


class AskedQuestion(FollowedQuestion):
    """The same with its parts, and how many others are joined with it."""

    received_at: str
    parts: Sequence[FollowedQuestion]
    joined: int


class Accepted(TypedDict):
    """That a question is on disk, under its number and its code."""

    id: int
    code: str
    status: Status
    received_at: str


class PublicQuestion(TypedDict):
    """A question as everybody reads it."""

    id: int
    text: str
    district: str
    topic: str | None
    status: Status
    votes: int
    received_at: str


class PublicBoard(TypedDict):
    """The public questions at a revision, the newest first."""

    revision: int
    questions: Sequence[PublicQuestion]


class Vote(TypedDict):
    """How many support a question, and whether this phone does."""

    id: int
    votes: int
    voted: bool


class Api:
    """The routes, on top of one intake and one catalogue."""

    def __init__(self, intake: SubmissionWriter, catalogue: Catalogue) -> None:
        """Serve with this intake and this catalogue."""
        self._intake = intake
        self._catalogue = catalogue

    @property
    def routes(self) -> list[Route]:
        """The routes of the contract."""
        event = "/events/{slug}"
        return [
            Route(f"{event}/questions", self.submit, methods=["POST"]),
            Route(f"{event}/questions/{{code}}", self.follow),
            Route(
                f"{event}/questions/{{code}}/personal-data",
                self.erase_personal_data,
                methods=["DELETE"],
            ),
            Route(f"{event}/board", self.board),
            Route(f"{event}/questions/{{number:int}}/vote", self.vote, methods=["PUT", "DELETE"]),
        ]

    async def submit(self, request: Request) -> Response:
        """Take a question; 201 means that it is on disk."""
        slug = slug_of(request)
        event = await self._catalogue.event(slug)
        key = idempotency_key(request.headers.get("idempotency-key"))
        submission = submissions.read(await bodies.json_object(request), event)
        receipt = await self._intake.submit(slug, Keyed(key, submission, Source.PHONE))
        return JSONResponse(
            _receipt(receipt),
            status_code=201,
            headers={
                "Location": under(f"/api/events/{slug}/questions/{receipt.code}"),
                "Cache-Control": "no-store",
            },
        )

    async def follow(self, request: Request) -> Response:
        """Tell whoever has the code what became of the question."""
        question, parts, joined, replied = await threads.for_reading(
            followed, slug_of(request), request.path_params["code"]
        )
        asked: AskedQuestion = {
            **_followed(question, replied),
            "received_at": question.received_at.isoformat(),
            "parts": [_followed(each, replied) for each in parts],
            "joined": joined,
        }
        return JSONResponse(asked, headers={"Cache-Control": "no-store"})

    async def erase_personal_data(self, request: Request) -> Response:
        """Erase what the asker told of themselves; the code is proof enough."""
        await threads.for_writing(erase, slug_of(request), request.path_params["code"])
        return Response(status_code=204, headers={"Cache-Control": "no-store"})

    async def board(self, request: Request) -> Response:
        """Give the public questions, the newest first; 304 where nothing has changed."""
        snapshot = await threads.for_reading(snapshots.current, slug_of(request))
        headers = {"ETag": f'"{snapshot.revision}"', "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        public = [
            _public(each)
            for each, _ in zip(snapshot.public, range(MOST_BOARD_QUESTIONS), strict=False)
        ]
        shown = PublicBoard(revision=snapshot.revision, questions=public)
        return JSONResponse(shown, headers=headers)

    async def vote(self, request: Request) -> Response:
        """Count this phone's vote, or take it back.

        A phone is counted once it has brought back its mark: who keeps none would be a new phone
        with each vote.
        """
        give = request.method == "PUT"
        phones.require_same_site(request)
        mark = phones.known(request)
        slug, number = slug_of(request), request.path_params["number"]
        if mark is None:
            await threads.for_reading(_require_public, slug, number)
            budgets.spend_on_mark(request)
            response = problems.response(request, Unmarked())
            phones.keep(response, request, phones.new())
            return response
        network = networks.of(request)
        count = await threads.for_writing(_write_vote, slug, number, mark, network, give)
        response = JSONResponse(Vote(id=number, votes=count, voted=give))
        phones.keep(response, request, mark)
        return response


def slug_of(request: Request) -> str:
    """Return the event's slug of a request.

    Raises:
        UnknownEvent: it is not one that an event could have; some databases choke on such.
    """
    slug = str(request.path_params["slug"])
    if not re.fullmatch(r"[a-z0-9-]{3,40}", slug):
        raise UnknownEvent
    return slug


def followed(slug: str, code: str) -> Followed:
    """Return the question that a code stands for, with what became of it.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing.
    """
    plain = code.replace("-", "").replace(" ", "").upper()
    if not plain.isalnum():
        raise UnknownQuestion
    with engine.current().reading() as session:
        number = questions.receipt(session, slug, plain).number
        parts = questions.list_parts(session, slug, number)
        joined = questions.count_joined(session, slug, number)
    # Read after the receipt, so that the snapshot has whatever the receipt speaks of.
    snapshot = snapshots.current(slug)
    shown = [snapshot.questions[each] for each in (number, *parts)]
    return Followed(shown[0], shown[1:], joined, _replies(snapshot, shown))


def erase(slug: str, code: str) -> None:
    """Erase what the asker of the question with this code told of themselves.

    Raises:
        UnknownEvent, UnknownQuestion: there is no such thing.
    """
    number = followed(slug, code).question.number
    with engine.current().transaction() as session:
        personal_data.erase(session, slug, number, actor=personal_data.ASKER, at=datetime.now(UTC))


def idempotency_key(value: str | None) -> str:
    """Check an idempotency key.

    Raises:
        KeyMissing: it is absent, too long or not visible ASCII.
    """
    if (
        not value
        or len(value) > MOST_KEY_CHARACTERS
        or not (value.isascii() and value.isprintable())
    ):
        raise KeyMissing
    return value


def _replies(snapshot: Snapshot, asked: list[Question]) -> dict[int, Published]:
    """Return the published replies to questions, or to those that these were merged into."""
    answered = {each.number: _answered(snapshot, each) for each in asked}
    numbers = [each.number for each in answered.values() if each.status is Status.REPLIED]
    if not numbers:
        return {}
    with engine.current().reading() as session:
        published = replies.published(session, snapshot.event.slug, numbers)
    return {
        number: published[each.number]
        for number, each in answered.items()
        if each.number in published
    }


def _answered(snapshot: Snapshot, question: Question) -> Question:
    while question.merged_into is not None:
        question = snapshot.questions[question.merged_into]
    return question


def _followed(question: Question, replied: Mapping[int, Published]) -> FollowedQuestion:
    reply = replied.get(question.number)
    return FollowedQuestion(
        id=question.number,
        status=question.status,
        text=question.text,
        votes=question.votes,
        reason=question.reason,
        merged_into=question.merged_into,
        reply=_reply(reply) if reply else None,
    )


def _reply(reply: Published) -> PublishedReply:
    written = reply.written
    return PublishedReply(
        text=written.text,
        department=reply.department,
        document_number=written.document_number,
        document_date=written.document_date.isoformat() if written.document_date else None,
        published_at=reply.published_at.isoformat(),
    )


def _receipt(receipt: Receipt) -> Accepted:
    return Accepted(
        id=receipt.number,
        code=receipt.code,
        status=receipt.status,
        received_at=receipt.received_at.isoformat(),
    )


def _public(question: Question) -> PublicQuestion:
    return PublicQuestion(
        id=question.number,
        text=question.text,
        district=question.district,
        topic=question.topic,
        status=question.status,
        votes=question.votes,
        received_at=question.received_at.isoformat(),
    )


def _require_public(slug: str, number: int) -> None:
    with engine.current().reading() as session:
        votes.require_public(session, slug, number)


def _write_vote(slug: str, number: int, mark: str, network: str, give: bool) -> int:
    now = datetime.now(UTC)
    with engine.current().transaction() as session:
        if give:
            return votes.give(session, slug, number, voter=mark, at=now, network=network)
        return votes.take_back(session, slug, number, voter=mark)
