//! Spans that nest and cross, into HTML that only nests: of "Norwegian Prime Minister Ingrid Solheim" the whole is a person, its first
//! word a country, and the sentence around them a claim.
//!
//! A mark that another one cuts is closed there and opened again. Links never lie in links: a name with something else in it is none.

use std::cmp::Reverse;

use super::html::escaped;
use crate::base::CharSpan;

/// A stretch of the text that belongs to a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark<'f> {
    pub span: CharSpan,
    /// Number of the fact in the list beside the text.
    pub fact: usize,
    /// Which of the fact's places this is, from one; what links jump to. `None` of its further words.
    pub place: Option<usize>,
    pub part: Part,
    /// What the fact is: `person`, `event`, …
    pub class: &'f str,
    /// What stands before the words of a fact: `E3`.
    pub flag: Option<&'f str>,
    /// What it is in words, for those who hear the page.
    pub told: &'f str,
}

/// What the words are to the fact, the outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The sentences that bear it out.
    Evidence,
    Content,
    Speaker,
    Cue,
    Name,
}

/// The text as paragraphs with its marks. Empty lines part paragraphs; all other white space stays.
///
/// Of what leaves the text, only the part inside is marked.
pub fn marked(text: &str, mut marks: Vec<Mark>) -> String {
    let text = Text::of(text);
    marks.iter_mut().for_each(|mark| mark.span = CharSpan::new(mark.span.start, mark.span.end.min(text.len())));
    marks.retain(|mark| !mark.span.is_empty());
    marks.sort_by_key(order);
    let mut page = Page { out: String::new(), open: Vec::new(), begun: vec![false; marks.len()], marks: &marks };
    for paragraph in text.paragraphs() {
        page.out.push_str("<p dir=\"auto\">");
        page.write(&text, paragraph);
        page.out.push_str("</p>\n");
    }
    page.out
}

/// The outer before the inner.
fn order(mark: &Mark) -> (usize, Reverse<usize>, Part, usize) {
    (mark.span.start, Reverse(mark.span.end), mark.part, mark.fact)
}

/// A text that is cut by code points.
struct Text<'t> {
    text: &'t str,
    /// Where each code point begins, and the end.
    bytes: Vec<usize>,
}

impl<'t> Text<'t> {
    fn of(text: &'t str) -> Text<'t> {
        Text { text, bytes: text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect() }
    }

    fn len(&self) -> usize {
        self.bytes.len() - 1
    }

    fn slice(&self, span: CharSpan) -> &'t str {
        &self.text[self.bytes[span.start]..self.bytes[span.end]]
    }

    /// What empty lines part, without them.
    fn paragraphs(&self) -> Vec<CharSpan> {
        let mut paragraphs: Vec<CharSpan> = Vec::new();
        let mut start = 0;
        let mut is_after_empty_line = true;
        for line in self.text.split_inclusive('\n') {
            let end = start + line.chars().count();
            let is_empty = line.trim().is_empty();
            match paragraphs.last_mut().filter(|_| !is_after_empty_line) {
                _ if is_empty => {}
                Some(paragraph) => paragraph.end = end,
                None => paragraphs.push(CharSpan::new(start, end)),
            }
            is_after_empty_line = is_empty;
            start = end;
        }
        paragraphs
    }
}

struct Page<'m> {
    out: String,
    /// Numbers of the marks that are open, the outermost first.
    open: Vec<usize>,
    /// Which marks have been opened before: an id stands once.
    begun: Vec<bool>,
    marks: &'m [Mark<'m>],
}

impl Page<'_> {
    fn write(&mut self, text: &Text, paragraph: CharSpan) {
        let within: Vec<usize> =
            (0..self.marks.len()).filter(|mark| self.marks[*mark].span.overlaps(paragraph)).collect();
        let ends = within.iter().flat_map(|mark| [self.marks[*mark].span.start, self.marks[*mark].span.end]);
        let mut cuts: Vec<usize> = ends.chain([paragraph.start, paragraph.end]).collect();
        cuts.retain(|cut| paragraph.start <= *cut && *cut <= paragraph.end);
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            let piece = CharSpan::new(pair[0], pair[1]);
            let covering = within.iter().copied().filter(|mark| self.marks[*mark].span.covers(piece));
            self.turn_to(covering.collect());
            self.out.push_str(&escaped(text.slice(piece)));
        }
        self.turn_to(Vec::new());
    }

    /// Closes and opens what it takes to have these open; they come the outermost first.
    fn turn_to(&mut self, covering: Vec<usize>) {
        let kept = self.open.iter().zip(&covering).take_while(|(open, wanted)| open == wanted).count();
        while self.open.len() > kept {
            let closed = self.open.pop().expect("more are open than are kept");
            self.out.push_str(if self.is_link(closed) { "</a>" } else { "</span>" });
        }
        for mark in covering.into_iter().skip(kept) {
            self.begin(mark);
            self.open.push(mark);
        }
    }

    fn begin(&mut self, number: usize) {
        let Mark { fact, place, part, class, flag, told, .. } = &self.marks[number];
        let is_first = !std::mem::replace(&mut self.begun[number], true);
        let id = place.filter(|_| is_first).map(|place| format!(" id=\"f{fact}-{place}\"")).unwrap_or_default();
        let class = format!("{} {class}", part.class());
        if let Some(flag) = flag.filter(|_| is_first) {
            let told = escaped(told);
            self.out.push_str(&format!(
                "<a class=\"flag {class}\"{id} href=\"#f{fact}\" data-f=\"{fact}\" aria-label=\"{told}\">{flag}</a>\
                 <span class=\"{class}\" data-f=\"{fact}\">"
            ));
        } else if self.is_link(number) {
            self.out.push_str(&format!("<a class=\"{class}\"{id} href=\"#f{fact}\" data-f=\"{fact}\">"));
        } else {
            self.out.push_str(&format!("<span class=\"{class}\"{id} data-f=\"{fact}\">"));
        }
    }

    /// A name that nothing else begins in.
    fn is_link(&self, number: usize) -> bool {
        let mark = &self.marks[number];
        let next = self.marks.get(number + 1);
        mark.part == Part::Name && next.is_none_or(|next| next.span.start >= mark.span.end)
    }
}

impl Part {
    fn class(self) -> &'static str {
        match self {
            Part::Evidence => "evidence",
            Part::Content => "content",
            Part::Speaker => "speaker",
            Part::Cue => "cue",
            Part::Name => "name",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks `(start, end, part)` of facts 0, 1, … in "Ana <b> Ben", without the attributes that are not asked about.
    fn check(text: &str, spans: &[(usize, usize, Part)], expected: &str) {
        let mark = |(fact, (start, end, part)): (usize, &(usize, usize, Part))| Mark {
            span: CharSpan::new(*start, *end),
            fact,
            place: None,
            part: *part,
            class: "x",
            flag: None,
            told: "",
        };
        let html = marked(text, spans.iter().enumerate().map(mark).collect());
        let bare = ["<p dir=\"auto\">", "</p>\n", " class=\"content x\"", " class=\"name x\"", " href=\"#f0\""]
            .iter()
            .fold(html, |html, drop| html.replace(drop, ""));
        assert_eq!(bare.replace("data-f=", ""), expected);
    }

    #[test]
    fn what_nests_nests_and_what_crosses_is_cut() {
        check("abcdef", &[(0, 6, Part::Content), (2, 4, Part::Content)], r#"<span "0">ab<span "1">cd</span>ef</span>"#);
        check(
            "abcdef",
            &[(0, 4, Part::Content), (2, 6, Part::Content)],
            r#"<span "0">ab<span "1">cd</span></span><span "1">ef</span>"#,
        );
        check("ab", &[(0, 2, Part::Name), (0, 2, Part::Content)], r#"<span "1"><a "0">ab</a></span>"#);
        check("ab", &[(1, 9, Part::Name)], r#"a<a "0">b</a>"#);
    }

    #[test]
    fn a_link_has_no_link_in_it() {
        let html = marked("Norwegian envoy", vec![name(0, 0..15), name(1, 0..9)]);
        assert!(html.contains("<span class=\"name person\" data-f=\"0\"><a "), "{html}");
    }

    #[test]
    fn paragraphs_part_what_runs_over_them() {
        check("ab\n\ncd", &[(1, 5, Part::Content)], "a<span \"0\">b\n</span><span \"0\">c</span>d");
        assert_eq!(marked("\n \na\r\nb\r\n\r\n", Vec::new()), "<p dir=\"auto\">a\r\nb\r\n</p>\n");
    }

    #[test]
    fn text_is_text() {
        check("<b>&\"", &[(0, 3, Part::Content)], r#"<span "0">&lt;b&gt;</span>&amp;&quot;"#);
    }

    fn name(fact: usize, span: std::ops::Range<usize>) -> Mark<'static> {
        let span = CharSpan::new(span.start, span.end);
        Mark { span, fact, place: None, part: Part::Name, class: "person", flag: None, told: "" }
    }
}
