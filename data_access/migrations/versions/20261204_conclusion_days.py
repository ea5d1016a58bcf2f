"""Within how many days after an event its written conclusion must be public."""

import sqlalchemy as sa
from alembic import op

revision = "20261204_conclusion_days"
down_revision = "20261203_annotations"
branch_labels = None
depends_on = None

DAYS = {"conclusion_days": "10", "complex_conclusion_days": "15"}


def upgrade() -> None:
    for name, days in DAYS.items():
        op.add_column("events", sa.Column(name, sa.Integer(), server_default=days, nullable=False))


def downgrade() -> None:
    for name in DAYS:
        op.drop_column("events", name)
