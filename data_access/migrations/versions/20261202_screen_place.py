"""Which page a screen's link opens; what the public board is read by."""

import sqlalchemy as sa
from alembic import op

revision = "20261202_screen_place"
down_revision = "20261130_practice"
branch_labels = None
depends_on = None

IS_PUBLIC = sa.text(
    "status IN ('approved', 'queued', 'on_stage', 'answered', 'deferred', 'replied')"
    " AND NOT flagged"
)
INDEXES = {"public_by_number": ["number"], "public_by_votes": ["votes", "number"]}


def upgrade() -> None:
    op.add_column(
        "screens",
        sa.Column("place", sa.String(length=64), server_default="projector", nullable=False),
    )
    for name, columns in INDEXES.items():
        op.create_index(
            name,
            "questions",
            ["event_id", *columns],
            sqlite_where=IS_PUBLIC,
            postgresql_where=IS_PUBLIC,
        )


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "questions")
    op.drop_column("screens", "place")
