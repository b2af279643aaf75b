// Ties the parts together: what is clicked changes the state, and the state is what all of them show.

// How long what moves fast is left alone before the address follows, in milliseconds.
const PATIENCE = 250;

// Up to this width the lists lie below the drawing, as the style has it.
const NARROW = "(max-width: 900px)";

async function begin() {
  const model = makeModel(await source.overview());
  let state = fromHash(location.hash);

  const act = {
    state: () => state,
    change,
    remember: () => remember(true),
    look: (id, fact = "") => change({ at: id, fact }),
    node: id => change({ at: id, fact: "" }),
    line: (a, b) => change({ at: a + " " + b, fact: "" }),
    nothing: () => state.at && change({ at: "", fact: "" }),
    camera([x, y, ratio]) {
      const camera = x === 0.5 && y === 0.5 && ratio === 1 ? "" : [x, y, ratio].join(",");
      if (camera === state.camera) return;
      state.camera = camera;
      remember();
    },
  };

  let drawing = makeDrawing(element("canvas"), model, act);
  const panel = makePanel(element("panel"), model, act);
  const slider = makeSlider(element("time"), model, (since, until) => change({ since, until }));
  const search = picker({
    label: "Search",
    placeholder: "Search names and words",
    find: text => model.find(text),
    pick: ({ id, name }) => {
      change({ at: id, fact: "", q: "" });
      drawing.goTo(id);
      announce(name + " is shown");
    },
    type: q => change({ q, at: "", fact: "" }),
  });
  element("search").append(search.element);
  const controls = makeControls(model, act, () => drawing, search.input);

  function change(changes) {
    const before = state;
    state = { ...state, ...changes };
    if (state.view !== before.view) state.camera = "";
    const isStep = ["at", "fact", "tab", "view", "from", "to"].some(name => state[name] !== before[name]);
    show();
    remember(isStep);
  }

  // The address follows: one step back in the browser's history for each thing that was looked at.
  let waiting = null;
  function remember(isStep) {
    clearTimeout(waiting);
    const write = () => {
      const hash = "#" + toHash(state);
      if (hash === location.hash || (hash === "#" && !location.hash)) return;
      history[isStep ? "pushState" : "replaceState"](null, "", hash === "#" ? location.pathname + location.search : hash);
    };
    if (isStep) write();
    else waiting = setTimeout(write, PATIENCE);
  }

  // Many changes in one frame, as from a handle that is dragged, are shown once.
  let framed = null;
  function show() {
    framed ??= requestAnimationFrame(() => {
      framed = null;
      const isNew = paint();
      // Where the lists lie below the drawing, what was asked for comes into view.
      if (isNew && matchMedia(NARROW).matches) element("side").scrollIntoView({ behavior: "smooth" });
    });
  }

  // Tells whether the lists show something else than before.
  function paint() {
    model.keep(state);
    slider.set(state.since, state.until);
    slider.paint();
    drawing.show(state.view, new Set(state.at ? state.at.split(" ") : []), way());
    const isNew = panel.show(state);
    if (document.activeElement !== search.input) search.input.value = state.q;
    controls.show(state);
    return isNew;
  }

  // Ids, and pairs of ids, along the path that is asked for.
  function way() {
    if (state.tab !== "path" || state.at || !state.from || !state.to) return new Set();
    const steps = model.path(state.view === "people" ? "people" : "actors", state.from, state.to) || [];
    return new Set([state.from, state.to, ...steps.flatMap(({ from, to }) => [to, from + " " + to])]);
  }

  function begun() {
    try {
      paint();
    } catch (error) {
      // A browser that draws no WebGL: the lists go on without the drawing.
      drawing = undrawn(element("canvas"), error);
      paint();
    }
    lookAsStated();
  }

  const lookAsStated = () => drawing.look(state.camera ? state.camera.split(",").map(Number) : [0.5, 0.5, 1]);
  const recolored = () => {
    drawing.recolor();
    slider.paint();
    controls.show(state);
  };
  window.addEventListener("popstate", () => {
    state = fromHash(location.hash);
    paint();
    lookAsStated();
  });
  window.addEventListener("resize", () => slider.paint());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolored);
  new MutationObserver(recolored).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  begun();
  requestAnimationFrame(() => performance.mark("shown"));
  // For those who drive the page by script: what is where, and whether it is there.
  window.rapporteur = { seen: () => drawing.seen(), state: () => ({ ...state }), find: model.find };
}

// Stands for a drawing that cannot be.
function undrawn(container, error) {
  const why = "This browser draws no WebGL, so there is no drawing here (" + error.message + "). ";
  container.replaceChildren(make("p.note", why + "The lists hold all that it would show."));
  const nothing = () => {};
  const none = { nodes: new Map(), lines: [], labels: [], colors: palette(), width: 1, height: 1, camera: [0.5, 0.5, 1] };
  return {
    show: nothing,
    recolor: nothing,
    look: nothing,
    move: nothing,
    zoom: nothing,
    goTo: nothing,
    seen: () => none,
    shown: () => ({ nodes: 0, lines: 0 }),
  };
}

begin().catch(error => {
  element("panel").replaceChildren(make("p.warn", "The graph could not be shown: " + error.message));
  throw error;
});
