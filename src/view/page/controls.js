// What stands over and around the drawing: which drawing, filters, saving, colours, zoom, keys; and what they say of the state.

const VIEWS = { people: "People", actors: "Actors", full: "Everything" };

const isDark = state => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);

// `act.change(changes)`, `act.state()`, `act.remember()` as in main.js; `drawing()` is what is drawn with, `search` the field of names.
function makeControls(model, act, drawing, search) {
  addCounts(model.overview);
  addViews(act);
  addFilters(model.overview, act);
  addSaving(model, drawing);
  addColours(act);
  addLink(act);
  addZoom(drawing);
  addKeys(act, search);
  return {
    show(state) {
      showChoices(state);
      showDrawn(model, state, drawing().shown());
      // Set anew it would count as changed.
      if (document.documentElement.dataset.theme !== state.theme) document.documentElement.dataset.theme = state.theme;
      element("theme").textContent = isDark(state) ? "Light" : "Dark";
      element("theme").setAttribute("aria-label", isDark(state) ? "Light colours" : "Dark colours");
    },
  };
}

function addCounts({ articles, entities, events, claims }) {
  element("counts").textContent = [
    count(articles.length, "article", "articles"),
    count(entities.filter(entity => entity.kind === "person").length, "person", "people"),
    count(events.filter(event => event.channel).length, "meeting", "meetings"),
    count(claims.length, "claim", "claims"),
    count(claims.filter(claim => claim.stance === "deny").length, "denial", "denials"),
  ].join(" · ");
}

function addViews(act) {
  const choice = ([value, name]) =>
    make("label", make("input", { type: "radio", name: "view", value, onchange: () => act.change({ view: value }) }), name);
  element("views").append(...Object.entries(VIEWS).map(choice));
}

function addFilters({ events }, act) {
  const used = key => [...new Set(events.map(event => event[key]))].sort();
  const clear = { kinds: "", types: "", statuses: "", since: "", until: "", q: "" };
  element("filters").lastElementChild.append(
    choices("kinds", "Kinds", Object.keys(SHAPES), act),
    choices("types", "Events", used("type"), act),
    choices("statuses", "Status", used("status"), act),
    button(".act", "Show everything again", () => act.change(clear)),
  );
}

// Boxes to tick; the state has those that are not.
function choices(name, title, values, act) {
  const fieldset = make("fieldset", { hidden: !values.length }, make("legend", title));
  const changed = () => {
    const off = [...fieldset.querySelectorAll("input")].filter(input => !input.checked);
    act.change({ [name]: off.map(input => input.value).join(",") });
  };
  const box = value => make("input", { type: "checkbox", name, value, onchange: changed });
  const sign = value => name === "kinds" && make("span.kind." + value, { "aria-hidden": "true" });
  fieldset.append(...values.map(value => make("label", box(value), sign(value), spoken(value))));
  return fieldset;
}

function addSaving(model, drawing) {
  const save = form => {
    element("save").open = false;
    savePicture(form, drawing().seen(), model.nameOf).then(
      () => announce("Saved as graph." + form),
      error => announce("Not saved: " + error.message),
    );
  };
  const choice = form => button(".act", "Drawing as " + form.toUpperCase(), () => save(form));
  element("save").lastElementChild.append(choice("png"), choice("svg"));
}

function addColours(act) {
  element("theme").addEventListener("click", () => act.change({ theme: isDark(act.state()) ? "light" : "dark" }));
}

function addLink(act) {
  const link = element("link"),
    name = link.textContent;
  const tell = text => {
    link.textContent = text;
    announce(text);
    setTimeout(() => {
      link.textContent = name;
    }, 2000);
  };
  link.addEventListener("click", () => {
    act.remember();
    // Where a page may not write to the clipboard, the address bar has it all the same.
    const written = navigator.clipboard?.writeText(location.href) ?? Promise.reject();
    written.then(
      () => tell("Copied"),
      () => tell("See the address bar"),
    );
  });
}

function addZoom(drawing) {
  element("zoom").addEventListener("click", event => drawing().zoom(event.target.dataset.zoom));
  element("canvas").addEventListener("keydown", event => {
    const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1] }[event.key];
    const zoom = { "+": "in", "=": "in", "-": "out", 0: "all" }[event.key];
    if (step) drawing().move(...step);
    else if (zoom) drawing().zoom(zoom);
    else return;
    event.preventDefault();
  });
}

// `/` searches; Escape closes what is open, or goes back to the list. A menu closes when one clicks beside it.
function addKeys(act, search) {
  const menu = () => document.querySelector("details.menu[open]");
  document.addEventListener("keydown", event => {
    const isTyping = /^(INPUT|TEXTAREA)$/.test(document.activeElement?.tagName);
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape" && menu()) {
      menu().firstElementChild.focus();
      menu().open = false;
    } else if (event.key === "Escape" && !isTyping) {
      act.nothing();
    }
  });
  document.addEventListener("pointerdown", event => {
    if (menu() && !menu().contains(event.target)) menu().open = false;
  });
}

function showChoices(state) {
  for (const input of element("views").querySelectorAll("input")) input.checked = input.value === state.view;
  for (const input of element("filters").querySelectorAll("input")) {
    input.checked = !listed(state[input.name]).includes(input.value);
  }
  const off = ["kinds", "types", "statuses"].flatMap(name => listed(state[name])).length;
  element("filtered").textContent = off ? off + " off" : "";
}

// The legend, and what the drawing leaves out.
function showDrawn(model, state, { nodes, lines }) {
  const view = model.overview.views[state.view];
  const drawn = `Drawing of ${count(nodes, "node", "nodes")} and ${count(lines, "line", "lines")}`;
  element("canvas").setAttribute("aria-label", drawn);
  const kinds = new Set(view.nodes.map(node => model.kindOf(node.id)));
  const key = (kind, name) => make("span.key", make("span." + kind, { "aria-hidden": "true" }), name);
  const notes = [];
  if (view.left_out) notes.push(count(view.left_out, "node", "nodes") + " with the fewest lines found no room.");
  if (!nodes) notes.push("Nothing to draw: nobody here is tied to anybody, or the filters hide it.");
  element("legend").replaceChildren(
    ...Object.keys(SHAPES)
      .filter(kind => kinds.has(kind) && model.keepsKind(kind))
      .map(kind => key("kind." + kind, kind)),
    ...Object.entries(LINES[state.view]).map(([how, name]) => key("line." + how, name)),
    ...notes.map(note => make("span.note", note)),
  );
}

// What lines stand for, by drawing.
const LINES = {
  people: { met: "met", unmet: "planned, denied" },
  actors: { met: "met", unmet: "planned, denied", together: "in one event", tied: "office, tie" },
  full: {},
};
