#!/usr/bin/env python3
"""Spreadsheets by another hand (openpyxl, zipfile): made for `hygie register import`, and read back.

  register_xlsx.py make FOLDER     dirty.xlsx, and files that must be refused
  register_xlsx.py read FILE       its cells as JSON, one row a line
"""
import datetime
import io
import json
import sys
import zipfile

import openpyxl

HEADER = [
    "Référence", "title", "Etape  : Complétude", "statut calendrier", "Date de début",
    "Finalité de l'étude", "Objectifs poursuivis", "Domaines médicaux investigués",
    "Source de données utilisées", "Composante(s) de la base principale du SNDS mobilisée(s)",
    "Base(s) du catalogue du HDH mobilisée(s)", "Autre(s) source(s) de donnée(s) mobilisée(s)",
    "Responsable de traitement 1", "Responsable de traitement 2", "Responsable de traitement 3",
    "Type responsable treatment 1", "Type responsable treatment 2", "Type responsable treatment 3",
    "Description Entité mettant à disposition", "Colonne à part"]
# Each row: cells by column, and the findings it must give.
ROWS = [
    ({0: "R1", 1: "Sain", 2: datetime.datetime(2024, 3, 12), 3: "En cours", 7: "Cancers",
      8: "SNDS", 9: "DCIR, PMSI", 12: "CHU d'exemple", 15: "Université"}, []),
    ({0: "R2", 1: "Épellations", 3: "En cours", 8: "SNDS, Autres, Enquête",
      9: "CEPIDC, ENSD, causes médicales de décès"},
     ["spelling"] * 5 + ["repeated"]),
    ({0: "R3", 1: "Signes", 3: "En cours", 7: "), _, Diabète", 8: "SNDS", 9: "DCIR, )"},
     ["stray"] * 3),
    ({0: "R4", 1: "Parent", 3: "En cours", 9: "RNIAM", 10: "Base d'exemple"}, ["no_source"] * 2),
    ({0: "R5", 1: "Dates", 2: "31/02/2024", 3: "En cours", 4: "05/06/2024"}, ["bad_date"]),
    ({0: "R1", 1: "Encore"}, ["twice", "no_status"]),
    ({1: "Sans référence"}, ["no_reference"]),
    ({0: "R6"}, ["no_title"]),
    ({0: "R7", 1: "Type inconnu", 3: "Peut-être", 12: "Corps d'exemple", 15: "Planète",
      16: "Université"}, ["unknown", "unknown", "no_status", "no_name"]),
    ({0: "R8", 1: "=1+1", 3: "Terminé", 6: "@objectif, +2, -3"}, []),
    ({0: "R9", 1: "Libre", 3: "En cours", 7: "Médecine de l'exemple (rare, très rare)",
      11: "Registre, Entrepôt local d'exemple", 8: "Autre(s)"}, ["spelling"]),
]


def dirty(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADER)
    for n, (cells, _) in enumerate(ROWS):
        for column, value in cells.items():
            cell = sheet.cell(row=n + 2, column=column + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def make(folder):
    good = f"{folder}/dirty.xlsx"
    dirty(good)
    raw = open(good, "rb").read()
    open(f"{folder}/cut.xlsx", "wb").write(raw[:len(raw) // 2])
    content = parts(good)
    sheet = "xl/worksheets/sheet1.xml"
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    write(f"{folder}/entity.xlsx",
          {**content, sheet: entity + content[sheet].split(b"?>", 1)[-1]})
    huge = b"<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>" + b"a" * (2 << 20)
    write(f"{folder}/cell.xlsx", {**content, sheet: huge + b"</v></c></row></sheetData></worksheet>"})
    write(f"{folder}/bomb.xlsx", {**content, sheet: b"<worksheet>" + b" " * (300 << 20)})
    write(f"{folder}/nosheet.xlsx", {k: v for k, v in content.items() if k != sheet})
    write(f"{folder}/broken.xlsx", {**content, sheet: b"<worksheet><sheetData>"})
    write(f"{folder}/place.xlsx", {**content, sheet:
          b"<worksheet><sheetData><row r='1'><c r='ZZZZ99999999'><v>1</v></c></row></sheetData></worksheet>"})
    write(f"{folder}/string.xlsx", {**content, sheet:
          b"<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>999999</v></c></row></sheetData></worksheet>"})
    # A byte of a compressed part turned: its check sum fails.
    spoiled = bytearray(raw)
    at = raw.index(sheet.encode()) + len(sheet) + 60
    spoiled[at] ^= 0xff
    open(f"{folder}/spoiled.xlsx", "wb").write(bytes(spoiled))
    open(f"{folder}/text.xlsx", "wb").write(b"PK\x03\x04 not a zip")
    for n, (_, findings) in enumerate(ROWS):
        for finding in findings:
            print(f"{n + 2},{finding}")


def read(path):
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        print(json.dumps([[c.data_type, c.value] for c in row if c.value is not None],
                         ensure_ascii=False))


if __name__ == "__main__":
    {"make": make, "read": read}[sys.argv[1]](sys.argv[2])
