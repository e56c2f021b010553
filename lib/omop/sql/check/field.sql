-- Fragment: values of the type, values of another.
count(t.@field@), count(*) FILTER (WHERE t.@bad@)
