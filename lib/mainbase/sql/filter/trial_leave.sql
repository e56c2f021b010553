-- Psychiatry: days at home on trial were written as a sequence until 2016.
year <= 2016 AND coalesce(SEQ_IND, '') = 'E'
