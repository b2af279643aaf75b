//! A question that was read, answered from a graph: names into nodes, the query, and of what it finds what was asked for.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use super::phrase::Phrase;
use super::question::{Asks, Question, Sought};
use super::reading::read;
use crate::base::Date;
use crate::error::{Error, Result};
use crate::extract::{Stance, Status};
use crate::graph::{KnowledgeGraph, Node};
use crate::nlp::{Model, Upos, lemma};
use crate::query::about::{About, Member, Subject, about, members};
use crate::query::found::Named;
use crate::query::matter::Matter;
use crate::query::name::{Among, called, find};
use crate::query::path::{Step, path};
use crate::query::profile::Profile;
use crate::query::timeline::{EventFilter, timeline};
use crate::query::what_happened::Happening;
use crate::query::who_met::{Channel, Encounter, MeetingFilter, who_met, within};
use crate::query::who_said::{Statement, StatementFilter, who_said};
use crate::schema::{EntityKind, Schema};

/// The fewest letters of a verb that the nouns made of it begin with: "resign", "resignation".
const LONG_VERB: usize = 4;

/// A question's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reply<'g> {
    pub question: String,
    /// The command that asks the same, without program and graph: `who-met`, `Ingrid Solheim`, `--at`, `Geneva`.
    pub read_as: Vec<String>,
    /// Of questions that ask whether something is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// What was asked for, each once: names, days, places, a number. None where the graph does not say.
    pub answers: Vec<Answer>,
    /// What bears the answers out.
    pub findings: Findings<'g>,
}

/// A name, a day, a place, a number, words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub text: String,
    /// Of what did not take place, or not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Yes,
    /// It is denied, and nobody tells of it as having happened.
    No,
    /// Some tell of it, others deny it.
    Disputed,
    /// It is planned, and not told to have happened.
    Planned,
    /// The graph does not say.
    Unknown,
}

/// What a query found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Findings<'g> {
    Meetings(Vec<Encounter<'g>>),
    Statements(Vec<Statement<'g>>),
    Events(Vec<Happening<'g>>),
    Members(Vec<Member<'g>>),
    Chain(Vec<Step<'g>>),
    Thing(Box<About<'g>>),
}

/// Answers a question. Days that it does not tell in full ("in June") count from the newest article's.
///
/// # Errors
/// Those of [`read`]; a name that nobody has, or that several have alike.
pub fn ask<'g>(schema: &Schema, model: &Model, graph: &'g KnowledgeGraph, text: &str) -> Result<Reply<'g>> {
    answer(schema, graph, text, &read(schema, model, text, newest(graph))?)
}

/// Answers a question that was read from a text.
///
/// # Errors
/// A name that nobody has, or that several have alike.
pub fn answer<'g>(schema: &Schema, graph: &'g KnowledgeGraph, text: &str, question: &Question) -> Result<Reply<'g>> {
    let asked = Asked { schema, graph, question, who: who(graph, question)? };
    let (command, findings) = match &question.sought {
        Sought::Meetings { channel } => asked.meetings(channel.as_deref())?,
        Sought::Statements { stance } => asked.statements(*stance),
        Sought::Events { event_type, verb } => asked.events(event_type.iter().map(String::as_str).collect(), verb)?,
        Sought::Office { title, of } => asked.office(title, of)?,
        Sought::Chain => asked.chain()?,
        Sought::Thing => asked.thing()?,
    };
    Ok(Reply {
        question: text.trim().to_owned(),
        read_as: command,
        verdict: (question.asks == Asks::Whether).then(|| asked.verdict(&findings)),
        answers: asked.answers(&findings),
        findings,
    })
}

/// The day of the newest article, from which days count that a question does not tell in full.
pub fn newest(graph: &KnowledgeGraph) -> Option<Date> {
    let day = |node: &Node| match node {
        Node::Article(article) => article.published.filter(|date| date.day().is_some()),
        _ => None,
    };
    graph.nodes().filter_map(day).max()
}

fn who<'g>(graph: &'g KnowledgeGraph, question: &Question) -> Result<Vec<&'g Node>> {
    let among = if question.sought == Sought::Chain { Among::People } else { Among::Actors };
    question.who.iter().map(|phrase| resolved(graph, phrase, among)).collect()
}

/// The one node that a phrase names: by all of its words, by the name in it, or by an office that one holds.
fn resolved<'g>(graph: &'g KnowledgeGraph, phrase: &Phrase, among: Among) -> Result<&'g Node> {
    let tries = [Some(&phrase.whole), phrase.name.as_ref()];
    if let Some(name) = tries.into_iter().flatten().find(|name| !called(graph, name, among).is_empty()) {
        return find(graph, name, among);
    }
    let holder = phrase.office.as_ref().and_then(|(title, of)| {
        let body = called(graph, of, Among::Actors);
        let holds = |member: &Member| !member.former && is_title(member.title, title);
        let holders: Vec<Member> = body.into_iter().flat_map(|body| members(graph, body.id())).filter(holds).collect();
        if let [holder] = &holders[..] { graph.node(holder.who.id) } else { None }
    });
    holder.map_or_else(|| find(graph, &phrase.whole, among), Ok)
}

/// Whether an office is the one asked for: "transport minister" is one for "minister", "vice president" none for "president".
fn is_title(title: &str, asked: &str) -> bool {
    title.eq_ignore_ascii_case(asked)
}

/// A question whose names are found.
struct Asked<'a, 'g> {
    schema: &'a Schema,
    graph: &'g KnowledgeGraph,
    question: &'a Question,
    who: Vec<&'g Node>,
}

type Found<'g> = Result<(Vec<String>, Findings<'g>)>;

impl<'g> Asked<'_, 'g> {
    fn meetings(&self, channel: Option<&str>) -> Found<'g> {
        let is_person = |node: &&'g Node| matches!(node, Node::Entity(entity) if entity.kind == EntityKind::Person);
        let Some(first) = self.who.first().filter(|_| self.who.iter().all(is_person)) else {
            let types = self.schema.events.iter().filter(|event_type| event_type.is_meeting(channel));
            return self.events(types.map(|event_type| event_type.name.as_str()).collect(), "");
        };
        let at = self.at()?;
        let Question { since, until, .. } = *self.question;
        let channel = channel.and_then(Channel::named);
        let filter = MeetingFilter { since, until, channel, status: None, at };
        let all_there = |encounter: &Encounter| {
            let there = |node: &&'g Node| encounter.meeting.participants.iter().any(|part| part.who.id == node.id());
            self.who.iter().all(there)
        };
        let with = self.who.get(1).filter(|_| self.who.len() == 2 && !matches!(self.question.asks, Asks::Who(_)));
        let all = who_met(self.graph, first.id(), with.map(|with| with.id()));
        let others =
            |encounter: &Encounter| with.is_some() || self.who.iter().all(|node| node.id() != encounter.with.id);
        let kept = all.into_iter().filter(|met| filter.keeps(met) && all_there(met) && others(met)).collect();
        let counted = self.counted(kept, |met: &Encounter| met.meeting.status);
        let mut command = vec!["who-met".to_owned(), first.label()];
        command.extend(with.map(|with| with.label()));
        self.tell_at_and_dates(&mut command);
        command.extend(channel.into_iter().flat_map(|channel| ["--channel".to_owned(), channel.name().to_owned()]));
        Ok((command, Findings::Meetings(counted)))
    }

    fn events(&self, types: BTreeSet<&str>, verb: &str) -> Found<'g> {
        let Question { since, until, .. } = *self.question;
        let filter = EventFilter { since, until, types: types.clone(), status: None, at: self.at()? };
        let takes_part = |event: &Happening, node: &Node| {
            let is_there = event.participants.iter().any(|part| part.who.id == node.id());
            is_there || event.places.iter().any(|place| place.id == node.id())
        };
        let is_told = |event: &Happening| verb.is_empty() || types.is_empty() || self.tells(event, verb);
        let all = timeline(self.graph, self.who.first().copied());
        let kept = all.into_iter().filter(|event| {
            filter.keeps(event) && self.who.iter().all(|node| takes_part(event, node)) && is_told(event)
        });
        let counted = self.counted(kept.collect(), |event: &Happening| event.status);
        let mut command = vec!["timeline".to_owned()];
        command.extend(self.who.first().map(|who| who.label()));
        if !types.is_empty() {
            command.extend(["--type".to_owned(), types.into_iter().collect::<Vec<_>>().join(",")]);
        }
        self.tell_at_and_dates(&mut command);
        Ok((command, Findings::Events(counted)))
    }

    /// Whether the sentences of an event have the question's verb, or a noun made of it. Of types at which people meet any verb
    /// will do: who "arrived" there has visited.
    fn tells(&self, event: &Happening, verb: &str) -> bool {
        let has_verb = |text: &str| {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.into_iter().any(|word| {
                let lower = word.to_lowercase();
                lemma(self.schema, word, Upos::Verb) == verb || verb.len() >= LONG_VERB && lower.starts_with(verb)
            })
        };
        event.channel.is_some() || event.evidence.iter().any(|told| has_verb(told.text))
    }

    fn statements(&self, stance: Option<Stance>) -> (Vec<String>, Findings<'g>) {
        let Question { since, until, ref about, .. } = *self.question;
        let matter = Some(Matter::named(self.graph, &about.whole)).filter(|matter| !matter.is_empty());
        let filter = StatementFilter { since, until, stance, about: None };
        let spoken = |said: &Statement| self.who.iter().all(|who| said.speakers.iter().any(|by| by.id == who.id()));
        let all: Vec<Statement> = who_said(self.graph, self.who.first().map(|who| who.id()))
            .into_iter()
            .filter(|s| filter.keeps(s) && spoken(s))
            .collect();
        let kept = match &matter {
            None => all,
            Some(matter) if all.iter().any(|said| matter.is_of(said)) => {
                all.into_iter().filter(|said| matter.is_of(said)).collect()
            }
            // "Who accused the government of …?": the government is no part of what is said.
            Some(matter) => all.into_iter().filter(|said| matter.is_told_with(said)).collect(),
        };
        let mut command = vec!["said".to_owned()];
        command.extend(self.who.first().map(|who| who.label()));
        if matter.is_some() {
            command.extend(["--about".to_owned(), about.whole.clone()]);
        }
        command.extend(stance.into_iter().flat_map(|stance| ["--stance".to_owned(), stance.to_string()]));
        self.tell_dates(&mut command);
        (command, Findings::Statements(kept))
    }

    fn office(&self, title: &str, of: &Phrase) -> Found<'g> {
        let body = resolved(self.graph, of, Among::Actors)?;
        let all = members(self.graph, body.id()).into_iter().filter(|member| !member.former);
        let holds = |member: &Member| self.who.iter().all(|who| who.id() == member.who.id);
        let kept = all.filter(|member| is_title(member.title, title) && holds(member)).collect();
        Ok((vec!["about".to_owned(), body.label()], Findings::Members(kept)))
    }

    fn chain(&self) -> Found<'g> {
        let [from, to] = self.who[..] else {
            return Err(Error::new("a chain of meetings is between two people").hint("name two people"));
        };
        let filter = MeetingFilter { status: Some(Status::Happened), ..MeetingFilter::default() };
        let steps = path(self.graph, from.id(), to.id(), &filter).unwrap_or_default();
        Ok((vec!["path".to_owned(), from.label(), to.label()], Findings::Chain(steps)))
    }

    fn thing(&self) -> Found<'g> {
        let node = resolved(self.graph, &self.question.about, Among::Everything)?;
        let known = about(self.graph, node.id()).expect("what was found is an entity or an event");
        Ok((vec!["about".to_owned(), node.label()], Findings::Thing(Box::new(known))))
    }

    /// The places and occasions asked for; of several, what is at all of them.
    fn at(&self) -> Result<Option<BTreeSet<&'g str>>> {
        let mut ids: Option<BTreeSet<&str>> = None;
        for phrase in &self.question.at {
            let tries = [Some(&phrase.whole), phrase.name.as_ref()];
            let names = tries.into_iter().flatten().map(|name| called(self.graph, name, Among::Scenes));
            let Some(nodes) = names.into_iter().find(|nodes| !nodes.is_empty()) else {
                return find(self.graph, &phrase.whole, Among::Scenes).map(|_| None);
            };
            let there = within(self.graph, &nodes);
            ids = Some(ids.map_or_else(|| there.clone(), |ids| ids.intersection(&there).copied().collect()));
        }
        Ok(ids)
    }

    fn tell_at_and_dates(&self, command: &mut Vec<String>) {
        command.extend(self.question.at.iter().flat_map(|at| ["--at".to_owned(), at.whole.clone()]));
        self.tell_dates(command);
    }

    fn tell_dates(&self, command: &mut Vec<String>) {
        for (name, date) in [("--since", self.question.since), ("--until", self.question.until)] {
            command.extend(date.into_iter().flat_map(|date| [name.to_owned(), date.to_string()]));
        }
    }

    /// Of what was found, what counts: what is planned where it is asked what will be; else, unless it is asked whether, what happened
    /// where anything did.
    fn counted<T>(&self, found: Vec<T>, status: impl Fn(&T) -> Status) -> Vec<T> {
        let wanted = if self.question.is_ahead { Status::Planned } else { Status::Happened };
        let narrow = self.question.asks != Asks::Whether || self.question.is_ahead;
        if !narrow || !found.iter().any(|one| status(one) == wanted) {
            return found;
        }
        found.into_iter().filter(|one| status(one) == wanted).collect()
    }

    fn verdict(&self, findings: &Findings) -> Verdict {
        let of_events = |events: &mut dyn Iterator<Item = &Happening>| {
            let told: Vec<(Status, bool)> = events.map(|event| (event.status, event.denied_by.is_empty())).collect();
            let has = |wanted: Status| told.iter().any(|(status, _)| *status == wanted);
            match () {
                () if self.question.is_ahead && has(Status::Planned) => Verdict::Yes,
                () if told.iter().any(|(status, undenied)| *status == Status::Happened && !undenied) => {
                    Verdict::Disputed
                }
                () if has(Status::Happened) && has(Status::Denied) => Verdict::Disputed,
                () if has(Status::Happened) => Verdict::Yes,
                () if has(Status::Denied) => Verdict::No,
                () if has(Status::Planned) => Verdict::Planned,
                () => Verdict::Unknown,
            }
        };
        let any = |found: bool| if found { Verdict::Yes } else { Verdict::Unknown };
        match findings {
            Findings::Meetings(met) => of_events(&mut met.iter().map(|encounter| &encounter.meeting)),
            Findings::Events(events) => of_events(&mut events.iter()),
            Findings::Statements(said) => any(!said.is_empty()),
            Findings::Members(members) => any(!members.is_empty()),
            Findings::Chain(steps) => any(!steps.is_empty()),
            Findings::Thing(_) => Verdict::Yes,
        }
    }

    fn answers(&self, findings: &Findings) -> Vec<Answer> {
        if self.question.asks == Asks::Whether {
            return Vec::new();
        }
        let mut answers: Vec<Answer> = match findings {
            Findings::Meetings(met) => match self.question.asks {
                Asks::Who(_) | Asks::What => {
                    met.iter().map(|one| Answer::of(&one.with.name, one.meeting.status)).collect()
                }
                _ => self.of_events(&mut met.iter().map(|one| &one.meeting)),
            },
            Findings::Events(events) => self.of_events(&mut events.iter()),
            Findings::Statements(said) => self.of_statements(said),
            Findings::Members(members) => members.iter().map(|member| Answer::plain(member.who.name.clone())).collect(),
            Findings::Chain(steps) => steps.iter().map(|step| Answer::plain(step.to.name.clone())).collect(),
            Findings::Thing(known) => vec![Answer::plain(summary(known))],
        };
        let mut seen = BTreeSet::new();
        answers.retain(|answer| seen.insert((answer.text.clone(), answer.status)));
        answers
    }

    fn of_events(&self, events: &mut dyn Iterator<Item = &Happening>) -> Vec<Answer> {
        if self.question.asks == Asks::Count {
            let events: BTreeSet<&str> =
                events.filter(|event| event.status == Status::Happened).map(|e| e.id).collect();
            return vec![Answer::plain(events.len().to_string())];
        }
        let texts = |event: &Happening| -> Vec<String> {
            match self.question.asks {
                Asks::Who(kind) => self.others(event, kind),
                Asks::When => {
                    event.period().map(|period| period.to_string().replace('/', " to ")).into_iter().collect()
                }
                Asks::Where => event.places.iter().map(|place| place.name.clone()).collect(),
                _ => vec![event.name.to_owned()],
            }
        };
        events
            .flat_map(|event| texts(event).into_iter().map(|text| Answer::of(&text, event.status)).collect::<Vec<_>>())
            .collect()
    }

    /// Who took part beside those named in the question; of a country asked for, also that of those who hold office there.
    fn others(&self, event: &Happening, kind: Option<EntityKind>) -> Vec<String> {
        let is_asked = |who: &&Named| kind.is_none_or(|kind| who.kind == kind.name());
        let is_named = |who: &&Named| self.who.iter().any(|node| node.id() == who.id);
        let parts = event.participants.iter().map(|part| &part.who).filter(|who| !is_named(who));
        let mut names: Vec<String> = parts.clone().filter(is_asked).map(|who| who.name.clone()).collect();
        if kind == Some(EntityKind::Country) {
            let offices = parts.flat_map(|who| self.graph.edges_from(who.id));
            let bodies = offices.filter(|edge| edge.edge_type == crate::graph::EdgeType::HoldsOffice && !edge.former);
            let nodes = bodies.filter_map(|edge| self.graph.node(&edge.target)).map(Named::of);
            names.extend(nodes.filter(|body| is_asked(&body)).map(|body| body.name));
        }
        names
    }

    fn of_statements(&self, said: &[Statement]) -> Vec<Answer> {
        let texts = |said: &Statement| -> Vec<String> {
            match self.question.asks {
                Asks::Who(_) if said.speakers.is_empty() => vec![said.source_text.to_owned()],
                Asks::Who(kind) => {
                    let asked = said.speakers.iter().filter(|by| kind.is_none_or(|kind| by.kind == kind.name()));
                    asked.map(|by| by.name.clone()).collect()
                }
                Asks::When => {
                    let days = said.evidence.iter().filter_map(|told| told.article.published);
                    days.map(|day| day.to_string()).collect()
                }
                Asks::Where => Vec::new(),
                _ => vec![said.content.join(" … ")],
            }
        };
        match self.question.asks {
            Asks::Count => vec![Answer::plain(said.len().to_string())],
            _ => said.iter().flat_map(texts).filter(|text| !text.is_empty()).map(Answer::plain).collect(),
        }
    }
}

/// What somebody or something is, in a line.
fn summary(known: &About) -> String {
    match &known.subject {
        Subject::Entity(Profile { name, kind, offices, affiliations, .. }) => {
            let ties = offices.iter().chain(affiliations).map(|tie| {
                let of = tie.of.as_ref().map(|of| format!(" ({})", of.name)).unwrap_or_default();
                format!("{}{}{of}", if tie.former { "former " } else { "" }, tie.title)
            });
            let ties: Vec<String> = ties.collect();
            format!("{name}: {}", if ties.is_empty() { kind.to_string() } else { ties.join("; ") })
        }
        Subject::Event(event) => {
            let when = event.period().map(|period| period.to_string().replace('/', " to "));
            let facts = [event.event_type.to_owned()].into_iter().chain(when);
            let places = event.places.iter().map(|place| place.name.clone());
            format!("{}: {}", event.name, facts.chain(places).collect::<Vec<_>>().join(", "))
        }
    }
}

impl Answer {
    fn plain(text: String) -> Answer {
        Answer { text, status: None }
    }

    fn of(text: &str, status: Status) -> Answer {
        Answer { text: text.to_owned(), status: Some(status).filter(|status| *status != Status::Happened) }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            None => f.write_str(&self.text),
            Some(status) => write!(f, "{} ({status})", self.text),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Verdict::Yes => "yes",
            Verdict::No => "no, it is denied",
            Verdict::Disputed => "yes, some say, and it is denied",
            Verdict::Planned => "not yet: it is planned",
            Verdict::Unknown => "the graph does not say",
        })
    }
}

impl Reply<'_> {
    /// Whether the graph has nothing that answers the question.
    pub fn is_unknown(&self) -> bool {
        self.verdict.map_or(self.answers.is_empty(), |verdict| verdict == Verdict::Unknown)
    }
}
