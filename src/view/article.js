// Lights up what belongs to the mark or entry that is pointed at or focused, and tells of it in the corner.
"use strict";

const card = document.getElementById("card");
const inText = document.querySelector("article");

// The facts that an element stands for: its own, and those of the marks around it.
function factsAt(element) {
  const facts = [];
  for (let at = element.closest("[data-f]"); at; at = at.parentElement.closest("[data-f]")) {
    if (!facts.includes(at.dataset.f)) facts.push(at.dataset.f);
  }
  return facts;
}

function light(facts) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  for (const fact of facts) {
    for (const mark of document.querySelectorAll(`[data-f="${fact}"]`)) mark.classList.add("lit");
  }
}

function tell(facts) {
  const sections = facts.map(fact => {
    const entry = document.getElementById("f" + fact);
    const section = document.createElement("section");
    section.className = entry.className.replace("lit", "");
    section.append(...[...entry.childNodes].map(node => node.cloneNode(true)));
    return section;
  });
  card.replaceChildren(...sections);
  card.hidden = !sections.length;
}

function show(event) {
  const element = event.target instanceof Element ? event.target : null;
  if (!element || card.contains(element)) return;
  const facts = factsAt(element);
  // Of a mark in marks only the innermost lights up; the card tells all.
  light(facts.slice(0, 1));
  tell(inText.contains(element) ? facts : []);
}

document.addEventListener("pointerover", show);
document.addEventListener("focusin", show);
document.addEventListener("keydown", event => {
  if (event.key === "Escape") {
    light([]);
    tell([]);
  }
});
