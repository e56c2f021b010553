-- No kept stay.
stay_person IS NULL
