"""Court reports, world English, wires and features: constructions that campaign news seldom has."""

from __future__ import annotations

import pytest

QUOTED_AS_SAYING = [
    ("State radio quoted the president as saying: “We will not yield an inch of coast.”", "We will not", "president"),
    ("The Herald quoted an official as saying that the bridge would be shut.", "bridge would", "official"),
    ("Tass cited Ann Holm, the minister, as saying the talks had failed.", "talks had", "Ann Holm"),
    ("“The talks have failed,” the agency quoted Ann Holm as saying.", "talks have", "Ann Holm"),
    ("The talks have failed, the agency quoted Ann Holm as saying.", "talks have", "Ann Holm"),
    ("Ann Holm left. She was quoted by Tass as saying the talks had failed.", "talks had", "Ann Holm"),
    ("The Herald quoted the law at length and asked that the road be shut.", "quoted the law", "Herald"),
]
VERBS_OF_THE_BENCH = [
    ("“How do we feed our children?” Bello queried.", "How do we", "Bello"),
    ("“Who will pay for it?” queried the chairman, Chief Emeka Uzoh.", "Who will pay", "Emeka Uzoh"),
    ("Ann Holm queried why nobody had been asked about the road.", "nobody had been", "Ann Holm"),
    ("Emeka Uzoh, who owns two trucks, deposed that he had seen the tanker leave.", "seen the tanker", "Emeka Uzoh"),
    ("The army deposed the president on Monday. Nobody was hurt.", "army deposed", "author"),
]
LONG_TITLES = [
    (
        "Addressing a rally in Kota, the party's state president, Ramesh Yadav, said the farmers had been cheated.",
        "farmers had been",
        "Ramesh Yadav",
    ),
    (
        "The Special Representative of the Secretary-General, Resident and Humanitarian Coordinator ad interim, Fatou "
        "Diarra, who was there, said she had counted nine checkpoints.",
        "nine checkpoints",
        "Fatou Diarra",
    ),
]
ASIDES = [
    (
        "Ann Holm runs the clinic. In May, she said, the ministry had asked for more time.",
        "asked for more time",
        "Ann Holm",
    ),
]
UNHEARD_OF_NAMES = [
    ("Hesper Whitlow comes to the door with soot on her arms. “You're early,” she says.", "early", "Hesper Whitlow"),
    ("Camborne Town Council met on Monday. “It is late,” she said.", "It is late", "unknown"),
    ("Gordon Bell coaches the side. Camborne Vale lost again. “We were poor,” he said.", "were poor", "Gordon Bell"),
]
NAMES_GIVEN = [
    ("A passenger surnamed Yip, 71, told the Post that she had heard a crack.", "heard a crack", "Yip"),
    ("A man named John Reed said the road was shut.", "road was shut", "John Reed"),
    ("A witness, surnamed Chan, said he had seen nothing.", "seen nothing", "Chan"),
    ("One resident, who gave her name only as Petra, said the water was brown.", "water was brown", "Petra"),
    ("A firm called Halvex said the road was shut.", "road was shut", "firm called Halvex"),
]
NOBODY = [
    ("Tom Hale said the street was closed.\n\nNobody came. “We threw all of the bread away.”", "We threw", "Tom Hale"),
]
HONOURS = [
    ("The local MP, Ann Lowe KC, said the winter would be dark.", "winter would be", "Ann Lowe"),
    ("The head of the board, Professor Nils Aune OBE, said the winter would be dark.", "winter would be", "Nils Aune"),
    ("Lord Pike KC said that the winter would be dark.", "winter would be", "Pike"),
    ("Cllr Ann Lowe MBE came late. “It was the bus,” Ms Lowe said.", "the bus", "Ann Lowe"),
    (
        "Welcoming the plant, the Minister of Trade, Nils Aune, said the winter would be dark.",
        "winter would be",
        "Nils Aune",
    ),
]
MARKS = [
    ("The town waits. “We respect Madame Marchand”, assures the mayor, Yann Le Goff.", "We respect", "Yann Le Goff"),
    ("The town waits.\n\n« Nothing is decided », assured Yann Le Goff on Monday.", "Nothing is", "Yann Le Goff"),
    ("The town has “green jobs”, he said, and little else to live on.", "green jobs", "unknown"),
]
LABELS = [
    (
        "CLAIM: “They shut the bridge for bats,” reads a post.\n\nVERDICT: False.\n\nIt was shut in May.",
        "VERDICT",
        "author",
    ),
    (
        "ANA COLE: It is the Silver now.\n\n(SOUNDBITE OF WATER)\n\nJUNE HART: It is not.\n\nANA COLE: It is.",
        "SOUNDBITE",
        "author",
    ),
]
FEATURES = [
    ("Ruth Meech puts it more plainly: patience pays, and haste does not.", "patience pays", "Ruth Meech"),
    (
        "Rovers boss Tom Kerr ran on. “Job done,” said Jay Budd.\n\nFor Kerr, a fifth win tastes sweet. “They will "
        "come for us now,” he said.",
        "come for us",
        "Tom Kerr",
    ),
]
TITLES = [
    ("Sales fell, CFO Vik Rao said, adding that they would rise. “They must,” Rao said.", "They must", "Vik Rao"),
    ("Joan Tran, of Cape Ellis, came late. “He has left,” said Cr Tran.", "He has left", "Joan Tran"),
    ("DI Tom Arkell said it was late. “We will wait,” DI Arkell said.", "We will wait", "Tom Arkell"),
    ("Corporator Suresh Pawar alleged that the tender had been forged.", "tender had been", "Suresh Pawar"),
    ("DSP Group said it would cut a tenth of its jobs.", "would cut", "DSP Group"),
]
DASHES = [
    (
        "The sea comes.\n\n— They gave me a flat, says Odile Marchand, who is 81. It smells.",
        "It smells",
        "Odile Marchand",
    ),
    ("The sea comes. They gave her a flat, says Odile Marchand. It smells.", "It smells", "author"),
]
ALONE = [
    (
        "“Come in,” says Ann Holm.\n\nThe tea is hot.\n\nThe bell is old.\n\n“My niece rings it.”",
        "My niece",
        "Ann Holm",
    ),
    (
        "“Come in,” says Ann Holm. “Out,” says Tom Hale.\n\nThe tea is hot.\n\nIt is late.\n\n“My niece rings it.”",
        "My niece",
        "author",
    ),
    ("The tea is hot.\n\n“My niece rings it.”\n\n“Come in,” says Ann Holm.", "My niece", "author"),
]
OWN_FINDINGS = [
    ("Investigations by our correspondent revealed that a keg sold for N18,000.", "keg sold", "author"),
    ("A report by the ministry revealed that a keg sold for N18,000.", "keg sold", "report by the ministry"),
]
CASES = [
    *ALONE,
    *OWN_FINDINGS,
    *FEATURES,
    *TITLES,
    *DASHES,
    *HONOURS,
    *MARKS,
    *LABELS,
    *NAMES_GIVEN,
    *NOBODY,
    *UNHEARD_OF_NAMES,
    *QUOTED_AS_SAYING,
    *VERBS_OF_THE_BENCH,
    *LONG_TITLES,
    *ASIDES,
]


@pytest.mark.parametrize(("body", "words", "speaker"), CASES, ids=[case[1] for case in CASES])
def test_who_speaks(speaker_of, body, words, speaker):
    assert speaker_of(body, words) == speaker


def test_an_interview_with_its_questions_in_bold(speaker_of):
    asked = (
        "Olga Benz has kept the clocks since 1999.\n\n**How many clocks do you have?**\n\nForty. I count them all.\n\n"
        "**Why do you still go up?**\n\nThey asked me that in 2008.\n\n**Are you ever late?**\n\nOnce. I was ill."
    )
    assert speaker_of(asked, "Forty") == "Olga Benz"
    assert speaker_of(asked, "still go up") == "author"


def test_what_is_cited_as_being_so_is_an_object(said):
    assert [content for _, content, _, _ in said("The lawyer cited the law as being clear.")] == [
        "the law as being clear"
    ]
