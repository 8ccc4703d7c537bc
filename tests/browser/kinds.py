"""One page of each kind that the site has, by a name for it."""

PAGES = {
    "home": "/",
    "ask": "/recommend",
    "answers": "/recommend?data=imaging&phase=share",
    "not-understood": "/recommend?data=xyzzyx",
    "routes": "/route",
    "route": "/route/light-microscopy-images",
    "browse": "/browse",
    "browse-narrowed": "/browse?phase=share&data=imaging-data",
    "queries": "/queries",
    "query-form": "/queries/recommend/repositories-for-data",
    "query-table": "/queries/curate/counts",
    "query-bars": "/queries/explore/data-types",
    "query-heat": "/queries/curate/coverage",
    "quality": "/quality",
    "sparql": "/sparql",
    "sparql-example": "/sparql?example=recommend/tools-for-phase",
    "sparql-answer": "/sparql?format=html&query=SELECT+*+%7B+%3Frepository+a+fp%3ARepository+%7D+LIMIT+20",
    "sparql-fault": "/sparql?format=html&query=SELECT+*+%7B",
    "ontology": "/ontology",
    "shapes": "/shapes",
    "record": "/repository/bioimage-archive",
    "record-ended": "/compute/rackham",
    "record-with-many": "/organization/scilifelab",
    "organization": "/organization/embl-ebi",
    "source": "/source/rdmkit-tool-list",
    "data-type": "/data-type/imaging-data",
    "technique": "/technique/cryo-electron-tomography",
    "phase": "/phase/share",
    "guidance": "/guidance/deposit-cryo-em-in-three-archives",
    "mappings": "/mappings",
    "mappings-narrowed": "/mappings?registry=re3data&match=rejected",
    "mapping": "/mapping/repository-bioimage-archive-re3data-r3d100013949",
    "about": "/about",
    "correct": "/correct/repository/zenodo",
    "correct-guidance": "/correct/guidance/deposit-cryo-em-in-three-archives",
    "new": "/new",
    "new-record": "/new/tool",
    "nothing": "/repository/no-such-thing",
}
"""Name → address below the site."""
FRAMES = {"preview": "/reconcile/preview?id=repository/zenodo"}
"""What is shown in a frame of somebody else's page."""
REFUSED = {"not-understood": 400, "sparql-fault": 400, "nothing": 404}
"""Those of them that say no, with the status."""
