-- DuckDB only: reads a Parquet file, every column as text
SELECT @columns@ FROM read_parquet(@file@, hive_partitioning = false)
