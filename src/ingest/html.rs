//! A page into an article: what readers see of its story, as a headline and paragraphs, and what the page says of itself.
//!
//! `<h1>Talks resume</h1><p>The envoys met.</p>` becomes "Talks resume", a blank line, "The envoys met."; menus, scripts
//! and styles stay behind.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use serde_json::Value;

use crate::base::{CharSpan, Date};
use crate::error::{Error, Result};

use super::article::Article;
use super::date::{self, DateOrder};
use super::head;
use super::paragraph::{Block, ends_sentence};

/// Reads a page.
///
/// # Errors
///
/// Where the page has no article in it (a menu, a form, an application that draws its text with a script), or has more
/// tags than any article.
pub(super) fn article(source: String, html: &str, order: Option<DateOrder>) -> Result<Article> {
    if html.bytes().filter(|byte| *byte == b'<').count() > MOST_TAGS {
        return Err(Error::new(format!("a page of more than {MOST_TAGS} tags is no article"))
            .at(&source)
            .hint(NO_ARTICLE_HINT));
    }
    let page = Document::from(html);
    let said = said_of_itself(&page);
    let is_shallow = depth(&page) <= DEEPEST;
    let (title, paragraphs) = story(&page, html, &said, is_shallow)
        .ok_or_else(|| Error::new("no article found in the page").at(&source).hint(NO_ARTICLE_HINT))?;
    let (text, blocks) = assemble(&title, &paragraphs);
    let mut article = Article::bare(source, text);
    article.url = said.url;
    article.notes.extend((!is_shallow).then(|| TOO_DEEP_NOTE.to_owned()));
    if let Some((date, note)) = first_date(&said.published, order) {
        article.published = Some(date);
        article.notes.extend(note);
    }
    head::describe(&mut article, &blocks, !title.is_empty(), order);
    if let (None, Some((date, note))) = (article.published, first_date(&said.updated, order)) {
        article.published = Some(date);
        article.notes.extend(note.into_iter().chain([head::update_note(date)]));
    }
    Ok(article)
}

/// The paragraphs of a piece of a page, menus and all.
pub(super) fn fragment(html: &str) -> Vec<String> {
    paragraphs(&Document::from(html))
}

/// Whether a text begins as a page does.
pub(super) fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let Some(tag) = start.strip_prefix('<') else { return false };
    let tag: String = tag.chars().take(9).collect::<String>().to_ascii_lowercase();
    let name: &str = tag.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
    match name {
        "?xml" => start.chars().take(1024).collect::<String>().to_ascii_lowercase().contains("<html"),
        _ => FIRST_TAGS.contains(&name) || name.starts_with("!--"),
    }
}

const NO_ARTICLE_HINT: &str =
    "save the article's own page rather than a list of articles, or paste its text into a .txt file";
const FIRST_TAGS: [&str; 12] =
    ["!doctype", "html", "head", "body", "meta", "title", "article", "main", "div", "section", "p", "h1"];
/// Words in whole sentences: fewer are a caption, a warning about cookies, "please enable JavaScript".
const LEAST_WORDS: usize = 25;
/// Words: from so many on a paragraph without a full stop is prose rather than a menu's entry.
const PROSE_WORDS: usize = 12;
/// Beyond these a page is no article; nested in one another, so many take the parser half a minute.
const MOST_TAGS: usize = 100_000;
const TOO_DEEP_NOTE: &str = "the page nests too deep to find its story in it, so all its text was read";
/// Levels: browsers stop at 512. Finding the story takes time with the square of the depth, a minute at 20,000.
const DEEPEST: usize = 512;

/// What a page says of itself, in its head or for machines.
#[derive(Default)]
struct Said {
    title: Option<String>,
    url: Option<String>,
    /// Days of publication, the most trusted first.
    published: Vec<String>,
    /// Days of the last change, the most trusted first.
    updated: Vec<String>,
}

/// Names of `meta` elements that hold the day of publication, the surest first: Open Graph, schema.org, Dublin Core, and
/// what large publishers' systems write.
const PUBLISHED_NAMES: [&str; 17] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "article.published",
    "publish-date",
    "pubdate",
    "publishdate",
    "date",
];
const UPDATED_NAMES: [&str; 5] =
    ["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified"];

fn said_of_itself(page: &Document) -> Said {
    let linked = json_ld(page);
    let stated = |key: &str| linked.iter().find_map(|object| object.get(key)?.as_str().map(str::to_owned));
    let metas = metas(page);
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let published = stated("datePublished").into_iter().chain(PUBLISHED_NAMES.iter().filter_map(|name| meta(name)));
    let updated = stated("dateModified").into_iter().chain(UPDATED_NAMES.iter().filter_map(|name| meta(name)));
    let canonical = attribute(page, "link[rel=canonical]", "href");
    let addresses = canonical.into_iter().chain(meta("og:url")).chain(stated("url"));
    Said {
        title: stated("headline")
            .or_else(|| meta("og:title"))
            .map(|title| collapse(&title))
            .filter(|title| !title.is_empty()),
        url: addresses.map(|url| url.trim().to_owned()).find(|url| is_web_address(url)),
        published: published.chain(marked_time(page)).collect(),
        updated: updated.collect(),
    }
}

/// The objects of JSON-LD that speak of an article: they have a headline or a date of publication.
fn json_ld(page: &Document) -> Vec<Value> {
    let mut objects = Vec::new();
    for script in page.select("script[type='application/ld+json']").iter() {
        let mut open: Vec<Value> = serde_json::from_str(script.text().trim()).into_iter().collect();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values.into_iter().rev()),
                Value::Object(mut object) => {
                    open.extend(object.remove("@graph"));
                    objects.push(Value::Object(object));
                }
                _ => {}
            }
        }
    }
    objects.retain(|object| object.get("headline").is_some() || object.get("datePublished").is_some());
    objects
}

/// Names, in lower case, and contents of the page's `meta` elements.
fn metas(page: &Document) -> Vec<(String, String)> {
    let pair = |node: &NodeRef| {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key))?;
        Some((name.trim().to_ascii_lowercase(), node.attr("content")?.to_string()))
    };
    page.select("meta").nodes().iter().filter_map(pair).collect()
}

/// What the `time` elements say that belong to the article, the marked ones first.
fn marked_time(page: &Document) -> Option<String> {
    let places = ["time[itemprop=datePublished]", "time[pubdate]", "article time[datetime]", "main time[datetime]"];
    places.iter().find_map(|place| attribute(page, place, "datetime")).or_else(|| {
        let times = page.select("time[datetime]");
        (times.length() == 1).then(|| attribute(page, "time[datetime]", "datetime")).flatten()
    })
}

fn attribute(page: &Document, selector: &str, name: &str) -> Option<String> {
    page.select(selector).nodes().iter().find_map(|node| node.attr(name)).map(|value| value.to_string())
}

fn is_web_address(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.contains(char::is_whitespace)
}

/// The first of the values that holds a date, and a note where it could be another.
fn first_date(values: &[String], order: Option<DateOrder>) -> Option<(Date, Option<String>)> {
    let (value, written) = values.iter().find_map(|value| Some((value, date::field(value)?)))?;
    Some(date::settle(&written, value, order, &[], &[]))
}

/// The page's title and the paragraphs of its story; `is_shallow` tells that the page is shallow enough to look for it.
fn story(page: &Document, html: &str, said: &Said, is_shallow: bool) -> Option<(String, Vec<String>)> {
    let find = || {
        let config = Config { disable_json_ld: true, ..Config::default() };
        Readability::new(html, None, Some(config)).and_then(|mut page| page.parse()).ok()
    };
    let found = is_shallow.then(find).flatten();
    let title = said.title.clone().or_else(|| found.as_ref().map(|found| collapse(&found.title))).unwrap_or_default();
    let title = without_site_name(page, title);
    let readable = found.map(|found| paragraphs(&Document::from(found.content.as_ref())));
    let readable = readable.filter(|paragraphs| prose_words(paragraphs) >= LEAST_WORDS);
    let mut paragraphs = readable.or_else(|| Some(paragraphs(page)).filter(|all| prose_words(all) >= LEAST_WORDS))?;
    paragraphs.retain(|paragraph| *paragraph != title);
    Some((title, paragraphs))
}

/// The page's own heading, where the title is that and the name of the site: "Talks resume | Daily Post".
fn without_site_name(page: &Document, title: String) -> String {
    let headings = page.select("h1");
    let headings = headings.nodes().iter().map(|node| collapse(&node.text()));
    let starts = |heading: &String| {
        let rest = title.strip_prefix(heading.as_str()).map(str::trim_start);
        !heading.is_empty() && rest.is_some_and(|rest| rest.starts_with(['|', '-', '–', '—', '·', ':', '/']))
    };
    headings.into_iter().find(starts).unwrap_or(title)
}

fn prose_words(paragraphs: &[String]) -> usize {
    let words = |paragraph: &String| paragraph.split_whitespace().count();
    let is_prose = |paragraph: &&String| ends_sentence(paragraph) || words(paragraph) >= PROSE_WORDS;
    paragraphs.iter().filter(is_prose).map(words).sum()
}

/// Elements whose text no reader of the story sees.
const UNREAD: [&str; 18] = [
    "head", "title", "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button",
    "select", "svg", "math", "iframe", "object", "textarea",
];
/// Elements that stand inside a line of text.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "img",
];

/// The text of each block of a page: paragraphs, headings, items, cells. Walks without recursion: pages may nest deep.
fn paragraphs(page: &Document) -> Vec<String> {
    let mut walk = Walk::default();
    let root = page.root();
    let mut next = root.first_child();
    while let Some(node) = next {
        let below = if walk.enter(&node) { node.first_child() } else { None };
        next = below.or_else(|| walk.leave(node));
    }
    walk.flush();
    walk.paragraphs
}

#[derive(Default)]
struct Walk {
    open: String,
    paragraphs: Vec<String>,
}

impl Walk {
    /// Takes a node's own text; says whether its children are to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            self.open.push_str(&node.text());
        }
        let Some(name) = node.node_name().filter(|_| node.is_element()) else { return false };
        let name = name.as_ref();
        self.boundary(name);
        !UNREAD.contains(&name) && node.attr("hidden").is_none()
    }

    /// The node to go on with after one whose children are done.
    fn leave<'a>(&mut self, mut node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        loop {
            if let Some(name) = node.node_name().filter(|_| node.is_element()) {
                self.boundary(&name);
            }
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            node = node.parent()?;
        }
    }

    /// Ends the paragraph where a block begins or ends; a line break ends it after a sentence.
    fn boundary(&mut self, name: &str) {
        match name {
            "br" if ends_sentence(&self.open) => self.flush(),
            "br" => self.open.push(' '),
            _ if INLINE.contains(&name) => {}
            _ => self.flush(),
        }
    }

    fn flush(&mut self) {
        let paragraph = collapse(&std::mem::take(&mut self.open));
        if paragraph.contains(char::is_alphanumeric) {
            self.paragraphs.push(paragraph);
        }
    }
}

/// The most elements that stand in one another.
fn depth(page: &Document) -> usize {
    let (mut depth, mut deepest) = (0, 0);
    let root = page.root();
    let mut next = root.first_child();
    while let Some(mut node) = next {
        next = node.first_child();
        depth += usize::from(next.is_some());
        deepest = deepest.max(depth);
        while next.is_none() {
            next = node.next_sibling();
            if next.is_none() {
                let Some(parent) = node.parent() else { break };
                (node, depth) = (parent, depth.saturating_sub(1));
            }
        }
    }
    deepest
}

/// White space as a browser shows it: each run one space, none at the ends. Keeps no-break spaces inside.
fn collapse(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

/// Puts headline and paragraphs together with blank lines between.
fn assemble(title: &str, paragraphs: &[String]) -> (String, Vec<Block>) {
    let (mut text, mut chars, mut blocks) = (String::new(), 0, Vec::new());
    for part in [title].into_iter().chain(paragraphs.iter().map(String::as_str)).filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
            chars += 2;
        }
        let length = part.chars().count();
        blocks.push(Block { chars: CharSpan::new(chars, chars + length), bytes: text.len()..text.len() + part.len() });
        text.push_str(part);
        chars += length;
    }
    text.push('\n');
    (text, blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::ParagraphKind;
    use proptest::prelude::*;

    const STORY: &str = "<p>The envoys of both countries met in the old town hall on Monday, a spokesman said.</p>\
        <p>They spoke about gas &amp; grain for <b>two</b> hours, and will meet again in the spring, <a href='/x'>he added</a>.</p>\
        <p>Neither side would say whether prisoners had been on the table, though families waited outside.</p>";

    fn page(head: &str, before: &str) -> Article {
        let html = format!(
            "<!doctype html><html><head>{head}</head><body>{before}<article><h1>Talks resume</h1>{STORY}</article></body></html>"
        );
        article("page.html".to_owned(), &html, None).expect("a page with an article")
    }

    #[test]
    fn a_page_becomes_headline_and_paragraphs() {
        let menu = "<nav><ul><li>News</li><li>Sport</li></ul></nav><script>var x = 'met';</script>";
        let article = page("<title>Talks resume - Daily Post</title>", menu);
        let parts: Vec<&str> = article.paragraphs.iter().map(|paragraph| article.slice(paragraph.span)).collect();
        assert_eq!(parts.len(), 4, "{parts:?}");
        assert_eq!(parts[0], "Talks resume");
        assert_eq!(
            parts[2],
            "They spoke about gas & grain for two hours, and will meet again in the spring, he added."
        );
        assert_eq!(article.title, "Talks resume");
        assert_eq!(article.paragraphs[0].kind, ParagraphKind::Headline);
        assert_eq!(article.published, None);
    }

    #[test]
    fn a_page_says_when_it_was_published() {
        let heads = [
            "<meta property='article:published_time' content='2019-03-04T10:15:00Z'><meta name=date content='2020-01-01'>",
            "<META NAME='DC.date.issued' CONTENT='4 March 2019'>",
            "<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"WebSite\"}, {\"headline\": \"Talks resume\", \"datePublished\": \"2019-03-04\"}]}</script>",
            "<meta itemprop=datePublished content='2019-03-04'><meta itemprop=dateModified content='2019-03-09'>",
        ];
        for head in heads {
            let article = page(head, "");
            assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2019-03-04"), "{head}");
            assert!(article.notes.is_empty(), "{:?}", article.notes);
        }
    }

    #[test]
    fn a_page_that_tells_only_its_last_change_gets_a_note() {
        let article = page("<meta property='article:modified_time' content='2019-03-09'>", "");
        assert_eq!(article.published.map(|date| date.to_string()).as_deref(), Some("2019-03-09"));
        assert_eq!(article.notes.len(), 1);
    }

    #[test]
    fn a_page_says_its_address() {
        let article = page("<link rel='canonical' href='https://example.org/talks'>", "");
        assert_eq!(article.url.as_deref(), Some("https://example.org/talks"));
        assert_eq!(page("<link rel='canonical' href='/talks'>", "").url, None);
    }

    #[test]
    fn a_page_without_an_article_is_an_error() {
        let pages = [
            "<html><body><nav><a href=a>News</a><a href=b>Sport</a></nav></body></html>",
            "<html><body><div id=root></div><script>render('They met. They left. They met again.')</script></body></html>",
            "<html><head><title>Talks resume</title></head></html>",
        ];
        for page in pages {
            let error = article("page.html".to_owned(), page, None).expect_err(page);
            assert_eq!(error.to_string(), "page.html: no article found in the page");
            assert!(error.hint_text().is_some());
        }
    }

    #[test]
    fn pages_are_known_by_their_first_tag() {
        for page in ["<!DOCTYPE html>", " \n<html lang=en>", "<p>Talks</p>", "<?xml version='1.0'?><html>"] {
            assert!(looks_like_html(page), "{page}");
        }
        for text in ["Talks <b>resume</b>", "<Reuters> Talks resume", "<?xml version='1.0'?><rss>", ""] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_read_and_told() {
        let html = format!("{}{STORY}", "<div>".repeat(5_000));
        let article = article("-".to_owned(), &html, None).expect("a page with an article");
        assert_eq!((article.paragraphs.len(), article.notes.len()), (3, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_page_is_read_without_panic(html in "(<p>|</p>|<div|>|<br>|<table>|<tr><td>|<script type='application/ld\\+json'>|[{}\"@a-z é]{1,9}|</script>|<!--|-->|&|<time datetime=4>|The envoys met in the hall for days.){0,60}") {
            if let Ok(article) = article("-".to_owned(), &html, None) {
                for paragraph in &article.paragraphs {
                    prop_assert!(!article.slice(paragraph.span).is_empty());
                }
            }
        }
    }
}
