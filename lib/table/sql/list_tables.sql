-- DuckDB only: asks its catalogue.
-- in: an attached database hygie_source
-- out: schema and name of each of its tables and views, by name
SELECT table_schema, table_name
FROM information_schema.tables
WHERE table_catalog = 'hygie_source'
ORDER BY ALL
