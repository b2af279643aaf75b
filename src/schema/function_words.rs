//! Small words that tell how a name or a noun is meant (`schema/lexicon/function-words.tsv`).

use std::collections::HashSet;

use super::table::rows;
use crate::error::Result;

const FILE: &str = "schema/lexicon/function-words.tsv";

/// What a small word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordClass {
    /// "in": a place follows.
    Place,
    /// "with": one who acts follows.
    Party,
    /// "of": the body of an office follows.
    Of,
    Former,
    /// "both", "two".
    Pair,
    StateNoun,
    PersonNoun,
    PartyNoun,
    Negation,
    /// "acting": stands between an office and a name.
    Apart,
    /// "before": what follows is no occasion that the event is a part of.
    Outside,
    /// "until": what follows ends a denial.
    Turning,
    /// "praised Egypt for …".
    Matter,
    Definite,
    Indefinite,
    /// "this", "those".
    Demonstrative,
    /// "it", "there".
    Expletive,
    /// "served as".
    As,
    /// "said that".
    That,
    /// "attributable to": the one whose statement the text is.
    Author,
    /// "bin", "al": stands inside a person's name.
    Particle,
    /// "Jr.": stands behind a person's name.
    Suffix,
    /// "of", "for": goes on an organization's name.
    Complement,
    /// "deputy": begins a title that the table has without it.
    Rank,
    /// "of": the body of any office follows.
    Body,
    /// "finance", "for": belongs to what an office is for.
    Portfolio,
    /// "by": the one from whom a report or statement is follows.
    Origin,
    /// "the agency": an organization named before.
    OrganizationNoun,
    /// "the police", "the government": the country's that the text is about, if no other is named.
    StateOrgan,
    /// "ministry": heads the names of organs that each state has.
    OrganHead,
    /// "senate": heads the names of legislatures.
    Chamber,
    /// "supreme", "armed": stands in such names.
    Organ,
    /// "and"
    And,
    /// "at": stands between a title and where its holder works or comes from.
    Based,
    /// "image": begins a picture's credit: "Image: Ana Weber".
    Credit,
    /// "accords": a text that a place's name before it tells apart.
    Document,
    /// "north": half of a name that "and" parts from the rest: "North and South Korea".
    Direction,
    /// "statement": a noun for somebody's words.
    Words,
    /// "counterpart": holds the like office in the country named with it.
    Counterpart,
    Lister,
    /// "Lord": leads another name of a peer.
    Peer,
    /// "travel", "trip": what one does to another country than one's own.
    Travel,
    Postnominal,
    /// "God", "Rohingya": written like somebody's name, and nobody's.
    Nobody,
    /// "any": whatever there is of a thing.
    Any,
    /// "whether": begins what is asked.
    Interrogative,
    /// "visa": a noun for what is granted or refused; who denies it denies no claim.
    Grant,
    /// "town": a noun for places that are no countries.
    Locality,
    /// "named": tells the name of the one before it: "a guard named Ana".
    Naming,
    /// "pseudonym": a noun for a name: "a guard who gave her name as Ana".
    NameNoun,
    /// "correspondent": a noun for who tells something for a medium.
    Reporter,
}

/// The classes of small words.
#[derive(Clone, Debug, Default)]
pub struct FunctionWords(HashSet<(String, WordClass)>);

impl FunctionWords {
    /// Reads the table.
    ///
    /// # Errors
    /// A malformed line or an unknown class, by line.
    pub fn parse(text: &str) -> Result<FunctionWords> {
        let mut words = HashSet::new();
        for row in rows(text, FILE, ["word", "class"])? {
            let [word, class] = row.cells;
            let class = match class {
                "place" => WordClass::Place,
                "party" => WordClass::Party,
                "of" => WordClass::Of,
                "former" => WordClass::Former,
                "pair" => WordClass::Pair,
                "state-noun" => WordClass::StateNoun,
                "person-noun" => WordClass::PersonNoun,
                "party-noun" => WordClass::PartyNoun,
                "negation" => WordClass::Negation,
                "apart" => WordClass::Apart,
                "outside" => WordClass::Outside,
                "turning" => WordClass::Turning,
                "matter" => WordClass::Matter,
                "definite" => WordClass::Definite,
                "indefinite" => WordClass::Indefinite,
                "demonstrative" => WordClass::Demonstrative,
                "expletive" => WordClass::Expletive,
                "as" => WordClass::As,
                "that" => WordClass::That,
                "author" => WordClass::Author,
                "particle" => WordClass::Particle,
                "suffix" => WordClass::Suffix,
                "complement" => WordClass::Complement,
                "rank" => WordClass::Rank,
                "body" => WordClass::Body,
                "portfolio" => WordClass::Portfolio,
                "origin" => WordClass::Origin,
                "organization-noun" => WordClass::OrganizationNoun,
                "state-organ" => WordClass::StateOrgan,
                "organ-head" => WordClass::OrganHead,
                "chamber" => WordClass::Chamber,
                "organ" => WordClass::Organ,
                "and" => WordClass::And,
                "based" => WordClass::Based,
                "credit" => WordClass::Credit,
                "document" => WordClass::Document,
                "direction" => WordClass::Direction,
                "words" => WordClass::Words,
                "counterpart" => WordClass::Counterpart,
                "lister" => WordClass::Lister,
                "peer" => WordClass::Peer,
                "travel" => WordClass::Travel,
                "postnominal" => WordClass::Postnominal,
                "nobody" => WordClass::Nobody,
                "any" => WordClass::Any,
                "interrogative" => WordClass::Interrogative,
                "grant" => WordClass::Grant,
                "locality" => WordClass::Locality,
                "naming" => WordClass::Naming,
                "name-noun" => WordClass::NameNoun,
                "reporter" => WordClass::Reporter,
                _ => return Err(row.error(format!("unknown class `{class}`"))),
            };
            words.insert((word.to_owned(), class));
        }
        Ok(FunctionWords(words))
    }

    /// Whether a word, in lower case, is of a class.
    pub fn is(&self, word: &str, class: WordClass) -> bool {
        self.0.contains(&(word.to_lowercase(), class))
    }
}
