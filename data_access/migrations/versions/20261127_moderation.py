"""What the desk arranges: splitting, the queue's pins and holds, notes, pauses, settings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261127_moderation"
down_revision = "20261126_desk"
branch_labels = None
depends_on = None

ON_OR_OFF_STAGE = sa.text("(from_status = 'on_stage') <> (to_status = 'on_stage')")
SPLIT = sa.text("split_from IS NOT NULL")


def upgrade() -> None:
    op.add_column("events", sa.Column("reopens_at", sa.DateTime(timezone=True), nullable=True))
    # In one statement with its check: SQLite cannot add one to a table that is there.
    op.execute(
        "ALTER TABLE events ADD COLUMN moderation VARCHAR(20) DEFAULT 'before' NOT NULL"
        " CONSTRAINT ck_events_moderation CHECK (moderation IN ('before', 'after'))"
    )
    kind = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.add_column("events", sa.Column("weights", kind, server_default="{}", nullable=False))
    op.add_column("questions", sa.Column("split_from", sa.Integer(), nullable=True))
    for name in ("pinned", "held"):
        op.add_column(
            "questions", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    for name in ("note", "prepared"):
        op.add_column("questions", sa.Column(name, sa.Text(), nullable=True))
    op.create_index(
        "split_parts",
        "questions",
        ["event_id", "split_from"],
        sqlite_where=SPLIT,
        postgresql_where=SPLIT,
    )
    op.create_index(
        "stage_turns",
        "activity",
        ["event_id", "entry"],
        sqlite_where=ON_OR_OFF_STAGE,
        postgresql_where=ON_OR_OFF_STAGE,
    )


def downgrade() -> None:
    op.drop_index("stage_turns", "activity")
    op.drop_index("split_parts", "questions")
    for name in ("prepared", "note", "held", "pinned", "split_from"):
        op.drop_column("questions", name)
    op.drop_column("events", "weights")
    op.execute("ALTER TABLE events DROP COLUMN moderation")
    op.drop_column("events", "reopens_at")
