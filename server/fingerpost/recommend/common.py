"""Common words, English and Swedish: no misspelling of anything, and no name of data."""

KNOWN = frozenset(
    """
    able about above accept accepted accepts access accessible according across actually add
    advice after again against ago all allow allowed allows almost along already also although
    always am among amount analyse analyze animal animals another anslag answer answers any
    anybody anyone anything anyway anywhere appropriate approve approved archive are area around
    arrive ask asked asking asks at att available away back background bad based basically be
    because become been before began begin behover being believe belong belongs below best
    better between big bit bor borjar boss both bra bring brought bunch but buy call called came
    can cancel cannot cant card care careful case cases cause certain change changed changes
    cheap check choose citable city class clear clinical close closed cluster colleague
    colleagues come comes coming common company compare complete completely compute concern
    confused consider considering contact contain contains contract correct could country couple
    course create created currently da day database databases days de dealing decide den denna
    department depends
    deposit derived describe described dessa det detta did didnt different difficult directly do
    does doing dom done dont down du during each early easiest easily easy efter either eller
    else email embargo en end ended ends enough entire especially etc ethics ett even ever every
    everyone everything exactly example except expensive experience expert explain extra fa
    facilities facility faculty fairly familiar far fast few field figure file files final
    finally find fine finish finished finns first fit fits follow following for format formats
    former forward found fraga fran free friend from full fully funded funder funders funding
    further future gave general generally get gets getting give given gives giving go goes going
    gone good gora got grant grants great group groups guess guideline ha had half han hand
    handle handling happen happy har hard has hate have havent having he heard hej hello help
    helpful her here hey hi his hitta hjalp hjalpa hold hope hoping hospital host hour hours
    house how however huge hur i idea ideally if im important in include included includes
    including indeed individual information innan inside instead institute institution inte
    interested into involved involving is isnt issue issues it its ive jag job join just kan
    keep kept kind kinds know known knows kommer lab labs lack landet large last late later
    latest lead least leave left less let level like likely limit line list lists little local long
    look looked looking looks lose lost lot lots low made main major make makes making man
    manage managed management managing manga manuscript many maste matter may maybe me mean
    means meant med member mention mer might min mina mind mine minimum missing mitt month
    months more most mostly move moved much must my mycket nagon nagot nagra name nar national
    near nearly necessary need needed needs neither never new next nice no nobody none normal
    normally not nothing notice now number numbers obliged obvious och of off offer offers
    office often ok okay old om on once one ones online only onto open opinion option options or
    order organise organised organism oss other others otherwise ought our out outside over
    overview own pa paper papers part particular parts past patient patients pay people per
    perhaps period person personal pi pick piece place places please point points policy poor
    position possible possibly prefer preferably prepare prepared previous previously price
    probably problem problems proceed processed product project projects projekt projektet
    proper properly provide provided provides public publicly publish purpose put question
    questions quick quickly quite rather raw read ready real really reason recent recently
    recommend recommended regarding regards register regulation related relevant repositories
    repository require required requirement requirements requires rest restricted return review
    reviewer reviewers right role round rule run running runs sa safe safely said same samt save
    saw say saying says school science scientist scientists secure securely sedan see seem seems
    seen send sensitive sent separate set sets several shall share she should show shown side
    similar simple simply since single site situation size ska skulle small so software solution
    solutions som some somebody someone something sometimes somewhere soon sorry sort space
    special specific specifically spend stage standard standards start started starting state
    states stay step steps stick still stop stor stora storage strict stuck student students
    stuff submit such suggest suggestion suggestions suitable supervisor support suppose
    supposed sure sweden switch system systems tack take taken takes taking talk team tell ten
    than thank thanks that the their them then there these they thing things think this those
    though thought three through throughout till time times tips to today together told tomorrow
    too took tool tools top total totally toward track training tried true try trying turn two
    type types under understand understood unfortunately university unless until up upload upon
    upp us use used useful user users uses using usual usually ut utan vad var vara various vart
    vem very vet vi via vid vilja vilka vilken vilket vill wait want wanted wanting wants was
    way ways we website week weeks well went were what whatever when where whether which while
    who whole whom whose why will willing wish with within without wonder wondering wont word
    words work worked working works workshop world worried would wrong year years yes yet you
    young your
    """.split()
)
"""Words that are neither corrected nor told of where they say nothing."""

ASKED = frozenset(
    """
    access analyse analysis analyze archive available backup clean cluster collect compute consent
    convert country course courses deposit deposition embargo facilities facility format formats
    funding generate guideline guidelines identifiable journal measure metadata patient patients
    planning policies policy preserve process processed publication publish published regulation
    regulations repositories repository retention reuse sensitive sequence sequenced share sharing
    software standard standards storage store submission submit support sweden terabytes training
    tutorial university upload workshop where which should
    """.split()
)
"""Words by which things are asked for, which may be misspelt as well."""
