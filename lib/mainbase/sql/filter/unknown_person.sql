-- Nobody was found: the pseudonym leads nowhere.
person_id IS NULL
