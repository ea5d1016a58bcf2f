"""What the hall sees and how far the day has come; the rundown; when a written reply is due."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "20261129_hall"
down_revision = "20261128_topic_keywords"
branch_labels = None
depends_on = None

KINDS = ("opening", "reports", "dialogue", "break", "conclusion")
SCENES = ("welcome", "question", "next", "participation", "message", "thanks")


def upgrade() -> None:
    op.add_column("events", sa.Column("question_minutes", sa.Integer(), nullable=True))
    op.add_column(
        "events", sa.Column("reply_days", sa.Integer(), server_default="15", nullable=False)
    )
    op.add_column("questions", sa.Column("due_on", sa.Date(), nullable=True))
    words = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "parts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", _stored(KINDS, "kind"), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("topics", words, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_parts_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "code", name=op.f("pk_parts")),
    )
    op.create_table(
        "halls",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("scene", _stored(SCENES, "scene"), nullable=False),
        sa.Column("message", sa.String(length=500), nullable=True),
        sa.Column("dark", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("armed_scene", _stored(SCENES, "armed_scene"), nullable=True),
        sa.Column("armed_message", sa.String(length=500), nullable=True),
        sa.Column("armed_number", sa.Integer(), nullable=True),
        sa.Column("shows_timer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("desk_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chair_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("part", sa.String(length=64), nullable=True),
        sa.Column("part_began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_halls_event_id_events")),
        sa.ForeignKeyConstraint(
            ["event_id", "part"],
            ["parts.event_id", "parts.code"],
            name=op.f("fk_halls_event_id_part_parts"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "armed_number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_halls_event_id_armed_number_questions"),
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_halls")),
    )
    # Until now every screen showed the question on stage.
    op.execute("INSERT INTO halls (event_id, scene) SELECT id, 'question' FROM events")


def downgrade() -> None:
    op.drop_table("halls")
    op.drop_table("parts")
    op.drop_column("questions", "due_on")
    op.drop_column("events", "reply_days")
    op.drop_column("events", "question_minutes")


def _stored(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)
