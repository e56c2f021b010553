-- The first last day of its clocks, 1000000: none; tasks are listed by it.
ALTER TABLE desk_board ADD COLUMN next_day BIGINT NOT NULL DEFAULT 1000000;
UPDATE desk_board SET next_day = (SELECT MIN(d.last_day) FROM desk_due d
	WHERE d.application = desk_board.application)
WHERE application IN (SELECT application FROM desk_due);
CREATE INDEX desk_board_next ON desk_board (next_day, application) WHERE actors <> 0;
DROP INDEX desk_board_open;
CREATE INDEX desk_board_open ON desk_board (application, actors) WHERE actors <> 0;
