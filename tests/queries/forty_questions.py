"""The forty questions of the sources: by which saved query, and with what in the answer."""

from dataclasses import dataclass, field

IDS = "https://w3id.org/fingerpost/id/"


@dataclass(frozen=True)
class Question:
    """A question: the query that answers it, what must be in the answer, and what must not."""

    number: int
    text: str
    query: str
    given: dict[str, str]
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())


QUESTIONS = [
    Question(
        1, "Which repository takes imaging data?", "recommend/repositories-for-data",
        {"data": "imaging-data"},
        ("repository/bioimage-archive", "repository/image-data-resource",
         "repository/broad-bioimage-benchmark-collection", "repository/cell-painting-gallery",
         "repository/scilifelab-data-repository", "repository/figshare", "repository/zenodo",
         "repository/dryad"),
    ),
    Question(
        1, "Which of them are open?", "recommend/repositories-for-data",
        {"data": "imaging-data", "access": "open"},
        ("repository/bioimage-archive", "repository/zenodo", "repository/dryad"),
        ("repository/ega",),
    ),
    Question(
        1, "What is the whole way for imaging data?", "recommend/route", {"data": "imaging-data"},
        ("facility/advanced-light-microscopy", "facility/cryo-em", "facility/spatial-proteomics",
         "facility/bioimage-informatics-facility", "repository/bioimage-archive",
         "repository/broad-bioimage-benchmark-collection", "repository/cell-painting-gallery",
         "guidance/keep-acquisition-metadata"),
        ("facility/national-genomics-infrastructure", "storage/swestore"),
    ),
    Question(
        5, "Who in Sweden does light-sheet microscopy, and how do I apply?",
        "recommend/facilities-for-technique",
        {"technique": "light-sheet-fluorescence-microscopy", "country": "SE"},
        ("facility/advanced-light-microscopy",), words=("https://nmi.scilifelab.se/",),
    ),
    Question(
        5, "Who does STED-FCS?", "recommend/facilities-for-technique", {"technique": "sted-fcs"},
        ("facility/advanced-light-microscopy",),
    ),
    Question(
        5, "Who does single-particle cryo-EM?", "recommend/facilities-for-technique",
        {"technique": "single-particle-cryo-em"}, ("facility/cryo-em",),
    ),
    Question(
        6, "Who does single-cell RNA-seq in Sweden now?", "recommend/facilities-for-data",
        {"data": "single-cell-rna-seq-data", "country": "SE"},
        ("facility/national-genomics-infrastructure", "facility/clinical-genomics"),
        ("facility/eukaryotic-single-cell-genomics", "facility/microbial-single-cell-genomics"),
    ),
    Question(
        6, "What became of the single-cell units?", "curate/ended-and-replaced", {},
        ("facility/eukaryotic-single-cell-genomics", "facility/microbial-single-cell-genomics"),
        words=("2024-11-15", "2024-04-11"),
    ),
    Question(
        7, "Who sequences human genomes?", "recommend/facilities-for-data",
        {"data": "human-genome-data"},
        ("facility/national-genomics-infrastructure", "facility/clinical-genomics"),
    ),
    Question(
        7, "What comes before?", "recommend/advice",
        {"data": "human-genome-data", "phase": "plan"},
        words=("thics", "rotection", "acilit", "anagement plan"),
    ),
    Question(
        8, "Who measures metabolites?", "recommend/facilities-for-data",
        {"data": "metabolomics-data"},
        ("facility/swedish-metabolomics-centre", "facility/swedish-nmr-centre", "facility/bioms"),
    ),
    *(
        Question(
            9, f"Who does multiplexed tissue immunofluorescence, from {data}?",
            "recommend/facilities-for-data", {"data": data}, ("facility/spatial-proteomics",),
        )
        for data in ("imaging-data", "proteomics-data", "spatial-omics-data")
    ),
    Question(
        10, "Where do human genomes go? Never to a public repository.",
        "recommend/repositories-for-data", {"data": "human-genome-data"},
        absent=("repository/zenodo", "repository/figshare", "repository/dryad",
                "repository/bioimage-archive"),
    ),
    Question(
        10, "What is the whole way for human genomes?", "recommend/route",
        {"data": "human-genome-data"},
        ("guidance/apply-for-ethics-approval", "guidance/report-to-the-data-protection-officer",
         "facility/national-genomics-infrastructure", "compute/bianca", "compute/naiss-sens"),
        ("repository/zenodo", "repository/figshare", "repository/dryad", "tool/github",
         "compute/uppmax"),
    ),
    Question(
        11, "What about COVID-19 data?", "recommend/advice",
        {"data": "covid-19-data", "phase": "share"}, words=("COVID-19", "public repository"),
    ),
    Question(
        11, "And COVID-19 images?", "recommend/advice", {"data": "imaging-data", "phase": "share"},
        words=("BioImage Archive",),
    ),
    Question(
        12, "Which computers may hold sensitive data?", "recommend/compute-and-storage",
        {"sensitive": "true"}, ("compute/naiss-sens", "compute/bianca"),
        ("compute/snic-compute-allocations",),
    ),
    Question(
        12, "What became of SNIC's allocations?", "curate/ended-and-replaced", {},
        ("compute/snic-compute-allocations", "compute/naiss-compute-allocations"),
    ),
    Question(
        13, "UPPMAX backs up my project: am I safe?", "recommend/advice",
        {"phase": "collect"}, words=("30 days", "third copy", "3-2-1"),
    ),
    Question(
        14, "How long must I keep data?", "recommend/advice", {"phase": "preserve"},
        words=("ten years", "niversity"),
    ),
    Question(
        15, "Which metadata go with images?", "recommend/advice",
        {"data": "light-microscopy-images", "phase": "collect"},
        words=("pixel", "JPEG", "settings"),
    ),
    Question(
        16, "Which tool writes my data management plan?", "recommend/tools-for-phase",
        {"phase": "plan"}, ("tool/ds-wizard", "tool/university-dmp-tool"),
    ),
    Question(
        16, "And who helps?", "recommend/whom-to-ask", {"phase": "plan"},
        ("organization/nbis", "support/nbis-consultation"),
    ),
    Question(
        16, "Whom does one ask about collecting images?", "recommend/whom-to-ask",
        {"phase": "collect", "data": "imaging-data"},
        ("facility/advanced-light-microscopy", "facility/cryo-em", "service/nmi-project-portal"),
        ("facility/clinical-genomics", "facility/swedish-metabolomics-centre"),
    ),
    Question(
        22, "What changed?", "curate/ended-and-replaced", {},
        ("organization/swedish-national-infrastructure-for-computing", "organization/naiss",
         "storage/swestore", "storage/scilifelab-fair-storage",
         "facility/chemical-proteomics-and-proteogenomics",
         "facility/global-proteomics-and-proteogenomics"),
    ),
    Question(
        22, "Which addresses of Advanced Light Microscopy are on record?", "explore/resource",
        {"resource": "advanced-light-microscopy"},
        words=("https://www.scilifelab.se/facilities/alm/",
               "https://www.scilifelab.se/units/integrated-microscopy-technologies/"),
    ),
    Question(
        34, "Which phases do the sources speak of?", "explore/phases", {},
        ("phase/plan", "phase/process", "phase/reuse"),
        words=("ph-design", "ph-generation", "ph-analysis", "ph-storage", "ph-sharing"),
    ),
    Question(
        2, "600 GB of images and no money: what is left?", "recommend/recommend",
        {"data": "fluorescence-microscopy-images", "phase": "share", "kind": "repository",
         "size": "600000000000", "free": "true"},
        ("repository/bioimage-archive", "repository/image-data-resource"),
        ("repository/zenodo", "repository/figshare", "repository/dryad"),
    ),
    Question(
        2, "And why not the others?", "recommend/not-recommended",
        {"data": "fluorescence-microscopy-images", "phase": "share", "kind": "repository",
         "size": "600000000000", "free": "true"},
        ("repository/zenodo", "repository/figshare", "repository/dryad"),
        words=("takes up to 50 GB", "takes up to 300 GB", "free up to a limit"),
    ),
    Question(
        3, "My data set holds images and related data that are no images.",
        "explore/takes-related-data", {"data": "imaging-data"},
        ("repository/zenodo", "repository/figshare", "repository/dryad",
         "repository/bioimage-archive", "repository/cell-painting-gallery"),
        words=("yes", "indirectly", "sometimes", "no"),
    ),
    *(
        Question(
            4, f"Where do {data} go?", "recommend/repositories-for-data", {"data": data}, (home,)
        )
        for data, home in (
            ("cryo-em-movies", "repository/empiar"),
            ("cryo-em-maps", "repository/emdb"),
            ("macromolecular-structures", "repository/pdbe"),
        )
    ),
    Question(
        8, "Which repository takes metabolites, and in which formats?",
        "recommend/deposit", {"repository": "metabolights"},
        ("format/mzml", "format/mztab"),
    ),
    Question(
        17, "Where do I put the code?", "recommend/repositories-for-data", {"data": "source-code"},
        ("repository/zenodo", "repository/scilifelab-data-repository"),
    ),
    Question(
        17, "And the workflow?", "recommend/repositories-for-data", {"data": "workflows"},
        ("repository/workflowhub",),
    ),
    Question(
        18, "May I use Cryo-EM?", "explore/who-may-use", {"resource": "cryo-em"},
        words=("Academic", "SE"),
    ),
    Question(
        18, "May I use the SciLifeLab Data Repository?", "explore/who-may-use",
        {"resource": "scilifelab-data-repository"}, words=("Academic", "SE", "Swedish academic"),
    ),
    Question(
        19, "Whom do I ask at Lund University?", "recommend/contacts",
        {"institution": "lund-university"},
        words=("support@researchdata.lu.se", "dataskyddsombud@lu.se"),
    ),
    Question(
        20, "Where do I look for images to reuse?", "recommend/recommend",
        {"data": "imaging-data", "phase": "reuse"},
        ("repository/image-data-resource", "repository/broad-bioimage-benchmark-collection",
         "repository/cell-painting-gallery"),
    ),
    Question(
        20, "And for data of any kind?", "recommend/recommend",
        {"data": "any-data", "phase": "reuse"},
        ("registry/re3data", "registry/datacite-commons"),
    ),
    Question(
        20, "And for genomes of Sweden?", "recommend/recommend",
        {"data": "genomics-data", "phase": "reuse"},
        ("registry/swedish-reference-genome-portal",),
    ),
    Question(
        21, "Where is there nothing?", "curate/gaps", {},
        words=("training", "facility"),
    ),
    Question(
        23, "Where do sources disagree?", "curate/disagreements", {},
        ("repository/bioimage-archive", "repository/dryad", "repository/image-data-resource"),
    ),
    Question(
        24, "Which links are not encrypted?", "curate/http-only-links", {},
        words=("http://",),
    ),
    Question(
        24, "Which links were not looked at since a day?", "curate/links-by-age",
        {"before": "2027-02-19"}, ("repository/bioimage-archive",),
    ),
    Question(
        25, "What must be done in Plan for sensitive human data?", "recommend/guidance",
        {"data": "any-data", "phase": "plan", "sensitive": "true"},
        ("guidance/apply-for-ethics-approval", "guidance/report-to-the-data-protection-officer",
         "guidance/mind-application-periods"),
        words=("obligation", "pointer"),
    ),
    Question(
        26, "Which standards and formats does PRIDE take?", "recommend/deposit",
        {"repository": "pride"},
        ("standard/miape", "standard/sdrf-proteomics", "format/mzml", "format/mztab",
         "format/mzidentml"), words=("submissionGuide",),
    ),
    Question(
        27, "Which training fits Collect?", "recommend/training", {"phase": "collect"},
        ("training/data-organisation-module",
         "training/introduction-to-data-management-practices"),
    ),
    Question(
        28, "Which resources have application periods?", "explore/application-periods", {},
        ("storage/scilifelab-fair-storage", "compute/naiss-medium"), words=("2025-12-31",),
    ),
    Question(
        29, "What does this page claim?", "explore/everything-a-source-says",
        {"source": "rdm-guidelines-collect-2022"},
        ("facility/eukaryotic-single-cell-genomics", "storage/swestore"),
    ),
    *(
        Question(30, f"What is {word}?", "explore/what-a-word-means", {"word": word}, (phase,))
        for word, phase in (
            ("archive", "phase/preserve"),
            ("deposition database", "phase/share"),
            ("backup", "phase/preserve"),
        )
    ),
    Question(
        31, "A ranked list with reasons, sources and dates", "recommend/recommend",
        {"data": "imaging-data", "phase": "share"}, ("repository/bioimage-archive",),
        words=("criterion/data-exact", "source/", "domain repository"),
    ),
    *(
        Question(32, f"What has {identifier}?", "registry/by-identifier",
                 {"identifier": identifier}, (record,))
        for identifier, record in (
            ("fairsharing:FAIRsharing.x38D2k", "repository/bioimage-archive"),
            ("x38d2k", "repository/bioimage-archive"),
            ("biotools:idr", "repository/image-data-resource"),
            ("ror:02catss52", "organization/embl-ebi"),
        )
    ),
    Question(
        33, "Which identifiers are there?", "registry/identifiers", {"registry": "fairsharing"},
        ("repository/bioimage-archive", "repository/pride", "repository/zenodo"),
    ),
    Question(
        33, "And what has none?", "registry/without-identifier", {},
        ("registry/bioimage-archive-repository-table",), ("repository/zenodo",),
    ),
    Question(
        35, "What helps with a question of the planner?", "registry/planner-question",
        {"question": "4e0c1edf-660c-4ebf-81f5-9fa959dead30"},
        ("guideline/rdmkit-collecting", "guideline/rdmkit-preserving"),
        words=("https://rdmkit.elixir-europe.org/preserving",),
    ),
    Question(
        37, "How much is there for imaging, by country?", "curate/counts-by-data",
        {"data": "imaging-data"}, words=("SE", "facility", "repository"),
    ),
    *(
        Question(38, f"Which services run {software}?", "explore/instances-of",
                 {"software": software}, words=countries)
        for software, countries in (
            ("data-stewardship-wizard", ("FR", "LU", "NO", "PT", "SE", "SI")),
            ("dmproadmap", ("BE", "FI", "FR", "GB", "LU")),
            ("galaxy", ("BE", "CZ", "EE", "FR", "NO")),
        )
    ),
    Question(
        39, "What was there for genomics in June 2022?", "explore/recommended-on",
        {"data": "genomics-data", "phase": "collect", "at": "2022-06", "kind": "facility"},
        ("facility/national-genomics-infrastructure", "facility/eukaryotic-single-cell-genomics",
         "facility/microbial-single-cell-genomics"), ("facility/clinical-genomics",),
    ),
    Question(
        39, "And in July 2025?", "explore/recommended-on",
        {"data": "genomics-data", "phase": "collect", "since": "2025", "at": "2025-07-31",
         "kind": "facility"},
        ("facility/national-genomics-infrastructure", "facility/clinical-genomics"),
        ("facility/eukaryotic-single-cell-genomics",),
    ),
    Question(
        40, "Which facilities serve several types of data, and who hosts them?",
        "explore/hosted-by", {},
        ("facility/spatial-proteomics", "facility/swedish-nmr-centre", "facility/bioms",
         "facility/global-proteomics-and-proteogenomics",
         "facility/glycoproteomics-and-ms-proteomics"),
        words=("Karolinska Institutet", "University of Gothenburg"),
    ),
]  # fmt: skip
