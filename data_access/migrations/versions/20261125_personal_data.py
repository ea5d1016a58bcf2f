"""What askers agreed to, and when what they told was erased."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_personal_data"
down_revision = "20261124_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("askers", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "consent_texts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_consent_texts_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "language", "since", name=op.f("pk_consent_texts")),
    )


def downgrade() -> None:
    op.drop_table("consent_texts")
    op.drop_column("askers", "erased_at")
