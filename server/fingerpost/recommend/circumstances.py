"""The words for what else holds: whose data, how much may it cost, who asks, what is said."""

import re

from fingerpost.recommend.cues import cues

_PEOPLE = (
    r"patients?|participants?|volunteers?|donors?|probands?|respondents?|interviewees?"
    r"|patienter\w*|deltagare|forskningspersoner|personer"
)

CIRCUMSTANCES = cues(
    {
        "sensitive": [
            (1, _PEOPLE),
            (1, r"identifiable|identifying (?:data|information)|re ?identif\w+"
                    r"|personal(?:ly)? (?:data|information|identif\w+)|sensitive(?! (?:to"
                    r"|detection|method|instrument|mass|assay|enough))"
                r"|gdpr|dataskydd\w*|consent(?:ed|s)?|samtyckes?|pseudonymi[sz]ed"
                    r"|pseudonymiserad\w*"
                r"|de ?identified|kansliga?|personuppgift\w*|personnummer|identifierbar\w*"
                r"|skyddsvard\w*|sekretess\w*|hipaa|pii"),
            (1, r"(?:health|medical|patient|hospital) (?:records?|data|journals?)|ehrs?|emrs?"
                    r"|patientdata"
                r"|patientjournal\w*|journaldata|halsodata"),
            (1, r"(?:human|peoples?|individuals?|personal|patients?) (?:\w+ )?(?:genomes?"
                    r"|exomes?|genotypes?|wgs"
                r"|wes|germline\w*|dna)|(?:manskliga?|humana?) genom\w*"),
            (1, r"(?:genom\w+|exomes?|wgs|wes|genotyp\w+|germline)(?: \w+){0,4} (?:individuals"
                r"|people"
                r"|persons?|humans?|men|women)|(?:human|individuals)(?: \w+){0,2} (?:genom\w+"
                r"|exomes?)"),
            (1, r"human (?:subjects?|participants?|volunteers?|individuals?|beings?)|children"
                    r"|infants?|newborns?"
                r"|twins|pregnant women|barn|sensitive data"),
            (1, r"(?:population|birth|patient|clinical|twin|human) cohorts?|biobank(?:s"
                    r"|ed)? (?:samples|participants"
                r"|data|participants)?|registerdata|registry data|register data"),
        ],
        "human": [
            (1, r"humans?|(?:from|of|about|on) (?:\w+ )?(?:people|persons?|men|women)"
                    r"|individuals|human derived|homo sapiens|mansklig\w*|human[at]"
                r"|manniskor|manniska|personer|adults|elderly|cohorts?"),
        ],
        "clinical": [
            (1, r"patients?|clinic(?:al|ally|s)?|hospitals?|ehrs?|emrs?|medical(?: records?)?"
                    r"|diagnos[ei]s|diagnostic\w*"
                r"|icu|intensive care|health ?care (?:data|records)|trials?|patient\w*"
                    r"|klinisk\w*|sjukhus\w*|sjukvard\w*"
                r"|journaldata|biopsies|tumou?r biops\w+|health records"),
        ],
        "embargo": [
            (1, r"embargo\w*|privately|(?:with|for|to) (?:the )?reviewers"),
            (1, r"(?:until|till|before|upon|prior to|at the time of|innan"
                    r"|tills) (?:\w+ ){0,3}(?:publication|published"
                r"|publish|paper|article|acceptance|accepted|out|publicera\w*|artikel\w*"
                    r"|patent\w*)"),
            (1, r"(?:private|confidential|closed|hidden|secret|not public|unpublished|locked"
                    r"|restricted) (?:for now|until"
                r"|till|for the moment|at first|for a while|for (?:\w+ )?(?:months?|years?)"
                    r"|right now|while)|keep (?:\w+ )"
                r"{0,3}(?:private|closed|hidden|secret)|not (?:be |make it |go )?public (?:yet"
                    r"|until|for)|not yet public"
                r"|delay(?:ed)? (?:the )?release|hold (?:the )?release"
                    r"|for (?:the )?reviewers only|reviewer access"
                r"|while (?:\w+ ){0,4}(?:under|in) review|not ready to (?:share|publish|release)"
                    r"|later release"),
        ],
        "free": [
            (1, r"(?<!cell )(?<!label )(?<!germ )(?<!feel )(?<!disease )(?<!serum )(?<!are )"
                r"(?<!xeno )(?<!animal )free"
                r"(?! (?:energy|text|induction|living|fatty|radicals?|to|dna|rna|form)\b)"
                    r"|free of charge|for free"),
            (1, r"(?:no|without|w o|zero|have no|little|not much|limited|any|low"
                    r"|tiny) (?:\w+ )?(?:money|budget|funding|funds"
                r"|cost|costs|charge|fees?|payment)|without paying|cant pay|cannot pay"
                    r"|dont want to pay|no cost|at no cost"
                r"|costs? nothing|gratis|kostnadsfri\w*|utan kostnad|utan budget|inga pengar"
                    r"|ingen budget|cant afford"
                r"|cannot afford|broke"),
        ],
        "raw": [(1, r"raw|unprocessed|un processed|radata|obearbetad\w*|raa|primary data"
            r"|as (?:it|they) c[ao]me off \w+")],
        "derived": [(1, r"processed|derived|analy[sz]ed (?:data|results|tables)|normali[sz]ed"
            r"|bearbetade?|harledda?"
                        r"|processade|secondary data|summary (?:data|statistics|level)")],
    }
)  # fmt: skip

ANONYMOUS = re.compile(
    r"\b(?:fully |properly |completely )?(?:anonymous|anonymi[sz]ed|anonymiserade?"
    r"|aggregated? (?:data"
    r"|results|level|statistics)|not identifiable|non identifiable|unidentifiable)\b"
)
"""What says that nobody can be recognised: taken at its word, with a warning."""

AFFILIATIONS = cues(
    {
        "industry": [
            (2, r"(?:my|our|a|an|small|the|work(?:ing)? (?:at|for|in) (?:a|an)?|we are (?:a|an)"
                    r"|from (?:a|an|the))"
                r" (?:\w+ )?(company|companies|startup|start up|biotech"
                    r"|pharma(?:ceutical company)?|sme|firm|business)"),
            (2, r"in industry|from industry|industrial (?:researchers?|scientists?|users?)"
                    r"|commercial (?:users?|company"
                r"|actors?)|foretag\w*|industrin|at (?:a )?(?:pharma|biotech)\w*"),
        ],
        "healthcare": [
            (2, r"(?:work(?:ing)? (?:at|in|for)|i am at|im at|we are|employed (?:at|by)|at"
                    r"|i m at|based at) (?:a|an|the|my"
                r"|our)? ?(?:\w+ )?(hospital|clinic|health ?care(?: provider)?)"),
            (2, r"clinicians?|physicians?|(?:i am|im|as) a (?:doctor|nurse)|lakare|sjukskoterska"
                    r"|(?:arbetar|jobbar) (?:pa|inom)"
                r" (?:sjukhus\w*|varden|sjukvarden)"),
        ],
        "academic": [
            (1, r"universit(?:y|ies)|academi(?:a|c|cs)|(?:phd|doctoral|masters?"
                    r"|graduate) students?|post ?docs?|phd"
                r"|postdoctoral|professors?|lecturers?|doktorand\w*|universitet\w*|hogskol\w*"
                    r"|akademisk\w*|akademin"
                r"|forskargrupp|research group|student"),
        ],
    }
)  # fmt: skip

CONDITIONS = cues(
    {
        "no-domain-repository": [
            (1, r"no (?:\w+ )?(?:domain|specific|suitable|dedicated|speciali[sz]ed|proper"
                    r"|obvious|community"
                r"|discipline|subject)(?: \w+)? (?:repositor(?:y|ies)|databases?|archives?)"),
            (1, r"(?:doesnt|does not|dont|do not) (?:really )?fit (?:in |into )?(?:any|anywhere"
                    r"|a|the)\b(?: \w+)?"),
            (1, r"(?:no|isnt any|is not any|not any) (?:repository|database"
                    r"|archive)(?: \w+){0,3} (?:fits?|accepts?"
                r"|takes?|wants?|for (?:it|this|them|that))|fits? (?:no"
                    r"|none of the) (?:\w+ )?repositor(?:y|ies)"),
            (1, r"inget (?:\w+ )?repositorium (?:som )?passar"),
        ],
        "publicly-funded": [
            (1, r"public(?:ly)? fund(?:ed|ing|s)|public money|tax ?payers?"
                    r"|offentligt finansiera\w*"),
            (1, r"(?:funded|financed|grant|money) (?:by|from) (?:the )?(?:vr"
                    r"|swedish research council|research council"
                r"|formas|forte|vinnova|erc|eu|european (?:union|commission|research council)"
                    r"|horizon europe|wellcome"
                r"|nih|ukri|bbsrc|dfg|anr|nwo)"),
        ],
        "industry-partner": [
            (1, r"(?:industr(?:y|ial)|commercial|company|pharma) (?:partners?|collaborat\w+"
                    r"|sponsors?|funding)"),
            (1, r"(?:with|together with|partner(?:ed|ing)? with) (?:a|an|our|two"
                    r"|some) (?:\w+ )?(?:company|companies"
                r"|startup|firm)|industripartner\w*|foretagspartner\w*"),
        ],
        "journal-or-funder-mandate": [
            (1, r"(?:journals?|funders?|publishers?|editors?|reviewers?"
                    r"|funding agency) (?:\w+ ){0,2}(?:want|wants|asks?"
                r"|asking|requires?|require|demands?|mandates?|insists?|needs?|says)"),
            (1, r"required by (?:the |my |our )?(?:journal|funder|publisher)"),
        ],
        "after-project-end": [
            (1, r"(?:project|grant|study|phd) (?:has |is |have |just )*(?:ended|over|finished"
                    r"|closed|completed|done)"),
            (1, r"after (?:the |my |our )?(?:project|grant|study|phd)(?: (?:ends|is over"
                    r"|has ended))?|efter projekt\w*"
                r"|projektet ar (?:slut|avslutat|klart)"),
        ],
        "delivered-by-ngi": [(1, r"(?:from|by|at|fran) ngi|ngi (?:delivered|delivers|delivery|data)"
                                 r"|national genomics infrastructure")],
        "stored-on-uppmax": [(1, r"(?:on|at|in|from|pa) (?:uppmax|rackham|bianca|snowy|pelle)")],
        "self-service": [
            (1, r"(?:run|use|operate)(?: \w+){0,3} (?:microscopes?|instruments?"
                    r"|machines?) (?:myself|ourselves|on my own)"
                r"|do it (?:myself|ourselves)|self service|by myself"),
        ],
        "covid-19": [(1, r"covid(?: ?19)?|sars cov ?2|sars ?cov|corona(?:virus)?|pandemic"
            r"|pandemin")],
        "no-public-sharing": [
            (1, r"(?:cannot|can not|cant|may not|must not|not allowed to"
                    r"|not permitted to) (?:be |make it |make them )?"
                r"(?:openly |publicly )?(?:shar\w+|publish\w*|made public|public|go public"
                    r"|made open)"),
        ],
    }
)  # fmt: skip
