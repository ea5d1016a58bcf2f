"""What a page of the desk is found by among very many questions: votes, names, begun words."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_paging"
down_revision = "20261129_hall"
branch_labels = None
depends_on = None

VOTED, NAMED = sa.text("votes > 0"), sa.text("folded IS NOT NULL")
# A begun word is then one entry of the index instead of all that begin so.
BEGINNINGS = ", prefix='2 3'"


def upgrade() -> None:
    op.create_index(
        "voted",
        "questions",
        ["event_id", "status", "votes", "number"],
        sqlite_where=VOTED,
        postgresql_where=VOTED,
    )
    op.create_index(
        "named",
        "askers",
        ["event_id", "folded"],
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )
    _make_search_anew(BEGINNINGS)


def downgrade() -> None:
    _make_search_anew("")
    op.drop_index("named", "askers")
    op.drop_index("voted", "questions")


def _make_search_anew(options: str) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("ALTER TABLE question_search RENAME TO question_search_before")
    op.execute(f"CREATE VIRTUAL TABLE question_search USING fts5(folded, detail=none{options})")
    op.execute(
        "INSERT INTO question_search (rowid, folded)"
        " SELECT rowid, folded FROM question_search_before"
    )
    op.execute("DROP TABLE question_search_before")
