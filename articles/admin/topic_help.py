"""What an editor reads beside a topic's phrases: how they make a tag (enrichment/topics.py, in plain words)."""

from django.utils.html import format_html_join

_PARAGRAPHS = (
    (
        "Score.",
        "Each phrase below that stands in an article adds its weight; said again it adds less and less. In a title it "
        "counts twice. A score that reaches the threshold makes the tag.",
    ),
    (
        "Weights.",
        "3 is enough by itself. 2 needs another phrase beside it, or a title. 1 only supports: without a heavier "
        "phrase it makes no tag. In long articles phrases below 3 must add up to more.",
    ),
    (
        "Negative weights.",
        "-1 to -3 speak against the topic: the phrase takes its weight off, and no shorter phrase inside it counts "
        "(“oil painting” at -3 where “oil” is 2).",
    ),
    (
        "Forms.",
        "A phrase is found in all forms of its words. A word behind “=” stands as it is written: “=Homs” is not the "
        "plural of a home. A capital in a phrase is wanted in the text too; small letters match both.",
    ),
    ("Threshold.", "1 to 9; 3 is usual. Higher tags fewer articles, lower tags more."),
    ("Preview", "at the foot of this page shows which articles would be tagged, before you save."),
)
HOW_TOPICS_ARE_FOUND = format_html_join("", "<p><b>{}</b> {}</p>", _PARAGRAPHS)
