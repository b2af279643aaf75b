// The drawing: places come from the graph's maker, sigma.js puts them on the screen, labels are drawn where there is room.

// Beyond so many nodes what the pointer is over no longer fades the rest: that would redraw them all.
const MANY = 6000;

const LABEL_FONT = "system-ui, sans-serif";

// The longest label of a name, and of an event or a claim; the whole of it shows under the pointer.
const LONGEST = 34,
  LONGEST_OF_FACT = 24;

// The camera that sees all of it.
const WHOLE = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };

// Whether the system asks for less motion.
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const isFact = kind => kind === "event" || kind === "claim";
const labelOf = (name, kind) => shortened(name, isFact(kind) ? LONGEST_OF_FACT : LONGEST);

// The screen that one node gets before all of them shrink, in square pixels.
const ROOM_OF_NODE = 3200;

// The colours of the page, as its style has them now.
function palette() {
  const style = getComputedStyle(document.documentElement);
  const names = [
    "paper",
    "ink",
    "faint",
    "raised",
    "rule",
    "person",
    "country",
    "organization",
    "place",
    "event",
    "claim",
    "met",
    "unmet",
    "together",
    "tied",
  ];
  return Object.fromEntries(names.map(name => [name, style.getPropertyValue("--" + name).trim()]));
}

function rgb(hex) {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
}

// `share` of a colour, the rest of the paper under it.
function washed(color, paper, share) {
  const [a, b] = [rgb(color), rgb(paper)];
  return (
    "#" +
    a
      .map((value, i) =>
        Math.round(value * share + b[i] * (1 - share))
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")
  );
}

// Boxes (left, top, right, bottom) that find out fast which of them lie on one another.
function makeGrid() {
  const cells = new Map();
  function* over([x1, y1, x2, y2]) {
    for (let x = Math.floor(x1 / 80); x <= Math.floor(x2 / 80); x++)
      for (let y = Math.floor(y1 / 40); y <= Math.floor(y2 / 40); y++) yield x * 65536 + y;
  }
  return {
    put(box, key) {
      for (const cell of over(box)) {
        if (cells.has(cell)) cells.get(cell).push([box, key]);
        else cells.set(cell, [[box, key]]);
      }
    },
    // Whether a box lies on another than that of `key`.
    meets(box, key) {
      const clash = ([other, of]) =>
        of !== key && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
      for (const cell of over(box)) if ((cells.get(cell) || []).some(clash)) return true;
      return false;
    },
  };
}

// `act.node(id)`, `act.line(a, b)`, `act.nothing()` tell clicks, `act.camera(state)` a move.
function makeDrawing(container, model, act) {
  let colors = palette(),
    view,
    shown,
    over = null,
    chosen = new Set(),
    way = new Set(),
    boxes = [],
    candidates = [];
  let renderer = null;

  const graphs = new Map();
  function graphOf(name) {
    if (graphs.has(name)) return graphs.get(name);
    const graph = new Vendored.UndirectedGraph();
    const { nodes, lines } = model.overview.views[name];
    // The more nodes there are, the smaller they are drawn, down to a quarter.
    const room = Math.max(
      0.25,
      Math.min(1, Math.sqrt((container.clientWidth * container.clientHeight) / (nodes.length * ROOM_OF_NODE))),
    );
    for (const { id, x, y, size: full } of nodes) {
      const size = full * room;
      const kind = model.kindOf(id);
      graph.addNode(id, { x, y: -y, size, kind, shape: SHAPES[kind].number, label: model.nameOf(id), type: "shape" });
    }
    for (const line of lines) graph.addEdge(nodes[line.a].id, nodes[line.b].id, { line });
    graphs.set(name, graph);
    return graph;
  }

  // Which nodes and lines the filters leave, and what each line stands for.
  function sift() {
    const graph = graphOf(view),
      { nodes } = model.overview.views[view];
    shown = { nodes: new Set(), lines: new Map() };
    const stands = id => {
      const kind = model.kindOf(id);
      const fact = kind === "event" ? model.events.get(id) : kind === "claim" ? model.claims.get(id) : null;
      return model.keepsKind(kind) && (!fact || model.isKept(fact));
    };
    graph.forEachEdge((key, { line }, a, b) => {
      const bond = stands(a) && stands(b) ? model.bond(line, view, nodes) : null;
      if (!bond) return;
      shown.lines.set(key, bond);
      shown.nodes.add(a).add(b);
    });
  }

  // Whom what is chosen, or lies under the pointer, leaves unfaded; null where nothing is.
  function lit() {
    const graph = graphOf(view);
    if (way.size) return way;
    const from = over ? new Set([over]) : chosen;
    const here = [...from].filter(id => graph.hasNode(id));
    if (!here.length) return null;
    if (!over && from.size > 1) return new Set(here);
    const near = new Set(here);
    for (const id of here)
      graph.forEachEdge(id, (key, _, a, b) => {
        if (shown.lines.has(key)) near.add(a).add(b);
      });
    return near;
  }

  let bright = null;
  const isBetween = (a, b) => {
    if (way.size) return way.has(a + " " + b) || way.has(b + " " + a);
    if (over) return a === over || b === over;
    return chosen.size > 1 ? chosen.has(a) && chosen.has(b) : chosen.has(a) || chosen.has(b);
  };

  function nodeLook(id, node) {
    const isLit = !bright || bright.has(id);
    const color = isLit ? colors[node.kind] : washed(colors[node.kind], colors.paper, 0.18);
    return {
      ...node,
      color,
      hidden: !shown.nodes.has(id),
      label: isLit ? node.label : "",
      zIndex: isLit ? 1 : 0,
      highlighted: chosen.has(id),
    };
  }

  function lineLook(key, { line }) {
    const bond = shown.lines.get(key);
    if (!bond) return { hidden: true };
    const [a, b] = graphOf(view).extremities(key);
    const isLit = !bright || isBetween(a, b);
    const strength = { met: 0.8, unmet: 0.75, together: 0.55, tied: 0.5 }[bond.how];
    return {
      size: bond.how === "met" ? Math.min(2 + Math.log2(bond.times), 6) : { unmet: 1.9, together: 1.7, tied: 1.6 }[bond.how],
      color: washed(colors[bond.how], colors.paper, isLit ? strength : 0.1),
      zIndex: isLit ? { met: 3, unmet: 2, together: 1, tied: 0 }[bond.how] : -1,
    };
  }

  const widths = new Map();
  function width(context, text) {
    if (!widths.has(text)) widths.set(text, context.measureText(text).width);
    return widths.get(text);
  }

  // Each label goes below its node, above it or beside it, where it lies on no other label, and on no other node if that can be; of
  // two that want one place the larger node's gets it, but names come before what happened and was said.
  function paintLabels() {
    const context = renderer.getCanvases().labels.getContext("2d");
    context.font = "500 12px " + LABEL_FONT;
    context.textAlign = "center";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    boxes = [];
    const rank = ({ key, size, kind }) => (chosen.has(key) ? 2000 : way.has(key) ? 1000 : 0) + size - (isFact(kind) ? 100 : 0);
    candidates.sort((a, b) => rank(b) - rank(a));
    const labels = makeGrid(),
      bodies = makeGrid();
    for (const { key, x, y, size } of candidates) bodies.put([x - size, y - size, x + size, y + size], key);
    for (const { key, x, y, size, label, kind } of candidates) {
      const text = labelOf(label, kind),
        half = width(context, text) / 2 + 3;
      const around = [
        [x, y + size + 8.5],
        [x, y - size - 8.5],
        [x + size + half, y],
        [x - size - half, y],
      ].map(([x, y]) => [x - half, y - 7.5, x + half, y + 7.5]);
      const inView = box => box[0] >= 0 && box[2] <= container.clientWidth && box[1] >= 0 && box[3] <= container.clientHeight;
      const free = around.filter(box => inView(box) && !labels.meets(box));
      const box = free.find(box => !bodies.meets(box, key)) || free[0];
      if (!box) continue;
      labels.put(box, key);
      boxes.push({ id: key, text, box });
      const at = [(box[0] + box[2]) / 2, box[1] + 11.5];
      context.strokeStyle = colors.paper;
      context.strokeText(text, ...at);
      context.fillStyle = colors.ink;
      context.fillText(text, ...at);
    }
  }

  // The node under the pointer or chosen: a ring, and its whole name on a card.
  function paintOver(context, { key, x, y, size, kind }) {
    context.beginPath();
    context.arc(x, y, size + 4, 0, 2 * Math.PI);
    context.strokeStyle = colors.ink;
    context.lineWidth = 2;
    context.stroke();
    if (key !== over) return;
    const text = shortened(model.nameOf(key), 90);
    context.font = "600 12.5px " + LABEL_FONT;
    context.textAlign = "center";
    const half = context.measureText(text).width / 2 + 9;
    const middle = Math.min(Math.max(x, half + 4), Math.max(container.clientWidth - half - 4, half));
    context.fillStyle = colors.raised;
    context.strokeStyle = colors[kind];
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(middle - half, y + size + 7, 2 * half, 23, 6);
    context.fill();
    context.stroke();
    context.fillStyle = colors.ink;
    context.fillText(text, middle, y + size + 22.5);
  }

  function begin() {
    const graph = graphOf(view);
    renderer = new Vendored.Sigma(graph, container, {
      nodeProgramClasses: { shape: shapeProgram(() => rgb(colors.paper).map(value => value / 255)) },
      edgeProgramClasses: { line: Vendored.EdgeRectangleProgram },
      defaultNodeType: "shape",
      defaultEdgeType: "line",
      defaultDrawNodeLabel: (context, data) => {
        if (data.label) candidates.push(data);
      },
      defaultDrawNodeHover: paintOver,
      nodeReducer: nodeLook,
      edgeReducer: lineLook,
      enableEdgeEvents: true,
      zIndex: true,
      hideEdgesOnMove: graph.size > 15000,
      labelDensity: 3,
      labelGridCellSize: 90,
      labelRenderedSizeThreshold: 0,
      minEdgeThickness: 1,
      stagePadding: 46,
      minCameraRatio: 0.01,
      maxCameraRatio: 3,
      zoomToSizeRatioFunction: ratio => Math.sqrt(ratio),
      allowInvalidContainer: true,
    });
    renderer.on("beforeRender", () => {
      candidates = [];
    });
    renderer.on("afterRender", paintLabels);
    renderer.on("clickNode", ({ node }) => act.node(node));
    renderer.on("clickEdge", ({ edge }) => act.line(...renderer.getGraph().extremities(edge)));
    renderer.on("clickStage", () => act.nothing());
    const hover = id => {
      over = id;
      container.style.cursor = id ? "pointer" : "";
      if (renderer.getGraph().order <= MANY) relight();
    };
    renderer.on("enterNode", ({ node }) => hover(node));
    renderer.on("leaveNode", () => hover(null));
    renderer.on("enterEdge", () => {
      container.style.cursor = "pointer";
    });
    renderer.on("leaveEdge", () => {
      if (!over) container.style.cursor = "";
    });
    renderer.getCamera().on("updated", () => act.camera(camera()));
  }

  function relight() {
    bright = lit();
    renderer.refresh({ skipIndexation: true });
  }

  // Moves the camera, at once where the system asks for less motion.
  function glide(target, duration) {
    const eye = renderer.getCamera();
    if (STILL.matches) eye.setState(target);
    else eye.animate(target, { duration });
  }

  function camera() {
    const { x, y, ratio } = renderer.getCamera().getState();
    return [x, y, ratio].map(value => Number(value.toFixed(3)));
  }

  const drawing = {
    // Draws a view, with what is chosen (a set of ids) and the way of a path (ids, and pairs of them) brought out.
    show(name, ids, path) {
      const isOther = name !== view;
      [view, chosen, way] = [name, ids, path];
      sift();
      over = null;
      bright = lit();
      if (!renderer) {
        begin();
        return;
      }
      if (isOther) {
        renderer.setSetting("hideEdgesOnMove", graphOf(view).size > 15000);
        renderer.setGraph(graphOf(view));
        renderer.getCamera().setState(WHOLE);
      }
      renderer.refresh();
    },
    recolor() {
      colors = palette();
      renderer?.refresh({ skipIndexation: true });
    },
    look([x, y, ratio]) {
      renderer.getCamera().setState({ x, y, ratio });
    },
    move(dx, dy) {
      const { x, y, ratio } = renderer.getCamera().getState();
      glide({ x: x + dx * ratio, y: y + dy * ratio }, 120);
    },
    zoom(how) {
      const eye = renderer.getCamera();
      if (how === "all") glide(WHOLE, 250);
      else glide({ ratio: eye.getBoundedRatio(eye.ratio * (how === "in" ? 0.65 : 1.5)) }, 180);
    },
    // Brings a node into the middle, if it is drawn.
    goTo(id) {
      const place = renderer?.getNodeDisplayData(id);
      if (place) glide({ x: place.x, y: place.y, ratio: Math.min(renderer.getCamera().ratio, 0.6) }, 350);
    },
    // For pictures, and for those who drive the page by script: what is where on the screen, in pixels of the drawing.
    seen() {
      const at = id => {
        const data = renderer.getNodeDisplayData(id),
          place = renderer.framedGraphToViewport(data);
        return {
          id,
          ...place,
          size: renderer.scaleSize(data.size),
          color: data.color,
          kind: graphOf(view).getNodeAttribute(id, "kind"),
        };
      };
      const nodes = new Map([...shown.nodes].map(id => [id, at(id)]));
      const lines = [...shown.lines].map(([key, bond]) => {
        const [a, b] = graphOf(view).extremities(key),
          { color, size } = renderer.getEdgeDisplayData(key);
        return { a: nodes.get(a), b: nodes.get(b), how: bond.how, color, size: renderer.scaleSize(size) };
      });
      return {
        width: container.clientWidth,
        height: container.clientHeight,
        nodes,
        lines,
        labels: boxes,
        colors,
        camera: camera(),
      };
    },
    shown: () => ({ nodes: shown.nodes.size, lines: shown.lines.size }),
  };
  return drawing;
}
