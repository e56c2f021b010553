-- DuckDB only: COPY. A table of DCIR in flux order, as the SNDS arrives; groups of rows are small
-- beside a month, as they are in a file a month.
COPY (FROM '@FROM@' ORDER BY FLX_DIS_DTD) TO '@TO@'
	(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480);
