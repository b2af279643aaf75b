//! What can be asked, endpoint by endpoint: path, parameters, schema of the answer, and the question to the graph behind it. The router
//! and the OpenAPI description are both made of this table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use axum::http::StatusCode;
use serde::Serialize;

use super::asked::{Asked, Form, Parameter, channels, kinds, node_kinds, stances, statuses, views};
use super::reply::Fault;
use crate::error::Error;
use crate::extract::Status;
use crate::graph::{KnowledgeGraph, Node, write_node_link};
use crate::link::Entity;
use crate::nlp::Model;
use crate::query::{
    self, Among, Encounter, EventFilter, Happening, Matter, MeetingFilter, Member, Portrait, Profile, Reply, Selection,
    Statement, StatementFilter, Step, about, disputes, entities_like, evidence, find, find_all, find_person, marked,
    path, portrait, profile, timeline, who_met, who_said, within,
};
use crate::schema::Schema;

/// An answer, or why there is none.
type Answer<T> = Result<T, Fault>;

/// The most things of a list that are sent at once, and how many are where the request does not say.
const MOST: usize = 1000;
const USUAL: usize = 100;

/// One thing that can be asked.
pub struct Endpoint {
    /// Below the server's address; `{id}` stands for an id.
    pub path: &'static str,
    /// Its name in the description.
    pub name: &'static str,
    pub tells: &'static str,
    pub parameters: &'static [Parameter],
    /// Schema of the answer, among those of `schemas.json`.
    pub schema: &'static str,
    /// Whether the answer is a part of a list of those.
    pub is_list: bool,
    pub answer: fn(&KnowledgeGraph, &Asked) -> Answer<Vec<u8>>,
}

impl Endpoint {
    /// The path as the router has it: ids have slashes in them, which need not be coded.
    pub fn route(&self) -> String {
        self.path.replace("{id}", "{*id}")
    }
}

const SINCE: Parameter = optional("since", "from this date on: a year, a month (2031-05) or a day", Form::Date);
const UNTIL: Parameter = optional("until", "up to the end of this date", Form::Date);
const STATUS: Parameter =
    optional("status", "only what happened, is planned, denied or uncertain", Form::Some(statuses));
const ONE_STATUS: Parameter =
    optional("status", "only what happened, is planned, denied or uncertain", Form::One(statuses));
const CHANNEL: Parameter =
    optional("channel", "only meetings in person, or only calls and the like", Form::One(channels));
const AT: Parameter = optional("at", "only at this place or on this occasion, by name or id", Form::Words);
const TYPE: Parameter = optional("type", "only events of these types: meet, call …", Form::List);
const LIMIT: Parameter = optional("limit", "how many to send at once [100]", Form::Count(MOST));
const OFFSET: Parameter = optional("offset", "how many to pass over [0]", Form::Count(usize::MAX));

const fn optional(name: &'static str, tells: &'static str, form: Form) -> Parameter {
    Parameter { name, tells, form, is_required: false }
}

const fn required(name: &'static str, tells: &'static str) -> Parameter {
    Parameter { name, tells, form: Form::Words, is_required: true }
}

pub static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        path: "/api",
        name: "summary",
        tells: "How much the graph holds, and of what",
        parameters: &[],
        schema: "Summary",
        is_list: false,
        answer: |graph, _| one(&Summary::of(graph)),
    },
    Endpoint {
        path: "/api/entities",
        name: "entities",
        tells: "People, countries, organizations and places, those first whom a name fits best",
        parameters: &[
            optional("name", "a name, or what one begins with; case and accents do not matter", Form::Words),
            optional("kind", "only those of this kind", Form::One(kinds)),
            LIMIT,
            OFFSET,
        ],
        schema: "Profile",
        is_list: true,
        answer: |graph, asked| list(asked, entities(graph, asked)),
    },
    Endpoint {
        path: "/api/entity/{id}",
        name: "entity",
        tells: "All that is known of a person, country, organization or place",
        parameters: &[],
        schema: "Entity",
        is_list: false,
        answer: |graph, asked| one(&Known::of(graph, entity(graph, &asked.id)?)),
    },
    Endpoint {
        path: "/api/about",
        name: "about",
        tells: "All that is known of an entity or an event by its name: members, events, what is said about it",
        parameters: &[required("of", "a name, an alias or an id")],
        schema: "About",
        is_list: false,
        answer: |graph, asked| {
            let node = find(graph, asked.text("of").unwrap_or_default(), Among::Everything).map_err(not_found)?;
            one(&about(graph, node.id()))
        },
    },
    Endpoint {
        path: "/api/ask",
        name: "ask",
        tells: "A question in English, answered: what was asked for, what bears it out, and as which command it was read",
        parameters: &[required("q", "the question: Who met Robinson in Geneva?")],
        schema: "Reply",
        is_list: false,
        answer: |graph, asked| one(&reply(graph, asked)?),
    },
    Endpoint {
        path: "/api/met",
        name: "met",
        tells: "Whom a person met, when, where and who says so",
        parameters: &[
            required("a", "a name, a last name, an alias or an id of a person"),
            optional("b", "only meetings with this person", Form::Words),
            AT,
            SINCE,
            UNTIL,
            ONE_STATUS,
            CHANNEL,
            LIMIT,
            OFFSET,
        ],
        schema: "Encounter",
        is_list: true,
        answer: |graph, asked| list(asked, meetings(graph, asked)?),
    },
    Endpoint {
        path: "/api/path",
        name: "path",
        tells: "The shortest chain of meetings between two people; only meetings that happened count, unless a status is told",
        parameters: &[
            required("a", "a name, a last name, an alias or an id of a person"),
            required("b", "another person"),
            AT,
            SINCE,
            UNTIL,
            ONE_STATUS,
            CHANNEL,
        ],
        schema: "Path",
        is_list: false,
        answer: |graph, asked| one(&Chain { steps: chain(graph, asked)? }),
    },
    Endpoint {
        path: "/api/said",
        name: "said",
        tells: "Who said what, in the order of the articles",
        parameters: &[
            optional("who", "a name or an id of the speaker", Form::Words),
            optional("about", "a name, or words that must be in what is said", Form::Words),
            optional("stance", "only what is asserted, denied, promised …", Form::One(stances)),
            SINCE,
            UNTIL,
            LIMIT,
            OFFSET,
        ],
        schema: "Statement",
        is_list: true,
        answer: |graph, asked| list(asked, statements(graph, asked)?),
    },
    Endpoint {
        path: "/api/disputes",
        name: "disputes",
        tells: "What articles and speakers disagree on, with all sides",
        parameters: &[optional("who", "a name or an id of somebody or something in it", Form::Words), LIMIT, OFFSET],
        schema: "Dispute",
        is_list: true,
        answer: |graph, asked| {
            let who = asked.text("who").map(|name| find(graph, name, Among::Everything)).transpose();
            list(asked, disputes(graph, who.map_err(not_found)?.map(Node::id)))
        },
    },
    Endpoint {
        path: "/api/timeline",
        name: "timeline",
        tells: "What happened, by date, the undated last: to somebody, at a place, or all of it",
        parameters: &[
            optional("of", "a name or an id of a person, a country, a place, an event …", Form::Words),
            TYPE,
            ONE_STATUS,
            AT,
            SINCE,
            UNTIL,
            LIMIT,
            OFFSET,
        ],
        schema: "Happening",
        is_list: true,
        answer: |graph, asked| list(asked, events(graph, asked)?),
    },
    Endpoint {
        path: "/api/graph",
        name: "graph",
        tells: "The graph or a part of it as a node-link object, as `rapporteur export --to json` writes it",
        parameters: &[
            SINCE,
            UNTIL,
            TYPE,
            STATUS,
            optional("kind", "only nodes of these kinds, and the edges between them", Form::Some(node_kinds)),
            optional("min_score", "only events of this score or more", Form::Score),
            optional("view", "all of it, only people who met, or actors and their ties", Form::One(views)),
        ],
        schema: "Graph",
        is_list: false,
        answer: |graph, asked| node_link(&part(graph, asked)),
    },
    Endpoint {
        path: "/api/evidence",
        name: "evidence",
        tells: "The words of articles that bear out an event, a claim or a tie",
        parameters: &[required("of", "an id; of a tie its source, key and target with spaces between them")],
        schema: "Evidence",
        is_list: false,
        answer: |graph, asked| one(&evidence(graph, asked.text("of").unwrap_or_default())),
    },
    Endpoint {
        path: "/api/article/{id}",
        name: "article",
        tells: "An article with its text, in which all offsets count code points, and where what was read in it",
        parameters: &[],
        schema: "Article",
        is_list: false,
        answer: |graph, asked| {
            let none =
                || Error::new(format!("there is no article `{}`", asked.id)).hint("/api/graph?kind=article lists them");
            one(&marked(graph, &asked.id).ok_or_else(|| not_found(none()))?)
        },
    },
];

/// How much a graph holds.
#[derive(Serialize)]
struct Summary {
    generator: &'static str,
    /// Nodes of each kind.
    nodes: BTreeMap<&'static str, usize>,
    /// Edges of each type.
    edges: BTreeMap<&'static str, usize>,
}

impl Summary {
    fn of(graph: &KnowledgeGraph) -> Summary {
        let mut summary = Summary {
            generator: concat!("rapporteur ", env!("CARGO_PKG_VERSION")),
            nodes: BTreeMap::new(),
            edges: BTreeMap::new(),
        };
        graph.nodes().for_each(|node| *summary.nodes.entry(node.kind()).or_default() += 1);
        graph.edges().for_each(|edge| *summary.edges.entry(edge.edge_type.name()).or_default() += 1);
        summary
    }
}

/// All that is known of an entity, meetings and statements of its own too.
#[derive(Serialize)]
struct Known<'g> {
    #[serde(flatten)]
    portrait: Portrait<'g>,
    /// Who holds office in it, or belongs to it.
    members: Vec<Member<'g>>,
    /// By date.
    events: Vec<Happening<'g>>,
    /// What others say about it.
    spoken_of: Vec<Statement<'g>>,
    /// How many articles name it.
    articles: usize,
}

impl<'g> Known<'g> {
    fn of(graph: &'g KnowledgeGraph, entity: &'g Entity) -> Known<'g> {
        let about = about(graph, &entity.id).expect("an entity can be told about");
        Known {
            portrait: portrait(graph, entity),
            members: about.members,
            events: about.events,
            spoken_of: about.statements,
            articles: about.articles,
        }
    }
}

/// A chain of meetings.
#[derive(Serialize)]
struct Chain<'g> {
    steps: Vec<Step<'g>>,
}

/// What questions are read with, once there is one.
static READER: LazyLock<(Schema, Model)> = LazyLock::new(|| (Schema::built_in(), Model::built_in()));

/// A question that cannot be read is the asker's fault; one that can, about somebody whom the graph does not have, is not found.
fn reply<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Reply<'g>> {
    let (schema, model) = &*READER;
    let text = asked.text("q").unwrap_or_default();
    let unread = |error| Fault::of(StatusCode::BAD_REQUEST, error);
    let question = query::read(schema, model, text, query::newest(graph)).map_err(unread)?;
    query::answer(schema, graph, text, &question).map_err(not_found)
}

fn entities<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Vec<Profile<'g>> {
    let kind = asked.kind();
    let is_kind = |entity: &&Entity| kind.is_none_or(|kind| entity.kind == kind);
    let found = entities_like(graph, asked.text("name").unwrap_or_default());
    found.into_iter().filter(is_kind).map(|entity| profile(graph, entity)).collect()
}

fn meetings<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Vec<Encounter<'g>>> {
    let a = person(graph, asked, "a")?;
    let b = asked.text("b").map(|_| person(graph, asked, "b")).transpose()?;
    let filter = meeting_filter(graph, asked)?;
    let met = who_met(graph, &a.id, b.map(|b| b.id.as_str()));
    Ok(met.into_iter().filter(|encounter| filter.keeps(encounter)).collect())
}

fn chain<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Vec<Step<'g>>> {
    let (a, b) = (person(graph, asked, "a")?, person(graph, asked, "b")?);
    let filter = meeting_filter(graph, asked)?;
    let filter = MeetingFilter { status: filter.status.or(Some(Status::Happened)), ..filter };
    let none = || not_found(Error::new(format!("no chain of such meetings joins {} and {}", a.name, b.name)));
    path(graph, &a.id, &b.id, &filter).ok_or_else(none)
}

fn person<'g>(graph: &'g KnowledgeGraph, asked: &Asked, parameter: &str) -> Answer<&'g Entity> {
    find_person(graph, asked.text(parameter).unwrap_or_default()).map_err(not_found)
}

fn meeting_filter<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<MeetingFilter<'g>> {
    Ok(MeetingFilter {
        since: asked.date("since"),
        until: asked.date("until"),
        status: asked.statuses().next(),
        channel: asked.channel(),
        at: at(graph, asked)?,
    })
}

/// The ids of what `at` names and of all that lies there.
fn at<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Option<BTreeSet<&'g str>>> {
    let named = asked.text("at").map(|name| find_all(graph, name, Among::Scenes)).transpose();
    Ok(named.map_err(not_found)?.map(|nodes| within(graph, &nodes)))
}

fn statements<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Vec<Statement<'g>>> {
    let who = asked.text("who").map(|name| find(graph, name, Among::Actors)).transpose().map_err(not_found)?;
    let filter = StatementFilter {
        since: asked.date("since"),
        until: asked.date("until"),
        stance: asked.stance(),
        about: asked.text("about").map(|words| Matter::named(graph, words)),
    };
    Ok(who_said(graph, who.map(Node::id)).into_iter().filter(|statement| filter.keeps(statement)).collect())
}

fn events<'g>(graph: &'g KnowledgeGraph, asked: &Asked) -> Answer<Vec<Happening<'g>>> {
    let of = asked.text("of").map(|name| find(graph, name, Among::Everything)).transpose().map_err(not_found)?;
    let filter = EventFilter {
        since: asked.date("since"),
        until: asked.date("until"),
        types: asked.list("type").collect(),
        status: asked.statuses().next(),
        at: at(graph, asked)?,
    };
    Ok(timeline(graph, of).into_iter().filter(|event| filter.keeps(event)).collect())
}

fn selection(asked: &Asked) -> Selection {
    Selection {
        since: asked.date("since"),
        until: asked.date("until"),
        types: asked.list("type").map(str::to_owned).collect(),
        statuses: asked.statuses().collect(),
        min_score: asked.score("min_score"),
    }
}

fn part(graph: &KnowledgeGraph, asked: &Asked) -> KnowledgeGraph {
    let kinds = asked.list("kind").map(str::to_owned).collect();
    let seen = query::view(&query::select(graph, &selection(asked)), asked.view());
    query::of_kinds(&seen, &kinds)
}

fn entity<'g>(graph: &'g KnowledgeGraph, id: &str) -> Answer<&'g Entity> {
    match graph.node(id) {
        Some(Node::Entity(entity)) => Ok(entity),
        _ => {
            let none = Error::new(format!("there is nobody and nothing of the id `{id}`"));
            Err(not_found(none.hint("/api/entities?name= finds ids by names")))
        }
    }
}

fn not_found(error: Error) -> Fault {
    Fault::of(StatusCode::NOT_FOUND, error)
}

/// A part of a list, and how long it is.
#[derive(Serialize)]
struct Part<'a, T> {
    total: usize,
    offset: usize,
    items: &'a [T],
}

fn list<T: Serialize>(asked: &Asked, all: Vec<T>) -> Answer<Vec<u8>> {
    let offset = asked.count("offset").unwrap_or(0).min(all.len());
    let end = all.len().min(offset + asked.count("limit").unwrap_or(USUAL));
    one(&Part { total: all.len(), offset, items: &all[offset..end] })
}

fn one(value: &impl Serialize) -> Answer<Vec<u8>> {
    serde_json::to_vec(value).map_err(unwritten)
}

fn node_link(graph: &KnowledgeGraph) -> Answer<Vec<u8>> {
    let mut out = Vec::new();
    write_node_link(graph, &mut out).map(|()| out).map_err(unwritten)
}

fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::of(StatusCode::INTERNAL_SERVER_ERROR, Error::new("cannot write the answer").because(error))
}
