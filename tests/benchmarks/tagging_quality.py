"""How well countries, ministers and topics are found: `python tests/benchmarks/tagging_quality.py [--errors] [SET]`.

Tags the labelled texts of tests/enrichment/labelled and prints precision, recall and F1 per language and in sum, for
each set: `known` and `later`, whose errors may be looked at while the rules are worked on, and `unseen`, of which only
these sums are looked at. `--errors` lists what was wrong, text by text, but for `unseen`.
"""

import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.enrichment.labelled import KINDS, SETS, Outcome, outcomes  # noqa: E402

GOALS = {"mentioned": 0.95, "main": 0.85, "ministers": 0.93, "topics": 0.85}


def main() -> None:
    """Print the tables."""
    sets = [name for name in sys.argv[1:] if name in SETS] or list(SETS)
    for name in sets:
        found = outcomes(name)
        if "--errors" in sys.argv and name != "unseen":
            print_errors(found)
        print_table(name, found)


def print_table(name: str, found: list[Outcome]) -> None:
    """Print a line per kind and language, and their sum."""
    print(f"\n{name}: {len({outcome.text_id for outcome in found})} texts")
    print(f"{'':10} {'language':8} {'right':>6} {'wrong':>6} {'missing':>7} {'precision':>9} {'recall':>7} {'F1':>6}")
    for kind in KINDS:
        of_kind = [outcome for outcome in found if outcome.kind == kind]
        for language in sorted({outcome.language for outcome in of_kind}):
            line(kind, language, [outcome for outcome in of_kind if outcome.language == language])
        line(kind, "all", of_kind, f"  goal {GOALS[kind]:.2f}")


def line(kind: str, language: str, found: list[Outcome], remark: str = "") -> None:
    """Print sums over outcomes (micro average)."""
    right = sum(len(outcome.right) for outcome in found)
    wrong = sum(len(outcome.wrong) for outcome in found)
    missing = sum(len(outcome.missing) for outcome in found)
    precision, recall = right / max(right + wrong, 1), right / max(right + missing, 1)
    score = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{kind:10} {language:8} {right:6} {wrong:6} {missing:7} {precision:9.3f} {recall:7.3f} {score:6.3f}{remark}")


def print_errors(found: list[Outcome]) -> None:
    """Print what was wrong and missing in each text, and which values are so most often."""
    often: Counter[tuple[str, str, str]] = Counter()
    for outcome in found:
        if outcome.wrong or outcome.missing:
            print(f"{outcome.text_id} {outcome.kind}: wrong {sorted(outcome.wrong)}, missing {sorted(outcome.missing)}")
        often.update((outcome.kind, "wrong", value) for value in outcome.wrong)
        often.update((outcome.kind, "missing", value) for value in outcome.missing)
    print("most often:", ", ".join(f"{' '.join(key)} {count}" for key, count in often.most_common(25)))


if __name__ == "__main__":
    main()
