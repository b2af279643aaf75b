//! One reading as many: what makes a large graph of a few articles.

use rapporteur::extract::Fact;
use rapporteur::graph::Reading;
use rapporteur::ingest::Article;

/// The same reading under another article, other entities and other events.
pub fn renamed(reading: Reading, copy: usize) -> Reading {
    let suffix = format!("-{copy}");
    let renamed = |id: &str| format!("{id}{suffix}");
    let article = Article { id: renamed(&reading.article.id), ..reading.article };
    let mut reading = Reading { article, ..reading };
    for entity in &mut reading.entities {
        entity.id += &suffix;
    }
    for (entity, _) in &mut reading.mentions {
        *entity += &suffix;
    }
    for fact in &mut reading.facts {
        let evidence = match fact {
            Fact::Event(fact) => {
                fact.event.id += &suffix;
                fact.participants.iter_mut().for_each(|who| who.entity += &suffix);
                fact.locations.iter_mut().for_each(|place| *place += &suffix);
                fact.part_of.iter_mut().for_each(|whole| *whole += &suffix);
                &mut fact.event.evidence
            }
            Fact::Claim(fact) => {
                fact.claim.id += &suffix;
                let ends =
                    fact.speakers.iter_mut().chain(&mut fact.addressee).chain(&mut fact.about).chain(&mut fact.denies);
                ends.for_each(|end| *end += &suffix);
                &mut fact.claim.evidence
            }
            Fact::Relation(relation) => {
                relation.subject += &suffix;
                relation.object += &suffix;
                &mut relation.evidence
            }
        };
        *evidence = std::mem::take(evidence)
            .into_iter()
            .map(|mut piece| {
                piece.article += &suffix;
                piece
            })
            .collect();
    }
    reading
}
