//! What a user decided about identity, done to the entities of a document: "`person/ola-otieno` is `person/olav-otieno`".

use std::collections::BTreeMap;

use super::{Choice, Entity, Links};
use crate::nlp::Document;
use crate::schema::{Action, Schema, kind_of};

/// How well a user's own word speaks for a choice.
const DECIDED: u32 = 100;

/// Follows the lines of the user's file, in their order.
pub(super) fn apply(schema: &Schema, doc: &Document, links: &mut Links) {
    if schema.overrules.lines.is_empty() {
        return;
    }
    for entity in &mut links.entities {
        for line in &schema.overrules.lines {
            if line.concerns(&entity.id, &doc.article.id, &doc.article.source) {
                follow(&line.action, entity);
            }
        }
    }
    join(links);
}

fn follow(action: &Action, entity: &mut Entity) {
    let was = entity.id.clone();
    match action {
        Action::Merge(id) => {
            entity.id.clone_from(id);
            entity.kind = kind_of(id).unwrap_or(entity.kind);
            entity.same_as.clear();
            entity.choices.clear();
        }
        Action::Rename(name) => {
            let old = std::mem::replace(&mut entity.name, name.clone());
            entity.aliases.insert(old);
            entity.aliases.remove(name);
        }
        Action::Kind(kind) => {
            let name = entity.id.split_once('/').map_or(entity.id.as_str(), |(_, name)| name).to_owned();
            (entity.id, entity.kind) = (format!("{kind}/{name}"), *kind);
        }
    }
    entity.choices.insert(Choice {
        name: entity.name.clone(),
        score: DECIDED,
        why: format!("overruled: {was}"),
        considered: Vec::new(),
    });
}

/// Makes entities of one id one.
fn join(links: &mut Links) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Entity> = Vec::new();
    let mut places = Vec::new();
    for entity in std::mem::take(&mut links.entities) {
        let place = *first.entry(entity.id.clone()).or_insert(kept.len());
        match kept.get_mut(place) {
            Some(there) => there.merge(entity),
            None => kept.push(entity),
        }
        places.push(place);
    }
    links.entities = kept;
    for mention in &mut links.mentions {
        mention.entities.iter_mut().for_each(|entity| *entity = places[*entity]);
        mention.entities.dedup();
    }
    for office in &mut links.offices {
        office.holder = office.holder.map(|holder| places[holder]);
        office.of = office.of.map(|of| places[of]);
    }
}
