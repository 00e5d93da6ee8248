"""How Alembic runs inside the program: on the connection that opened the file."""

from __future__ import annotations

from alembic import context

from storage.database.models import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
