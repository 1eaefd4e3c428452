// Narrows a list of names to those that hold what is typed. Without this the list is whole.
const narrow = document.getElementById("narrow");
const listed = document.getElementById("listed");

// Case, accents, vowel marks and the variants of alef do not matter.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Shows a line if it or one below it holds all the words; returns how many lines do.
function keep(line, words) {
  const below = [...line.querySelectorAll(":scope > ul > li")].reduce((sum, child) => sum + keep(child, words), 0);
  const text = plain(line.querySelector(":scope > .line > span").textContent);
  const holds = words.every((word) => text.includes(word));
  line.hidden = !holds && !below;
  return below + (holds ? 1 : 0);
}

if (narrow && listed) {
  const box = narrow.querySelector("input");
  const status = narrow.querySelector("[role=status]");
  const letters = document.querySelector(".letters");
  const sections = [...listed.querySelectorAll("section")];
  const total = listed.querySelectorAll("li").length;

  const show = () => {
    const words = plain(box.value).split(/\s+/u).filter(Boolean);
    let kept = 0;
    for (const section of sections) {
      const here = [...section.querySelectorAll(":scope > ul > li")].reduce((sum, line) => sum + keep(line, words), 0);
      section.hidden = !here;
      kept += here;
    }
    if (letters) letters.hidden = words.length > 0;
    const pattern = kept ? status.dataset.pattern : status.dataset.none;
    const number = new Intl.NumberFormat(document.documentElement.lang);
    status.textContent = words.length
      ? pattern.replace("{at}", number.format(kept)).replace("{total}", number.format(total))
      : "";
  };

  narrow.hidden = false;
  box.addEventListener("input", show);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.value) {
      event.preventDefault();
      box.value = "";
      show();
    }
  });
  // Going back in the history brings what was typed back.
  window.addEventListener("pageshow", show);
}
