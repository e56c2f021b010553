-- [sealed]
SELECT (SELECT COUNT(*) FROM account_person) + (SELECT COUNT(*) FROM account_invitation);
