"""Swedish words for data, in the English that labels are made of; compounds taken apart."""

from functools import lru_cache

_WORDS = {
    "amplikon": "amplicon",
    "analys": "analysis",
    "antikropp": "antibody",
    "arbetsfloden": "workflow",
    "arbetsflode": "workflow",
    "arvsmassa": "genome",
    "avbildning": "imaging",
    "bakterie": "bacteria",
    "berakning": "computation",
    "bild": "image",
    "bilder": "image",
    "bilderna": "image",
    "biobank": "biobank",
    "biobanks": "biobank",
    "biologisk": "biological",
    "biologiska": "biological",
    "cell": "cell",
    "cellens": "cell",
    "celler": "cell",
    "cells": "cell",
    "data": "data",
    "datan": "data",
    "elektron": "electron",
    "enkat": "questionnaire",
    "enkater": "questionnaire",
    "enkatsvar": "questionnaire",
    "enskild": "single",
    "enskilda": "single",
    "fil": "file",
    "filer": "file",
    "flodes": "flow",
    "fluorescens": "fluorescence",
    "forsknings": "research",
    "frageformular": "questionnaire",
    "gen": "gene",
    "gener": "gene",
    "genetisk": "genetic",
    "genetiska": "genetic",
    "genom": "genome",
    "genomet": "genome",
    "genuttryck": "gene expression",
    "halso": "health",
    "helgenom": "whole genome",
    "histologi": "histology",
    "human": "human",
    "humana": "human",
    "journaldata": "health record",
    "patientjournal": "patient record",
    "patientjournaler": "patient record",
    "karnmagnetisk": "nuclear magnetic",
    "klinisk": "clinical",
    "kliniska": "clinical",
    "kod": "code",
    "koden": "code",
    "konfokal": "confocal",
    "kryo": "cryo",
    "kvantitativ": "quantitative",
    "kall": "source",
    "kansliga": "sensitive",
    "ljus": "light",
    "ljusark": "light sheet",
    "lipid": "lipid",
    "lipider": "lipid",
    "lakemedel": "drug",
    "mass": "mass",
    "medicinsk": "medical",
    "medicinska": "medical",
    "metabolit": "metabolite",
    "metaboliter": "metabolite",
    "metylering": "methylation",
    "metylerings": "methylation",
    "mikrobiom": "microbiome",
    "mikroskopi": "microscopy",
    "mikroskop": "microscopy",
    "modell": "model",
    "modeller": "model",
    "molekyl": "molecule",
    "molekyler": "molecule",
    "magnetkamera": "magnetic resonance imaging",
    "manskliga": "human",
    "mansklig": "human",
    "manniska": "human",
    "manniskor": "human",
    "patient": "patient",
    "patienter": "patient",
    "patientens": "patient",
    "patienters": "patient",
    "personuppgift": "personal data",
    "personuppgifter": "personal data",
    "prov": "sample",
    "prover": "sample",
    "protein": "protein",
    "proteiner": "protein",
    "proteinstruktur": "protein structure",
    "ra": "raw",
    "register": "registry",
    "resonans": "resonance",
    "rontgen": "x ray",
    "rontgenbilder": "radiology image",
    "sekvens": "sequence",
    "sekvenser": "sequence",
    "sekvenserings": "sequencing",
    "sekvensering": "sequencing",
    "skript": "script",
    "smamolekyler": "small molecule",
    "spektra": "spectra",
    "spektrometri": "spectrometry",
    "struktur": "structure",
    "strukturer": "structure",
    "svep": "scanning",
    "svar": "answer",
    "tumor": "tumor",
    "tumorer": "tumor",
    "transkriptom": "transcriptome",
    "transkript": "transcript",
    "upplost": "resolved",
    "uttrycks": "expression",
    "uttryck": "expression",
    "variant": "variant",
    "varianter": "variant",
    "vavnad": "tissue",
    "vavnader": "tissue",
    "vavnads": "tissue",
}
"""Word without accents → the English for it."""

_ENDINGS = (("omiken", "omic"), ("omikk", "omic"), ("omiks", "omic"), ("omik", "omic"))
_SHORTEST = 3
_LONGEST = 40
"""Letters of a word that may be a compound."""


def english(word: str) -> str | None:
    """Return the English for a Swedish word or compound, its accents gone; None where unknown."""
    if word in _WORDS:
        return _WORDS[word]
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return (word.removesuffix(ending) + instead).replace("transkript", "transcript")
    parts = _parts(word) if len(word) <= _LONGEST else ()
    return " ".join(parts) if len(parts) > 1 else None


@lru_cache(maxsize=4096)
def _parts(word: str) -> tuple[str, ...]:
    """Return the English for each part of a compound, or nothing where a part is unknown."""
    for cut in range(len(word) - _SHORTEST, _SHORTEST - 2, -1):
        head, rest = word[:cut], word[cut:]
        known = _head(head)
        if known is None:
            continue
        if rest in _WORDS:
            return (known, _WORDS[rest])
        more = _parts(rest)
        if more:
            return (known, *more)
    return ()


def _head(word: str) -> str | None:
    """Return the English for the first part of a compound, with or without a linking s."""
    for form in (word, word.removesuffix("s")):
        if form in _WORDS:
            return _WORDS[form]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and word != ending:
            return (word.removesuffix(ending) + instead).replace("transkript", "transcript")
    return None
