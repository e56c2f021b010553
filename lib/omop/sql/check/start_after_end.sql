-- Fragment: starts after their end, of the rows with both.
count(*) FILTER (WHERE t.@field@ > t.@other@),
count(*) FILTER (WHERE t.@field@ IS NOT NULL AND t.@other@ IS NOT NULL)
