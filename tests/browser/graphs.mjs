// Graphs to try the page on, in the form of schema/graph.schema.json: large ones, and one in which every text is hostile.

// Numbers that look thrown and are the same each time (Knuth's MMIX constants, the upper bits).
function dice(seed) {
  let state = BigInt(seed);
  return sides => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(sides));
  };
}

function graph(nodes, edges) {
  const key = edge => [edge.source, edge.target, edge.key].join("\t");
  return {
    directed: true,
    multigraph: true,
    graph: { generator: "rapporteur 0.1.0", articles: nodes.filter(node => node.kind === "article").length },
    nodes: nodes.sort((a, b) => (a.id < b.id ? -1 : 1)),
    edges: [...new Map(edges.map(edge => [key(edge), edge])).entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, edge]) => edge),
  };
}

const edge = (source, type, target, more = {}) => ({ source, target, key: type, type, ...more });

// A graph of about `size` nodes: half of them people who meet in circles, the rest events, claims, countries, articles.
export function large(size) {
  const roll = dice(size),
    pick = list => list[roll(list.length)];
  const syllables = ["ka", "ro", "mi", "ta", "len", "sor", "vi", "dan", "el", "mar", "ish", "to", "ber", "nu", "gal", "pe"];
  const word = () => {
    const text = pick(syllables) + pick(syllables) + (roll(2) ? pick(syllables) : "");
    return text[0].toUpperCase() + text.slice(1);
  };
  const nodes = [],
    edges = [],
    number = part => Math.round(size * part);
  const people = Array.from({ length: number(0.5) }, (_, i) => ({
    id: "person/p" + i,
    kind: "person",
    name: word() + " " + word(),
  }));
  const countries = Array.from({ length: Math.min(190, number(0.04)) }, (_, i) => ({
    id: "country/c" + i,
    kind: "country",
    name: word() + "ia",
  }));
  const circles = Math.max(2, number(0.01));
  const texts = Array.from({ length: number(0.05) }, (_, i) => ({
    id: "article/a" + String(i).padStart(6, "0"),
    kind: "article",
    name: word() + " talks go on",
    published: day(roll(1400)),
    text: "",
  }));
  const write = (article, sentence) => {
    const start = article.text.length;
    article.text += sentence + " ";
    return [{ article: article.id, start, end: start + sentence.length, text: sentence, rule: "by-hand" }];
  };
  nodes.push(...people, ...countries, ...texts);
  for (const person of people)
    edges.push(edge(person.id, "holds_office", pick(countries).id, { key: "holds_office:minister", title: "minister" }));
  const events = number(0.25),
    claims = number(0.16);
  for (let i = 0; i < events; i++) {
    const circle = roll(circles),
      inCircle = () =>
        people[(circle + circles * Math.floor(((roll(1000) * roll(1000)) / 1e6) * (people.length / circles))) % people.length];
    const [a, b] = [inCircle(), roll(6) ? inCircle() : pick(people)].sort((x, y) => (x.id < y.id ? -1 : 1));
    if (a === b) continue;
    const type = roll(5) ? "meet" : "call",
      channel = type === "meet" ? "in-person" : "remote",
      status = ["happened", "happened", "happened", "planned", "denied"][roll(5)];
    const start = day(roll(1400)),
      id = "event/e" + String(i).padStart(6, "0"),
      evidence = write(pick(texts), `${a.name} met ${b.name} on ${start}.`);
    nodes.push({
      id,
      kind: "event",
      type,
      name: `${a.name} met ${b.name}`,
      start,
      end: start,
      status,
      score: 0.9,
      channel,
      evidence,
    });
    for (const who of [a, b]) edges.push(edge(who.id, "participant", id, { role: "participant" }));
    edges.push(edge(a.id, "met", b.id, { key: "met:" + id, channel, start, end: start, status, event: id, derived: true }));
  }
  for (let i = 0; i < claims; i++) {
    const who = pick(people),
      id = "claim/k" + String(i).padStart(6, "0"),
      content = `the talks in ${pick(countries).name} went well`;
    nodes.push({
      id,
      kind: "claim",
      form: "indirect",
      stance: roll(6) ? "assert" : "deny",
      cue: "said",
      source_text: who.name,
      content: [content],
      content_spans: [],
      evidence: write(pick(texts), `${who.name} said that ${content}.`),
    });
    edges.push(edge(who.id, "claims", id), edge(id, "about", pick(countries).id));
  }
  return graph(nodes, edges);
}

function day(number) {
  return new Date(Date.UTC(2028, 0, 1) + number * 86400000).toISOString().slice(0, 10);
}

// What must show as text wherever it comes to stand. Each would set `window.hacked` if it ran.
export const hostile = {
  title: "</script><script>window.hacked = 'title'</script> & <!-- <b>bold</b>",
  name: "<img src=x onerror=\"window.hacked='name'\"> Mallory",
  quote: "</blockquote><svg onload=\"window.hacked='quote'\"> {{script}} ${window.hacked = 1}",
  url: "javascript:window.hacked='url'",
  control: "line\u2028 of \u0007 bells \u202e backwards",
};

export function hostileGraph() {
  const text = `${hostile.quote} met Trent. ${hostile.name} denied it.`;
  const evidence = [{ article: "article/h", start: 0, end: Array.from(text).length, text, rule: hostile.name }];
  const person = {
    id: "person/mallory",
    kind: "person",
    name: hostile.name,
    aliases: [hostile.quote, hostile.control],
    same_as: [hostile.url],
    offices: [{ title: hostile.quote }],
  };
  const nodes = [
    person,
    { id: "person/trent", kind: "person", name: hostile.control },
    { id: "place/x", kind: "place", name: hostile.title },
    { id: "country/x", kind: "country", name: hostile.quote },
    {
      id: "event/x",
      kind: "event",
      type: "meet",
      name: hostile.title,
      start: "2030-01-02",
      end: "2030-01-03",
      status: "denied",
      score: 0.5,
      channel: "in-person",
      evidence,
    },
    {
      id: "claim/x",
      kind: "claim",
      form: "direct",
      stance: "assert",
      cue: hostile.name,
      source_text: hostile.title,
      content: [hostile.quote],
      content_spans: [],
      evidence,
    },
    {
      id: "claim/y",
      kind: "claim",
      form: "direct",
      stance: "deny",
      cue: hostile.title,
      source_text: hostile.quote,
      content: [hostile.title],
      content_spans: [],
      evidence,
    },
    {
      id: "article/h",
      kind: "article",
      name: hostile.title,
      url: hostile.url,
      published: "2030-01-04",
      sources: [hostile.name],
      text,
    },
  ];
  const edges = [
    edge("person/mallory", "participant", "event/x", { role: hostile.name }),
    edge("person/trent", "participant", "event/x"),
    edge("person/mallory", "met", "person/trent", {
      key: "met:event/x",
      channel: "in-person",
      start: "2030-01-02",
      status: "denied",
      event: "event/x",
      derived: true,
    }),
    edge("event/x", "location", "place/x"),
    edge("place/x", "within", "country/x"),
    edge("person/mallory", "holds_office", "country/x", { key: "holds_office:" + hostile.title, title: hostile.title, evidence }),
    edge("person/trent", "claims", "claim/x"),
    edge("person/mallory", "claims", "claim/y"),
    edge("claim/y", "denies", "claim/x"),
    edge("claim/y", "denies", "event/x"),
    edge("claim/x", "about", "event/x"),
  ];
  return graph(nodes, edges);
}
