"""The forty questions with their answers on the shipped graph.

python tests/queries/forty.py
"""

from forty_questions import IDS, QUESTIONS

from fingerpost import catalogue, files

_SHOWN = 6


def main() -> None:
    """Print each question, the saved query that answers it, and what it finds of what it must."""
    opened = catalogue.open_(files.folders())
    for one in QUESTIONS:
        rows = opened.queries.rows(one.query, one.given)
        values = {value for row in rows for value in row.values()}
        text = "\n".join(values)
        given = " ".join(f"--{name} {value}" for name, value in one.given.items())
        print(f"{one.number:2}. {one.text}\n    fingerpost query {one.query} {given}".rstrip())
        there = [name for name in one.present if IDS + name in values]
        there += [word for word in one.words if word in text]
        wanted = len(one.present) + len(one.words)
        print(f"    {len(rows)} rows; {len(there)} of {wanted} found: {', '.join(there[:_SHOWN])}")


if __name__ == "__main__":
    main()
