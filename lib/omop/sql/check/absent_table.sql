-- @columns@: typed NULLs. Out: the view @view@, empty.
CREATE VIEW @view@ AS SELECT @columns@ WHERE false
