-- Fragment, for a concept that is not required: concept 0, or none although there is a source
-- value; of the rows with either.
count(*) FILTER (WHERE t.@field@ = 0 OR (t.@field@ IS NULL AND t.@source_value@ IS NOT NULL)),
count(*) FILTER (WHERE t.@field@ IS NOT NULL OR t.@source_value@ IS NOT NULL)
