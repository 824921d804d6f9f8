"""onrecord: who said what, and where do they stand.

The five-line way in, the same as ``onrecord label`` on the command line::

    from pipeline.labelling import label_articles

    for article in label_articles(["article.txt"]):
        for sentence in article.sentences:
            print(article.speaker_of(sentence).name, article.text_of(sentence))
"""
