// What the drawing shows now as a picture to keep: SVG, or the same painted as PNG.

const PNG_SCALE = 2;

function pictureOf({ width, height, nodes, lines, labels, colors }, nameOf) {
  const svg = (tag, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes))
      element.setAttribute(name, typeof value === "number" ? Number(value.toFixed(1)) : value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const picture = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "font-family": "system-ui, sans-serif",
    "font-size": "12",
    "text-anchor": "middle",
  });
  const margin = 40;
  const isSeen = ({ x, y }) => x > -margin && y > -margin && x < width + margin && y < height + margin;
  picture.append(svg("rect", { width, height, fill: colors.paper }));
  for (const { a, b, color, size, how } of lines) {
    if (isSeen(a) || isSeen(b))
      picture.append(
        svg("line", {
          x1: a.x,
          y1: a.y,
          x2: b.x,
          y2: b.y,
          stroke: color,
          "stroke-width": Math.max(size, 1),
          ...(how === "unmet" ? { "stroke-dasharray": "5 4" } : {}),
        }),
      );
  }
  for (const node of [...nodes.values()].filter(isSeen)) {
    const { points } = SHAPES[node.kind],
      look = { fill: node.color, stroke: colors.paper, "stroke-width": 1.2 };
    const element = points
      ? svg("polygon", {
          points: points
            .map(([x, y]) => (node.x + x * node.size).toFixed(1) + "," + (node.y + y * node.size).toFixed(1))
            .join(" "),
          ...look,
        })
      : svg("circle", { cx: node.x, cy: node.y, r: node.size, ...look });
    element.append(svg("title", {}, nameOf(node.id)));
    picture.append(element);
  }
  for (const { text, box } of labels) {
    picture.append(
      svg(
        "text",
        {
          x: (box[0] + box[2]) / 2,
          y: box[1] + 11.5,
          fill: colors.ink,
          stroke: colors.paper,
          "stroke-width": 3.5,
          "paint-order": "stroke",
          "stroke-linejoin": "round",
        },
        text,
      ),
    );
  }
  // Control characters, which a name may hold, are no XML.
  return new XMLSerializer()
    .serializeToString(picture)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

async function savePicture(form, seen, nameOf) {
  const svg = new Blob([pictureOf(seen, nameOf)], { type: "image/svg+xml" });
  keep(form === "svg" ? svg : await painted(svg, seen), "graph." + form);
}

async function painted(svg, { width, height }) {
  const image = new Image(),
    address = URL.createObjectURL(svg);
  image.src = address;
  await image.decode();
  const canvas = make("canvas", { width: width * PNG_SCALE, height: height * PNG_SCALE });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise(done => canvas.toBlob(done, "image/png"));
}

function keep(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
