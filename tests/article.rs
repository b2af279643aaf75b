//! The page of an article with its marks: what a reader who checks an extraction by eye sees, and what a hostile article cannot do.

use rapporteur::graph::{ArticleNode, KnowledgeGraph, Node};
use rapporteur::ingest::Article;
use rapporteur::nlp::Model;
use rapporteur::pipeline;
use rapporteur::schema::Schema;
use rapporteur::view::write_article;

const NEWS: &str = "Envoys meet in Lisbon\n\nLISBON, 14 May 2031 - Norwegian Prime Minister Ingrid Solheim met Senegal's President Ousmane \
                    Kanté in Lisbon on Tuesday.\n\n\"We agreed on the ferries,\" Solheim told reporters. Kanté denied that the talks had been secret.\n";

fn graph(text: &str) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    graph.add(pipeline::read(&Schema::built_in(), &Model::built_in(), Article::new("news.txt", text)));
    graph
}

fn article(graph: &KnowledgeGraph) -> &ArticleNode {
    let mut articles = graph.nodes().filter_map(|node| match node {
        Node::Article(article) => Some(article),
        _ => None,
    });
    articles.next().expect("an article")
}

fn page(graph: &KnowledgeGraph) -> String {
    let mut page = Vec::new();
    write_article(graph, article(graph), &mut page).expect("a vector takes all");
    String::from_utf8(page).expect("UTF-8")
}

/// What stands between two words of the page.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let rest = page.split_once(start).unwrap_or_else(|| panic!("no `{start}`")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no `{end}`")).0
}

/// The text without tags, flags and escapes: what a browser shows.
fn shown(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = tag.split_once('>').expect("tags end");
        // A flag is not the article's.
        rest = if tag.starts_with("a class=\"flag") { after.split_once("</a>").expect("links end").1 } else { after };
    }
    text.push_str(rest);
    let escapes = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    escapes.iter().fold(text, |text, (escape, c)| text.replace(escape, c))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

#[test]
fn the_text_stays_as_it_is() {
    let page = page(&graph(NEWS));
    let text = shown(between(&page, "<article aria-label=\"The text with its marks\">", "</article>"));
    assert_eq!(words(&text), words(NEWS));
}

#[test]
fn names_events_and_claims_are_marked_and_listed() {
    let page = page(&graph(NEWS));
    let text = between(&page, "<article", "</article>");
    for mark in [
        "<a class=\"name person\"",
        "<a class=\"name country\"",
        "<a class=\"name place\"",
        "<a class=\"flag evidence event\"",
        "<a class=\"flag evidence claim\"",
        "<span class=\"content claim\"",
        "<span class=\"cue claim\"",
    ] {
        assert!(text.contains(mark), "no {mark} in {text}");
    }
    let list = shown(between(&page, "<aside", "</aside>"));
    for told in ["Ingrid Solheim", "prime minister, Norway", "2031-05-13", "in-person", "deny", "person/ousmane-kante"]
    {
        assert!(list.contains(told), "no {told} in {list}");
    }
}

/// Each link within the page leads somewhere, each id stands once, and no link lies in a link.
#[test]
fn links_lead_both_ways() {
    let page = page(&graph(NEWS));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for (i, id) in ids.iter().enumerate() {
        assert!(!ids[..i].contains(id), "id {id} twice");
    }
    let targets = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let dangling: Vec<&str> = targets.filter(|target| !ids.contains(target)).collect();
    assert!(dangling.is_empty(), "{dangling:?}");
    for link in page.split("<a ").skip(1) {
        let inside = link.split_once("</a>").expect("links end").0;
        assert!(!inside.contains("<a "), "a link in a link: {inside}");
    }
}

#[test]
fn a_hostile_article_is_text() {
    let hostile = "<script>alert(1)</script> envoy <img src=x onerror=alert(2)> meets\n\nLISBON, 14 May 2031 - Ana \"<b>\" Duarte met Ben \
                   O'<svg/onload=alert(3)>Hara in Lisbon on Tuesday. \"</q></article><script>alert(4)</script>,\" Duarte said. {{script}}\n";
    let mut graph = graph(hostile);
    let hostile_article = ArticleNode {
        url: Some("javascript:alert(5)//\"><script>alert(6)</script>".to_owned()),
        ..article(&graph).clone()
    };
    let id = hostile_article.id.clone();
    graph.insert_node(Node::Article(hostile_article));
    assert!(matches!(graph.node(&id), Some(Node::Article(article)) if article.url.is_some()));
    let page = page(&graph);
    // The page's own script is the only one, and what is put in is not searched for marks.
    assert_eq!((page.matches("<script>").count(), page.matches("</script>").count()), (1, 1));
    for tag in ["<img", "<svg", "<b>\"", "</q>", "href=\"javascript"] {
        assert!(!page.contains(tag), "{tag}");
    }
    assert!(page.contains("{{script}}"));
    let text = shown(between(&page, "<article", "</article>"));
    assert!(text.contains("<svg/onload=alert(3)>") && text.contains("<script>alert(4)</script>"), "{text}");
}

#[test]
fn a_text_without_facts_says_so() {
    assert!(page(&graph("It rained.")).contains("Nothing was found in this text."));
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    assert_eq!(page(&graph(NEWS)), page(&graph(NEWS)));
}
