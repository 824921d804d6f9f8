from __future__ import annotations

from pipeline.attribute.confidence import VOICE, voice_confidence, voice_features


def _sure(attribute, body):
    (found,) = attribute(f"News.\n\n{body}").attributions
    return found.confidence


def test_the_rule_counts_and_who_is_named(attribute):
    quoted = _sure(attribute, "“The vote was fair in every way,” said Anna Lind.")
    clause = _sure(attribute, "Anna Lind said that the vote was fair in every way.")
    described = _sure(attribute, "A nurse said that the vote was fair in every way.")
    noun = _sure(attribute, "Anna Lind left after a warning that the vote was fair in no way.")
    assert quoted > clause > described > noun


def test_a_pronoun_is_less_sure_than_a_name_and_a_close_choice_less_still(attribute):
    name = _sure(attribute, "Tom Berg won. Tom Berg said that it was over by now.")
    plain = _sure(attribute, "Tom Berg won. He said that it was over by now.")
    close = _sure(attribute, "Tom Berg won. Ben Carr won. Tom Berg and Ben Carr left. He said that it was over by now.")
    assert name > plain > close


def test_more_of_a_sentence_reported_makes_a_speaker_surer_and_the_author_less_sure(attribute):
    (found,) = attribute("News.\n\nAnna Lind said that the vote was fair.").attributions
    assert voice_confidence("Plain.", found, 0.9) > voice_confidence("Plain.", found, 0.3)
    assert voice_confidence("Plain.", None, 0.0) > voice_confidence("Plain.", None, 0.25)
    assert voice_confidence("Plain.", None, 0.0) > voice_confidence("So “plain” it is.", None, 0.0)


def test_the_shipped_table_names_every_feature_of_a_voice(attribute):
    (found,) = attribute("News.\n\nAnna Lind said that the vote was fair.").attributions
    known = {name for each in (found, None) for name in voice_features("“A” b", each, 0.4)}
    assert known == set(VOICE)
