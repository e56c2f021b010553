-- @child@, @parent@: relations; @present@, @key@: of the child; @target@: of the parent
-- out: rows of the child with a whole key, and how many point at nothing
SELECT CAST(count(*) AS BIGINT), CAST(count(*) FILTER (WHERE NOT found) AS BIGINT)
FROM (SELECT @key@ IN (SELECT @target@ FROM @parent@) AS found FROM @child@ WHERE @present@)
