"""The words that name a phase of the data's life, in English and Swedish."""

import re

from fingerpost.recommend.cues import cues

WANTING = (
    r"(?:to|can|could|should|shall|must|may|do|does|i|we|you|one|lets|please|help|att|kan|ska|vill"
    r"|bor|maste|far|jag|vi|man|be|get|getting|have|bli)"
)
"""Words before a verb that make it something wanted, not something done."""

_IT = (
    r"(?:it|them|this|these|those|that|data|dataset|datasets|(?:the|my|our|their)(?: \w+){1,4}|\w+)"
)
_THINGS = (
    r"(?:data|dataset|datasets|images|genomes|genome|structures|spectra|sequences|cohorts?"
    r"|reads|samples|studies|atlas(?:es)?|collections|models|matrices|results|variants|proteomes"
    r"|transcriptomes)"
)

PHASES = cues(
    {
        "share": [
            (3, r"shar(?:e|ed|ing)"),
            (3, r"publish(?:ed|ing)?(?! (?:a|the|our|my) (?:paper|article|manuscript))"),
            (3, r"deposit(?:s|ed|ing|ion|ions)?|depositing"),
            (3, r"submit(?:ted|ting)?|submissions?"),
            (3, r"upload(?:s|ed|ing)?"),
            (3, r"releas(?:e|ed|ing)"),
            (4, r"mak(?:e|ing) " + _IT + r" (?:publicly |openly |freely )?(?:available|public|open|"
                r"accessible|findable|fair|citable)"),
            (3, r"made (?:publicly |openly )?(?:available|public|open)"),
            (3, r"data availability(?: statement)?|availability statement|data sharing"),
            (3, r"go(?:es)? public|put (?:it |them )?online"),
            (3, r"(?:journals?|editors?|reviewers?|publishers?) (?:\w+ )?(?:want|wants|ask|asks|"
                r"require|requires|need|needs|demand|demands|insists?|says|told|asked|said)"),
            (3, r"(?:get|need|want|obtain|mint|assign) (?:a |an )?(?:doi|dois"
                    r"|accession(?: numbers?)?)"),
            (2, r"accession (?:numbers?|nos?)|dois?|persistent identifiers?|pids?|citable"
                r"|data publication|open data|open science"),
            (2, r"archiv(?:e|ed|ing)"),
            (3, r"where (?:do|does|should|will|shall|can|could|to)(?: \w+){1,6} (?:go|belong"
                    r"|end up|live)"),
            (1, r"(?<!until )(?<!before )(?<!upon )(?<!after )(?<!till )publications?"),
            (2, r"where (?:should|can|do|does|to|would|shall|must|will|could)? ?(?:i |we |one )?"
                r"(?:put|go|goes|belongs?|send|place|host|disseminate)"),
            (2, r"(?:put|belongs?|goes?|going|host(?:ed|ing)?|disseminat(?:e|ing)|home for)"),
            (3, r"dela[rst]?|publicera[rst]?|tillgangliggor(?:a|as|s)?|deponera[rst]?|skicka in"),
            (3, r"ladda[rst]? (?:jag |vi |man )?upp|lagg(?:a|as|er) (?:jag |vi |man )?(?:ut|upp)"
                r"|lamna[rs]? (?:jag |vi |man )?in"
                    r"|gora? (?:\w+ ){0,4}tillgangliga?"),
        ],
        "preserve": [
            (3, r"stor(?:e|ed|ing)"),
            (3, r"back(?:ed|ing)? ?up(?:s)?|backups?"),
            (4, r"(?:archiv\w+|stor\w+|keep\w*|kept|preserv\w+|sav\w+)(?: \w+){0,6} (?:long ?term"
                r"|longterm|for (?:\w+ ){0,3}years|[0-9]+ years|permanently|safe(?:ly)?|forever"
                r"|after (?:the|my|our) (?:project|grant|study))"),
            (4, r"long ?term (?:storage|archiv\w+|preservation|keeping)|(?:cold|tape) storage"),
            (3, r"preserv(?:e|ed|ing|ation)|retention|retain(?:ed|ing)?"),
            (3, r"how (?:long|many years)(?: \w+){0,4} (?:keep|kept|store|stored|retain|save)"),
            (2, r"keep(?:ing)?(?! (?:it |them |the data |my data |our data )?(?:private|secret"
                    r"|closed"
                r"|confidential|hidden))|kept"),
            (3, r"dispos\w+|delet(?:e|ed|ing)|throw (?:\w+ )?away|destroy"),
            (2, r"storage|disk space|server space|hard (?:drives?|disks?)|running out of space"
                    r"|nas"),
            (3, r"lagra[rst]?|bevara[rst]?|spara[rst]?|arkivera[rst]?|gallra[rst]?"
                r"|sakerhetskopi\w+|forvara[rst]?"),
            (2, r"lagring\w*|arkivering|langtidslagring"),
        ],
        "plan": [
            (4, r"dmps?|data ?management plans?|data ?management planning|datahanteringsplan\w*"),
            (4, r"before (?:i|we) (?:even )?(?:start|begin|collect|generate|sequence|order)\w*"),
            (3, r"before (?:starting|beginning|collecting|the project|data collection)"),
            (3, r"appl(?:y|ying|ied) for (?:\w+ ){0,2}(?:funding|grants?|money)"
                    r"|grant (?:application"
                r"|proposal)s?|(?:research |project )?proposals?"),
            (3, r"plan(?:ning)?|design(?:ing)? (?:a|an|my|our|the)(?: \w+)? (?:study|experiment"
                    r"|project"
                r"|trial|survey)|experimental design|study design"),
            (2, r"(?:estimate|budget)(?: for| the)?(?: \w+)? (?:costs?|storage|data)"
                    r"|budget(?:ing)? for"),
            (2, r"new project|starting (?:a|an|my|our)(?: \w+)? (?:project|study)|start of (?:a"
                    r"|my|our|the)"
                r" project|about to start|kick ?off"),
            (3, r"ethic(?:s|al) (?:\w+ )?(?:approval|review|permits?|application)|etikprovning\w*"
                r"|etiktillstand|etikansokan"),
            (3, r"planera[rst]?|innan (?:jag|vi) (?:borjar|startar)|soka? (?:medel|anslag"
                    r"|pengar)"),
        ],
        "collect": [
            (3, r"generat(?:e|ed|ing)|produc(?:e|ed|ing)|acquir(?:e|ed|ing)|collect(?:ed|ing)?"),
            (3, r"measur(?:e|ed|ing)|record(?:ed|ing)|sequenced?|perform(?:ed|ing)?|captur(?:e"
                    r"|ed|ing)"),
            (4, r"who (?:(?:in|at|around|near) \w+ (?:university )?)?(?:can |could |will |would "
                    r"|might |is able to )?(?:help (?:me |us )?(?:to |with )?)?"
                r"(?:do|does|run|runs|make|makes|perform|performs|sequence|sequences|image|images"
                r"|measure|measures|offer|offers|provide|provides)"),
            (4, r"(?:get|have|getting|having)(?: \w+){1,5} (?:sequenced|imaged|measured|done|run"
                r"|profiled|phenotyped|genotyped|stained|scanned|prepared)"),
            (4, r"(?:be|been|bli|get) (?:sequenced|imaged|measured|profiled|genotyped|scanned)"),
            (3, r"(?:send|ship|submit|bring|hand in) (?:\w+ ){0,2}(?:samples?|tissues?|cells|plates"
                r"|biopsies|specimens)"),
            (3, r"(?:where|who|how) (?:can|could|do|should|would) (?:i|we|one) (?:do|run|perform"
                    r"|make|image"
                r"|sequence|measure|use|book|access)"),
            (3, r"book(?:ing)? (?:a |the |an )?(?:\w+ )?(?:microscope|instrument|time|machine)"
                r"|(?:microscope|instrument|beam) ?time|access to (?:a|an"
                    r"|the) (?:\w+ ){0,3}(?:microscope"
                r"|instrument|spectrometer|synchrotron|beamline|sequencer|cytometer|scanner)"),
            (3, r"want(?:s)? to (?:do|run|try|image|sequence|measure|scan|stain)|(?:need"
                    r"|like) to (?:do"
                r"|run|image|sequence|measure|scan)"),
            (2, r"data (?:collection|acquisition|generation|capture|entry)|lab notebooks?|elns?"),
            (2, r"(?<!a )(?<!my )(?<!our )collection(?! of)|organi[sz](?:e"
                    r"|ing) (?:\w+ ){0,3}(?:data|files?|folders?)|file naming|folder structure"
                    r"|name (?:my |our |the )?files"),
            (3, r"samla[rst]? (?:jag |vi |man )?in|generera[rst]?|sekvensera(?:s|r|d|t|de)?"
                r"|mata(?:s)?"
                    r"|avbilda[rst]?"
                r"|insamling|datainsamling"),
            (4, r"(?:someone|somebody|anyone|anybody|people|group|lab) (?:to|who can|who could"
                r"|that can) (?:run|do|sequence|image|measure|perform|make)"),
            (4, r"(?:run|image|measure|sequence|scan|stain) (?:my|our|some"
                r"|these) (?:\w+ ){0,2}(?:samples?|tissues?|cells|specimens)"),
            (3, r"vem (?:gor|kor|sekvenserar|mater|avbildar|erbjuder)"),
            (4, r"vem (?:(?:i|pa|vid) \w+ )?kan (?:gora|kora|sekvensera|mata|avbilda"
                r"|analysera prover)"),
        ],
        "process": [
            (3, r"(?:pre ?|post ?)?process(?:ing)?|processed|clean(?:ed|ing)?(?: up)?"
                    r"|quality control|qc"
                r"|quality check\w*"),
            (3, r"convert(?:ed|ing)?|conversion|assembl(?:e|ed|ing)|align(?:ed|ing|ment)?"
                    r"|trim(?:med|ming)?"),
            (3, r"demultiplex\w*|base ?call\w*|normali[sz](?:e|ed|ing|ation)|denois\w+"
                    r"|segment(?:ed|ing|ation(?! (?:benchmarks?|masks?|labels?|truth|data)))"
                r"|deconvol\w+|reformat\w*|harmoni[sz]\w+|motion correct\w*|batch (?:effects?"
                    r"|correction)"),
            (3, r"(?:to|how \w+ \w+) (?:de ?identify|pseudonymi[sz]e|anonymi[sz]e|deidentify)"
                r"|(?:de ?identifying|pseudonymi[sz]ing|anonymi[sz]ing|defac\w+)"),
            (3, r"map(?:ping)? (?:my |the |our )?reads|remov(?:e|ing) (?:adapters?|adaptors?"
                    r"|contamina\w+"
                r"|host reads|noise|duplicates)|wrangl\w+|messy"),
            (3, r"bearbeta[rst]?|rensa[rst]?|konvertera[rst]?|kvalitetskontroll\w*|harmonisera"
                r"|anonymisera[rst]?|pseudonymisera[rst]?"),
        ],
        "analyse": [
            (3, r"analy[sz](?:e|ed|ing|es)|analysis|analytics"),
            (3, r"comput(?:e|ing|ation|ational)|number ?crunch\w*|statistics|statistical(?:ly)?"
                    r"|clustering"),
            (3, r"gpus?|hpc|super ?computers?|supercomputing|cpu|core hours|(?:compute|computing"
                    r"|computer)"
                r" clusters?|(?:a|the|our|on) cluster|virtual machines?"),
            (3, r"visuali[sz]\w+|plot(?:ting)?|differential expression|call(?:ing)? (?:variants?"
                    r"|peaks|snps)"
                r"|variant calling|annotat(?:e|ing)|quantif\w+|count(?:ing)? cells"),
            (3, r"train(?:ing)? (?:a|an|my|our|the|some|deep|neural|machine|ml"
                    r"|ai)\b(?: \w+){0,3} (?:models?"
                r"|networks?|classifiers?)|train(?:ing)? (?:a |an |my )?(?:model|network)s?"),
            (4, r"run(?:ning)? (?:\w+ ){0,2}(?:pipelines?|workflows?|jobs?|code|scripts?|alphafold"
                r"|simulations?|nextflow|snakemake|analyses|analysis|relion|cryosparc)"),
            (3, r"simulat(?:e|ing)|interpret(?:ing)?|explor(?:e|ing)|integrat(?:e|ing)"),
            (3, r"analysera[rst]?|berakna[rst]?|berakning\w*|\w*analys(?:en)?|statistik\w*"
                r"|superdator\w*"),
        ],
        "reuse": [
            (4, r"re ?us(?:e|ed|ing|able)|ateranvand\w*"),
            (4, r"(?:find|get hold of|look(?:ing)? for|search(?:ing)?(?: for)?|discover|locate"
                    r"|obtain"
                r"|browse|access|are there|is there|anyone have)(?: \w+){0,4}? (?:existing"
                    r"|public|published"
                r"|open|available|other peoples?|others|someone elses|previously)(?: \w+){0,5}"),
            (3, r"(?:find|get hold of|look for|looking for|search for|searching(?: for)?|discover"
                    r"|locate|browse)"
                r"(?: (?!archiv|repos?\b|databank|somewhere|any(?:one|body)|advice|help|group"
                r"|lab|core|compute|cluster"
                r"|server|format|check|workshop|law|repositor|facilit|tool|software|standard"
                r"|course|someone|storage|policy"
                    r"|database"
                r"|home|place|way|service|training|guide)\w+){0,5} " + _THINGS),
            (4, r"(?:existing|public(?:ly available)?|published|previously published"
                    r"|openly available"
                r"|other peoples?|someone elses|open) (?:\w+ ){0,4}?" + _THINGS + r"(?: sets?)?"
                r"(?= (?:out there|on|of|for|from|to reuse|i can|we can|that|which|with|about"
                    r"|in)|$)"),
            (3, r"(?:has|have) (?:anyone|anybody|someone|somebody"
                    r"|others?)(?: \w+){0,2} (?:already )?"
                r"(?:published|sequenced|made|generated|measured|shared|done|imaged)"),
            (4, r"(?:use|using|access|accessing|get|getting|integrate|mine|mining|compare"
                r"|combine) (?:\w+ ){0,3}(?:public|published|existing|publicly available"
                r"|open) (?:\w+ ){0,4}"
                + _THINGS),
            (2, r"where (?:do|can|could|to) ?(?:i|we)? ?(?:get|find|obtain|access) (?:it|them"
                r"|some|old|raw|(?:\w+ ){0,3}"
                + _THINGS + r")(?! (?:sequenced|imaged|measured|done|run|analy[sz]ed|stored"
                r"|processed))"),
            (3, r"(?:soker|hittar?|letar efter|anvanda) (?:\w+ ){0,2}(?:publika?|oppna"
                r"|befintliga?|\w*data\w*|bilder)|publika? \w*data\w*|var finns (?!det|hjalp"
                r"|kurs|stod|repositor)\w+|referens(?:genom|data)\w*"),
            (4, r"(?:get|gain|request|have|need|apply for"
                r"|requesting) access to (?:\w+ ){0,4}" + _THINGS),
            (3, r"download(?:ed|ing|s)?|reference (?:data ?sets?|genomes?|data|panels?|images)"),
            (3, r"(?:benchmark|ground truth) (?:data ?sets?|data|images)|meta ?analysis"
                    r"|control cohort"
                r"|already (?:exists?|available|published|out there)"),
            (3, r"(?:data|datasets?|images|samples)(?: \w+){0,3} (?:made |produced |generated "
                    r"|published )?"
                r"(?:by|from) (?:others|other (?:groups?|labs?|people|researchers|studies))"),
            (3, r"instead of (?:making|generating|producing|collecting)(?: \w+){0,2} new"
                    r"|compare (?:\w+ ){1,4}"
                r"(?:with|to|against) (?:public|published|existing)"),
            (3, r"ladda[rst]? (?:jag |vi |man )?ner|hitta(?:r)? (?:\w+ ){0,3}(?:data|dataset"
                r"|bilder|genom)"
                    r"|befintlig\w*"
                r"|andras data"),
        ],
    }
)  # fmt: skip

PAST = re.compile(r"(?!need|feed)\w+ed|kept|made|done|sekvensera[dt]e?|sparat|delat|samlat")
"""Verbs that tell what has been done, unless something wants it done."""
PASSIVE = frozenset("be being get getting bli blir to".split())
"""Words before such a verb that make it something wanted."""
NOT_WANTED = frozenset("not dont of than inte never from".split())
"""Negators that say that a phase is not what is asked about; what one "cannot" do, one may want."""
WANTED = re.compile(WANTING)
