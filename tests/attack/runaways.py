"""Queries that would run for hours, or take all memory.

The shipped graph has some 11,000 statements, so that two patterns without a common variable
have 120 million solutions, and three a million million.
"""

from attack.cases import FENCED, FINE, OUT, SYNTAX, TOO_MUCH, Attack, nested

_TWO = "?a ?b ?c . ?d ?e ?f"
_THREE = f"{_TWO} . ?g ?h ?i"


def doubled(times: int) -> str:
    """Return BINDs that double a string so many times."""
    steps = (f"BIND(CONCAT(?v{i}, ?v{i}) AS ?v{i + 1}) " for i in range(times))
    return 'BIND("xxxxxxxx" AS ?v0) ' + "".join(steps)


RUNAWAYS = [
    Attack("order", TOO_MUCH, f"SELECT * {{ {_THREE} }} ORDER BY ?i ?f ?c"),
    Attack("order by random", TOO_MUCH, f"SELECT * {{ {_TWO} }} ORDER BY RAND() LIMIT 1"),
    Attack("order by digest", OUT, f"SELECT * {{ {_TWO} }} ORDER BY SHA512(CONCAT(STR(?c), STR(?f)))"),
    Attack("distinct", TOO_MUCH, f"SELECT DISTINCT * {{ {_THREE} }}"),
    Attack("reduced", TOO_MUCH, f"SELECT REDUCED * {{ {_THREE} }}"),
    Attack("cross join", TOO_MUCH, f"SELECT * {{ {_THREE} }}"),
    Attack("cross join as CSV", TOO_MUCH, f"SELECT ?a {{ {_THREE} }}"),
    Attack("cross join counted", OUT, f"SELECT (COUNT(*) AS ?n) {{ {_THREE} }}"),
    Attack("cross join counted once each", OUT, f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {_TWO} }}"),
    Attack("cross join asked for nothing", OUT, f"ASK {{ {_THREE} FILTER (?c + ?f + ?i < 0) }}"),
    Attack("cross join with a far offset", OUT, f"SELECT * {{ {_THREE} }} OFFSET 99999999999 LIMIT 1"),
    Attack("group concat", OUT, f"SELECT (GROUP_CONCAT(STR(?a)) AS ?x) {{ {_THREE} }}"),
    Attack("group concat, distinct", OUT, f"SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?a), STR(?d))) AS ?x) {{ {_TWO} }}"),
    Attack("groups", OUT, f"SELECT ?c ?f (COUNT(*) AS ?n) {{ {_THREE} }} GROUP BY ?c ?f"),
    Attack("groups by a random number", OUT, f"SELECT (COUNT(*) AS ?n) {{ {_TWO} }} GROUP BY (RAND())"),
    Attack("aggregates", OUT, f"SELECT (SUM(?c) AS ?s) (AVG(?f) AS ?v) (MIN(?i) AS ?m) (SAMPLE(?a) AS ?o) {{ {_THREE} }}"),
    Attack("having", OUT, f"SELECT ?a {{ {_THREE} }} GROUP BY ?a HAVING (COUNT(DISTINCT ?f) > 99999999)"),
    Attack("path of any property, star", TOO_MUCH, "SELECT * { ?a (!<a:b>)* ?x }"),
    Attack("path of any property, plus", TOO_MUCH, "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)+ ?x . ?x (!<a:b>)+ ?y }"),
    Attack("path both ways, cyclic", OUT, "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?b (!<a:b>|^!<a:b>)* ?c }"),
    Attack("path of a path", OUT, "SELECT (COUNT(*) AS ?n) { ?a (((!<a:b>)+)*/((!<a:b>|^!<a:b>)+)*)+ ?b . ?c (!<a:b>)* ?b }"),
    Attack("path of sequences", OUT, "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>/^!<a:b>)+/(!<a:b>/^!<a:b>)+ ?b }"),
    Attack("path of alternatives", OUT, "SELECT (COUNT(*) AS ?n) { ?a (" + "|".join(["!<a:b>", "^!<a:b>"] * 40) + ")* ?b . ?c (!<a:b>|^!<a:b>)* ?b }"),
    Attack("optionals without a bond", OUT, f"SELECT (COUNT(*) AS ?n) {{ {_TWO} OPTIONAL {{ ?g ?h ?i }} OPTIONAL {{ ?j ?k ?l }} }}"),
    Attack("minus of a cross join", FENCED, f"SELECT (COUNT(*) AS ?n) {{ {_TWO} MINUS {{ ?a ?h ?i . ?d ?k ?l . ?m ?n ?o }} }}"),
    Attack("exists within exists", OUT, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i FILTER (?i = ?c) FILTER NOT EXISTS { ?j ?k ?l FILTER (?l = ?f && ?l = ?i) FILTER NOT EXISTS { ?m ?n ?o FILTER (?o = ?l) } } } }"),
    Attack("union of cross joins", TOO_MUCH, "SELECT * { " + " UNION ".join([f"{{ {_TWO} }}"] * 50) + " } ORDER BY ?a"),
    Attack("construct of a cross join", TOO_MUCH, f"CONSTRUCT {{ ?a ?b ?f . ?d ?e ?c }} {{ {_TWO} }}"),
    Attack("construct with blank nodes", TOO_MUCH, f"CONSTRUCT {{ _:x ?b ?f . _:x ?e ?c }} {{ {_TWO} }}"),
    Attack("describe of everything", FENCED, "DESCRIBE * { ?a ?b ?c }"),
    Attack("describe of a cross join", OUT, f"DESCRIBE ?a ?d {{ {_THREE} }}"),
    Attack("regular expression of the ill-famed kind", OUT, f'SELECT * {{ {_THREE} FILTER (REGEX(CONCAT(STR(?a), STR(?d), STR(?g)), "^((([a-z])+.)+[A-Z]([a-z])+|(x+x+)+y)$")) }}'),
    Attack("regular expression with counts in counts", FINE | OUT | SYNTAX, 'SELECT * { ?a ?b ?c FILTER (REGEX(STR(?c), "((((a{1,99}){1,99}){1,99}){1,99}){1,99}")) }'),
    Attack("regular expression of 100,000 alternatives", FINE | OUT | SYNTAX, 'SELECT * { ?a ?b ?c FILTER (REGEX(STR(?c), "' + "|".join(f"(a{i}.*)" for i in range(15_000)) + '")) }'),
    Attack("regular expression made of data", OUT, f'SELECT * {{ {_THREE} FILTER (REGEX(CONCAT(STR(?c), STR(?i)), CONCAT("^(z+z+)+y", ENCODE_FOR_URI(STR(?f))))) }}'),
    Attack("replace that blows up", OUT, 'SELECT (STRLEN(?d) AS ?n) { BIND(REPLACE("' + "x" * 100 + '", "x", "' + "x" * 1000 + '") AS ?b) BIND(REPLACE(?b, "x", ?b) AS ?c) BIND(REPLACE(?c, "x", ?b) AS ?d) }'),
    Attack("replace of the empty string", FINE | OUT, 'SELECT (STRLEN(REPLACE(GROUP_CONCAT(STR(?c)), "", STR(GROUP_CONCAT(STR(?a))))) AS ?n) { ?a ?b ?c }'),
    Attack("a string doubled 40 times", OUT, f"SELECT (STRLEN(?v40) AS ?n) {{ {doubled(40)} }}"),
    Attack("a string doubled 300 times", OUT, f"SELECT (STRLEN(?v300) AS ?n) {{ {doubled(300)} }}"),
    Attack("an encoded string doubled 30 times", OUT, f"SELECT (STRLEN(ENCODE_FOR_URI(UCASE(?v30))) AS ?n) {{ {doubled(30)} }}"),
    Attack("a doubled string hashed for every statement", OUT, f"SELECT (COUNT(DISTINCT SHA512(CONCAT(?v22, STR(?c)))) AS ?n) {{ ?a ?b ?c {doubled(22)} }}"),
    Attack("sub-selects, each a cross join", OUT, "SELECT * { " + " ".join(f"{{ SELECT (COUNT(*) AS ?n{i}) {{ {_THREE} }} }}" for i in range(20)) + " }"),
    Attack("sub-selects 30 deep", OUT, f"SELECT (COUNT(*) AS ?n) {{ {nested(30, _THREE)} }}"),
    Attack("data multiplied by data", TOO_MUCH, "SELECT * { " + " ".join(f"VALUES ?v{i} {{ {'1 ' * 100} }}" for i in range(10)) + " }"),
    Attack("graphs crossed", OUT, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }"),
    Attack("dates reckoned", OUT, f'SELECT (COUNT(?x) AS ?n) {{ {_THREE} BIND(STRDT(CONCAT(STR(?c), "T00:00:00"), xsd:dateTime) AS ?x) }}'),
    Attack("random identifiers", TOO_MUCH, f"SELECT (UUID() AS ?u) (STRUUID() AS ?s) (BNODE() AS ?n) {{ {_THREE} }}"),
]  # fmt: skip
