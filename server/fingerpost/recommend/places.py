"""Countries as people name them: in English and Swedish, as adjectives, by some of their cities."""

from fingerpost.index.spelling import plain

COUNTRIES = {
    "australia": "AU", "austria": "AT", "belgium": "BE", "brazil": "BR", "bulgaria": "BG",
    "canada": "CA", "chile": "CL", "china": "CN", "croatia": "HR", "cyprus": "CY",
    "czechia": "CZ", "denmark": "DK", "estonia": "EE", "finland": "FI", "france": "FR",
    "germany": "DE", "greece": "GR", "hungary": "HU", "iceland": "IS", "india": "IN",
    "ireland": "IE", "israel": "IL", "italy": "IT", "japan": "JP", "latvia": "LV",
    "lithuania": "LT", "luxembourg": "LU", "malta": "MT", "mexico": "MX", "netherlands": "NL",
    "new zealand": "NZ", "norway": "NO", "poland": "PL", "portugal": "PT", "romania": "RO",
    "serbia": "RS", "singapore": "SG", "slovakia": "SK", "slovenia": "SI", "south africa": "ZA",
    "south korea": "KR", "spain": "ES", "sweden": "SE", "switzerland": "CH", "turkey": "TR",
    "ukraine": "UA", "united kingdom": "GB", "united states": "US",
}  # fmt: skip
"""Name → ISO 3166-1 alpha-2 code."""

_OTHERS = {
    "AT": "austrian österrike",
    "AU": "australian australien",
    "BE": "belgian belgien",
    "BG": "bulgarian bulgarien",
    "BR": "brazilian brasilien",
    "CA": "canadian kanada",
    "CH": "swiss schweiz",
    "CL": "chilean",
    "CN": "chinese kina",
    "CY": "cypriot cypern",
    "CZ": "czech czech_republic tjeckien",
    "DE": "german germans tyskland tysk tyska deutschland",
    "DK": "danish danes danmark dansk danska",
    "EE": "estonian estland",
    "ES": "spanish spanien españa",
    "FI": "finnish suomi finsk finska",
    "FR": "french frankrike",
    "GB": "uk u.k. british great_britain britain england scotland wales storbritannien",
    "GR": "greek grekland",
    "HR": "croatian kroatien",
    "HU": "hungarian ungern",
    "IE": "irish irland",
    "IL": "israeli",
    "IN": "indian indien",
    "IS": "icelandic ísland",
    "IT": "italian italien",
    "JP": "japanese",
    "KR": "korean korea sydkorea",
    "LT": "lithuanian litauen",
    "LU": "luxembourgish",
    "LV": "latvian lettland",
    "MT": "maltese",
    "MX": "mexican",
    "NL": "dutch holland the_netherlands nederländerna",
    "NO": "norwegian norwegians norge norsk norska",
    "PL": "polish polen",
    "PT": "portuguese",
    "RO": "romanian rumänien",
    "RS": "serbian serbien",
    "SE": "swedish swedes swede sverige svensk svenska svenskt",
    "SG": "singaporean",
    "SI": "slovenian slovenien",
    "SK": "slovak slovakien",
    "TR": "turkish türkiye turkiet",
    "UA": "ukrainian ukraina",
    "US": "us usa u.s. u.s.a. united_states_of_america america american",
    "ZA": "south_african sydafrika",
}
_CITIES = {
    "DE": "berlin munich heidelberg",
    "DK": "copenhagen aarhus",
    "EE": "tartu tallinn",
    "FI": "helsinki turku oulu",
    "GB": "london oxford cambridge edinburgh",
    "NL": "amsterdam utrecht leiden",
    "NO": "oslo bergen trondheim tromsø",
    "SE": "stockholm uppsala lund umeå gothenburg göteborg linköping malmö örebro solna luleå "
    "karolinska chalmers kth",
}

_NAMES = {
    plain(name).replace("_", " ").replace(".", " ").strip(): code
    for table in (_OTHERS, _CITIES)
    for code, names in table.items()
    for name in names.split()
} | COUNTRIES
_BY_CODE = {code: name.title() for name, code in COUNTRIES.items()}
_CITY_NAMES = frozenset(plain(name) for names in _CITIES.values() for name in names.split())
_AMBIGUOUS = frozenset("polish turkey china chile india jordan".split())
SHORT = frozenset({"us", "u s"})
"""Names that are a country in capitals only."""
BEFORE = frozenset("in at from of near within i vid fran pa university universitet around".split())
"""Words before the name of a place."""
EMPLOYED = frozenset("at from vid fran pa hos are am".split())
"""Words before the name of an employer, or before the word before it."""


def country_of(name: str) -> str | None:
    """Return the code of the country that goes by that name, adjective or city."""
    return _NAMES.get(" ".join(plain(name).replace(".", " ").split()))


def name_of(code: str) -> str:
    """Return the English name of a country by its code; of one that is not known, the code."""
    return _BY_CODE.get(code, code)


def is_ambiguous(name: str) -> bool:
    """Return whether a plain name is a common word or a surname, too."""
    return name in _CITY_NAMES or name in _AMBIGUOUS
