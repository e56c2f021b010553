-- DuckDB only: a connection of its own.
-- Of a connection: its progress can be asked for, and is not printed by DuckDB itself.
SET enable_progress_bar = true;
SET enable_progress_bar_print = false;
-- Of the database: statements that read the same Parquet files do not read their footers again.
SET GLOBAL parquet_metadata_cache = true;
