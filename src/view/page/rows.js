// One entry of a list each: a person, an event, a claim, a sentence of an article.

// How many entries of a list, and how many sentences behind a fact, show before one asks for more.
const AT_ONCE = 60;
const SENTENCES_AT_ONCE = 2;

// What a speaker does, by the stance of the claim.
const SAYING = {
  assert: "says",
  deny: "denies",
  believe: "believes",
  promise: "promises",
  request: "asks for",
  accuse: "accuses",
  ask: "asks",
};

// `act.look(id, fact)` leads to what an id stands for.
function makeRows(model, act) {
  // A name that leads to what is known of it; as an address it works in a new tab too.
  const leading = (text, id, fact = "", attributes = {}) =>
    make(
      "a.name",
      {
        href: "#" + toHash({ ...UNTOUCHED, at: id, fact }),
        ...attributes,
        onclick: event => {
          if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            act.look(id, fact);
          }
        },
      },
      text,
    );
  const link = id => leading(model.nameOf(id), id);
  const links = ids => joined([...new Set(ids)].map(link));
  const badge = (text, kind = "") => make("span.badge" + (kind && "." + kind), text);
  const sign = kind => make("span.kind." + kind, { title: kind, role: "img", "aria-label": kind });

  function when(thing) {
    const [start, end] = [thing.start || thing.end, thing.end || thing.start];
    return !start ? "" : (start === end ? start : start + " – " + end) + (thing.date_inferred ? " (inferred)" : "");
  }

  function titleOf(article) {
    return article.name || (article.sources || [])[0] || "article";
  }

  // A sentence, and the article that it stands in.
  function passage(fact, { article, text }) {
    return make(
      "blockquote",
      make("p", text.replace(/\s+/g, " ")),
      make(
        "footer",
        leading(titleOf(article), article.id, fact, { title: "Show it in the article" }),
        article.published && ", " + article.published,
        /^https?:/i.test(article.url || "") && [" · ", outward("source ↗", article.url)],
      ),
    );
  }

  // The sentences behind a fact: a place that fills when they come.
  function evidence(fact) {
    const place = make("div.evidence", { "aria-busy": "true" });
    source
      .evidence(fact)
      .then(
        passages =>
          place.replaceChildren(
            ...some(passages, found => passage(fact, found), SENTENCES_AT_ONCE, ["more sentence", "more sentences"]),
          ),
        error => place.replaceChildren(make("p.warn", "The sentences did not come: " + error.message)),
      )
      .finally(() => place.removeAttribute("aria-busy"));
    return place;
  }

  const statusOf = event => (event.status === "happened" ? null : badge(event.status, event.status));

  function eventRow(event) {
    const facts = [spoken(event.type), event.channel && spoken(event.channel)].filter(Boolean).join(" · ");
    const places = event.places ? [" · ", ...links(event.places)] : [];
    const occasion = event.occasion ? [" · part of ", link(event.occasion)] : [];
    return make(
      "article.row",
      make("p.head", link(event.id), statusOf(event), event.denied_by && badge("disputed", "denied")),
      make("p.faint", when(event) || "no date", " · ", facts, places, occasion),
      event.who.length > 0 && make("p.who", links(event.who)),
      evidence(event.id),
    );
  }

  function said(claim) {
    const speakers = claim.speakers ? links(claim.speakers) : [claim.source || "Unnamed source"];
    return make(
      "div.said",
      make("p.head", speakers, " ", badge(SAYING[claim.stance] || spoken(claim.stance), claim.stance === "deny" ? "denied" : "")),
      make("p.content", claim.content.join(" … ")),
      claim.about && make("p.faint", "About ", links(claim.about)),
    );
  }

  // A claim; beside it those that deny it, or what it denies.
  function claimRow(claim) {
    const others = [...(claim.denied_by || []).map(id => ["Denied", id]), ...(claim.denies || []).map(id => ["Against", id])];
    const own = make("div.side", said(claim), evidence(claim.id));
    if (!others.length) return make("article.row", { "data-id": claim.id }, own);
    const beside = others.map(([how, id]) => {
      const other = model.claims.get(id),
        event = model.events.get(id);
      return make(
        "div.side",
        make("p.tag", how),
        other ? said(other) : make("p.head", link(id), event && statusOf(event)),
        evidence(id),
      );
    });
    return make("article.row.disputed", { "data-id": claim.id }, own, make("div.against", beside));
  }

  function entityRow(entity) {
    const number = model.eventsOf(entity.id).filter(event => event.who.includes(entity.id) && model.isKept(event)).length;
    return make(
      "article.row.compact",
      make("p.head", sign(entity.kind), link(entity.id), number > 0 && make("small.faint", count(number, "event", "events"))),
      model.officesOf(entity) && make("p.faint", model.officesOf(entity)),
    );
  }

  // The first of some things, and a button for the rest; `what` they are, one and several.
  function some(things, row, most, what) {
    const rows = things.slice(0, most).map(row),
      left = things.length - most;
    if (left <= 0) return rows;
    const next = button(".more", count(left, ...what), () => next.replaceWith(...some(things.slice(most), row, AT_ONCE, what)));
    return [...rows, next];
  }
  const more = (things, row) => some(things, row, AT_ONCE, ["more", "more"]);

  return {
    link,
    links,
    leading,
    badge,
    sign,
    when,
    titleOf,
    passage,
    evidence,
    eventRow,
    said,
    claimRow,
    entityRow,
    statusOf,
    more,
  };
}
