// The graph as the page asks it: by id, by who was in it, by what the filters keep.

const DAY = 86400000;

// The first and the last day that a date covers, counted from 1970.
function days(date, isEnd) {
  const [year, month, day] = date.split("-").map(Number);
  const at = new Date(0);
  if (day) at.setUTCFullYear(year, month - 1, day);
  else if (month) at.setUTCFullYear(year, isEnd ? month : month - 1, isEnd ? 0 : 1);
  else at.setUTCFullYear(year, isEnd ? 11 : 0, isEnd ? 31 : 1);
  return at.getTime() / DAY;
}

function dateOf(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function makeModel(overview) {
  const byId = things => new Map(things.map(thing => [thing.id, thing]));
  const entities = byId(overview.entities),
    events = byId(overview.events),
    claims = byId(overview.claims),
    articles = byId(overview.articles);
  const gathered = () => new Map();
  const put = (map, key, value) => {
    if (map.has(key)) map.get(key).push(value);
    else map.set(key, [value]);
  };
  const eventsOf = gathered(),
    claimsBy = gathered(),
    claimsAbout = gathered(),
    holders = gathered();
  for (const event of overview.events) {
    const start = event.start || event.end,
      end = event.end || event.start;
    if (start) event.days = [days(start, false), days(end, true)];
    for (const id of new Set([...event.who, ...(event.places || [])])) put(eventsOf, id, event);
  }
  for (const claim of overview.claims) {
    if (claim.published) claim.days = [days(claim.published, false), days(claim.published, true)];
    for (const id of claim.speakers || []) put(claimsBy, id, claim);
    for (const id of claim.about || []) put(claimsAbout, id, claim);
  }
  for (const entity of overview.entities) {
    for (const tie of entity.ties || []) if (tie.of) put(holders, tie.of, { who: entity.id, tie });
  }
  const dated = overview.events.filter(event => event.days);
  const span = dated.length
    ? [Math.min(...dated.map(event => event.days[0])), Math.max(...dated.map(event => event.days[1]))]
    : null;

  const of = (map, id) => map.get(id) || [];
  const nameOf = id =>
    entities.get(id)?.name ?? events.get(id)?.name ?? claims.get(id)?.content.join(" … ") ?? articles.get(id)?.name ?? id;
  const kindOf = id => entities.get(id)?.kind ?? (events.has(id) ? "event" : claims.has(id) ? "claim" : "article");

  // What the filters keep; set by `keep`.
  let kept = { events: new Set(), claims: new Set(), kinds: () => true, isNarrowed: false };
  function keep(state) {
    const [types, statuses, kinds] = [state.types, state.statuses, state.kinds].map(text => new Set(listed(text)));
    const since = state.since ? days(state.since, false) : -Infinity,
      until = state.until ? days(state.until, true) : Infinity;
    const isTimed = since > -Infinity || until < Infinity;
    const inTime = thing => !isTimed || (thing.days && thing.days[1] >= since && thing.days[0] <= until);
    const keptEvents = new Set(
      overview.events.filter(event => !types.has(event.type) && !statuses.has(event.status) && inTime(event)),
    );
    // As in an export: where events are narrowed, a claim stays if it is about one that stays.
    const isAboutKept = claim =>
      !(types.size || statuses.size) ||
      [...(claim.about || []), ...(claim.denies || [])].some(id => keptEvents.has(events.get(id)));
    kept = {
      events: keptEvents,
      claims: new Set(overview.claims.filter(claim => inTime(claim) && isAboutKept(claim))),
      kinds: kind => !kinds.has(kind),
      undated: isTimed
        ? overview.events.filter(event => !event.days && !types.has(event.type) && !statuses.has(event.status)).length
        : 0,
    };
  }
  const isKept = thing => kept.events.has(thing) || kept.claims.has(thing);

  // What a line stands for under the filters, the strongest first; null where nothing of it is kept.
  function bond(line, view, nodes) {
    if (view === "full") return { how: "tied", times: 1 };
    const inIt = (line.events || []).map(number => overview.events[number]).filter(event => kept.events.has(event));
    const both = [nodes[line.a].id, nodes[line.b].id].every(id => kindOf(id) === "person");
    const meetings = both ? inIt.filter(event => event.channel) : [];
    const took = meetings.filter(event => event.status === "happened").length + (line.meetings || 0);
    if (took) return { how: "met", times: took };
    if (meetings.length) return { how: "unmet", times: meetings.length };
    if (inIt.length) return { how: "together", times: inIt.length };
    return line.ties ? { how: "tied", times: 1 } : null;
  }

  // The shortest way from one to another over lines of a drawing that stand for what took place; null where there is none.
  function path(view, from, to) {
    const { nodes, lines } = overview.views[view];
    const near = new Map();
    for (const line of lines) {
      const ends = [nodes[line.a].id, nodes[line.b].id];
      if (!ends.every(id => kept.kinds(kindOf(id)))) continue;
      const tie = bond(line, view, nodes);
      if (!tie || tie.how === "unmet") continue;
      put(near, ends[0], [ends[1], line]);
      put(near, ends[1], [ends[0], line]);
    }
    const before = new Map([[from, null]]);
    const open = [from];
    for (let next = 0; next < open.length && !before.has(to); next++) {
      for (const [id, line] of of(near, open[next]))
        if (!before.has(id)) {
          before.set(id, [open[next], line]);
          open.push(id);
        }
    }
    if (!before.has(to)) return null;
    const steps = [];
    for (let id = to; before.get(id); id = before.get(id)[0])
      steps.unshift({ from: before.get(id)[0], to: id, line: before.get(id)[1] });
    return steps;
  }

  // Names that the letters fit, the best and most central first.
  const sizes = new Map(Object.values(overview.views).flatMap(view => view.nodes.map(node => [node.id, node.size])));
  const names = overview.entities.map(entity => ({
    entity,
    name: plain(entity.name),
    all: [entity.name, ...(entity.aliases || [])].map(plain),
  }));
  function find(text, most = 8, only = () => true) {
    const asked = plain(text.trim());
    const fit = ({ name, all }) => {
      if (name === asked) return 5;
      if (all.includes(asked)) return 4;
      if (name.startsWith(asked)) return 3;
      if (all.some(alias => alias.split(/[\s-]+/).some((_, i, words) => words.slice(i).join(" ").startsWith(asked)))) return 2;
      return all.some(alias => alias.includes(asked)) ? 1 : 0;
    };
    const fits = names
      .filter(({ entity }) => only(entity))
      .map(known => [fit(known), sizes.get(known.entity.id) || 0, known.entity])
      .filter(([fit]) => fit);
    fits.sort((a, b) => b[0] - a[0] || b[1] - a[1]);
    return fits
      .slice(0, most)
      .map(([, , entity]) => ({ id: entity.id, name: entity.name, kind: entity.kind, note: officesOf(entity) || entity.kind }));
  }

  function officesOf(entity) {
    const offices = (entity.ties || []).filter(tie => tie.type !== "within");
    return offices
      .map(tie => (tie.former ? "former " : "") + (tie.as || spoken(tie.type)) + (tie.of ? ", " + nameOf(tie.of) : ""))
      .join("; ");
  }

  // All words of a thing, for the search in lists.
  const wordsOf = new Map();
  function holds(thing, words) {
    if (!words.length) return true;
    if (!wordsOf.has(thing)) {
      const own = [
        thing.name,
        thing.source,
        thing.cue,
        thing.type,
        thing.stance,
        ...(thing.aliases || []),
        ...(thing.content || []),
      ];
      const named = ["who", "places", "speakers", "about", "to", "denies"]
        .flatMap(key => thing[key] || [])
        .concat(thing.occasion || [])
        .map(nameOf);
      wordsOf.set(thing, plain([...own, ...named, thing.kind ? officesOf(thing) : ""].filter(Boolean).join(" ")));
    }
    return words.every(word => wordsOf.get(thing).includes(word));
  }

  return {
    overview,
    entities,
    events,
    claims,
    articles,
    span,
    dated,
    nameOf,
    kindOf,
    keep,
    isKept,
    bond,
    path,
    find,
    holds,
    officesOf,
    keepsKind: kind => kept.kinds(kind),
    undated: () => kept.undated,
    eventsOf: id => of(eventsOf, id),
    claimsBy: id => of(claimsBy, id),
    claimsAbout: id => of(claimsAbout, id),
    holders: id => of(holders, id),
  };
}
