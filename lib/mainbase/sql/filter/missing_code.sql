-- Nothing to say what it was.
code IS NULL OR trim(code) = ''
