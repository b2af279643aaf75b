// What one looks at, to and from the address after `#`: a link that leads back to it.

const UNTOUCHED = {
  view: "actors", // which drawing: people, actors, full
  tab: "people", // which list
  at: "", // what is looked at: an id, or two with a space between for the line between them
  fact: "", // of an article: whose words are marked in it
  q: "", // words that the lists are searched for
  kinds: "", // kinds, types and statuses that are hidden, with commas between
  types: "",
  statuses: "",
  since: "", // days that the time is narrowed to
  until: "",
  from: "", // the ends of a path
  to: "",
  theme: "", // light or dark, where one differs from the system
  camera: "", // x, y and how much of the drawing is seen
};

function toHash(state) {
  const changed = Object.entries(state).filter(([name, value]) => value !== UNTOUCHED[name]);
  return changed
    .map(([name, value]) => name + "=" + encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%20/g, "+"))
    .join("&");
}

function fromHash(hash) {
  const state = { ...UNTOUCHED };
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    if (name in UNTOUCHED) state[name] = value;
  }
  if (!["people", "actors", "full"].includes(state.view)) state.view = UNTOUCHED.view;
  for (const name of ["since", "until"]) if (!/^\d{4}-\d\d-\d\d$/.test(state[name])) state[name] = "";
  if (!/^(-?\d+(\.\d+)?,){2}\d*(\.\d*)?[1-9]\d*$/.test(state.camera)) state.camera = "";
  return state;
}

const listed = text => (text ? text.split(",") : []);
