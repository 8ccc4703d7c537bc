"""The graph for language models: tools and resources of the Model Context Protocol."""

from importlib.util import find_spec

from fingerpost.errors import NotInstalled


def needed() -> None:
    """Return if the protocol's SDK is installed, which is an extra of the package.

    Raises:
        NotInstalled: it is not.
    """
    if find_spec("mcp") is None:
        raise NotInstalled(
            "The Model Context Protocol needs an extra that is not installed here: "
            "pip install 'fingerpost[mcp]'."
        )
