"""Which terms the questions use.

Both functions take one row per term, the most used first: `term`, and `questions` that use it.
"""

import pandas as pd
from plotly import graph_objects as go

from charts import canvas, palette, text
from locales import Language

ROW = 30
TERM_LETTERS = 22
MOST_NAMED = 3


def bars(frame: pd.DataFrame, language: Language) -> go.Figure:
    """Draw a bar per term, the most used on top, and its number of questions behind.

    The reader should see what the questions speak of in the askers' own words.
    """
    if frame.empty:
        return canvas.words(_nothing(language), language)
    labels = [language.number(each) for each in frame["questions"]]
    values = frame["questions"].tolist()
    return canvas.figure(
        [
            go.Bar(
                orientation="h",
                x=values,
                y=list(range(len(frame))),
                width=0.7,
                marker={"color": palette.PRIMARY},
                hovertext=[
                    text.BREAK.join([text.bold(term), text.plain(text.questions(count, language))])
                    for term, count in zip(frame["term"], values, strict=True)
                ],
                hoverinfo="text",
            ),
            canvas.totals(values, labels, middles=range(len(frame))),
        ],
        language,
        height=ROW * len(frame) + 2 * canvas.MARGIN,
        name="terms-bars",
        xaxis=canvas.hidden_axis(range=[0, canvas.room(values, labels)]),
        yaxis=canvas.name_axis(
            [text.lines(each, width=TERM_LETTERS, most=1) for each in frame["term"]],
            chosen=[False] * len(frame),
        ),
    )


def finding(frame: pd.DataFrame, language: Language) -> str:
    """Say in one sentence which terms are used most.

    The words are plain text, not markup and not Markdown.
    """
    if frame.empty:
        return _nothing(language)
    named = frame.head(MOST_NAMED)
    return language.gettext("Used most: {terms}.").format(
        terms=", ".join(
            f"{term} ({text.questions(count, language)})"
            for term, count in zip(named["term"], named["questions"], strict=True)
        )
    )


def _nothing(language: Language) -> str:
    return language.gettext("No term is used by several questions.")
