// The page of an article: the words of the search that led here are stepped through, and its citation is copied.
// Without this a link leads to the first of the words, and the citation is there to be marked.
import { Stepper } from "./stepper.js";

const matches = document.querySelector(".matches");
const steps = matches?.querySelector(".steps");
if (steps) {
  const places = [...document.querySelectorAll("mark[id^=match-]")];
  steps.hidden = false;
  matches.querySelector("a").hidden = true;
  new Stepper(
    steps,
    () => places,
    (number) => places[number - 1]?.textContent,
  );
}

const copying = document.querySelector(".copying");
if (copying && navigator.clipboard) {
  const status = copying.querySelector("[role=status]");
  copying.hidden = false;
  copying.querySelector("[data-copy]").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.querySelector("[data-copied-from]").textContent.trim());
      status.textContent = status.dataset.done;
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}
