-- Fragment: values below the bound, of those there are.
count(*) FILTER (WHERE t.@field@ < @value@), count(t.@field@)
