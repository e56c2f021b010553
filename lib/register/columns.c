#include "register/columns.h"

/*
 * "Type responsable treatment" and the two blanks of "Etape  : Complétude" are
 * the export's own.
 */
/* clang-format off */
const struct register_column register_columns[] = {
    {"Référence", REGISTER_COL_REFERENCE, "reference", 0, NULL, 0, true},
    {"title", REGISTER_COL_BOTH, "title", REGISTER_FRENCH, NULL, 0, true},
    {"Etape  : Complétude", REGISTER_COL_DATE, "received", 0, NULL, 0, false},
    {"statut calendrier", REGISTER_COL_CODE, "status", REGISTER_STATUS, NULL, 0, false},
    {"Date de début", REGISTER_COL_DATE, "start", 0, NULL, 0, false},
    {"Finalité de l'étude", REGISTER_COL_WORDS, "purposes", REGISTER_PURPOSE, NULL, 0, false},
    {"Objectifs poursuivis", REGISTER_COL_WORDS, "objectives", REGISTER_OBJECTIVE, NULL, 0, false},
    {"Domaines médicaux investigués", REGISTER_COL_WORDS, "domains", REGISTER_DOMAIN, NULL, 0,
        false},
    {"Source de données utilisées", REGISTER_COL_SOURCES, "sources", REGISTER_SOURCE, NULL, 0,
        false},
    {"Composante(s) de la base principale du SNDS mobilisée(s)", REGISTER_COL_COMPONENTS,
        "sources", REGISTER_SOURCE, "snds", 0, false},
    {"Base(s) du catalogue du HDH mobilisée(s)", REGISTER_COL_COMPONENTS, "sources",
        REGISTER_SOURCE, "hdh", 0, false},
    {"Autre(s) source(s) de donnée(s) mobilisée(s)", REGISTER_COL_COMPONENTS, "sources",
        REGISTER_SOURCE, "other", 0, false},
    {"Responsable de traitement 1", REGISTER_COL_BODY, "controllers", 0, NULL, 0, false},
    {"Responsable de traitement 2", REGISTER_COL_BODY, "controllers", 0, NULL, 1, false},
    {"Responsable de traitement 3", REGISTER_COL_BODY, "controllers", 0, NULL, 2, false},
    {"Type responsable treatment 1", REGISTER_COL_BODY_TYPE, "controllers", REGISTER_ENTITY,
        NULL, 0, false},
    {"Type responsable treatment 2", REGISTER_COL_BODY_TYPE, "controllers", REGISTER_ENTITY,
        NULL, 1, false},
    {"Type responsable treatment 3", REGISTER_COL_BODY_TYPE, "controllers", REGISTER_ENTITY,
        NULL, 2, false},
    {"Description Entité mettant à disposition", REGISTER_COL_BOTH, "provider", REGISTER_FRENCH,
        NULL, 0, false},
    {"Procédure", REGISTER_COL_CODE, "procedure", REGISTER_PROCEDURE, NULL, 0, false},
    {"Date de décision", REGISTER_COL_DATE, "decided", 0, NULL, 0, false},
    {"Date de fin", REGISTER_COL_DATE, "end", 0, NULL, 0, false},
    {"Fin du traitement", REGISTER_COL_DATE, "ended", 0, NULL, 0, false},
    {"Bases légales", REGISTER_COL_CODES, "legal_bases", REGISTER_LEGAL_BASIS, NULL, 0, false},
    {"Titre en anglais", REGISTER_COL_BOTH, "title", REGISTER_ENGLISH, NULL, 0, false},
    {"Résumé", REGISTER_COL_BOTH, "summary", REGISTER_FRENCH, NULL, 0, false},
    {"Résumé en anglais", REGISTER_COL_BOTH, "summary", REGISTER_ENGLISH, NULL, 0, false},
    {"Nombre de résultats", REGISTER_COL_RESULTS, "results", 0, NULL, 0, false},
};
/* clang-format on */
const size_t register_column_count = ARRAY_LEN(register_columns);
