//! Which words may stand for somebody or something, and what is known of each by itself.
//!
//! In "Norway's two leaders, who met" the word "leaders" heads the candidate "Norway's two leaders", and "Norway" one of its own. A
//! coordination is two candidates: its first member, and the group.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Text;
use crate::base::TokenSpan;
use crate::nlp::engine::{ATTRIBUTES, WordTags, is_head};
use crate::nlp::{NameKind, Upos};
use crate::schema::{Gender, Schema, WordClass};

/// Dependents before the head whose words belong to the mention: those that do in most of GUM.
const BEFORE: [&str; 12] = [
    "det",
    "amod",
    "compound",
    "nmod:poss",
    "nummod",
    "nmod:desc",
    "det:predet",
    "nmod:unmarked",
    "dep",
    "obl:unmarked",
    "flat",
    "goeswith",
];

/// The same after the head.
const AFTER: [&str; 16] = [
    "nmod",
    "flat",
    "acl:relcl",
    "acl",
    "case",
    "nmod:unmarked",
    "advmod",
    "amod",
    "nummod",
    "obl",
    "compound",
    "fixed",
    "goeswith",
    "det",
    "obj",
    "xcomp",
];

/// Of these, what belongs to the clause where the head is its predicate: "was a minister for years".
const OF_CLAUSE: [&str; 4] = ["advmod", "obl", "obl:unmarked", "dep"];

/// The relations of each role; what is none of them is the last role.
const ROLES: [&[&str]; 10] = [
    &["nsubj", "csubj"],
    &["obj", "iobj"],
    &["obl"],
    &["nmod"],
    &["nmod:poss"],
    &["root"],
    &["conj"],
    &["appos"],
    &["compound", "nmod:desc"],
    &["xcomp", "ccomp", "advcl", "acl", "parataxis"],
];

/// How many values each attribute has.
const SIZES: [usize; ATTRIBUTES] = [Type::COUNT, ROLES.len() + 1, 5, 3, 4, 7, 8, 2, UNKNOWN_FORM + 1];

/// The form of a pronoun that is not in the table; forms are counted from one, 0 is of what is no pronoun.
const UNKNOWN_FORM: usize = 63;

/// The longest width that is told apart.
const WIDEST: usize = 8;

/// A mention that may be.
#[derive(Debug)]
pub struct Candidate {
    pub span: TokenSpan,
    /// Its head word, counted over the document.
    pub head: usize,
    pub sentence: usize,
    pub speaker: usize,
    /// The number of the quotation that the head stands in, 0 for none.
    pub quote: usize,
    pub attributes: Attributes,
    /// What its head word hangs on, counted over the document.
    pub governor: Option<usize>,
    pub relation: &'static str,
    /// Equal where the words are: all but punctuation and a final "'s"; those that tell which one is meant; the head.
    pub text: usize,
    pub bare: usize,
    pub stem: usize,
    pub first: usize,
    pub last: usize,
    /// The words that tell which one is meant, sorted, each once.
    pub bag: Vec<usize>,
    /// "EU" of "the EU".
    pub acronym: Option<String>,
    /// "EU" of "the European Union".
    pub initials: String,
}

/// What is known of a candidate by itself, each a small number.
#[derive(Clone, Copy, Debug)]
pub struct Attributes {
    pub kind: Type,
    pub role: usize,
    /// 0 of nouns, 1 to 3, 4 of other pronouns.
    pub person: usize,
    /// 0 unknown, 1 singular, 2 plural.
    pub number: usize,
    pub gender: usize,
    /// The names head's label: 0 none, then as [`name_kind`] has it.
    pub name: usize,
    width: usize,
    opens: bool,
    /// A pronoun's number in its table, from one.
    form: usize,
}

/// How a candidate tells what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Name,
    Pronoun,
    Definite,
    Indefinite,
    Possessive,
    Demonstrative,
    Bare,
    Number,
    Adverb,
    Group,
}

impl Type {
    pub const COUNT: usize = 10;
}

impl Attributes {
    /// The numbers of the rows of weights.
    pub fn rows(&self) -> [usize; ATTRIBUTES] {
        let values = [
            self.kind as usize,
            self.role,
            self.person,
            self.number,
            self.gender,
            self.name,
            self.width,
            usize::from(self.opens),
            self.form,
        ];
        let mut start = 0;
        std::array::from_fn(|i| {
            start += SIZES[i];
            start - SIZES[i] + values[i]
        })
    }
}

/// The candidates of a text, by head word, a group after its first member.
pub fn find(schema: &Schema, text: &Text) -> Vec<Candidate> {
    let words = Words::new(text);
    let mut finder = Finder { schema, text, words, ids: BTreeMap::new() };
    let mut out = Vec::new();
    let mut start = 0;
    for (sentence, tags) in text.tags.iter().enumerate() {
        let spans = spans(tags);
        out.extend(spans.into_iter().map(|(head, span, group)| {
            let span = TokenSpan::new(start + span.start, start + span.end);
            finder.candidate(sentence, start + head, span, group)
        }));
        start += tags.len();
    }
    out
}

/// The head, words and being a group of each candidate of a sentence.
fn spans(tags: &[WordTags]) -> Vec<(usize, Range<usize>, bool)> {
    let extents = extents(tags);
    let mut out = Vec::new();
    for (head, own) in tags.iter().enumerate().filter(|(_, tags)| is_head(tags)) {
        if own.upos == Upos::Adv {
            out.push((head, head..head + 1, false));
            continue;
        }
        let children: Vec<usize> = (0..tags.len()).filter(|&word| tags[word].head == Some(head)).collect();
        let is_predicate = children.iter().any(|&child| tags[child].deprel == "cop");
        let belongs = |child: usize| {
            let relation = tags[child].deprel;
            let relations: &[&str] = if child < head { &BEFORE } else { &AFTER };
            relations.contains(&relation) && !(is_predicate && OF_CLAUSE.contains(&relation))
        };
        let (before, after): (Vec<usize>, Vec<usize>) =
            children.iter().filter(|&&child| belongs(child)).partition(|&&child| child < head);
        let start = before.iter().map(|&child| extents[child].start).fold(head, usize::min);
        let end = after.iter().map(|&child| extents[child].end).fold(head + 1, usize::max);
        out.push((head, start..end, false));
        let others = children.iter().filter(|&&child| child > head && tags[child].deprel == "conj");
        if let Some(last) = others.map(|&child| extents[child].end).max() {
            out.push((head, start..last.max(end), true));
        }
    }
    out
}

/// From the first to the last word of the subtree under each word.
fn extents(tags: &[WordTags]) -> Vec<Range<usize>> {
    let mut extents: Vec<Range<usize>> = (0..tags.len()).map(|word| word..word + 1).collect();
    for word in 0..tags.len() {
        let mut at = tags[word].head;
        while let Some(ancestor) = at {
            let extent = &mut extents[ancestor];
            *extent = extent.start.min(word)..extent.end.max(word + 1);
            at = tags[ancestor].head;
        }
    }
    extents
}

/// A text's words in one row.
struct Words<'a> {
    tags: Vec<&'a WordTags>,
    texts: Vec<&'a str>,
    lower: Vec<String>,
    /// The number of the quotation that each word stands in, 0 for none.
    quotes: Vec<usize>,
    /// The first word of each word's sentence.
    starts: Vec<usize>,
}

impl<'a> Words<'a> {
    fn new(text: &Text<'a>) -> Words<'a> {
        let texts: Vec<&str> = text.words.iter().flatten().copied().collect();
        let mut starts = Vec::with_capacity(texts.len());
        for sentence in text.words {
            starts.extend(std::iter::repeat_n(starts.len(), sentence.len()));
        }
        Words {
            tags: text.tags.iter().flatten().collect(),
            lower: texts.iter().map(|word| word.to_lowercase()).collect(),
            quotes: quotations(text),
            texts,
            starts,
        }
    }

    /// What a word hangs on, counted over the document.
    fn head(&self, word: usize) -> Option<usize> {
        self.tags[word].head.map(|head| self.starts[word] + head)
    }

    fn is_possessor(&self, word: usize) -> bool {
        self.tags[word].deprel == "nmod:poss"
    }
}

/// The number of the quotation that each word stands in; a quotation ends with its paragraph.
fn quotations(text: &Text) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut count, mut inside, mut paragraph) = (0, false, None);
    for (words, place) in text.words.iter().zip(text.places) {
        inside &= paragraph == Some(place.paragraph);
        paragraph = Some(place.paragraph);
        for word in words {
            if ["“", "”", "\""].contains(word) {
                inside = *word == "“" || *word == "\"" && !inside;
                count += usize::from(inside);
                out.push(0);
            } else {
                out.push(if inside { count } else { 0 });
            }
        }
    }
    out
}

/// Describes candidates; equal strings get equal numbers.
struct Finder<'a> {
    schema: &'a Schema,
    text: &'a Text<'a>,
    words: Words<'a>,
    ids: BTreeMap<String, usize>,
}

impl Finder<'_> {
    fn candidate(&mut self, sentence: usize, head: usize, span: TokenSpan, group: bool) -> Candidate {
        let content = self.content(head, span);
        let stems: Vec<String> = content.iter().map(|&word| stem(&self.words.lower[word])).collect();
        let mut bag: Vec<usize> = stems.iter().map(|stem| self.id(stem.clone())).collect();
        bag.sort_unstable();
        bag.dedup();
        let attributes = self.attributes(head, span, group);
        let mark = if group { "&" } else { "" };
        Candidate {
            span,
            head,
            sentence,
            speaker: self.text.places[sentence].speaker,
            quote: self.words.quotes[head],
            attributes,
            governor: self.words.head(head),
            relation: self.words.tags[head].deprel,
            text: self.id(self.plain(span)),
            bare: self.id(stems.join(" ")),
            stem: self.id(stem(&self.words.lower[head]) + mark),
            first: self.id(self.words.lower[span.start].clone()),
            last: self.id(self.words.lower[span.end - 1].clone()),
            bag,
            acronym: if group { None } else { self.acronym(head, span) },
            initials: self.initials(span),
        }
    }

    fn id(&mut self, text: String) -> usize {
        let next = self.ids.len();
        *self.ids.entry(text).or_insert(next)
    }

    fn attributes(&self, head: usize, span: TokenSpan, group: bool) -> Attributes {
        let kind = self.kind(head, span, group);
        let (person, number, gender) = self.agreement(head, span, kind);
        let tags = self.words.tags[head];
        Attributes {
            kind,
            role: role(tags.deprel),
            person,
            number,
            gender,
            name: tags.name.label().map_or(0, name_kind),
            width: span.len().min(WIDEST) - 1,
            opens: self.words.starts[head] == span.start,
            form: if kind == Type::Pronoun { self.form(head) } else { 0 },
        }
    }

    fn kind(&self, head: usize, span: TokenSpan, group: bool) -> Type {
        let upos = self.words.tags[head].upos;
        let opens_with = |class| self.schema.words.is(&self.words.lower[span.start], class);
        let is_pronoun =
            upos == Upos::Pron || upos == Upos::Det && self.schema.people.pronoun(self.words.texts[head]).is_some();
        match upos {
            _ if group => Type::Group,
            _ if is_pronoun => Type::Pronoun,
            Upos::Propn => Type::Name,
            Upos::Adv => Type::Adverb,
            _ if opens_with(WordClass::Demonstrative) => Type::Demonstrative,
            _ if opens_with(WordClass::Definite) => Type::Definite,
            _ if opens_with(WordClass::Indefinite) => Type::Indefinite,
            _ if self.has_possessor(head, span) => Type::Possessive,
            Upos::Num | Upos::Sym => Type::Number,
            _ => Type::Bare,
        }
    }

    fn form(&self, head: usize) -> usize {
        let pronoun = self.schema.people.pronoun(&self.words.lower[head]);
        pronoun.map_or(UNKNOWN_FORM, |pronoun| UNKNOWN_FORM.min(pronoun.form + 1))
    }

    fn has_possessor(&self, head: usize, span: TokenSpan) -> bool {
        (span.start..head).any(|word| self.words.is_possessor(word) && self.words.head(word) == Some(head))
    }

    fn agreement(&self, head: usize, span: TokenSpan, kind: Type) -> (usize, usize, usize) {
        let (people, low) = (&self.schema.people, &self.words.lower[head]);
        match kind {
            Type::Pronoun => people.pronoun(low).map_or((4, 0, 0), |pronoun| {
                let singular = usize::from([1, 3].contains(&pronoun.person));
                let person = if pronoun.person == 0 { 4 } else { pronoun.person as usize };
                (person, if pronoun.plural { 2 } else { singular }, gender(pronoun.gender))
            }),
            Type::Group => (0, 2, 0),
            Type::Name => (0, 1, self.name_gender(span)),
            _ => people.person_noun(low).map_or_else(
                || (0, 1 + usize::from(self.words.tags[head].upos == Upos::Noun && stem(low) != *low), 0),
                |noun| (0, 1 + usize::from(noun.plural), gender(noun.gender)),
            ),
        }
    }

    /// That of the first courtesy form of a name that tells one, else of its first given name.
    fn name_gender(&self, span: TokenSpan) -> usize {
        let people = &self.schema.people;
        let mut forms = span.range().filter_map(|word| people.honorific(&[self.words.texts[word]])).map(gender);
        let mut names = span.range().filter(|&word| self.words.tags[word].upos == Upos::Propn);
        let given = || names.find_map(|word| people.given_name(self.words.texts[word])).map_or(0, gender);
        forms.find(|&gender| gender > 0).unwrap_or_else(given)
    }

    /// The words that tell which one is meant.
    fn content(&self, head: usize, span: TokenSpan) -> Vec<usize> {
        let is_small =
            |upos| matches!(upos, Upos::Punct | Upos::Det | Upos::Adp | Upos::Part | Upos::Cconj | Upos::Aux);
        let tells = |word: usize| !is_small(self.words.tags[word].upos) && !self.words.is_possessor(word);
        span.range().filter(|&word| word == head || tells(word)).collect()
    }

    /// The words but for punctuation and a final "'s".
    fn plain(&self, span: TokenSpan) -> String {
        let end = span.end - usize::from(self.words.tags[span.end - 1].upos == Upos::Part);
        let words = (span.start..end).filter(|&word| self.words.tags[word].upos != Upos::Punct);
        words.map(|word| self.words.lower[word].as_str()).collect::<Vec<&str>>().join(" ")
    }

    fn acronym(&self, head: usize, span: TokenSpan) -> Option<String> {
        let letters = self.words.texts[head].replace('.', "");
        let is_upper = letters.chars().any(char::is_uppercase) && !letters.chars().any(char::is_lowercase);
        (span.len() <= 2 && is_upper && letters.chars().count() > 1).then_some(letters)
    }

    fn initials(&self, span: TokenSpan) -> String {
        let firsts = self.words.texts[span.range()].iter().filter_map(|word| word.chars().next());
        firsts.filter(|c| c.is_uppercase()).collect()
    }
}

/// A regular plural's singular, roughly: what is only compared need not be a word.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    match word.strip_suffix("ies") {
        Some(rest) if length > 4 => format!("{rest}y"),
        _ if length > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => {
            word[..word.len() - 1].to_owned()
        }
        _ => word.to_owned(),
    }
}

fn role(relation: &str) -> usize {
    let base = relation.split(':').next().unwrap_or(relation);
    let named = |name: &str| ROLES.iter().position(|names| names.contains(&name));
    named(relation).or_else(|| named(base)).unwrap_or(ROLES.len())
}

fn gender(gender: Gender) -> usize {
    match gender {
        Gender::Either => 0,
        Gender::Male => 1,
        Gender::Female => 2,
        Gender::Neuter => 3,
    }
}

fn name_kind(kind: NameKind) -> usize {
    match kind {
        NameKind::Person => 1,
        NameKind::Country | NameKind::Place => 2,
        NameKind::Organization => 3,
        NameKind::Event => 4,
        NameKind::Time => 5,
        NameKind::Other => 6,
    }
}
