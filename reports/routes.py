"""`/exports/{ticket}`: a file that was made, for the account that asked for it, while it may."""

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from access import visitors
from dialogue.accounts import Visitor
from dialogue.roles import MAY_SEE_CONTACTS, MAY_SEE_NAMES, Place, may_open
from reports import jobs
from reports.jobs import Job
from reports.orders import ENDINGS, MEDIA_TYPES
from web import threads
from web.problems import UnknownAddress


async def take(request: Request) -> FileResponse:
    """Send a file in pieces; nobody else learns that it is there."""
    visitor = await threads.for_reading(visitors.current, request.cookies)
    job = jobs.find(request.path_params["ticket"])
    if job is None or not _may_take(visitor, job):
        raise UnknownAddress
    return FileResponse(
        job.path,
        filename=job.order.file_name,
        media_type=MEDIA_TYPES[ENDINGS[job.order.kind]],
        headers={"Cache-Control": "no-store"},
    )


def _may_take(visitor: Visitor, job: Job) -> bool:
    roles, order = visitor.roles(job.order.slug), job.order
    return (
        visitor.account_id == job.account_id
        and may_open(roles, Place.REVIEW)
        and (not order.names or bool(roles & MAY_SEE_NAMES))
        and (not order.contacts or bool(roles & MAY_SEE_CONTACTS))
        and (not order.activity or may_open(roles, Place.ACTIVITY))
    )


routes = [Route("/exports/{ticket}", take)]
