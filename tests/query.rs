//! What a reader of a graph would ask of it.

mod newsroom;

use rapporteur::extract::{Stance, Status};
use rapporteur::query::{
    Among, Channel, Encounter, EventFilter, Matter, MeetingFilter, Point, Side, StatementFilter, Subject, about,
    disputes, find_all, find_person, path, persons_called, timeline, who_met, who_said, within,
};

const LINDQVIST: &str = "person/asa-lindqvist";

/// The person whom a name finds, or the error and its hint.
fn found(name: &str) -> String {
    match find_person(&newsroom::graph(), name) {
        Ok(person) => person.id.clone(),
        Err(error) => format!("{error} | {}", error.hint_text().unwrap_or_default()),
    }
}

/// The meetings of Åsa Lindqvist that a filter keeps, a line each.
fn meetings(filter: MeetingFilter) -> Vec<String> {
    let graph = newsroom::graph();
    let kept = who_met(&graph, LINDQVIST, None).into_iter().filter(|encounter| filter.keeps(encounter));
    kept.map(|encounter| line(&encounter)).collect()
}

fn line(Encounter { with, channel, meeting }: &Encounter) -> String {
    let when = meeting.period().map_or("?".to_owned(), |period| period.to_string());
    let channel = channel.map_or("?", Channel::name);
    format!("{when} {} {channel} {}", with.name, meeting.status)
}

#[test]
fn a_person_is_found_by_any_of_the_names() {
    for name in ["Åsa Lindqvist", "asa lindqvist", "LINDQVIST", "Ms Lindqvist", "prime minister lindqvist", LINDQVIST]
    {
        assert_eq!(found(name), LINDQVIST, "{name}");
    }
}

#[test]
fn a_name_that_several_have_is_asked_back() {
    assert_eq!(
        found("okoro"),
        "`okoro` can be 2 people | say which, by full name or id: Daniel Okoro (person/daniel-okoro), Peter Okoro \
         (person/peter-okoro)"
    );
    assert_eq!(found("Mr Okoro"), "person/daniel-okoro");
    assert_eq!(persons_called(&newsroom::graph(), "okoro").len(), 2);
}

#[test]
fn a_name_that_nobody_has_gets_the_nearest() {
    assert_eq!(
        found("Lindkvist"),
        "nobody in this graph is called `Lindkvist` | did you mean Åsa Lindqvist (person/asa-lindqvist)?"
    );
    assert!(found("Norland").ends_with("`Norland` is a country here; meetings are asked of people"));
    assert!(found("Xu").contains("people here: Åsa Lindqvist ("), "{}", found("Xu"));
}

#[test]
fn meetings_come_by_date_with_place_occasion_and_sentence() {
    assert_eq!(
        meetings(MeetingFilter::default()),
        [
            "2021-03-09 Daniel Okoro in-person happened",
            "2021-05 Daniel Okoro in-person planned",
            "? Peter Okoro remote happened",
        ]
    );
    let graph = newsroom::graph();
    let first = &who_met(&graph, LINDQVIST, Some("person/daniel-okoro"))[0].meeting;
    assert_eq!(first.places[0].name, "Vevey");
    assert_eq!(first.occasion.as_ref().expect("a summit").name, "the lake summit");
    assert!(first.evidence[0].text.starts_with("Prime Minister Åsa Lindqvist met"));
    assert_eq!(first.evidence[0].article.name, "Lindqvist and Okoro open the lake summit");
}

#[test]
fn a_filter_keeps_by_date_status_and_channel() {
    let all = MeetingFilter::default();
    let date = |text: &str| Some(text.parse().expect("a date"));
    assert_eq!(meetings(MeetingFilter { since: date("2021-04"), ..all.clone() }).len(), 1);
    assert_eq!(meetings(MeetingFilter { until: date("2021-03"), ..all.clone() }).len(), 1);
    assert_eq!(meetings(MeetingFilter { since: date("2021-05-20"), until: date("2021"), ..all.clone() }).len(), 1);
    assert_eq!(meetings(MeetingFilter { status: Some(Status::Planned), ..all.clone() }).len(), 1);
    assert_eq!(
        meetings(MeetingFilter { channel: Some(Channel::Remote), ..all.clone() }),
        ["? Peter Okoro remote happened"]
    );
}

#[test]
fn a_denied_meeting_tells_who_denies_it() {
    let graph = newsroom::graph();
    let [denied] = &who_met(&graph, "person/ruben-hale", None)[..] else { panic!("one meeting") };
    assert_eq!(denied.meeting.status, Status::Denied);
    assert_eq!(denied.meeting.denied_by[0].speaker, "A spokeswoman");
}

#[test]
fn a_claim_knows_the_claim_that_denies_it() {
    let graph = newsroom::graph();
    let [claim] = &who_said(&graph, Some("person/daniel-okoro"))[..] else { panic!("one claim") };
    assert_eq!(claim.denied_by[0].speaker, "Norland");
    let [denial] = &who_said(&graph, Some("country/NL"))[..] else { panic!("one claim") };
    assert_eq!((denial.stance, denial.denies[0].name.as_str()), (Stance::Deny, "The fleet was in the strait"));
}

#[test]
fn a_meeting_is_at_its_place_and_on_its_occasion() {
    let graph = newsroom::graph();
    let at = |name: &str| Some(within(&graph, &find_all(&graph, name, Among::Scenes).expect("a scene")));
    let count = |name: &str| {
        let filter = MeetingFilter { at: at(name), ..MeetingFilter::default() };
        who_met(&graph, LINDQVIST, None).iter().filter(|encounter| filter.keeps(encounter)).count()
    };
    assert_eq!((count("vevey"), count("lake summit"), count("Norland")), (1, 1, 0));
    assert!(find_all(&graph, "Xu", Among::Scenes).is_err());
}

#[test]
fn statements_are_kept_by_stance_date_and_matter() {
    let graph = newsroom::graph();
    let count = |filter: StatementFilter| who_said(&graph, None).iter().filter(|said| filter.keeps(said)).count();
    let all = StatementFilter::default();
    let matter = |words: &str| Some(Matter::named(&graph, words));
    assert_eq!(count(StatementFilter { stance: Some(Stance::Deny), ..all.clone() }), 2);
    assert_eq!(count(StatementFilter { since: Some("2021-03-14".parse().expect("a date")), ..all.clone() }), 2);
    assert_eq!(count(StatementFilter { about: matter("the fleets"), ..all.clone() }), 2);
    assert_eq!(count(StatementFilter { about: matter("the fleets in the harbour"), ..all }), 0);
}

#[test]
fn a_timeline_is_of_all_of_a_person_or_of_an_occasion() {
    let graph = newsroom::graph();
    let names = |of: Option<&str>| -> Vec<&str> {
        let of = of.map(|name| find_all(&graph, name, Among::Everything).expect("a node")[0]);
        timeline(&graph, of).iter().map(|event| event.name).collect()
    };
    assert_eq!(names(None).len(), 5);
    assert_eq!(names(Some("ruben hale")), ["Daniel Okoro met Ruben Hale"]);
    assert_eq!(names(Some("the lake summit")), ["Åsa Lindqvist met Daniel Okoro"]);
    let visits = EventFilter { types: ["visit"].into(), ..EventFilter::default() };
    assert_eq!(timeline(&graph, None).iter().filter(|event| visits.keeps(event)).count(), 1);
}

#[test]
fn a_chain_of_meetings_is_the_shortest_of_those_that_count() {
    let graph = newsroom::graph();
    let chain = |status| {
        let filter = MeetingFilter { status, ..MeetingFilter::default() };
        let steps = path(&graph, "person/peter-okoro", "person/ruben-hale", &filter)?;
        Some(steps.iter().map(|step| step.to.name.clone()).collect::<Vec<_>>())
    };
    let all = ["Åsa Lindqvist", "Daniel Okoro", "Ruben Hale"].map(str::to_owned).to_vec();
    assert_eq!(chain(None), Some(all));
    // The meeting with Ruben Hale is denied.
    assert_eq!(chain(Some(Status::Happened)), None);
}

#[test]
fn about_a_country_stand_its_members_and_about_an_event_its_parts() {
    let graph = newsroom::graph();
    let norland = about(&graph, "country/NL").expect("a country");
    assert_eq!((norland.members[0].who.name.as_str(), norland.members[0].title), ("Åsa Lindqvist", "prime minister"));
    let summit = find_all(&graph, "the lake summit", Among::Everything).expect("an event")[0].id();
    let summit = about(&graph, summit).expect("an event");
    assert!(matches!(summit.subject, Subject::Event(_)));
    assert_eq!(summit.events.len(), 1);
    assert_eq!(about(&graph, "country/XX"), None);
}

#[test]
fn a_dispute_has_what_is_denied_and_who_denies_it() {
    let graph = newsroom::graph();
    let told = |who: Option<&str>| -> Vec<(Point, String, usize)> {
        disputes(&graph, who).iter().map(|d| (d.on, d.matter.name.clone(), d.sides.len())).collect()
    };
    let fleet = (Point::Denied, "The fleet was in the strait".to_owned(), 2);
    assert_eq!(told(Some("country/NL")), std::slice::from_ref(&fleet));
    assert!(told(None).contains(&fleet) && told(None).len() == 2, "{:?}", told(None));
    let secret = disputes(&graph, Some("person/ruben-hale"));
    assert!(matches!(&secret[0].sides[..], [Side::Event(_), Side::Statement(_)]));
    assert_eq!(told(Some("person/peter-okoro")), []);
}

#[test]
fn answers_keep_a_name_that_is_markup_as_it_is_written() {
    let graph = newsroom::hostile_graph();
    let [met] = &who_met(&graph, "person/trent", None)[..] else { panic!("one meeting") };
    assert_eq!((met.with.name.as_str(), met.meeting.name), ("<img src=x onerror=alert(3)>", "<!-- met"));
}
