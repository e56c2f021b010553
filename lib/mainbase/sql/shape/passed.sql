-- A return code of the linkage: '0' is passed, however the file wrote it.
CASE WHEN lower(trim(@column@)) IN ('0', '0.0', 'false') THEN '0' ELSE @column@ END
