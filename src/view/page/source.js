// Where the page has its data from: out of itself, or from a server beside it. src/view/mod.rs tells the shapes.
"use strict";

const source = document.getElementById("overview") ? embedded() : served("api/");

// All that there is lies in the page; the words are read when first somebody asks for some.
function embedded() {
  const read = id => JSON.parse(document.getElementById(id).textContent);
  let articles, words;
  const text = number => characters(words.texts[number]);
  const ready = () => {
    words ??= read("words");
  };
  return {
    async overview() {
      const overview = read("overview");
      articles = overview.articles;
      return overview;
    },
    async evidence(fact) {
      ready();
      return (words.evidence[fact] || []).map(([number, start, end]) => ({
        article: articles[number],
        start,
        end,
        text: text(number).slice(start, end),
      }));
    },
    async article(id) {
      ready();
      const number = articles.findIndex(article => article.id === id);
      const marks = Object.entries(words.evidence).flatMap(([of, places]) =>
        places.filter(place => place[0] === number).map(([, start, end]) => ({ start, end, of })),
      );
      return { ...articles[number], text: words.texts[number], marks: marks.sort((a, b) => a.start - b.start || a.end - b.end) };
    },
  };
}

// Everything is asked for when it is needed; answers are kept.
function served(base) {
  const answers = new Map();
  const ask = path => {
    if (!answers.has(path)) {
      const answer = fetch(base + path).then(response => {
        if (!response.ok) throw new Error(path + ": " + response.status + " " + response.statusText);
        return response.json();
      });
      // What failed may be asked again.
      answer.catch(() => answers.delete(path));
      answers.set(path, answer);
    }
    return answers.get(path);
  };
  return {
    overview: () => ask("overview"),
    evidence: fact => ask("evidence?of=" + encodeURIComponent(fact)),
    article: async id => ({ marks: [], ...(await ask("article/" + id.split("/").map(encodeURIComponent).join("/"))) }),
  };
}

// A text that is cut by code points, as all offsets count, not by UTF-16's halves.
function characters(text) {
  if (!/[\ud800-\udfff]/.test(text)) return text;
  const points = Array.from(text);
  return { slice: (start, end) => points.slice(start, end).join("") };
}
