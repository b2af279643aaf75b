// Beside the drawing: lists of people, events, claims and others, paths, and all that is known of one of them.

// `act.look(id, fact)`, `act.change(changes)` as in main.js.
function makePanel(place, model, act) {
  const rows = makeRows(model, act);
  const { overview } = model;
  const heading = text => make("h3", text);
  const section = (title, things, row) =>
    things.length ? [heading(title + " (" + things.length + ")"), ...rows.more(things, row)] : [];

  // What the filters leave of some events or claims, and how many they hide.
  function sifted(things) {
    const left = things.filter(model.isKept);
    return { left, hidden: things.length - left.length };
  }
  const toldHidden = number => number > 0 && make("p.note", count(number, "entry", "entries") + " hidden by the filters");

  const lists = {
    people: [
      "People",
      () => overview.entities.filter(entity => entity.kind === "person" && model.keepsKind("person")),
      rows.entityRow,
    ],
    events: ["Events", () => overview.events.filter(model.isKept), rows.eventRow],
    claims: ["Claims", () => overview.claims.filter(model.isKept), rows.claimRow],
    path: ["Path", null, null],
    others: [
      "Others",
      () => overview.entities.filter(entity => entity.kind !== "person" && model.keepsKind(entity.kind)),
      rows.entityRow,
    ],
    articles: ["Articles", () => overview.articles, articleRow],
  };

  function articleRow(article) {
    return make(
      "article.row.compact",
      make("p.head", rows.leading(rows.titleOf(article), article.id)),
      make("p.faint", [article.published, ...(article.sources || [])].filter(Boolean).join(" · ")),
    );
  }

  function found(tab, state) {
    const words = plain(state.q).split(/\s+/).filter(Boolean);
    return lists[tab][1]().filter(thing => model.holds(thing, words));
  }

  function tabs(state) {
    return Object.entries(lists).map(([tab, [title, things]]) => {
      const isOn = tab === state.tab;
      return button(
        ".tab",
        [title, things && make("small", " " + found(tab, state).length.toLocaleString("en"))],
        () => act.change({ tab, at: "", fact: "" }),
        {
          role: "tab",
          id: "tab-" + tab,
          "aria-selected": String(isOn && !state.at),
          "aria-controls": "panel",
          tabindex: isOn ? 0 : -1,
        },
      );
    });
  }

  function list(state) {
    if (state.tab === "path") return pathPage(state);
    if (state.tab === "events") return timeline(state);
    const things = found(state.tab, state);
    if (!things.length)
      return [make("p.note", state.q ? "Nothing found." : "None in this graph, or none that the filters leave.")];
    if (state.tab !== "claims") return rows.more(things, lists[state.tab][2]);
    const disputed = things.filter(claim => claim.denied_by || claim.denies),
      others = things.filter(claim => !claim.denied_by && !claim.denies);
    // A denial stands beside what it denies, not once more by itself.
    const beside = new Set(disputed.flatMap(claim => claim.denied_by || []));
    return [
      ...section(
        "Disputed",
        disputed.filter(claim => !beside.has(claim.id)),
        rows.claimRow,
      ),
      ...section("Undisputed", others, rows.claimRow),
    ];
  }

  // The events under their years and months.
  function timeline(state) {
    const things = found("events", state);
    const month = event => (event.start || event.end || "No date").slice(0, 7);
    const title = name =>
      /^\d{4}-\d\d$/.test(name)
        ? new Date(name + "-01T00:00Z").toLocaleDateString("en", { year: "numeric", month: "long", timeZone: "UTC" })
        : name;
    let before = "";
    const row = event => {
      const head = month(event) === before ? null : make("h3.month", title(month(event)));
      before = month(event);
      return make("div.moment", head, rows.eventRow(event));
    };
    return things.length ? [make("div.timeline", rows.more(things, row))] : [make("p.note", "No events here.")];
  }

  function pathPage(state) {
    const isActor = entity => entity.kind !== "place";
    const end = (label, name) => {
      const field = picker({
        label,
        placeholder: "Name",
        find: text => model.find(text, 8, isActor),
        pick: ({ id }) => act.change({ [name]: id }),
      });
      field.input.value = state[name] ? model.nameOf(state[name]) : "";
      return make("label.end", make("span", label), field.element);
    };
    const view = state.view === "people" ? "people" : "actors";
    const what = view === "people" ? "who met whom" : "meetings, other common events, offices and affiliations";
    const form = [
      end("From", "from"),
      end("To", "to"),
      make(
        "p.faint",
        "The shortest way over " +
          what +
          ". Meetings that are planned, denied or uncertain do not count, nor does what the filters hide.",
      ),
    ];
    if (!state.from || !state.to) return form;
    const steps = model.path(view, state.from, state.to);
    if (!steps)
      return [
        ...form,
        make("p.note", { id: "noway" }, "No way leads from " + model.nameOf(state.from) + " to " + model.nameOf(state.to) + "."),
      ];
    return [
      ...form,
      make(
        "ol.path",
        make("li.stop", rows.link(state.from)),
        steps.map(step => [make("li.step", tiesOf(step.line, view)), make("li.stop", rows.link(step.to))]),
      ),
    ];
  }

  // What ties two, told: events in full, then the rest.
  function tiesOf(line, view) {
    const { nodes } = overview.views[view];
    const [a, b] = [nodes[line.a].id, nodes[line.b].id];
    const { left, hidden } = sifted((line.events || []).map(number => overview.events[number]));
    const meetings = left.filter(event => event.channel),
      others = left.filter(event => !event.channel);
    return [
      line.meetings &&
        make(
          "p.note",
          count(line.meetings, "meeting", "meetings") + "; the graph that this page was made of has only their number",
        ),
      ...section("Meetings", meetings, rows.eventRow),
      ...section("Other events", others, rows.eventRow),
      toldHidden(hidden),
      ...(line.ties ? [heading("Ties"), ...line.ties.map(([type, title]) => tieRow(a, b, type, title))] : []),
    ];
  }

  function tieRow(a, b, type, title) {
    for (const [from, to] of [
      [a, b],
      [b, a],
    ]) {
      const tie = (model.entities.get(from)?.ties || []).find(
        tie => tie.of === to && tie.type === type && (tie.as || "") === title,
      );
      if (tie)
        return make(
          "article.row",
          make("p.head", rows.link(from)),
          make("p.faint", (tie.former ? "former " : "") + (title || spoken(type)), ", ", rows.link(to)),
          tie.id && rows.evidence(tie.id),
        );
    }
    return make("article.row", make("p.head", spoken(type)), make("p.who", rows.links([a, b])));
  }

  function linePage(a, b, state) {
    const { nodes, lines } = overview.views[state.view];
    const line = lines.find(line => [nodes[line.a].id, nodes[line.b].id].every(id => id === a || id === b));
    const title = [back(state), make("h2", rows.link(a), " – ", rows.link(b))];
    if (!line) return [...title, make("p.note", "Nothing ties the two in this drawing.")];
    const facts = [a, b].filter(id => model.events.has(id) || model.claims.has(id));
    return [
      ...title,
      ...tiesOf(line, state.view),
      ...facts.flatMap(id => (model.events.has(id) ? rows.eventRow(model.events.get(id)) : rows.claimRow(model.claims.get(id)))),
    ];
  }

  function back(state) {
    return button(".back", "← " + lists[state.tab][0], () => act.change({ at: "", fact: "" }));
  }

  // All that is known of one entity: offices, whom met, what said, when.
  function portrait(entity, state) {
    const took = event => event.who.includes(entity.id);
    const all = model.eventsOf(entity.id),
      { left, hidden } = sifted(all);
    const said = sifted(model.claimsBy(entity.id)),
      about = sifted(model.claimsAbout(entity.id));
    const meetings = left.filter(event => took(event) && event.channel),
      others = left.filter(event => !(took(event) && event.channel));
    const ties = entity.ties || [],
      holders = model.holders(entity.id);
    const titleOf = one => (one.former ? "former " : "") + (one.as || spoken(one.type));
    const tie = one =>
      make(
        "article.row.compact",
        make("p.head", make("span", titleOf(one), one.of && [", ", rows.link(one.of)])),
        sentences(one.id),
      );
    const held = ({ who, tie: one }) =>
      make("article.row.compact", make("p.head", rows.link(who)), make("p.faint", titleOf(one)), sentences(one.id));
    return [
      back(state),
      make("h2", rows.sign(entity.kind), entity.name),
      make("p.faint", [entity.kind, entity.aliases && "also " + entity.aliases.join(", ")].filter(Boolean).join(" · ")),
      entity.same_as &&
        make(
          "p.faint",
          "The same elsewhere: ",
          joined(entity.same_as.map(url => outward(url.replace(/^https?:\/\/(www\.)?/, ""), url))),
        ),
      make(
        "p.acts",
        entity.kind !== "place" &&
          button(".act", "Path from here…", () => act.change({ tab: "path", at: "", from: entity.id, to: "" })),
      ),
      ...section("Offices and ties", ties, tie),
      ...section("Met", partners(entity, meetings), partnerRow(entity)),
      ...section("Meetings", meetings, rows.eventRow),
      ...section(entity.kind === "person" ? "Other events" : "Events", others, rows.eventRow),
      toldHidden(hidden),
      ...section("Said", said.left, rows.claimRow),
      toldHidden(said.hidden),
      ...section("Said about " + entity.name, about.left, rows.claimRow),
      toldHidden(about.hidden),
      ...section("Who belongs to it", holders, held),
    ];
  }

  // The sentences behind a tie, folded up; they come when it is opened.
  function sentences(fact) {
    if (!fact) return null;
    const place = make("details.sentences", make("summary", "Sentences"));
    place.addEventListener("toggle", () => {
      if (place.open && place.children.length < 2) place.append(rows.evidence(fact));
    });
    return place;
  }

  // Whom one met and how often, those met most first.
  function partners(entity, meetings) {
    const found = new Map();
    for (const event of meetings) {
      for (const id of event.who) {
        if (id === entity.id || model.kindOf(id) !== "person") continue;
        const partner = found.get(id) || { id, met: 0, other: 0, last: "" };
        if (event.status === "happened") {
          partner.met += 1;
          partner.last = [partner.last, event.end || event.start || ""].sort()[1];
        } else partner.other += 1;
        found.set(id, partner);
      }
    }
    return [...found.values()].sort(
      (a, b) => b.met - a.met || b.other - a.other || (model.nameOf(a.id) < model.nameOf(b.id) ? -1 : 1),
    );
  }

  const partnerRow =
    entity =>
    ({ id, met, other, last }) =>
      make(
        "article.row.compact",
        make(
          "p.head",
          rows.link(id),
          button(".act", "meetings", () => act.look(entity.id + " " + id)),
        ),
        make(
          "p.faint",
          [
            met && (met === 1 ? "once" : met + " times") + (last && (met === 1 ? ", " : ", last ") + last),
            other && other + " planned, denied or uncertain",
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      );

  function eventPage(event, state) {
    const about = model.claimsAbout(event.id),
      denials = (event.denied_by || []).map(id => model.claims.get(id));
    const parts = overview.events.filter(other => other.occasion === event.id);
    return [
      back(state),
      rows.eventRow(event),
      ...section("Denied by", denials, rows.claimRow),
      ...section(
        "What was said of it",
        about.filter(claim => !denials.includes(claim)),
        rows.claimRow,
      ),
      ...section("Part of it", parts, rows.eventRow),
    ];
  }

  // An article with its sentences marked: those behind the fact one came from, and, fainter, those behind others.
  function articlePage(article, state) {
    const body = make("div.text", { "aria-busy": "true" });
    source.article(article.id).then(
      read => fillArticle(body, read, state.fact),
      error => body.replaceChildren(make("p.warn", "The article did not come: " + error.message)),
    );
    const sources = (article.sources || []).join(", ");
    return [
      back(state),
      make("h2", rows.titleOf(article)),
      make(
        "p.faint",
        [article.published, sources].filter(Boolean).join(" · "),
        /^https?:/i.test(article.url || "") ? [" · ", outward("source ↗", article.url)] : article.url && " · " + article.url,
      ),
      state.fact &&
        make(
          "p.acts",
          button(".act", "← What this bears out", () => act.look(state.fact.split(" ")[0])),
        ),
      body,
    ];
  }

  function fillArticle(body, { text, marks }, fact) {
    const cut = characters(text);
    // Where a mark begins or ends, the text is cut; each piece knows what it bears out.
    const ends = [...new Set(marks.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
    const pieces = [];
    let from = 0,
      open = [];
    const starts = new Map();
    for (const mark of marks) {
      if (starts.has(mark.start)) starts.get(mark.start).push(mark);
      else starts.set(mark.start, [mark]);
    }
    for (const end of [...ends, Infinity]) {
      if (end > from) {
        const words = cut.slice(from, end);
        const isOwn = open.some(mark => mark.of === fact);
        if (!open.length) pieces.push(words);
        else
          pieces.push(
            make(
              isOwn ? "mark.own" : "mark",
              { title: [...new Set(open.map(({ of }) => model.nameOf(of.split(" ")[0])))].join("\n") },
              words,
            ),
          );
      }
      open = open.filter(mark => mark.end > end).concat(starts.get(end) || []);
      from = end;
    }
    body.replaceChildren(...pieces.filter(piece => piece !== ""));
    body.removeAttribute("aria-busy");
    body.querySelector("mark.own")?.scrollIntoView({ block: "center" });
  }

  function looked(state) {
    const [a, b] = state.at.split(" ");
    if (b) return linePage(a, b, state);
    if (model.entities.has(a)) return portrait(model.entities.get(a), state);
    if (model.events.has(a)) return eventPage(model.events.get(a), state);
    if (model.claims.has(a))
      return [
        back(state),
        rows.claimRow(model.claims.get(a)),
        ...(model.claims.get(a).denied_by || [])
          .map(id => model.claims.get(id))
          .filter(claim => claim)
          .map(rows.claimRow),
      ];
    if (model.articles.has(a)) return articlePage(model.articles.get(a), state);
    return [back(state), make("p.note", "This graph has no “" + state.at + "”.")];
  }

  const bar = document.getElementById("tabs");
  // The arrow keys go from tab to tab, as in the ARIA pattern.
  bar.addEventListener("keydown", event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key],
      all = Object.keys(lists);
    if (!step) return;
    const tab = all[(all.indexOf(document.activeElement.id.replace("tab-", "")) + step + all.length) % all.length];
    act.change({ tab, at: "", fact: "" });
    document.getElementById("tab-" + tab).focus();
  });

  let last = "";
  return {
    // Tells whether something else is shown than before.
    show(state) {
      bar.replaceChildren(...tabs(state));
      place.replaceChildren(...(state.at ? looked(state) : list(state)).flat().filter(part => part));
      place.setAttribute("aria-labelledby", "tab-" + state.tab);
      const now = state.tab + " " + state.at + " " + state.fact;
      const isNew = now !== last;
      if (isNew) place.scrollTop = 0;
      last = now;
      return isNew;
    },
  };
}
