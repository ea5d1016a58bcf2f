"""Which votes came in a burst from one network, and which of them the desk has set aside."""

import sqlalchemy as sa
from alembic import op

revision = "20261206_bursts"
down_revision = "20261205_outboxes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("votes", sa.Column("burst", sa.Integer(), nullable=True))
    op.add_column(
        "votes", sa.Column("set_aside", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        "in_bursts",
        "votes",
        ["event_id", "number", "burst", "set_aside"],
        sqlite_where=sa.text("burst IS NOT NULL"),
        postgresql_where=sa.text("burst IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("in_bursts", "votes")
    op.drop_column("votes", "set_aside")
    op.drop_column("votes", "burst")
