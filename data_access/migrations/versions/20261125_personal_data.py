"""When personal data was erased."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_personal_data"
down_revision = "20261124_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("askers", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("askers", "erased_at")
