"""A new record by question and answer: each answer is checked when it is given."""

from collections.abc import Iterator
from pathlib import Path

from fingerpost.catalogue import Catalogue
from fingerpost.curation import drafts, fields, words
from fingerpost.curation.drafts import Value
from fingerpost.curation.fields import Field
from fingerpost.errors import BadParameter
from fingerpost.files import Folders
from fingerpost.graph import canonical
from fingerpost.graph.records import Record
from fingerpost.graph.vocabulary import RESOURCE_KINDS
from fingerpost.suggest import suggestion

_BETWEEN = "|"


class Interview:
    """What has been said so far of a record of a kind that is not there yet."""

    def __init__(self, folders: Folders, opened: Catalogue, kind: str) -> None:
        self._folders = folders
        self._kind = kind
        self._fields = fields.fields(kind, fields.terms(folders))
        self._words = words.words(opened)
        self._said: dict[str, list[Value]] = {}

    def wanted(self) -> Iterator[Field]:
        """Yield the fields that must be there and are not."""
        for field in self._fields.values():
            needed = field.required or (field.name == "usedIn" and self._kind in RESOURCE_KINDS)
            if needed and field.name not in self._said:
                yield field

    def has(self, name: str) -> bool:
        """Return whether a field has a value."""
        return name in self._said

    def default(self, name: str) -> str | None:
        """Return what goes without saying."""
        return drafts.DEFAULTS.get(name)

    def help(self, name: str) -> str:
        """Return what a field means; raises as `answer` does."""
        field = self._field(name)
        choices = f" One of: {', '.join(field.choices)}." if field.choices else ""
        return f"{field.help}{choices}"

    def answer(self, name: str, text: str) -> None:
        """Take the value of a field, or several of them with | between.

        Raises:
            BadParameter: there is no such field, it takes one value only, or not this one; or
                another record has the name.
        """
        field = self._field(name)
        many = (
            [text] if field.form == "text" else [one for one in text.split(_BETWEEN) if one.strip()]
        )
        values = [self._words.term(field, one) for one in many or [""]]
        said = [*self._said.get(field.name, []), *values]
        if field.single and len(said) > 1:
            raise BadParameter(f"{field.name} takes one value.")
        if field.name == "name":
            self._unused(text.strip())
        self._said[field.name] = said

    def draft(self, slug: str | None) -> Record:
        """Return the record.

        Raises:
            BadParameter: fields are missing, or there is a record of that slug.
        """
        for name, text in drafts.DEFAULTS.items():
            if name in self._fields and name not in self._said:
                self.answer(name, text)
        missing = [f"{field.name} ({field.help})" for field in self.wanted()]
        if missing:
            raise BadParameter(f"The record needs {'; '.join(missing)}")
        path = drafts.place(self._folders, self._kind, slug or self._slug())
        if path.exists():
            raise BadParameter(f"{self._kind}/{path.stem} is there already: give another --slug.")
        return drafts.new(path, self._said, self._fields)

    def problems(self, draft: Record) -> list[str]:
        """Return what the shapes have against the record."""
        return drafts.problems(self._folders, [draft])

    def turtle(self, draft: Record) -> str:
        """Return the record as its file will be."""
        return canonical.turtle(draft)

    def save(self, draft: Record) -> Path:
        """Write the record; return its file."""
        drafts.save([draft])
        return draft.path

    def _field(self, name: str) -> Field:
        if name not in self._fields:
            what = f'A record of the kind {self._kind} has no "{name}".'
            raise BadParameter(f"{what} {suggestion(name, self._fields)}")
        return self._fields[name]

    def _slug(self) -> str:
        return drafts.slug(self._said["name"][0].value)

    def _unused(self, name: str) -> None:
        taken = self._words.known.called(self._kind, name.casefold())
        if taken:
            raise BadParameter(f'name: "{name}" is the name of {", ".join(sorted(taken))}.')
