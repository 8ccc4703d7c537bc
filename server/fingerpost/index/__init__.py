"""What finds things in a large graph: one SQLite file a generation, made of what is said in it.

The graph stays the truth: an index only says where to look. It is made when it is first wanted,
in the background, or found where another process has made it; until it is there, its users do
without, as `Indexes.ready` gives None then. `Indexes.made` waits.

    found = catalogue.indexes.ready()
    if found:
        found.having(["genome", "rna-seq"])     IRIs with one of the words, in names or description
        found.select("SELECT iri FROM thing WHERE kind = ?", "tool")

Its tables, and the modules that fill them:

    thing (id, iri, kind)       every record and concept that has a name            `texts`
    text (thing, naming, text)  its names and descriptions, as they are; naming is
                                prefLabel, altLabel, formerName or description       `texts`
    words                       FTS5 over the same, rowid = thing.id, columns name
                                and description; see `words.plain` for its words     `texts`
    called (thing, name, small)  the English name of a thing, and in small letters  `labels`
    label (id, thing, text)     every label, in small letters                       `labels`
    letters                     FTS5 over the same by threes of letters, rowid =
                                label.id, "-" as " "                                 `labels`
    short                       what one or two letters bring                        `short`
    spelt (key, thing)          the names of a thing, whatever their case            `spelt`
    named (word, thing, parts)  every name of a resource, by one of its words        `names`
    rare (word)                 the words that only a few active resources have     `names`
    resource, cell, mark …      what the ranking depends on                         `ranking`

Beside it are other files, made in the same way: before all what is `gathered` of the graph, of
which the others are made, then the list of all resources, which is what `shelf` says, and after the
index whole answers: see `answers`.

To add a table, write a module with `TABLES` (its CREATE statements) and `fill(writing, things)`,
and name it in `making.PARTS`.
"""
