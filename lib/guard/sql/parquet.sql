-- DuckDB only: the names and types of one Parquet file
DESCRIBE SELECT * FROM read_parquet(@file@, hive_partitioning = false)
