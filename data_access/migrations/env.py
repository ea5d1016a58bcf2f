"""What Alembic runs: on the connection it is given, or on DATABASE_URL from the command line."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from data_access import engine, models, schema
from data_access.base import UtcDateTime


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # A migration must mean tomorrow what it means today, so it names no type of ours.
    return "sa.DateTime(timezone=True)" if kind == "type" and type(item) is UtcDateTime else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=models.METADATA,
        render_item=_render_item,
        include_object=schema.is_described,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    import settings

    with engine.Database(settings.current().database_url).engine.connect() as connection:
        _run(connection)
