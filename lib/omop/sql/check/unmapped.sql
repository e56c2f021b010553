-- Fragment: concept 0, of the rows with a concept.
count(*) FILTER (WHERE t.@field@ = 0), count(t.@field@)
