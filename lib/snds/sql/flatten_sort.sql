-- DuckDB only: COPY writes a folder a month. @view@: a table of DCIR; @folder@: quoted.
COPY (
	SELECT *, coalesce(year(FLX_DIS_DTD) * 100 + month(FLX_DIS_DTD), 0) AS month FROM @view@
) TO @folder@ (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (month))
