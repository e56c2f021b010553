-- @view@: a table of DCIR. Its rows of one flux month.
(SELECT * FROM @view@ WHERE FLX_DIS_DTD >= DATE '@first@' AND FLX_DIS_DTD < DATE '@next@')
