// The picture of articles over time: pointing at a bar says what it is, a click chooses its period, dragging a range.
// The two fields for dates and the links of the table do the same without this.
"use strict";

const STILL = 4; // pixels that a hand moves in a click

// Ends what is being dragged. The picture is made anew with the results, this listener once.
let letGo = () => {};
document.addEventListener("keydown", (event) => event.key === "Escape" && letGo());

// The rows of the table by the number of their period; periods without an article have none.
function bars(figure) {
  const rows = [...figure.querySelectorAll("tr[data-number]")];
  return new Map(
    rows.map((row) => [
      Number(row.dataset.number),
      {
        period: row.dataset.period,
        label: row.querySelector("th").textContent.trim(),
        count: row.querySelector("td").textContent.trim(),
        link: row.querySelector("a"),
      },
    ]),
  );
}

function prepare() {
  const figure = document.querySelector(".histogram");
  const plot = figure?.querySelector(".plot");
  if (!plot) return;
  const all = bars(figure);
  const periods = Number(plot.dataset.periods);
  const shade = document.createElement("span");
  shade.className = "shade";
  const tip = document.createElement("span");
  tip.className = "tip";
  for (const part of [shade, tip]) {
    part.hidden = true;
    part.setAttribute("aria-hidden", "true");
  }
  plot.append(shade, tip);
  let from = null;
  let startedAt = 0;

  const place = (event) => {
    const box = plot.getBoundingClientRect();
    let part = (event.clientX - box.left) / box.width;
    if (document.dir === "rtl") part = 1 - part;
    return Math.min(periods - 1, Math.max(0, Math.floor(part * periods)));
  };
  // The first and last bar of a range: what stands outside of them is empty.
  const within = (first, last) => {
    const numbers = [...all.keys()].filter((number) => first <= number && number <= last);
    return numbers.length ? [all.get(numbers[0]), all.get(numbers.at(-1))] : null;
  };
  const show = (first, last) => {
    const part = 100 / periods;
    shade.hidden = false;
    shade.style.insetInlineStart = `${first * part}%`;
    shade.style.inlineSize = `${(last - first + 1) * part}%`;
    const held = within(first, last);
    tip.hidden = !held;
    if (!held) return;
    const [from, to] = held;
    tip.textContent = from === to ? `${from.label}: ${from.count}` : `${from.label} – ${to.label}`;
    // On the side where there is room.
    const middle = ((first + last + 1) / 2) * part;
    tip.style.insetInlineStart = middle < 50 ? `${middle}%` : "auto";
    tip.style.insetInlineEnd = middle < 50 ? "auto" : `${100 - middle}%`;
  };
  const ends = (at) => [Math.min(from ?? at, at), Math.max(from ?? at, at)];
  const stop = () => {
    from = null;
    shade.hidden = tip.hidden = true;
  };

  plot.addEventListener("pointermove", (event) => show(...ends(place(event))));
  plot.addEventListener("pointerleave", () => from === null && stop());
  plot.addEventListener("pointercancel", stop);
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    plot.setPointerCapture(event.pointerId);
    from = place(event);
    startedAt = event.clientX;
    show(from, from);
  });
  plot.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [first, last] = ends(place(event));
    const isClick = Math.abs(event.clientX - startedAt) <= STILL;
    stop();
    const held = within(first, last);
    if (isClick) all.get(place(event))?.link.click();
    else if (held) choose(...held);
  });
  letGo = stop;
}

// The first bar's link leads to the search in its period: for one click it goes on to the end of the last.
function choose(first, last) {
  const { link } = first;
  const before = link.getAttribute("href");
  const address = new URL(link.href);
  address.searchParams.set("to", last.period);
  link.setAttribute("href", address.pathname + address.search);
  link.click();
  link.setAttribute("href", before);
}

prepare();
document.addEventListener("results", prepare);
