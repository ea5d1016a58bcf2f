"""Which command of a page at the desk was done last, so that none is done twice."""

import sqlalchemy as sa
from alembic import op

revision = "20261205_outboxes"
down_revision = "20261204_conclusion_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outboxes",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("page", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "page", name="pk_outboxes"),
    )


def downgrade() -> None:
    op.drop_table("outboxes")
