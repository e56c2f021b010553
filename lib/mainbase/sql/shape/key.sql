-- A key of the PMSI as text: a file that stored it as a number lost its zeros.
CASE WHEN length(trim(@column@)) < @width@ AND translate(trim(@column@), '0123456789', '') = ''
	THEN lpad(trim(@column@), @width@, '0') ELSE trim(@column@) END
