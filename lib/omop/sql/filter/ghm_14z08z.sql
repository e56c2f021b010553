-- true: this group. In: GRG_GHM.
CREATE MACRO drop_ghm_14z08z(ghm) AS coalesce(ghm, '') = '14Z08Z';
