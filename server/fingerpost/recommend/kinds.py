"""The words that name a kind of resource, in English and Swedish."""

from fingerpost.recommend.cues import cues

_WHICH = (
    r"(?:which|what|whats|any|some|good|best|right|find|recommend\w*|suggest\w*|need|a|an|other"
    r"|vilk\w+|nagon|nagot|finns det|ett|en|bra|suitable|appropriate|proper|free|open source"
    r"|swedish|national)"
)
"""Words before what is asked for."""

DOING = (
    r"(?:sequences?|crystalli[sz]es?|genotypes?|phenotypes?|stains?|purif(?:y|ies)|synthesi[sz]es?"
    r"|profiles?|measures?|images?)"
)
"""What a facility does with what one brings to it."""

KINDS = cues(
    {
        "repository": [
            (3, r"(?:data |image |domain |public |open |generalist "
                    r"|institutional )?(?:repositor(?:y|ies))"
                r"|data ?banks?|repositorium|datarepositor\w+|datalager"),
            (3, r"(?:public|deposition|open|data|online) (?:archives?|databases?)"),
            (3, _WHICH + r" (archives?|databases?|repos?)"),
            (2, r"(?<!git )(?<!github )(?<!code )(?<!software )repos?"),
            (2, r"databases?(?= (?:for|to|that|where|accept))"),
            (3, r"vilken databas|vilket arkiv"),
        ],
        "facility": [
            (3, r"facilit(?:y|ies)|core (?:labs?|units?|facilit\w+)|service providers?"
                    r"|anlaggning\w*"
                r"|infrastructure units?|karnfacilitet\w*"),
            (3, _WHICH + r" (?:\w+ ){0,2}(cent(?:re|er)s?|platforms?|units?|labs?"
                    r"|infrastructures?|plattform\w*"
                r"|enhet\w*)(?! notebook)"),
            (3, r"who (?:(?:in|at|around|near) \w+ (?:university )?)?(?:can |could |will "
                    r"|would )?(?:help (?:me |us )?(?:to |with )?)?(?:do|does|run|runs"
                r"|perform|performs|sequence|sequences|image|images|measure|measures|offers?"
                    r"|makes?)"),
            (3, r"where (?:can|could|do|should) (?:i|we) (?:get|have)(?: \w+){1,6} (?:sequenced"
                    r"|imaged"
                r"|measured|done|run|profiled|genotyped|scanned|made|analy[sz]ed|stained)"),
            (3, r"where (?:can|could|should) (?:\w+ ){1,4}be (?:sequenced|imaged|measured"
                    r"|profiled|genotyped"
                r"|scanned)"),
            (2, r"(?:send|ship|bring|submit) (?:\w+ ){0,2}(?:samples?|tissues?|plates|biopsies"
                    r"|specimens)"),
            (3, r"(?:microscope|instrument|beam|scanner|spectrometer) ?time|book(?:ing)? (?:a "
                    r"|the |an |some )?(?:\w+ )?(?:time|slots?)|book(?:ing)? (?:a |the |an )?"
                r"(?:\w+ )?(?:microscope|instrument|machine)|access to (?:a|an"
                    r"|the) (?:\w+ ){0,3}(?:microscope"
                r"|instrument|spectrometer|synchrotron|beamline|sequencer|cytometer|scanner)"),
            (3, r"(?:someone|somebody|anyone|anybody|people|group|lab) (?:to|who can|who could"
                r"|that can) (?:run|do|sequence|image|measure|perform|make)|(?:run|image|measure"
                r"|sequence) (?:my|our|some|these) (?:\w+ ){0,2}samples?"),
            (3, r"(?:who|which \w+) (?:(?:in|at|around|near) \w+ )?(?:can |could |will |would )?"
                + DOING),
            (3, r"(?:can|could|will|would) (?:someone|somebody|anyone|anybody) (?:do|run|make"
                r"|image|measure|" + DOING + r")"),
            (2, r"(?<!multi )(?<!cpu )(?<!gpu )cores?(?= in\b| at\b|$)"),
            (3, r"vem (?:gor|kor|sekvenserar|mater|avbildar|erbjuder)"),
            (3, r"vem (?:(?:i|pa|vid) \w+ )?kan (?:gora|kora|sekvensera|mata|avbilda)"
                r"|var kan (?:jag|vi|man) (?:fa"
                    r"|sekvensera|kora"
                r"|mata|gora)(?! hjalp)"),
        ],
        "support": [
            (4, r"who (?:can|could|will|would|should|may|might|is going to|do (?:i|we)"
                    r"|should (?:i|we)"
                r"|to|can (?:i|we))?(?: \w+){0,2} ?(?:help|helps|assist|advise|ask|contact"
                    r"|talk to|speak to"
                r"|turn to|support|email|call|guide|answer)(?! (?:me |us )?(?:to |with )?(?:run"
                    r"|sequence|image"
                r"|measure|do)\b)"),
            (4, r"whom?(?: \w+){0,3} (?:ask|contact|talk|turn|speak|email|consult)"),
            (3, r"help ?desks?|data ?(?:stewards?|managers?)|contact persons?|consult(?:ation"
                    r"|ations|ancy"
                r"|ing|ant|ants)?|expert (?:help|advice|support)|advice|advisors?|advisers?|dpo"
                r"|data protection officers?"),
            (3, r"(?:need|get|getting|want|any|find|offer|offers|where is|is there"
                    r"|looking for) (?:\w+ ){0,2}"
                r"(?:help|support|assistance|guidance)|(?:someone|somebody|anyone|anybody|person"
                    r"|people) (?:to"
                r"|who|that|i can|we can) (?:\w+ )?(?:help|talk|ask|advise|explain|support"
                    r"|knows?)"),
            (1, r"(?<!to )(?<!can )(?<!that )(?<!which )(?<!you )(?<!we )(?<!they )support"),
            (3, r"(?:help|support|assistance) (?:with|for|in)|talk to|data support|user support"),
            (4, r"vem (?:kan |ska |bor )?(?:\w+ )?(?:hjalpa|hjalper|fraga|kontakta|svara|vanda"
                    r"|stotta|ringa"
                r"|prata|rada)\w*|vart (?:kan|ska) (?:jag|vi) vanda|radgivning|fa hjalp"
                    r"|behover hjalp"
                r"|hjalp med|datastod|forskningsdatastod|dataskyddsombud\w*"),
        ],
        "tool": [
            (4, r"(?:electronic |digital )?lab(?:oratory)? (?:notebooks?|books?|journals?)|elns?"),
            (3, _WHICH + r" (?:\w+ ){0,2}(tools?|software|programs?|programmes?|apps?|packages?"
                    r"|plugins?"
                r"|applications?(?! for)|verktyg|program|mjukvara)"),
            (2, r"tools?|softwares?|web ?servers?|plugins?|python packages?|r packages?|verktyg\w*"
                r"|programvar\w+|mjukvar\w+"),
        ],
        "compute": [
            (3, r"hpc|gpus?|super ?computers?|supercomputing|superdator\w*|core hours"
                    r"|cpu(?: hours| time)?"
                r"|virtual machines?|(?:compute|computing|computational) (?:resources?|power"
                    r"|time|clusters?"
                r"|capacity|environments?|infrastructures?|cores?|nodes?|allocations?|projects?)"),
            (3, r"(?:compute|computing|computer|linux|slurm|calculation|secure|gpu|hpc|a|the|our"
                    r"|which|what|on)"
                r" (clusters?)|(?:secure|trusted) (?:computing|compute|research|processing"
                    r"|analysis)"
                r" environments?|cloud comput\w+|somewhere to (?:run|compute)|(?:compute|computing)"
                r" (?:for|on|with|in)|(?:needs?|what|which|any|some|more) (?:\w+ )?compute"
                    r"|clusters?(?! (?:of|analysis|into|cells))"
                    r"|(?<!to )(?<!can )(?<!i )(?<!we )(?<!us )compute(?! the| my| a)"
                    r"|berakningsresurs\w*"
                    r"|berakningskluster"
                r"|berakningstid|datorkraft|berakningskraft"),
            (2, r"where (?:can|could|do|should) (?:i|we) (?:run|train|compute"
                    r"|simulate)(?! (?:\w+ ){0,3}(?:samples?"
                r"|gels?))"),
        ],
        "storage": [
            (3, r"(?:data |cloud |cold |tape |disk |online |secure |file |project |active "
                    r"|long ?term |cheap |free"
                r" |safe |more |network )?storage(?! and archiving phase)|disk space"
                    r"|server space|file servers?|tape"
                r"|lagringsutrymme\w*|lagringsyt\w*|lagringstjanst\w*|lagringsresurs\w*"
                    r"|langtidslagring"
                r"|datalagring|lagring|(?:space|room) (?:to|for) (?:stor|keep)\w+"
                    r"|somewhere to (?:store|keep)"),
        ],
        "standard": [
            (3, r"metadata (?:for|of)|templates? (?:for|of) (?:\w+ )?metadata"),
            (4, r"(?:metadata|reporting|community|data|minimum information|minimal information"
                    r"|domain)"
                r" (?:standards?|checklists?|schemas?|schemata|models?|templates?|guidelines?"
                    r"|profiles?|fields?"
                r"|requirements?)|metadatastandard\w*|metadataschema\w*"),
            (3, r"standards?|checklists?|ontolog(?:y|ies)|(?:controlled )?vocabular(?:y|ies)"
                    r"|terminolog(?:y|ies)"
                r"|minimum information|standarder|ontologi\w*"),
            (3, r"(?:what|which|how much|vilka|vilken) metadata|metadata (?:do|does|should|must"
                    r"|need|to|are|is)"
                r"|(?:describe|annotate|document|beskriva|beskriver) (?:my|the|our|these|this"
                    r"|mina|vara|min)"
                r"(?: \w+){0,3} (?:data|dataset|samples?|images?|experiments?|study|prover"
                    r"|bilder)"),
        ],
        "format": [
            (4, r"file ?(?:formats?|types?|extensions?)|filformat\w*|dataformat\w*|data formats?"
                    r"|image formats?"),
            (3, r"formats?|formaten?"),
        ],
        "training": [
            (3, r"(?:train|teach|educate) (?:people|students|staff|researchers|new|our"
                r"|my (?:group|lab|students|team|colleagues))"),
            (4, r"courses?(?! of)|workshops?|tutorials?|webinars?|summer schools?|e ?learning"
                    r"|seminars?|moocs?"
                r"|lessons?|kurs(?:er|en|erna)?|utbildning\w*|training (?:courses?|material"
                    r"|materials|events?"
                r"|session|sessions)|seminari\w+"),
            (3, r"training(?! (?:data|sets?|datasets?|a|an|my|our|the|of|images|deep|models?"
                    r"|neural|ml|ai)\b)"
                r"|(?:where|how) (?:can|could|do|to|should) ?(?:i|we|one)? learn|want to learn"
                    r"|learn (?:how|about|to"
                r"|more)|teach (?:me|my)|lara (?:mig|oss|sig)"),
        ],
        "policy": [
            (3, r"tillatet|tillatelse|lagligt|olagligt"),
            (3, r"(?:do|does|would|will) (?:i|we|it|one) (?:really |even |also )?(?:need"
                r"|have to get|require) (?:an? |any |the )?(?:\w+ ){0,2}(?:approvals?|permits?"
                r"|permissions?|licen[cs]es?)"),
            (4, r"laws?|legislation|legal(?:ly)?|polic(?:y|ies)|regulations?|regulatory"
                    r"|statutes?|directives?|lagen"
                r"|lagar|lagkrav|lagstiftning|regler(?:na)?|regelverk|policy\w*|(?:funder"
                    r"|legal) requirements?"),
            (3, r"(?:am|are) (?:i|we) (?:even |really |legally )?(?:allowed|permitted|obliged"
                    r"|required|obligated)"
                r"|(?:is it|it is) (?:allowed|permitted|legal|required|mandatory)|must (?:i|we)"
                    r"|do (?:i|we) (?:have"
                r"|need) to by law|rules?|mandates?|far (?:jag|vi|man)(?= dela| spara| publicera"
                    r"| lagra| skicka)"
                r"|maste (?:jag|vi|man)"),
        ],
        "guideline": [
            (3, r"guides?(?! rnas?)|guidelines?|best practi[cs]es?|good practi[cs]es?|handbooks?"
                    r"|manuals?|how tos"
                r"|recommendations|instructions|riktlinje\w*|vagledning\w*|handledning\w*"
                    r"|guider?|rad och tips"),
        ],
        "registry": [
            (5, r"(?:registr(?:y|ies)|catalogues?|catalogs?|directory|list|lists"
                    r"|overview) of(?= (?:\w+ ){0,3}(?:repositories|databases|standards|tools"
                    r"|data ?sets|resources|policies|vocabularies|formats|services|software)\b)"),
            (5, r"(?:which|what) (?:registr(?:y|ies)|catalogues?|catalogs?|director(?:y|ies))"
                r"(?! (?:data|holds?|contains?|takes?|accepts?|stores?)\b)"),
        ],
    }
)  # fmt: skip

KIND_PHASE = {
    "repository": "share",
    "facility": "collect",
    "compute": "analyse",
    "storage": "preserve",
}
"""The phase that a kind is asked for in, where no other is named."""

ALSO_DATA = frozenset({"tool", "compute", "format", "standard", "registry"})
"""Kinds whose words are labels of data too, such as software: asked for plainly, they are kinds."""
SURE = 3
"""The weight above which a kind is asked for plainly."""
ORIGINS = frozenset({"facility", "repository"})
"""Kinds that data come from, too."""
FOR = frozenset("for to that which".split())
"""Words that say what a thing is for."""
FROM = frozenset("from by at fran av vid our".split())
"""Words that say so."""
ASKED = frozenset("which what any a an is there vilken vilket vilka nagon finns to".split())
"""Words that say that it is asked for."""
NOT_WANTED = frozenset("not of than inte from".split())
"""Negators that say that a kind is not what is asked for; what one has "no" of, one may want."""
