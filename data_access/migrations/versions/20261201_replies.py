"""Written replies, and which accounts answer for which departments."""

import sqlalchemy as sa
from alembic import op

revision = "20261201_replies"
down_revision = "20261130_practice"
branch_labels = None
depends_on = None

STATES = ("promised", "draft", "sent_back", "submitted", "published")


def upgrade() -> None:
    state = sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=20)
    op.create_table(
        "replies",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("document_number", sa.String(length=200), nullable=True),
        sa.Column("document_date", sa.Date(), nullable=True),
        sa.Column("state", state, nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)",
            name=op.f("ck_replies_published_at"),
        ),
        sa.CheckConstraint(
            "(state = 'sent_back') = (remark IS NOT NULL)",
            name=op.f("ck_replies_sent_back_has_remark"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_replies_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "department"],
            ["departments.event_id", "departments.code"],
            name=op.f("fk_replies_event_id_department_departments"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_replies_event_id_number_questions"),
        ),
        sa.PrimaryKeyConstraint("event_id", "number", "department", name=op.f("pk_replies")),
    )
    published = sa.text("state = 'published'")
    op.create_index(
        "one_published",
        "replies",
        ["event_id", "number"],
        unique=True,
        sqlite_where=published,
        postgresql_where=published,
    )
    op.create_table(
        "grant_departments",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_grant_departments_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_grant_departments_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "department"],
            ["departments.event_id", "departments.code"],
            name=op.f("fk_grant_departments_event_id_department_departments"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "account_id", "department", name=op.f("pk_grant_departments")
        ),
    )


def downgrade() -> None:
    op.drop_table("grant_departments")
    op.drop_table("replies")
