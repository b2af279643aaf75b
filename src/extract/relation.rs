//! Lasting ties: who holds which office of what, which place lies in which country.

use std::collections::BTreeSet;

use super::event::sentence_evidence;
use super::fact::{Property, Relation};
use crate::link::{Entity, Links, Office};
use crate::nlp::Document;

/// The offices of a document, each once for a person, a title and a body.
pub fn offices(doc: &Document, links: &Links) -> Vec<Relation> {
    let mut out: Vec<Relation> = Vec::new();
    for office in &links.offices {
        let (Some(holder), Some(of)) = (office.holder, office.of) else { continue };
        let property = Property::HoldsOffice { title: office.title.clone(), former: office.former };
        let (subject, object) = (&links.entities[holder].id, &links.entities[of].id);
        let evidence = sentence_evidence(doc, office.tokens.start, "office/title");
        match out
            .iter_mut()
            .find(|known| known.subject == *subject && known.object == *object && known.property == property)
        {
            Some(known) => drop(known.evidence.insert(evidence)),
            None => out.push(Relation {
                subject: subject.clone(),
                property,
                object: object.clone(),
                evidence: BTreeSet::from([evidence]),
            }),
        }
    }
    out
}

/// The country of each place that the tables know, where the article names both: by the sentence that names the place first.
pub fn places(doc: &Document, links: &Links) -> Vec<Relation> {
    let country = |code: &String| links.entities.iter().find(|entity| entity.iso.as_ref() == Some(code));
    let first = |place: usize| links.mentions.iter().find(|mention| mention.entities.contains(&place));
    let ties = links.entities.iter().enumerate().filter_map(|(number, place)| {
        let country = country(links.countries_of_places.get(&place.id)?)?;
        let evidence = sentence_evidence(doc, first(number)?.tokens.start, "place/known");
        Some(Relation {
            subject: place.id.clone(),
            property: Property::Within,
            object: country.id.clone(),
            evidence: BTreeSet::from([evidence]),
        })
    });
    ties.collect()
}

/// Puts the offices whose body no text tells on their holders.
pub fn bodiless_offices(links: &Links) -> Vec<Entity> {
    let mut entities = links.entities.clone();
    for office in &links.offices {
        if let (Some(holder), None) = (office.holder, office.of) {
            entities[holder].offices.insert(Office { title: office.title.clone(), former: office.former });
        }
    }
    entities
}
