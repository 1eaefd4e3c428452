// Steps through places of a text with two buttons that say which one it is: the passages of a tag, the words of a search.
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function hidden(text) {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text;
  return span;
}

// `group` holds buttons with data-step and a status with data-pattern; `places()` gives the elements in order,
// `words(number)` what those hear at a step who do not see the text.
export class Stepper {
  constructor(group, places, words) {
    this.group = group;
    this.places = places;
    this.words = words;
    this.status = group.querySelector("[role=status]");
    this.all = this.status.textContent;
    // Which place it is at, from 1; 0 before the first step.
    this.at = 0;
    group.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) this.step(Number(button.dataset.step));
    });
  }

  show(number, jump) {
    this.at = number;
    for (const place of document.querySelectorAll(".article .current")) place.classList.remove("current");
    const current = this.places()[number - 1];
    current?.classList.add("current");
    if (jump) current?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    this.status.textContent = number ? this.status.dataset.pattern.replace("{at}", number) : this.all;
    const words = number && this.words(number);
    if (words) this.status.append(hidden(`: ${words.trim().replace(/\s+/g, " ")}`));
  }

  step(by) {
    const count = this.places().length;
    const before = this.at || (by > 0 ? 0 : 1);
    this.show(((before - 1 + by + count) % count) + 1, true);
  }
}
