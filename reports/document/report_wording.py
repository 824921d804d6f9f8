"""The report's standing words: what each chapter answers, how to read each figure, and what would fill a gap."""

from __future__ import annotations

from reports.statistics.corrected import LEAST

SCORES = (("accuracy", "accuracy"), ("macro_f1", "macro-F1"))
ARM_NAMES = {"shown": "with the pre-label shown", "blind": "blind"}

NOT_VALIDATED = "These are the machine’s labels, and no human has validated them: nobody has judged this run."
LEADS = {
    "said": "How many sentences each speaker has, as the machine attributes them.",
    "stands": "How often the machine gives each label, toward whom, and who it says is speaking.",
    "design": "How many items went to how many people, how far their work overlaps, and who covered what.",
    "cleaning": "Every row that came in, and why some of them do not count.",
    "labels": "How often each label was given: by everyone, by each annotator, in each arm, and by the model.",
    "agreement": "Agreement beyond chance, with its interval, judged on the lower limit.",
    "sensitivity": "Agreement under every choice that a reviewer might have made instead.",
    "categories": "Which labels people agree on, and which they give for one another.",
    "groups": "Agreement within each target, speaker, outlet and round of annotation.",
    "chain": "How much disagreement about a label comes with disagreement about who is speaking.",
    "annotators": "Each person beside the others: an outlier may be careless, or may read the codebook in another way.",
    "anchoring": "By chance, items went out with the model’s label or without: the difference is what seeing it did.",
    "model": "Scored only where people judged without seeing the model’s label.",
    "calibration": "Whether items that the model is 80% sure of are right 80% of the time.",
    "disagreements": "The items to talk about first: where people were furthest apart, with what each of them said.",
    "consensus": "What becomes of many judgements of one unit when one label is needed.",
    "conclusions": "Shares over the whole corpus, from many labels by the model and few by people.",
    "precision": "What it would take to know agreement more exactly.",
    "methods": "To put into a paper as it stands; the same in LaTeX, with references, lies beside this page.",
    "audit": "What it takes to compute every number of this report again.",
}

DESIGN = "Only units that two or more people judged say anything about agreement; the others count for label shares."
OVERLAP = "Each bar is the number of units with so many judgements. Pale: judged once, with nobody to compare."
COVERAGE = "Units per annotator; solid, those that somebody else judged too. Nobody should stand alone."
COVERAGE_MANY = "Units per annotator, from the least to the most. A crowd of short lines says that nobody dominates."
ARMS = "By chance, some units went out without the model’s label: the blind arm."
LEFT_OUT = "Nothing is dropped in silence: each reason, how many rows it took, and the first of them."
SHARES = "The share of each label, each unit counting once; the line is the 95% interval."
STACK = "Rows that differ much from the first read the codebook differently, or were given different items."
STACK_MANY = (
    "Annotators at either end use the label far more, or less, than the others: the codebook is read in two ways."
)
FOREST = (
    "Each line is a 95% interval, the point its value. The bold row judges the question; dashed lines are "
    "Krippendorff’s bounds. “Any people” counts the annotators, too, as drawn from many: for claims beyond these ones."
)
SPECIFICATION = (
    "Each place from left to right is one analysis; the ticks below it say which choices made it. If the whole curve "
    "lies on one side of a dashed line, the verdict does not hang on a choice."
)
WEIGHTS = "Under identity weights every miss counts alike; the others forgive near misses on the scale."
PER_LABEL = (
    "α with all other labels read as one: low where people cannot tell this label. Specific agreement: when one gives "
    "the label, how often another does."
)
COINCIDENCES = (
    "How often one annotator says the label of the row while another says that of the column; the stronger the colour, "
    "the larger the share of the row. Strong colours off the diagonal are the confusions to settle in the codebook."
)
GROUPS = "A low α may mean a hard group, or merely one prevailing label there: read percent agreement beside it."
NO_GROUPS = "the judgements do not say which target, speaker or outlet they are about"
NO_OUTLET = "the judgements do not say which outlet their articles are from"
CHAIN = (
    "Of pairs of people who judged the same. If two who name different speakers agree less on the label than two who "
    "name the same, the dispute starts with the speaker. It is an association: a hard sentence may cause both."
)
AGAINST = "Agreement beyond chance with a randomly drawn other annotator of the same unit. Look at who stands apart."
UNNAMED = "There are too many to name here: the table has each of them."
PAIRS = "Agreement of each two annotators on the units that both judged; the stronger the colour, the higher."
PAIRS_MANY = "Agreement of each two annotators on the units that both judged, from lowest to highest."
PROFILES = (
    "Competence is the estimated probability of giving the true label, if errors are independent (Dawid and Skene). "
    "Nobody can agree with others more than with themselves, on a second look at the same unit."
)
CONFUSION = "Rows add up to 100%: what this annotator gives when the label of the row is most likely true."
DRIFT = "A fall from the first third to the last hints at fatigue; a rise, at learning."
ACCEPTANCE = (
    "How often people’s label equals the model’s: when they saw it, and when they did not. Only the gap between "
    "them is anchoring: blind labels agree with a good model, too."
)
EFFECTS = (
    "Differences of shares (.10 is ten points), and of α. Where a line crosses the dashed one, no effect is shown; "
    "right of it, seeing the pre-label made it more."
)
RELIANCE = "How often wrong pre-labels were kept, against how often the same mistake is made without seeing one."
SCORE = "Only the blind score counts. On items shown with the model’s label, people were led by what is to be tested."
LABEL_SCORES = "Precision: how often the model is right when it gives the label. Recall: how many of them it finds."
MODEL_CONFUSION = "Rows: what most people said without seeing the model’s label. Columns: what the model says."
AS_ANNOTATOR = "The model treated as one more annotator: it should stand among the people, not beneath them."
ALTERNATIVE = "For each annotator, how often this person and how often the model is closer to the remaining people."
DRAWN_BY = {
    "article": "Intervals count whole articles as drawn by chance: sentences of one article are alike.",
    "unit": "Intervals count units as drawn one by one, since no article is named. If some come from one article they "
    "are alike, and the true intervals wider: name the article of each in a column `article`.",
}
MODELS = (
    "Both on the same units, judged without either's label in sight. Where the difference holds 0, neither is better."
)
RELIABILITY = "On the dashed line, confidence means what it says; below it, the model is too sure. Larger: more units."
RISK = "Wrong answers left when only the surest share is answered. A curve that rises late is a model worth asking."
DISPUTES = "Ordered by the mean distance between two judgements of the unit: 1 is opposite ends of the scale."
NO_PAIRS = "no unit was judged by two annotators"
NO_DISPUTES = "There is none: everyone who judged the same unit agreed."
MAJORITY = "How many units have each label by majority; tied units have none."
CORRECTED = (
    "Publish the corrected shares. The model’s raw share is precise and may be wrong; people’s is right and wide; the "
    "correction takes the model’s errors out, whatever they are."
)
CORRECTED_GROUP = (
    f"Groups with fewer than {LEAST} units that people judged blind have no corrected share; the table has all."
)
UNCORRECTED = "The shares as the model alone and people alone give them: not fit to publish as they stand."
SAID = (
    "Body sentences by who the machine says speaks them; “author” is the article’s own voice. Forms of a name that "
    "agree are one person’s across articles; roles and groups are nobody in particular."
)
NO_SPEAKERS = "the run has no sentences"
NO_TARGETS = "the run has no labels toward any target"
BY_TARGET = (
    "Shares among the sentences that mention the target, by name or by a word that may mean it (*she*), with how many "
    "these are. The table counts all sentences."
)
VERIFY = (
    "`onrecord report verify` on this folder reads what it was made from, computes everything again from the seed, "
    "compares each number with report.json to 1e-9 and each file with what report.json gives, and names what differs."
)

REMEDIES = {
    "overlap": "Have some units judged by two annotators or more: a fifth of the work is a usual share.",
    "many": "Merge labels, or ask for fewer, and the rest of them can be set against one another.",
    "variety": "Add units on which another label is to be expected, or ask a question that divides the material.",
    "clusters": "Draw units from several articles, and name the article of each in a column `article`.",
    "annotators": "Have a second person judge some of the same units.",
    "model": "A question for people only needs none. For others pre-label the units first (`onrecord label`), or add "
    "columns `model_label` and `model_confidence`.",
    "groups": "Add any of the columns `target`, `speaker` and `outlet`; a run of `onrecord label` has them.",
    "outlet": "Add a column `outlet`; in a run, it is what the articles have as their `source`.",
    "rounds": "Number the rounds of annotation in a column `round`.",
    "chain": "Ask who speaks as well, as a question named `speaker`, and name each sentence in a column `sentence`.",
    "drift": "Let the work go on: thirds of ten judgements each are the least.",
    "anchoring": "Send items out with pre-labels in one arm, without in another (`onrecord push` does so by chance).",
    "blind": "Send a share of the items out without the pre-label, drawn by chance; a share of .2 is the default.",
    "correctness": "Have shown items judged by more than one annotator, or adjudicate them (column `gold`).",
    "alternative": "It takes three annotators, each sharing 30 or more blind units with others and the model.",
    "calibration": "Record the model’s confidence (column `model_confidence`) on units that people judge blind.",
    "disagreements": "There is nothing to mend, but perhaps harder items would tell more.",
    "targets": "Name targets in a settings file and label again (`onrecord label --config FILE`).",
    "corpus": "Report on a run (a folder made by `onrecord label`), in which the model labelled the whole corpus.",
    "corpus_few": f"Have at least {LEAST} units judged blind, drawn by chance from the corpus.",
    "corpus_group": f"Have at least {LEAST} units of each group judged blind, drawn by chance from the corpus.",
}
