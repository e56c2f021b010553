-- DuckDB only: asks its catalogue.
-- Whether outputs.sql makes the view $view.
SELECT count(*) FROM information_schema.tables WHERE table_name = $view
