"""The tables of the first catalogue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "entity",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ko", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("code_system", sa.Text(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_entity_kind_name", "entity", ["kind", "name"], unique=False)

    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("label_values", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("change_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tables", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["target"], ["revision.id"], name=op.f("fk_revision_target_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_revision_target", "revision", ["target"], sqlite_where=sa.text("target IS NOT NULL"))

    op.create_table(
        "sector",
        sa.Column("classification", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ko", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["sector.id"], name=op.f("fk_sector_parent_id_sector"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sector")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sector_parent_id", "sector", ["parent_id"], sqlite_where=sa.text("parent_id IS NOT NULL"))
    op.create_index("uq_sector_code", "sector", ["classification", "code"], unique=True)

    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "source",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("published_start", sa.String(), nullable=True),
        sa.Column("published_end", sa.String(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "unit",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ko", sa.Text(), nullable=True),
        sa.Column("dimension", sa.Text(), nullable=True),
        sa.Column("factor", sa.Double(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_unit_code", "unit", ["code"], unique=True)

    op.create_table(
        "view",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "writing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_writing_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_writing")),
    )
    op.create_table(
        "alias",
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("script", sa.String(), nullable=True),
        sa.Column("valid", sa.String(), nullable=True),
        sa.Column("valid_start", sa.String(), nullable=True),
        sa.Column("valid_end", sa.String(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_alias_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_alias_source_id_source"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_alias_entity_id"), "alias", ["entity_id"], unique=False)
    op.create_index("ix_alias_source_id", "alias", ["source_id"], sqlite_where=sa.text("source_id IS NOT NULL"))

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("record_table", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_change_revision_id_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_revision_id"), "change", ["revision_id"], unique=False)
    op.create_index("ix_change_row", "change", ["record_table", "row_id", "revision_id"], unique=False)

    op.create_table(
        "cluster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("since_start", sa.String(), nullable=True),
        sa.Column("since_end", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entity.id"], name=op.f("fk_cluster_id_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cluster")),
    )
    op.create_table(
        "metric",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_ko", sa.Text(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("nature", sa.String(), nullable=True),
        sa.Column("aggregation", sa.String(), nullable=True),
        sa.Column("statistical_unit", sa.Text(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_metric_unit_id_unit"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metric")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_metric_unit_id", "metric", ["unit_id"], sqlite_where=sa.text("unit_id IS NOT NULL"))

    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=True),
        sa.Column("helix", sa.String(), nullable=True),
        sa.Column("since", sa.String(), nullable=True),
        sa.Column("since_start", sa.String(), nullable=True),
        sa.Column("since_end", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entity.id"], name=op.f("fk_organisation_id_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_table(
        "passage",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_passage_source_id_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_passage_source_id"), "passage", ["source_id"], unique=False)

    op.create_table(
        "recipe",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name=op.f("fk_recipe_source_id_source"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_recipe_source_id", "recipe", ["source_id"], sqlite_where=sa.text("source_id IS NOT NULL"))

    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entity.id"], name=op.f("fk_region_id_entity"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
    )
    op.create_table(
        "observation",
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("metric_id", sa.Integer(), nullable=False),
        sa.Column("sector_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("period_start", sa.String(), nullable=True),
        sa.Column("period_end", sa.String(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("precision", sa.Text(), server_default="exact", nullable=False),
        sa.Column("multiplier", sa.Double(), server_default="1.0", nullable=False),
        sa.Column("value_text", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), server_default="", nullable=False),
        sa.Column("scenario", sa.Text(), server_default="actual", nullable=False),
        sa.Column("measure", sa.Text(), server_default="level", nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("base_start", sa.String(), nullable=True),
        sa.Column("base_end", sa.String(), nullable=True),
        sa.Column("status", sa.Text(), server_default="A", nullable=False),
        sa.Column("preferred", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_observation_bounds")),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_observation_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["metric_id"], ["metric.id"], name=op.f("fk_observation_metric_id_metric"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_observation_passage_id_passage"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sector_id"], ["sector.id"], name=op.f("fk_observation_sector_id_sector"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_observation_unit_id_unit"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_observation_passage_id", "observation", ["passage_id"], sqlite_where=sa.text("passage_id IS NOT NULL")
    )
    op.create_index(
        "ix_observation_sector_id", "observation", ["sector_id"], sqlite_where=sa.text("sector_id IS NOT NULL")
    )
    op.create_index("ix_observation_series", "observation", ["metric_id", "entity_id", "period_start"], unique=False)
    op.create_index("ix_observation_unit_id", "observation", ["unit_id"], sqlite_where=sa.text("unit_id IS NOT NULL"))

    op.create_table(
        "relation",
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("valid", sa.String(), nullable=True),
        sa.Column("valid_start", sa.String(), nullable=True),
        sa.Column("valid_end", sa.String(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["object_id"], ["entity.id"], name=op.f("fk_relation_object_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_relation_passage_id_passage"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["entity.id"], name=op.f("fk_relation_subject_id_entity"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_relation_object_id"), "relation", ["object_id"], unique=False)
    op.create_index(
        "ix_relation_passage_id", "relation", ["passage_id"], sqlite_where=sa.text("passage_id IS NOT NULL")
    )
    op.create_index(op.f("ix_relation_subject_id"), "relation", ["subject_id"], unique=False)

    op.create_table(
        "specialisation",
        sa.Column("entity_id", sa.Integer(), nullable=False),
        sa.Column("sector_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_specialisation_entity_id_entity"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["passage_id"], ["passage.id"], name=op.f("fk_specialisation_passage_id_passage"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["sector_id"], ["sector.id"], name=op.f("fk_specialisation_sector_id_sector"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_specialisation")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_specialisation_entity_id"), "specialisation", ["entity_id"], unique=False)
    op.create_index(
        "ix_specialisation_passage_id", "specialisation", ["passage_id"], sqlite_where=sa.text("passage_id IS NOT NULL")
    )
    op.create_index(op.f("ix_specialisation_sector_id"), "specialisation", ["sector_id"], unique=False)
    op.create_index(
        "uq_observation_key",
        "observation",
        [
            "entity_id",
            "metric_id",
            sa.text("coalesce(sector_id, 0)"),
            sa.text("coalesce(period_start, period, '')"),
            sa.text("coalesce(period_end, '')"),
            "scope",
            "scenario",
            "measure",
            sa.text("coalesce(passage_id, 0)"),
        ],
        unique=True,
    )
    op.create_index(
        "uq_observation_preferred",
        "observation",
        [
            "entity_id",
            "metric_id",
            sa.text("coalesce(sector_id, 0)"),
            sa.text("coalesce(period_start, period, '')"),
            sa.text("coalesce(period_end, '')"),
            "scope",
            "scenario",
            "measure",
        ],
        unique=True,
        sqlite_where=sa.text("preferred"),
    )
