// The time: how many events lie when, and two handles between which they count.

const MOST_BARS = 72;

// `change(since, until)` takes days as dates; where a handle stands at its end, an empty text.
function makeSlider(container, model, change) {
  if (!model.span) {
    container.append(make("p.faint", "No event here has a date."));
    return { set() {}, paint() {} };
  }
  const [first, last] = model.span;
  const bars = Math.min(MOST_BARS, last - first + 1),
    step = (last - first + 1) / bars;
  const chart = make("canvas", { "aria-hidden": "true" });
  const told = make("p", { id: "told" });
  const handle = (label, value) => make("input", { type: "range", min: first, max: last, step: 1, value, "aria-label": label });
  const from = handle("From", first),
    to = handle("Until", last);
  container.append(told, make("div.range", chart, from, to));

  function counts() {
    const sums = Array.from({ length: bars }, () => [0, 0]);
    for (const event of model.dated) {
      const at = Math.min(Math.floor((event.days[0] - first) / step), bars - 1);
      sums[at][1] += 1;
      sums[at][0] += event.channel ? 1 : 0;
    }
    return sums;
  }
  const sums = counts(),
    most = Math.max(...sums.map(([, all]) => all));

  function paint() {
    const { clientWidth: width, clientHeight: height } = chart,
      scale = devicePixelRatio || 1,
      colors = palette();
    [chart.width, chart.height] = [width * scale, height * scale];
    const context = chart.getContext("2d");
    context.scale(scale, scale);
    sums.forEach(([meetings, all], i) => {
      const middle = first + (i + 0.5) * step;
      const isIn = middle >= Number(from.value) - step / 2 && middle <= Number(to.value) + step / 2;
      const left = (i * width) / bars,
        tall = value => (value ? Math.max(2, (height - 3) * Math.sqrt(value / most)) : 0);
      context.globalAlpha = isIn ? 1 : 0.28;
      for (const [value, color] of [
        [all, colors.event],
        [meetings, colors.met],
      ]) {
        context.fillStyle = color;
        context.fillRect(left + 0.5, height - tall(value), Math.max(width / bars - 1, 1), tall(value));
      }
    });
  }

  function tell() {
    const [a, b] = [from, to].map(input => dateOf(Number(input.value)));
    from.setAttribute("aria-valuetext", a);
    to.setAttribute("aria-valuetext", b);
    const left = model.undated();
    told.replaceChildren(make("b", a + " – " + b), left ? ` · ${count(left, "event", "events")} without a date left out` : "");
    // The one that would lie under the other at the end must stay in reach.
    from.style.zIndex = Number(from.value) > (first + last) / 2 ? 3 : 2;
  }

  const moved = input => () => {
    if (Number(from.value) > Number(to.value)) input.value = (input === from ? to : from).value;
    change(
      Number(from.value) === first ? "" : dateOf(Number(from.value)),
      Number(to.value) === last ? "" : dateOf(Number(to.value)),
    );
  };
  from.addEventListener("input", moved(from));
  to.addEventListener("input", moved(to));
  return {
    set(since, until) {
      from.value = since ? days(since, false) : first;
      to.value = until ? days(until, true) : last;
    },
    paint() {
      tell();
      paint();
    },
  };
}
