"""First tables."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_first_tables"
down_revision = None
branch_labels = None
depends_on = None

# The record of who did what is only ever added to, whatever code or person tries.
APPEND_ONLY = {
    "sqlite": [
        f"""
        CREATE TRIGGER activity_no_{verb} BEFORE {verb} ON activity
        BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END
        """
        for verb in ("update", "delete")
    ],
    "postgresql": [
        """
        CREATE FUNCTION refuse_to_change_activity() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'activity is append-only'; END $$
        """,
        """
        CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity
        FOR EACH ROW EXECUTE FUNCTION refuse_to_change_activity()
        """,
    ],
}


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("title_en", sa.String(length=500), nullable=False),
        sa.Column("theme", sa.String(length=500), nullable=False),
        sa.Column("theme_en", sa.String(length=500), nullable=False),
        sa.Column("unit_name", sa.String(length=200), nullable=False),
        sa.Column("unit_title", sa.String(length=200), nullable=False),
        sa.Column("official_name", sa.String(length=200), nullable=False),
        sa.Column("official_title", sa.String(length=200), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("plan", sa.String(length=500), nullable=False),
        sa.Column(
            "intake",
            sa.Enum(
                "open",
                "closed",
                name="intake",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("intake_opens_on", sa.Date(), nullable=False),
        sa.Column("intake_closes_on", sa.Date(), nullable=False),
        sa.Column("boundaries", sa.String(length=500), nullable=True),
        sa.Column("boundaries_credit", sa.String(length=500), nullable=True),
        sa.Column("population_source", sa.String(length=500), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("described_revision", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("slug", name=op.f("uq_events_slug")),
    )
    op.create_table(
        "departments",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_departments_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "code", name=op.f("pk_departments")),
    )
    op.create_table(
        "districts",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("young_people", sa.Integer(), nullable=True),
        sa.Column("tile_column", sa.Integer(), nullable=True),
        sa.Column("tile_row", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_districts_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "code", name=op.f("pk_districts")),
    )
    op.create_table(
        "reasons",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("text_en", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_reasons_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "code", name=op.f("pk_reasons")),
    )
    op.create_table(
        "topics",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_topics_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "code", name=op.f("pk_topics")),
    )
    op.create_table(
        "questions",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_original", sa.Text(), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "portal",
                "phone",
                "desk",
                "site",
                "api",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "approved",
                "queued",
                "on_stage",
                "answered",
                "deferred",
                "replied",
                "rejected",
                "merged",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'merged') = (merged_into IS NOT NULL)",
            name=op.f("ck_questions_merged_has_target"),
        ),
        sa.CheckConstraint(
            "(status = 'rejected') = (reason IS NOT NULL)",
            name=op.f("ck_questions_rejected_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "district"],
            ["districts.event_id", "districts.code"],
            name=op.f("fk_questions_event_id_district_districts"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "merged_into"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_questions_event_id_merged_into_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "reason"],
            ["reasons.event_id", "reasons.code"],
            name=op.f("fk_questions_event_id_reason_reasons"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "topic"],
            ["topics.event_id", "topics.code"],
            name=op.f("fk_questions_event_id_topic_topics"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_questions_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_questions")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_questions_event_id_code")),
    )
    with op.batch_alter_table("questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_questions_event_id_questions_revision"),
            ["event_id", "revision"],
            unique=False,
        )
        batch_op.create_index(
            "one_on_stage",
            ["event_id"],
            unique=True,
            sqlite_where=sa.text("status = 'on_stage'"),
            postgresql_where=sa.text("status = 'on_stage'"),
        )

    op.create_table(
        "topic_departments",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=64), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "department"],
            ["departments.event_id", "departments.code"],
            name=op.f("fk_topic_departments_event_id_department_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "topic"],
            ["topics.event_id", "topics.code"],
            name=op.f("fk_topic_departments_event_id_topic_topics"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_topic_departments_event_id_events")
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "topic", "department", name=op.f("pk_topic_departments")
        ),
    )
    op.create_table(
        "activity",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "from_status",
            sa.Enum(
                "received",
                "approved",
                "queued",
                "on_stage",
                "answered",
                "deferred",
                "replied",
                "rejected",
                "merged",
                name="from_status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column(
            "to_status",
            sa.Enum(
                "received",
                "approved",
                "queued",
                "on_stage",
                "answered",
                "deferred",
                "replied",
                "rejected",
                "merged",
                name="to_status",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_activity_event_id_number_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_activity_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "entry", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_activity_event_id_activity_number"), ["event_id", "number"], unique=False
        )

    op.create_table(
        "askers",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("organisation", sa.String(length=200), nullable=True),
        sa.Column("show_name", sa.Boolean(), nullable=False),
        sa.Column("contact_me", sa.Boolean(), nullable=False),
        sa.Column("consent_version", sa.String(length=64), nullable=False),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_askers_event_id_number_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_askers_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_askers")),
    )
    op.create_table(
        "queue",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("position >= 1", name=op.f("ck_queue_position_from_one")),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_queue_event_id_number_questions"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_queue_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "number", name=op.f("pk_queue")),
        sa.UniqueConstraint("event_id", "position", name=op.f("uq_queue_event_id_position")),
    )
    op.create_table(
        "submissions",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_submissions_event_id_number_questions"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_submissions_event_id_events")
        ),
        sa.PrimaryKeyConstraint("event_id", "key", name=op.f("pk_submissions")),
    )
    op.create_table(
        "votes",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("merged_from", sa.Integer(), nullable=True),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_votes_event_id_number_questions"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_votes_event_id_events")),
        sa.PrimaryKeyConstraint("event_id", "number", "voter", name=op.f("pk_votes")),
    )
    for statement in APPEND_ONLY[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for table in (
        "activity",
        "votes",
        "submissions",
        "queue",
        "askers",
        "questions",
        "topic_departments",
        "topics",
        "reasons",
        "districts",
        "departments",
        "events",
    ):
        op.drop_table(table)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_to_change_activity")
