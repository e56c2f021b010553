-- [create]
CREATE TABLE IF NOT EXISTS migration (name TEXT NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL);
-- [find]
SELECT sha256 FROM migration WHERE name = $1;
-- [add]
INSERT INTO migration (name, sha256) VALUES ($1, $2);
-- [list]
SELECT name, sha256 FROM migration ORDER BY name;
