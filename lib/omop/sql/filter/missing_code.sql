-- true: nothing to say what it was. In: the code.
CREATE MACRO drop_missing_code(code) AS code IS NULL OR trim(code) = '';
