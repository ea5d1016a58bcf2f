"""Rehearsals: events that are practice copies of real ones, and can be wiped with all they have."""

import sqlalchemy as sa
from alembic import op

revision = "20261130_practice"
down_revision = "20261129_paging"
branch_labels = None
depends_on = None

# The record of a real event stays as protected as it was, and a real event cannot be turned into
# a rehearsal to get around that.
WIPEABLE = {
    "sqlite": [
        "DROP TRIGGER activity_no_delete",
        """
        CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity
        WHEN (SELECT practice_of FROM events WHERE id = OLD.event_id) IS NULL
        BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END
        """,
        """
        CREATE TRIGGER events_no_change_of_practice BEFORE UPDATE OF practice_of ON events
        WHEN OLD.practice_of IS NOT NEW.practice_of
        BEGIN SELECT RAISE(ABORT, 'an event stays what it is'); END
        """,
    ],
    "postgresql": [
        """
        CREATE FUNCTION refuse_to_delete_real_activity() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF EXISTS (
                SELECT 1 FROM events WHERE id = OLD.event_id AND practice_of IS NOT NULL
            ) THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION 'activity is append-only';
        END $$
        """,
        "DROP TRIGGER activity_append_only ON activity",
        """
        CREATE TRIGGER activity_append_only BEFORE UPDATE ON activity
        FOR EACH ROW EXECUTE FUNCTION refuse_to_change_activity()
        """,
        """
        CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity
        FOR EACH ROW EXECUTE FUNCTION refuse_to_delete_real_activity()
        """,
        """
        CREATE FUNCTION refuse_to_change_practice() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'an event stays what it is'; END $$
        """,
        """
        CREATE TRIGGER events_no_change_of_practice BEFORE UPDATE OF practice_of ON events
        FOR EACH ROW WHEN (OLD.practice_of IS DISTINCT FROM NEW.practice_of)
        EXECUTE FUNCTION refuse_to_change_practice()
        """,
    ],
}
NOT_WIPEABLE = {
    "sqlite": [
        "DROP TRIGGER events_no_change_of_practice",
        "DROP TRIGGER activity_no_delete",
        """
        CREATE TRIGGER activity_no_delete BEFORE DELETE ON activity
        BEGIN SELECT RAISE(ABORT, 'activity is append-only'); END
        """,
    ],
    "postgresql": [
        "DROP TRIGGER events_no_change_of_practice ON events",
        "DROP FUNCTION refuse_to_change_practice",
        "DROP TRIGGER activity_no_delete ON activity",
        "DROP TRIGGER activity_append_only ON activity",
        """
        CREATE TRIGGER activity_append_only BEFORE UPDATE OR DELETE ON activity
        FOR EACH ROW EXECUTE FUNCTION refuse_to_change_activity()
        """,
        "DROP FUNCTION refuse_to_delete_real_activity",
    ],
}


def upgrade() -> None:
    # Alembic adds no foreign key to an SQLite table without copying it; the database does.
    op.execute(
        "ALTER TABLE events ADD COLUMN practice_of INTEGER"
        " CONSTRAINT fk_events_practice_of_events REFERENCES events (id)"
    )
    op.create_index(op.f("ix_events_practice_of"), "events", ["practice_of"], unique=True)
    op.add_column(
        "halls", sa.Column("practice", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for statement in WIPEABLE[op.get_context().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for statement in NOT_WIPEABLE[op.get_context().dialect.name]:
        op.execute(statement)
    op.drop_column("halls", "practice")
    op.drop_index(op.f("ix_events_practice_of"), "events")
    op.drop_column("events", "practice_of")
