-- The rows of one flux month.
FLX_DIS_DTD >= DATE '@first@' AND FLX_DIS_DTD < DATE '@next@'
