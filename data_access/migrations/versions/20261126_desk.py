"""What the desk works with: departments, flags, claims, search and undo."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "20261126_desk"
down_revision = "20261125_personal_data"
branch_labels = None
depends_on = None

SEARCH = {
    "sqlite": [
        """
        CREATE VIRTUAL TABLE question_search USING fts5(folded, detail=none)
        """,
    ],
    "postgresql": [
        """
        CREATE TABLE question_search (
            event_id INTEGER NOT NULL, number INTEGER NOT NULL, folded TEXT NOT NULL,
            CONSTRAINT pk_question_search PRIMARY KEY (event_id, number),
            CONSTRAINT fk_question_search_event_id_questions
            FOREIGN KEY (event_id, number) REFERENCES questions (event_id, number)
        )
        """,
        """
        CREATE INDEX ix_question_search_folded ON question_search
        USING gin (to_tsvector('simple', folded))
        """,
    ],
}
# SQLite's full-text table has no columns but the words; its rows are found by this number.
WRITE = {
    "sqlite": (
        "INSERT INTO question_search (rowid, folded)"
        " VALUES (:event_id * 4294967296 + :number, :folded)"
    ),
    "postgresql": "INSERT INTO question_search VALUES (:event_id, :number, :folded)",
}


def upgrade() -> None:
    op.add_column("questions", sa.Column("department", sa.String(length=64), nullable=True))
    op.add_column(
        "questions", sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(
        op.f("ix_questions_event_id_questions_status_questions_number"),
        "questions",
        ["event_id", "status", "number"],
    )
    op.add_column("askers", sa.Column("folded", sa.String(length=500), nullable=True))
    op.add_column("activity", sa.Column("account_id", sa.Integer(), nullable=True))
    op.create_index(
        op.f("ix_activity_event_id_activity_account_id_activity_entry"),
        "activity",
        ["event_id", "account_id", "entry"],
    )
    op.create_table(
        "claims",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_claims_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "number"],
            ["questions.event_id", "questions.number"],
            name=op.f("fk_claims_event_id_questions"),
        ),
        sa.PrimaryKeyConstraint("event_id", "number", "account_id", name=op.f("pk_claims")),
    )
    for statement in SEARCH[op.get_bind().dialect.name]:
        op.execute(statement)
    _fill_search()


def _fill_search() -> None:
    connection = op.get_bind()
    into = sa.text(WRITE[connection.dialect.name])
    rows = connection.execute(sa.text("SELECT event_id, number, text FROM questions")).all()
    for event_id, number, words in rows:
        connection.execute(into, {"event_id": event_id, "number": number, "folded": _fold(words)})
    askers = connection.execute(
        sa.text("SELECT event_id, number, name, organisation FROM askers")
    ).all()
    for event_id, number, name, organisation in askers:
        if name or organisation:
            connection.execute(
                sa.text(
                    "UPDATE askers SET folded = :folded"
                    " WHERE event_id = :event_id AND number = :number"
                ),
                {
                    "event_id": event_id,
                    "number": number,
                    "folded": _fold(" ".join(filter(None, (name, organisation)))),
                },
            )


def _fold(words: str) -> str:
    # As the application folded when this was written.
    decomposed = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def downgrade() -> None:
    op.execute("DROP TABLE question_search")
    op.drop_table("claims")
    op.drop_index(op.f("ix_activity_event_id_activity_account_id_activity_entry"), "activity")
    op.drop_column("activity", "account_id")
    op.drop_column("askers", "folded")
    op.drop_index(op.f("ix_questions_event_id_questions_status_questions_number"), "questions")
    op.drop_column("questions", "flagged")
    op.drop_column("questions", "department")
