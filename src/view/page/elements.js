// Small pieces that the page is made of. Every text goes in as text, never as markup.

const element = id => document.getElementById(id);

// Makes an element: `make("p.faint", {id: "x"}, "text", child)`. What is null, false or empty is left out.
function make(kind, ...parts) {
  const [tag, ...classes] = kind.split(".");
  const element = document.createElement(tag);
  element.classList.add(...classes);
  for (const part of parts.flat(2)) {
    if (part === null || part === undefined || part === false || part === "") continue;
    if (typeof part === "object" && !(part instanceof Node)) adorn(element, part);
    else element.append(part);
  }
  return element;
}

function adorn(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
}

function button(kind, text, act, attributes = {}) {
  return make("button" + kind, { type: "button", onclick: act, ...attributes }, text);
}

// A link to where an article stands, if that is an address of the web; else plain text. `javascript:` leads nowhere.
function outward(text, url) {
  return /^https?:\/\//i.test(url || "") ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, text) : text;
}

// With commas between.
function joined(nodes) {
  return nodes.flatMap((node, i) => (i ? [", ", node] : [node]));
}

// A name of the data as people read it: `holds_office` is "holds office".
function spoken(name) {
  return name.replace(/[_-]/g, " ");
}

function count(number, one, several) {
  return number.toLocaleString("en") + " " + (number === 1 ? one : several);
}

// Lower case, no accents: a search for “erdogan” finds Erdoğan.
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ø/g, "o").replace(/ł/g, "l").replace(/ı/g, "i");
}

function shortened(text, most) {
  return text.length > most ? text.slice(0, most - 1).trimEnd() + "…" : text;
}

// Tells those who hear the page rather than see it.
function announce(text) {
  document.getElementById("said").textContent = text;
}

// A field that offers what fits the letters in it (the ARIA pattern of a combobox). `find(text)` gives `{id, name, note, kind}`s.
function picker({ label, placeholder, find, pick, type = () => {} }) {
  const id = "list-" + plain(label).replace(/\W+/g, "-");
  let offers = [],
    active = -1;
  const list = make("ul.offers", { id, role: "listbox", "aria-label": label, hidden: true });
  const input = make("input", {
    type: "search",
    placeholder,
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": label,
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
  });
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = offer => {
    close();
    pick(offer);
  };
  const mark = () => {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
    const item = list.children[active];
    if (item) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const open = () => {
    offers = input.value.trim() ? find(input.value) : [];
    active = -1;
    list.replaceChildren(
      ...offers.map((offer, i) =>
        make(
          "li",
          {
            id: id + "-" + i,
            role: "option",
            "aria-selected": "false",
            onmousedown: event => {
              event.preventDefault();
              choose(offer);
            },
          },
          make("span.kind." + offer.kind, { "aria-hidden": "true" }),
          offer.name,
          make("small", offer.note),
        ),
      ),
    );
    list.hidden = !offers.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  input.addEventListener("input", () => {
    open();
    type(input.value);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", event => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offers.length) {
      event.preventDefault();
      active = (active + step + offers.length) % offers.length;
      mark();
    } else if (event.key === "Enter" && offers.length && !list.hidden) {
      event.preventDefault();
      choose(offers[Math.max(active, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  return { element: make("div.picker", input, list), input };
}
