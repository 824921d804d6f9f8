"""British, wire-service and broadcast style, in cases of our own: it degrades, it does not break."""

from __future__ import annotations

import pytest

CASES = [
    # British: single marks, Mr without a point, Downing Street, Whitehall
    ("'We will not be moved,' said Alan Pryce.", "We will not", "Alan Pryce"),
    ("‘We will not be moved,’ Alan Pryce told the council.", "We will not", "Alan Pryce"),
    ("Mr Pryce said the council had “no choice” in the matter.", "no choice", "Pryce"),
    ("Downing Street said the prime minister would not resign.", "would not resign", "Downing Street"),
    ("A No 10 spokesman said that talks would go on.", "talks would go on", "No 10 spokesman"),
    ("The Home Office has confirmed that visas will cost more.", "visas will cost more", "Home Office"),
    ("The MP insisted he had done nothing wrong at all.", "done nothing wrong", "MP"),
    ("Police have said a man has been arrested in Hull.", "a man has been arrested", "Police"),
    ('Dame Ruth Aldous said: "It is a sad day for the abbey."', "a sad day", "Ruth Aldous"),
    # wire service
    (
        "OSLO (Reuters) - Norway will cut output by a tenth, its oil minister said on Monday.",
        "cut output",
        "oil minister",
    ),
    ("The rouble will hold, Finance Minister Anton Belov told Interfax.", "rouble will hold", "Anton Belov"),
    ("Two soldiers were killed, the army said in a statement.", "Two soldiers were killed", "army"),
    ("Shares will fall further, analysts said.", "Shares will fall", "analysts"),
    ("The vaccine works in children, the company reported Tuesday.", "vaccine works", "company"),
    ("Three were hurt, state news agency SANA reported.", "Three were hurt", "SANA"),
    # broadcast
    ("HOST: Welcome back to the programme.\n\nGUEST: Thank you for having me on.", "Thank you", "GUEST"),
    ("Q: When did you first hear of the fire?\n\nA: I saw it on the late news.", "When did you", "Q"),
    ("ANCHOR (on camera): Good evening from Cairo.\n\nANCHOR: We begin with the flood.", "We begin", "ANCHOR"),
    ("Sources tell us the verdict is due on Friday.", "verdict is due", "Sources"),
    ("The president says he is sorry, and he says he will do better.", "he is sorry", "president"),
    # names with accents, particles and articles
    ('Élodie Marchand left.\n\n"I could not go on," Marchand said.', "go on", "Élodie Marchand"),
    ('Øystein Ødegård came.\n\n"Nobody asked us," Ødegård said.', "Nobody asked", "Øystein Ødegård"),
    ("Jan van der Meer said the port was closed.", "port was closed", "Jan van der Meer"),
    ("Maria de los Santos said she would appeal.", "would appeal", "Maria de los Santos"),
    ("Bashar al-Tahan left.\n\nAl-Tahan said that talks had failed.", "talks had failed", "Bashar al-Tahan"),
    ("Bashar al-Tahan left.\n\nTahan said that talks had failed.", "talks had failed", "Bashar al-Tahan"),
    ("Anne d’Orval left.\n\n“It is late,” d’Orval said.", "It is late", "Anne d’Orval"),
    ("ÉLODIE: Welcome to the programme.\n\nÅSA: Thank you for having me on.", "Thank you", "ÅSA"),
    ("“Nobody asked the islanders.” — Şule Öztürk", "Nobody asked", "Şule Öztürk"),
]


@pytest.mark.parametrize(("body", "words", "speaker"), CASES, ids=[case[0] for case in CASES])
def test_variety(speaker_of, body, words, speaker):
    assert speaker_of(body, words) == speaker
