// Suggestions below the search box while somebody types: a combobox after the pattern of WAI-ARIA, whose keys are
// @github/combobox-nav's. Enter without a choice searches for what was typed, as without this.
import Combobox from "./vendor/combobox-nav/combobox-nav.js";

const WAIT = 120; // milliseconds without a key before anything is asked
const box = document.getElementById("q");
const list = document.getElementById("suggestions");

if (box && list) {
  const combobox = new Combobox(box, list, { tabInsertsSuggestions: false });
  let timer = 0;
  let asked = null;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    if (list.hidden) return;
    combobox.stop();
    list.hidden = true;
  };

  const open = (lines) => {
    list.innerHTML = lines;
    if (!list.childElementCount) return close();
    if (list.hidden) {
      list.hidden = false;
      combobox.start();
    }
    list.scrollTop = 0;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const state = new URLSearchParams(new FormData(box.form));
    try {
      const answer = await fetch(`${box.dataset.suggestions}?${state}`, { signal: asked.signal });
      if (answer.ok && document.activeElement === box) open(await answer.text());
    } catch {
      close(); // given up for newer letters, or no connection: the box works without
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    if (box.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    // The first Escape closes the list and keeps what was typed.
    event.preventDefault();
    close();
  });
  box.form.addEventListener("submit", close);
  // The box keeps the focus while a line is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("combobox-commit", (event) => {
    const { address } = event.target.dataset;
    close();
    if (window.htmx && document.getElementById("search")) {
      box.blur();
      window.htmx.ajax("GET", address, { target: "#search", swap: "outerSync show:none", push: "true" });
    } else {
      location.assign(address);
    }
  });
}
