-- true: nobody was found. In: the person's key or id, NULL when the pseudonym leads nowhere.
CREATE MACRO drop_unknown_person(person) AS person IS NULL;
