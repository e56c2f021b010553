-- [put]
INSERT INTO desk_text (sha256, body) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING;
-- [get]
SELECT body FROM desk_text WHERE sha256 = $1;
