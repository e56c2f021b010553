-- DuckDB only: COPY. ER_PRS_F read and written, nothing else.
COPY (FROM '@FOLDER@/ER_PRS_F.parquet') TO '@OUT@' (FORMAT parquet, COMPRESSION zstd);
