"""What the activity is read by: a question, what happened since a revision, what, by whom, when."""

from alembic import op

revision = "20261128_activity_by_revision"
down_revision = "20261127_moderation"
branch_labels = None
depends_on = None

INDEXES = (
    ["number", "entry"],
    ["revision"],
    ["action", "entry"],
    ["actor", "entry"],
    ["at"],
)


def upgrade() -> None:
    op.drop_index(_name(["number"]), "activity")
    for columns in INDEXES:
        op.create_index(_name(columns), "activity", ["event_id", *columns])


def downgrade() -> None:
    for columns in INDEXES:
        op.drop_index(_name(columns), "activity")
    op.create_index(_name(["number"]), "activity", ["event_id", "number"])


def _name(columns: list[str]) -> str:
    return op.f("_".join(["ix_activity_event_id", *(f"activity_{each}" for each in columns)]))
