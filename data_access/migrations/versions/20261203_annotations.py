"""What staff write on the charts of the review and on moments of the day."""

import sqlalchemy as sa
from alembic import op

revision = "20261203_annotations"
down_revision = "20261202_screen_place"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "annotations",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(changed_by IS NULL) = (changed_at IS NULL)",
            name=op.f("ck_annotations_changed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_annotations_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "entry", name=op.f("pk_annotations")),
    )


def downgrade() -> None:
    op.drop_table("annotations")
