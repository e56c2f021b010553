-- A row that exists for billing only; before 2015 nothing says so.
coalesce(made, '0') <> '0'
