-- Most applications wait for nobody any more: tasks are looked for among the others.
CREATE INDEX desk_board_open ON desk_board (application) WHERE actors <> 0;
CREATE INDEX desk_member_of ON desk_member (account, application);
DROP INDEX desk_member_account;
