"""The registries whose snapshots are kept: what they are called, and under which licence."""

from dataclasses import dataclass

from fingerpost.graph.dataset import SNAPSHOTS

_CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
_BY = "https://creativecommons.org/licenses/by/4.0/"
_BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"
_SHORT = {_CC0: "CC0 1.0", _BY: "CC BY 4.0", _BY_SA: "CC BY-SA 4.0"}


@dataclass(frozen=True)
class Registry:
    """A registry: the prefix of its identifiers, its name, where it is, its licence.

    `holder` is whom its licence wants to be named; `kind` is what every record of it is, where
    that is the same for all.
    """

    prefix: str
    title: str
    homepage: str
    licence: str
    holder: str
    kind: str = ""

    @property
    def graph(self) -> str:
        """The IRI of the graph that its snapshot is."""
        return SNAPSHOTS + self.prefix

    @property
    def attribution(self) -> str:
        """What is said of whose its texts are."""
        under = _SHORT.get(self.licence, self.licence)
        return f"Records of {self.title} ({self.homepage}), by {self.holder}, under {under}."


REGISTRIES = {
    one.prefix: one
    for one in (
        Registry(
            prefix="fairsharing",
            title="FAIRsharing",
            homepage="https://fairsharing.org/",
            licence=_BY_SA,
            holder="FAIRsharing and its contributors",
        ),
        Registry(
            prefix="re3data",
            title="re3data",
            homepage="https://www.re3data.org/",
            licence=_CC0,
            holder="re3data, the Registry of Research Data Repositories",
            kind="repository",
        ),
        Registry(
            prefix="rdmkit",
            title="RDMkit",
            homepage="https://rdmkit.elixir-europe.org/all_tools_and_resources",
            licence=_BY,
            holder="ELIXIR and the contributors to RDMkit",
        ),
        Registry(
            prefix="ror",
            title="Research Organization Registry",
            homepage="https://ror.org/",
            licence=_CC0,
            holder="the Research Organization Registry",
            kind="organization",
        ),
        Registry(
            prefix="biotools",
            title="bio.tools",
            homepage="https://bio.tools/",
            licence=_BY,
            holder="ELIXIR and the contributors to bio.tools",
        ),
    )
}
"""Prefix → registry."""
