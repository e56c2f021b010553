-- Each row of the stay was removed by a rule of its own.
parts_out = parts
