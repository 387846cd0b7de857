"""Questions inside lessons: single, multiple, sort, order, number, text and line.

Text in, judgement out: a question is read from a table (`reading.py`), posed to somebody by a seed
(`posing.py`) and judged with a reason for every part (`judgement.py`). Knows no Markdown, no pages
and no learners.
"""
