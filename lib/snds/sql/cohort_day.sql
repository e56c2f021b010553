-- Everybody who is under observation on a day. Out: @table@ (person_id, day).
CREATE TABLE @table@ AS
SELECT person_id, @day@ AS day FROM person WHERE @day@ BETWEEN obs_start AND obs_end;
