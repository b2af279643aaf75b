// Shows the graph that lies in this page. Every text goes in as textContent; nothing is fetched.
"use strict";

const graph = JSON.parse(document.getElementById("graph").textContent);
const entities = new Map(graph.entities.map(entity => [entity.id, entity]));
const people = graph.entities.filter(entity => entity.kind === "person");
const others = graph.entities.filter(entity => entity.kind !== "person");
const meetings = graph.events.filter(event => event.channel);
const AT_ONCE = 100;

const search = document.getElementById("search");
const list = document.getElementById("list");
const canvas = document.getElementById("canvas");
let tab = "People";
let chosen = null;

// Makes an element; its children are elements or texts.
function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children.filter(child => child !== null && child !== ""));
  return element;
}

function nameOf(id) {
  return entities.has(id) ? entities.get(id).name : id;
}

// A name that leads to what is known of it; anything but an entity is plain text.
function link(id) {
  if (!entities.has(id)) return make("span", "", nameOf(id));
  const button = make("button", "name", nameOf(id));
  button.type = "button";
  button.addEventListener("click", () => choose(id));
  return button;
}

function joined(nodes) {
  return nodes.flatMap((node, i) => (i ? [", ", node] : [node]));
}

function passage([text, number]) {
  const article = graph.articles[number];
  const title = article.name || article.sources[0] || "article";
  const safe = /^https?:\/\//i.test(article.url || "");
  const name = safe ? make("a", "", title) : title;
  if (safe) {
    name.href = article.url;
    name.rel = "noopener noreferrer";
  }
  return make("blockquote", "", "“" + text.replace(/\s+/g, " ") + "”",
    make("cite", "", name, article.published ? ", " + article.published : ""));
}

function mark(text) {
  return make("span", "mark", text);
}

function deniedBy(denials) {
  return denials.flatMap(denial => [
    make("p", "faint", "Denied by " + (denial.speaker || "an unnamed source") + ":"),
    ...denial.evidence.map(passage),
  ]);
}

function eventRow(event) {
  const where = event.places.join(", ");
  const facts = [event.type, event.when, where, event.occasion && "at " + event.occasion].filter(Boolean);
  return make("div", "row",
    make("p", "", event.name, event.status === "happened" ? "" : mark(event.status)),
    event.who.length ? make("p", "", ...joined(event.who.map(link))) : null,
    make("p", "faint", facts.join(" · ")),
    ...event.evidence.map(passage), ...deniedBy(event.denied_by));
}

function claimRow(claim) {
  const speakers = claim.speakers.length ? joined(claim.speakers.map(link)) : [claim.speaker || "Unnamed source"];
  const about = claim.about.filter(id => entities.has(id));
  return make("div", "row",
    make("p", "", ...speakers, claim.stance === "deny" ? mark("denies") : "",
      claim.denied_by.length ? mark("disputed") : ""),
    make("p", "", (claim.cue ? claim.cue + ": " : "") + claim.content.join(" … ")),
    about.length ? make("p", "faint", "About ", ...joined(about.map(link))) : null,
    claim.denies.length ? make("p", "faint", "Against: " + claim.denies.join("; ")) : null,
    ...claim.evidence.map(passage), ...deniedBy(claim.denied_by));
}

function officeOf(tie) {
  return (tie.former ? "former " : "") + tie.as + (tie.of ? ", " + tie.of.name : "");
}

function offices(entity) {
  return [...(entity.offices || []), ...(entity.affiliations || [])].map(officeOf).join("; ");
}

function entityRow(entity) {
  const kind = make("span", "faint kind " + entity.kind, entity.kind === "person" ? "" : " " + entity.kind);
  return make("div", "row",
    make("p", "", link(entity.id), kind),
    offices(entity) ? make("p", "faint", offices(entity)) : null,
    entity.aliases ? make("p", "faint", "Also: " + entity.aliases.join(", ")) : null);
}

// All that is known of one entity.
function entityPage(entity) {
  const parts = (title, rows) => rows.length ? [make("h3", "", title), ...more(rows)] : [];
  const back = make("button", "name faint", "← " + tab);
  back.type = "button";
  back.addEventListener("click", () => choose(null));
  const took = event => event.who.includes(entity.id);
  return [
    back, make("h2", "", entity.name),
    make("p", "faint", [entity.kind, offices(entity)].filter(Boolean).join(" · ")),
    entity.aliases ? make("p", "faint", "Also: " + entity.aliases.join(", ")) : "",
    ...parts("Meetings", meetings.filter(took).map(event => () => eventRow(event))),
    ...parts("Other events", graph.events.filter(event => took(event) && !event.channel).map(event => () => eventRow(event))),
    ...parts("Said", graph.claims.filter(claim => claim.speakers.includes(entity.id)).map(claim => () => claimRow(claim))),
    ...parts("Said about " + entity.name, graph.claims.filter(claim => claim.about.includes(entity.id)).map(claim => () => claimRow(claim))),
  ];
}

// The first rows, and a button for more.
function more(rows) {
  const shown = rows.slice(0, AT_ONCE).map(row => row());
  if (rows.length <= AT_ONCE) return shown;
  const button = make("button", "name faint", "Show more (" + (rows.length - AT_ONCE) + ")");
  button.type = "button";
  button.addEventListener("click", () => button.replaceWith(...more(rows.slice(AT_ONCE))));
  return [...shown, button];
}

// Lower case, no accents: a search for “erdogan” finds Erdoğan.
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function texts(thing) {
  const own = [thing.name, thing.speaker, thing.cue, thing.occasion, ...(thing.aliases || []), ...(thing.content || []), ...(thing.places || [])];
  const named = [...(thing.who || []), ...(thing.speakers || [])].map(nameOf);
  const said = (thing.evidence || []).map(([text]) => text);
  return plain([...own, ...named, ...said, offices(thing)].filter(Boolean).join(" "));
}

const TABS = {
  People: [people, entityRow],
  Meetings: [meetings, eventRow],
  Claims: [graph.claims, claimRow],
  Events: [graph.events.filter(event => !event.channel), eventRow],
  Others: [others, entityRow],
};
const searched = new Map(Object.values(TABS).flatMap(([things]) => things).map(thing => [thing, texts(thing)]));

function show() {
  const words = plain(search.value).split(/\s+/).filter(Boolean);
  const found = thing => words.every(word => searched.get(thing).includes(word));
  const buttons = Object.entries(TABS).map(([name, [things]]) => {
    const button = make("button", "", name, make("small", "", " " + things.filter(found).length));
    button.type = "button";
    button.setAttribute("aria-current", String(name === tab && !chosen));
    button.addEventListener("click", () => { tab = name; choose(null); });
    return button;
  });
  document.getElementById("tabs").replaceChildren(...buttons);
  const [things, row] = TABS[tab];
  const rows = things.filter(found).map(thing => () => row(thing));
  const nothing = [make("p", "faint", words.length ? "Nothing found." : "None in this graph.")];
  list.replaceChildren(...(chosen ? entityPage(entities.get(chosen)) : rows.length ? more(rows) : nothing));
}

function choose(id) {
  chosen = id;
  show();
  list.scrollTop = 0;
  const near = new Set([id]);
  for (const line of document.querySelectorAll("#canvas line")) {
    const touches = line.dataset.a === id || line.dataset.b === id;
    if (touches) near.add(line.dataset.a).add(line.dataset.b);
    line.classList.toggle("dimmed", id !== null && !touches);
  }
  for (const node of document.querySelectorAll("#canvas g.node")) {
    node.classList.toggle("chosen", node.dataset.id === id);
    node.classList.toggle("dimmed", id !== null && drawn.has(id) && !near.has(node.dataset.id));
  }
}

// The drawing: places come from the graph's maker, this only puts them on paper.
const drawn = new Set(graph.drawing.nodes.map(node => node.id));
const marks = [];
let view = { x: 0, y: 0, width: 100, height: 100 };

function shape(tag, attributes, parent) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

function draw() {
  const { nodes, lines, left_out } = graph.drawing;
  for (const { a, b, how, times } of lines) {
    const ends = { x1: nodes[a].x, y1: nodes[a].y, x2: nodes[b].x, y2: nodes[b].y };
    const line = shape("line", { ...ends, class: how, "stroke-width": Math.min(how === "met" ? 1 + times : 1.2, 6) }, canvas);
    line.dataset.a = nodes[a].id;
    line.dataset.b = nodes[b].id;
  }
  // The best tied last, so that its name lies over the others' dots.
  for (const { id, x, y, ties } of [...nodes].reverse()) {
    const group = shape("g", { class: "node " + entities.get(id).kind, tabindex: 0, role: "button" }, canvas);
    group.dataset.id = id;
    const name = shape("text", { x, y }, group);
    name.textContent = nameOf(id);
    marks.unshift({ x, y, radius: Math.min(4 + Math.sqrt(ties), 12), circle: shape("circle", { cx: x, cy: y }, group), name });
    group.addEventListener("click", () => choose(id));
    group.addEventListener("keydown", event => { if (event.key === "Enter") choose(id); });
  }
  const [xs, ys] = [nodes.map(node => node.x), nodes.map(node => node.y)];
  if (nodes.length) {
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Room for the names at the edges.
    const room = 50 + 0.06 * (right - left);
    view = { x: left - room, y: top - 50, width: right - left + 2 * room, height: bottom - top + 100 };
  }
  look();
  const notes = [];
  if (left_out) notes.push("Drawn are the " + nodes.length + " with the most ties; " + left_out + " more have ties.");
  if (!nodes.length) notes.push("Nobody here is tied to anybody: there is nothing to draw.");
  document.getElementById("noted").textContent = notes.join(" ");
}

// Shows the part in view. Dots and names keep their size; of names that would overlap, the best tied shows.
function look() {
  canvas.setAttribute("viewBox", [view.x, view.y, view.width, view.height].join(" "));
  const unit = Math.max(view.width / (canvas.clientWidth || 800), view.height / (canvas.clientHeight || 600));
  const taken = [];
  for (const { x, y, radius, circle, name } of marks) {
    circle.setAttribute("r", radius * unit);
    name.setAttribute("font-size", 12 * unit);
    name.setAttribute("y", y + (radius + 12) * unit);
    const half = (name.textContent.length * 3.3 + 4) * unit;
    const box = [x - half, x + half, y - radius * unit, y + (radius + 15) * unit];
    const free = !taken.some(other => box[0] < other[1] && other[0] < box[1] && box[2] < other[3] && other[2] < box[3]);
    name.classList.toggle("hidden", !free);
    if (free) taken.push(box);
  }
}
window.addEventListener("resize", look);

// A point of the screen in the drawing's own units.
function place(event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(canvas.getScreenCTM().inverse());
}

canvas.addEventListener("wheel", event => {
  event.preventDefault();
  const factor = event.deltaY > 0 ? 1.15 : 1 / 1.15;
  const { x, y } = place(event);
  view = { x: x - (x - view.x) * factor, y: y - (y - view.y) * factor, width: view.width * factor, height: view.height * factor };
  look();
}, { passive: false });

let grip = null;
canvas.addEventListener("pointerdown", event => { grip = place(event); });
window.addEventListener("pointerup", () => { grip = null; });
canvas.addEventListener("pointermove", event => {
  if (!grip) return;
  const { x, y } = place(event);
  view.x += grip.x - x;
  view.y += grip.y - y;
  look();
});

function count(number, one, several) {
  return number + " " + (number === 1 ? one : several);
}

document.getElementById("counts").textContent = [
  count(graph.articles.length, "article", "articles"), count(people.length, "person", "people"),
  count(meetings.length, "meeting", "meetings"), count(graph.claims.length, "claim", "claims"),
  count(graph.claims.filter(claim => claim.stance === "deny").length, "denial", "denials"),
].join(" · ");
search.addEventListener("input", () => { chosen = null; choose(null); });
draw();
show();
