-- Codes of data/ that the public nomenclatures (Licence Ouverte 2.0, read from
-- the folder :shared, never shipped) do not know: 0 is right.

-- check: columns have the names and the order of the official schema
WITH official AS (
	SELECT "table", "column", pos FROM read_csv(':shared/snds/snds_columns.csv', delim = ';')
), placed AS (
	SELECT m.sheet, m.place, o.pos,
		lag(o.pos) OVER (PARTITION BY m.sheet ORDER BY m.place) AS before
	FROM columns_made m LEFT JOIN official o ON o."table" = m.sheet AND o."column" = m.title
)
SELECT count(*) FROM placed WHERE pos IS NULL OR pos < before;

-- check: natures of acts stand in IR_NAT_V
SELECT count(*) FROM (
	SELECT nature FROM read_csv('lib/snds/data/care.csv')
	UNION SELECT regexp_extract(value, 'nature=([0-9]+)', 1)::INTEGER FROM disease_file
		WHERE part IN ('care', 'programme', 'before_birth')
) WHERE nature NOT IN (SELECT PRS_NAT FROM
	read_csv(':shared/snds/nomenclatures/ORAVAL/IR_NAT_V.csv', delim = ';'));

-- check: diagnoses stand in MS_CIM_V, those with a PMSI extension by their first characters
SELECT count(*) FROM (
	SELECT dp AS code FROM read_csv('lib/snds/data/stays.csv', all_varchar = true)
	UNION SELECT dr FROM read_csv('lib/snds/data/stays.csv', all_varchar = true) WHERE dr <> ''
	UNION SELECT cim10 FROM read_csv('lib/snds/data/diagnoses.csv')
	UNION SELECT cim10 FROM read_csv('lib/snds/data/causes.csv')
	UNION SELECT cim10 FROM read_csv('lib/snds/data/adverse_events.csv')
	UNION SELECT value FROM disease_file WHERE name IN ('cim10', 'das')
	UNION SELECT name FROM disease_file WHERE part = 'index_das'
	UNION SELECT regexp_extract(value, 'dp=([A-Z0-9]+)', 1) FROM disease_file
		WHERE part IN ('index', 'transfer', 'later')
) WHERE code NOT IN (SELECT CIM_COD FROM
		read_csv(':shared/snds/nomenclatures/ORAVAL/MS_CIM_V.csv', delim = ';'))
	AND code[:4] NOT IN (SELECT CIM_COD FROM
		read_csv(':shared/snds/nomenclatures/ORAVAL/MS_CIM_V.csv', delim = ';'));

-- check: acts stand in CCAM V63
SELECT count(*) FROM read_csv('lib/snds/data/acts.csv')
WHERE ccam NOT IN (SELECT CAM_PRS_IDE_COD FROM
	read_csv(':shared/snds/nomenclatures/ATIH/IR_CCAM_V63.csv', delim = ';'));

-- check: CIP13 and ATC agree with IR_PHA_R
SELECT count(*) FROM read_csv('lib/snds/data/drugs.csv', types = {'cip13': 'VARCHAR'}) d
ANTI JOIN read_parquet(':shared/snds/IR_PHA_R.parquet') r
ON r.PHA_CIP_C13 = d.cip13 AND r.PHA_ATC_C07 = d.atc;

-- check: tariffs stand in IR_GHS_V
SELECT count(*) FROM (
	SELECT ghs FROM read_csv('lib/snds/data/stays.csv')
	UNION SELECT ghs FROM read_csv('lib/snds/data/causes.csv')
	UNION SELECT ghs FROM read_csv('lib/snds/data/adverse_events.csv')
	UNION SELECT regexp_extract(value, 'ghs=([0-9]+)', 1)::INTEGER FROM disease_file
		WHERE part IN ('index', 'transfer', 'later')
) WHERE ghs NOT IN (SELECT GHS_NUM FROM read_csv(':shared/snds/nomenclatures/ORAVAL/IR_GHS_V.csv',
	delim = ';'));

-- check: communes stand in IR_GEO_V
SELECT count(*) FROM read_csv('lib/snds/data/communes.csv', all_varchar = true) c
ANTI JOIN read_csv(':shared/snds/nomenclatures/ORAVAL/IR_GEO_V.csv', delim = ';',
	all_varchar = true) g ON g.GEO_DPT_COD = c.department AND g.GEO_COM_COD = c.commune;

-- check: organisms stand in IR_ORG_V
SELECT count(*) FROM read_csv('lib/snds/data/departments.csv', all_varchar = true)
WHERE organism NOT IN (SELECT ORG_NUM FROM
	read_csv(':shared/snds/nomenclatures/ORAVAL/IR_ORG_V.csv', delim = ';',
		all_varchar = true));

-- check: CCAM acts of town stand in CCAM V63
SELECT count(*) FROM (
	SELECT code FROM read_csv('lib/snds/data/lines.csv', all_varchar = true)
	WHERE "table" = 'CAM'
	UNION SELECT name[5:] FROM disease_file WHERE name LIKE 'CAM:%'
) WHERE code NOT IN (SELECT CAM_PRS_IDE_COD FROM
	read_csv(':shared/snds/nomenclatures/ATIH/IR_CCAM_V63.csv', delim = ';'));

-- check: acts of biology stand in NABM and are not deleted
SELECT count(*) FROM (
	SELECT code FROM read_csv('lib/snds/data/lines.csv', all_varchar = true)
	WHERE "table" = 'BIO'
	UNION SELECT name[5:] FROM disease_file WHERE name LIKE 'BIO:%'
) WHERE code NOT IN (SELECT BIO_PRS_IDE FROM
	read_csv(':shared/snds/nomenclatures/ORAREF/IR_BIO_R.csv', delim = ';', all_varchar = true)
	WHERE BIO_SUP_DAT IS NULL);

-- check: devices stand in LPP
SELECT count(*) FROM (
	SELECT code FROM read_csv('lib/snds/data/lines.csv', all_varchar = true)
	WHERE "table" = 'TIP'
	UNION SELECT name[5:] FROM disease_file WHERE name LIKE 'TIP:%'
	UNION SELECT lpp FROM read_csv('lib/snds/data/hospital_devices.csv', all_varchar = true)
) WHERE code NOT IN (SELECT LPP_PRS_IDE FROM
	read_csv(':shared/snds/nomenclatures/ORAREF/NT_LPP.csv', delim = ';', all_varchar = true));

-- check: drugs of hospitals stand in the UCD list
SELECT count(*) FROM (
	SELECT code FROM read_csv('lib/snds/data/lines.csv', all_varchar = true)
	WHERE "table" = 'UCD'
	UNION SELECT ucd FROM read_csv('lib/snds/data/hospital_drugs.csv', all_varchar = true)
) WHERE code NOT IN (SELECT UCD_UCD_COD FROM
	read_csv(':shared/snds/nomenclatures/ORAREF/NU_UCD_R.csv', delim = ';',
		all_varchar = true));

-- check: tariffs are those of IR_GHS_V, one of each group that is used
WITH official AS (
	SELECT GHS_NUM::INTEGER AS ghs, GHS_NUM_SEC AS sector, GHS_PRU_OC1::DOUBLE / 100 AS price,
		GHS_PRU_EX1::DOUBLE / 100 AS day, GHS_SEU_HT1::DOUBLE::INTEGER AS bound
	FROM read_csv(':shared/snds/nomenclatures/ORAVAL/IR_GHS_V.csv', delim = ';',
		all_varchar = true)
), ours AS (FROM read_csv('lib/snds/data/tariffs.csv')), used AS (
	SELECT ghs FROM read_csv('lib/snds/data/stays.csv')
	UNION SELECT ghs FROM read_csv('lib/snds/data/causes.csv')
	UNION SELECT ghs FROM read_csv('lib/snds/data/adverse_events.csv')
	UNION SELECT regexp_extract(value, 'ghs=([0-9]+)', 1)::INTEGER FROM disease_file
		WHERE part IN ('index', 'transfer', 'later')
)
SELECT (SELECT count(*) FROM used ANTI JOIN ours USING (ghs)) +
	(SELECT count(*) - count(DISTINCT ghs) FROM ours) +
	(SELECT count(*) FROM ours ANTI JOIN official o ON o.ghs = ours.ghs AND sector = '1'
		AND price = public AND (public_bound = 0
			OR (public_day = day AND public_bound = bound))) +
	(SELECT count(*) FROM ours ANTI JOIN official o ON o.ghs = ours.ghs
		AND price = private AND (private_bound = 0
			OR (private_day = day AND private_bound = bound)));

-- check: acts of rehabilitation stand in the CSARR
SELECT count(*) FROM read_csv('lib/snds/data/csarr.csv', all_varchar = true)
WHERE code NOT IN (SELECT regexp_extract(line, '^([A-Z]{3}[+][0-9]{3});', 1)
	FROM read_csv(':shared/snds/nomenclatures/ATIH/CSARR.csv', delim = '\t', quote = '',
		header = false, columns = {'line': 'VARCHAR'}));

-- check: acts outside MCO stand in CCAM V63, causes on certificates and of last stays in MS_CIM_V
SELECT (SELECT count(*) FROM read_csv('lib/snds/data/other_acts.csv')
	WHERE ccam NOT IN (SELECT CAM_PRS_IDE_COD FROM
		read_csv(':shared/snds/nomenclatures/ATIH/IR_CCAM_V63.csv', delim = ';'))) +
	(SELECT count(*) FROM (
		SELECT cim10 FROM read_csv('lib/snds/data/immediate_causes.csv')
		UNION SELECT dp FROM read_csv('lib/snds/data/causes.csv')
	) WHERE cim10 NOT IN (SELECT CIM_COD FROM
		read_csv(':shared/snds/nomenclatures/ORAVAL/MS_CIM_V.csv', delim = ';')));
