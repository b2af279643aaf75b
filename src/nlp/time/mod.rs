//! Words for times into the days that they mean: "on Saturday" in an article of Sunday, 9 July 2017, is 2017-07-08.
//!
//! Three steps: [`grammar`] reads words into a [`grammar::Shape`], [`tense`] tells whether what happens lies behind or ahead,
//! [`period`] counts from the day of publication, or from the date told before ("the following day"). A period is as fine
//! as the text and no finer: "last year" is a year. How times tie to events is left to the extraction.

mod grammar;
mod period;
mod tense;
mod word;

use super::document::{Sentence, TimeExpression, Token};
use crate::base::{Date, Period, TokenSpan};
use crate::schema::Schema;
use grammar::Shape;
use period::Context;

/// How many sentences back "the following day" looks for the date that it follows.
const REACH: usize = 4;

/// Finds the expressions of time, in order and without overlap, and the days that they mean.
///
/// Prepositions are left outside: "on Saturday" gives "Saturday", "from 3 to 5 May" gives "3 to 5 May". Without a day of
/// publication only dates that are told in full have a period.
pub fn find(schema: &Schema, tokens: &[Token], sentences: &[Sentence], published: Option<Date>) -> Vec<TimeExpression> {
    let published = published.filter(|date| date.day().is_some()).map(Date::first_day);
    let mut found: Vec<TimeExpression> = Vec::new();
    let mut told: Vec<(usize, Period)> = Vec::new();
    let shapes: Vec<Vec<(TokenSpan, Shape)>> =
        sentences.iter().map(|sentence| grammar::shapes(schema, tokens, sentence.tokens)).collect();
    // "They visited Oslo on 4 April and Bergen on 6 April 2016" tells the year of both.
    let told_year = |(_, shape): &(TokenSpan, Shape)| shape.told_year();
    let mut year = if published.is_none() { shapes.iter().flatten().find_map(told_year) } else { None };
    for (index, shapes) in shapes.into_iter().enumerate() {
        told.retain(|(at, _)| index - at <= REACH);
        for (span, shape) in shapes {
            let periods: Vec<Period> = told.iter().map(|(_, period)| *period).collect();
            let context = Context {
                published,
                told: &periods,
                year,
                told_in_sentence: told.last().filter(|(at, _)| *at == index).map(|(_, period)| *period),
                direction: tense::direction(&schema.time, tokens, head(tokens, span)),
            };
            let period = period::resolve(&shape, &context);
            told.extend(period.map(|period| (index, period)));
            year = period.filter(|period| period.start.month().is_some()).map(|period| period.start.year()).or(year);
            found.push(TimeExpression { tokens: span, period });
        }
    }
    found
}

/// The token of a span that hangs on a word outside it; the first where several do.
fn head(tokens: &[Token], span: TokenSpan) -> usize {
    let is_outside = |index: &usize| tokens[*index].head.is_none_or(|head| !span.contains(head));
    span.range().find(is_outside).unwrap_or(span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::tagged;

    /// Sunday, 9 July 2017.
    const PUBLISHED: &str = "2017-07-09";

    fn read(tagged: &str, published: Option<&str>) -> Vec<String> {
        let (tokens, sentences) = tagged::tokens(tagged);
        let published = published.map(|date| date.parse().expect("a date"));
        let found = find(&Schema::built_in(), &tokens, &sentences, published);
        let text = |span: TokenSpan| {
            tokens[span.range()].iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" ")
        };
        let period = |time: &TimeExpression| time.period.map_or("?".to_owned(), |period| period.to_string());
        found.iter().map(|time| format!("{} = {}", text(time.tokens), period(time))).collect()
    }

    /// Checks what an article of [`PUBLISHED`] tells.
    fn check<const N: usize>(tagged: &str, expected: [&str; N]) {
        assert_eq!(read(tagged, Some(PUBLISHED)), expected, "{tagged}");
    }

    #[test]
    fn weekdays_follow_the_tense() {
        check("They/PRON met/VERB on/ADP Saturday.", ["Saturday = 2017-07-08"]);
        check("They/PRON met/VERB on/ADP Sunday.", ["Sunday = 2017-07-09"]);
        check("They/PRON met/VERB on/ADP Monday.", ["Monday = 2017-07-03"]);
        check("They/PRON will/AUX meet/VERB on/ADP Monday.", ["Monday = 2017-07-10"]);
        check("They/PRON would/AUX meet/VERB on/ADP Friday.", ["Friday = 2017-07-14"]);
        check("They/PRON might/AUX have/AUX met/VERB on/ADP Friday.", ["Friday = 2017-07-07"]);
        check("They/PRON will/AUX have/AUX met/VERB by/ADP Friday.", ["Friday = 2017-07-14"]);
        check("He/PRON was/AUX to/PART/mark<leave leave/VERB on/ADP Tuesday.", ["Tuesday = 2017-07-11"]);
        check("They/PRON are/AUX meeting/VERB on/ADP Friday.", ["Friday = 2017-07-14"]);
        check("They/PRON have/AUX met/VERB Friday morning.", ["Friday morning = 2017-07-07"]);
        check("It/PRON fell/VERB last/ADJ Sunday.", ["last Sunday = 2017-07-02"]);
        check("It/PRON opens/VERB next/ADJ Tuesday.", ["next Tuesday = 2017-07-11"]);
        check("It/PRON fell/VERB this/DET past/ADJ Friday.", ["this past Friday = 2017-07-07"]);
        check("It/PRON ends/VERB this/DET coming/VERB/amod<Friday Friday.", ["this coming Friday = 2017-07-14"]);
        check("They/PRON met/VERB Monday of/ADP last/ADJ week.", ["Monday of last week = 2017-06-26"]);
    }

    #[test]
    fn infinitives_lie_ahead_but_where_their_verb_implies_them() {
        check(
            "He/PRON plans/VERB to/PART/mark<leave leave/VERB/xcomp on/ADP Monday/PROPN/obl<leave.",
            ["Monday = 2017-07-10"],
        );
        check(
            "He/PRON managed/VERB to/PART/mark<leave leave/VERB/xcomp on/ADP Monday/PROPN/obl<leave.",
            ["Monday = 2017-07-03"],
        );
        check(
            "He/PRON came/VERB to/PART/mark<talk talk/VERB/advcl on/ADP Monday/PROPN/obl<talk.",
            ["Monday = 2017-07-03"],
        );
        check("The/DET vote/NOUN is/AUX/aux:pass scheduled/VERB for/ADP Monday.", ["Monday = 2017-07-10"]);
        check(
            "He/PRON said/VERB an/DET upcoming/ADJ/amod<vote vote/NOUN/obl on/ADP Monday/PROPN/nmod<vote.",
            ["Monday = 2017-07-10"],
        );
    }

    #[test]
    fn names_of_the_calendar_may_mean_something_else() {
        check("The/DET Sun reported/VERB it/PRON.", []);
        check("They/PRON may/AUX march/VERB.", []);
        check("The/DET March drew/VERB thousands/NOUN.", []);
        check("Theresa/PROPN/compound<May May said/VERB so/ADV.", []);
        check("Theresa May/PROPN/flat<Theresa left/VERB. They/PRON met/VERB with/ADP May.", []);
        check("They/PRON met/VERB in/ADP May.", ["May = 2017-05"]);
        check("Shops/NOUN open/VERB on/ADP Black/ADJ/amod<Friday Friday.", ["Friday = 2017-07-07"]);
        check("Shops/NOUN open/VERB on/ADP Black/PROPN/compound<Friday Friday.", []);
        check("They/PRON meet/VERB every/DET Saturday.", []);
    }

    #[test]
    fn days_count_from_publication() {
        check(
            "He/PRON left/VERB yesterday, and/CCONJ today he/PRON is/AUX back/ADV.",
            ["yesterday = 2017-07-08", "today = 2017-07-09"],
        );
        check("He/PRON left/VERB early/ADV yesterday morning.", ["early yesterday morning = 2017-07-08"]);
        check("He/PRON spoke/VERB this/DET morning.", ["this morning = 2017-07-09"]);
        check("He/PRON spoke/VERB last/ADJ night.", ["last night = 2017-07-08"]);
        check("He/PRON speaks/VERB tonight.", ["tonight = 2017-07-09"]);
        check("He/PRON left/VERB the/DET day before/ADP yesterday.", ["the day before yesterday = 2017-07-07"]);
        check("He/PRON spoke/VERB in/ADP the/DET morning.", []);
        check("The/DET last/ADJ day of/ADP talks/NOUN began/VERB.", []);
    }

    #[test]
    fn units_are_as_fine_as_they_are_told() {
        check("It/PRON fell/VERB last/ADJ week.", ["last week = 2017-06-26/2017-07-02"]);
        check("It/PRON fell/VERB last/ADJ month.", ["last month = 2017-06"]);
        check("It/PRON fell/VERB last/ADJ year.", ["last year = 2016"]);
        check("It/PRON fell/VERB earlier/ADV this/DET month.", ["earlier this month = 2017-07"]);
        check("It/PRON will/AUX fall/VERB later/ADV this/DET year.", ["later this year = 2017"]);
        check("It/PRON will/AUX fall/VERB next/ADJ month.", ["next month = 2017-08"]);
        check(
            "It/PRON will/AUX fall/VERB by/ADP the/DET end/NOUN of/ADP the/DET year.",
            ["the end of the year = 2017"],
        );
        check("It/PRON fell/VERB last/ADJ summer.", ["last summer = 2016"]);
        check("A/DET year passed/VERB.", []);
        check("They/PRON talked/VERB for/ADP three days.", []);
    }

    #[test]
    fn weekends_are_two_days() {
        check("It/PRON fell/VERB at/ADP the/DET weekend.", ["the weekend = 2017-07-08/2017-07-09"]);
        check("It/PRON fell/VERB last/ADJ weekend.", ["last weekend = 2017-07-01/2017-07-02"]);
        check("It/PRON will/AUX fall/VERB next/ADJ weekend.", ["next weekend = 2017-07-15/2017-07-16"]);
        check("They/PRON rest/VERB at/ADP weekends/NOUN.", []);
    }

    #[test]
    fn counts_go_back_and_ahead() {
        check("He/PRON left/VERB two/NUM days ago/ADV.", ["two days ago = 2017-07-07"]);
        check("He/PRON left/VERB a/DET year ago/ADV.", ["a year ago = 2016"]);
        check("He/PRON left/VERB a/DET week ago/ADV.", ["a week ago = 2017-07-02"]);
        check("He/PRON left/VERB two/NUM weeks ago/ADV.", ["two weeks ago = 2017-06-19/2017-06-25"]);
        check("He/PRON left/VERB 3 months ago/ADV.", ["3 months ago = 2017-04"]);
        check("He/PRON left/VERB twenty/NUM - two/NUM years ago/ADV.", ["twenty - two years ago = 1995"]);
        check("He/PRON left/VERB a/DET few/ADJ days ago/ADV.", ["a few days ago = ?"]);
        check("He/PRON will/AUX leave/VERB in/ADP two/NUM days.", ["two days = 2017-07-11"]);
        check("He/PRON left/VERB in/ADP two/NUM days.", ["two days = ?"]);
        check("It/PRON fell/VERB over/ADP the/DET past/ADJ three/NUM years.", ["the past three years = 2014/2017"]);
        check("It/PRON fell/VERB in/ADP recent/ADJ years.", []);
    }

    #[test]
    fn days_of_a_month_take_the_nearest_year() {
        check("They/PRON met/VERB on/ADP 6 October.", ["6 October = 2016-10-06"]);
        check("They/PRON met/VERB on/ADP 12 July.", ["12 July = 2017-07-12"]);
        check("They/PRON would/AUX meet/VERB on/ADP 1 July.", ["1 July = 2017-07-01"]);
        check("They/PRON will/AUX meet/VERB on/ADP October 6.", ["October 6 = 2017-10-06"]);
        check("They/PRON met/VERB on/ADP the/DET 6th of/ADP July.", ["the 6th of July = 2017-07-06"]);
        check("They/PRON met/VERB on/ADP Tuesday, July 4.", ["Tuesday , July 4 = 2017-07-04"]);
        check("They/PRON meet/VERB on/ADP July 12.", ["July 12 = 2017-07-12"]);
        check("They/PRON met/VERB on/ADP Sept./PROPN 5.", ["Sept. 5 = 2016-09-05"]);
        check("They/PRON met/VERB in/ADP June.", ["June = 2017-06"]);
        check("They/PRON will/AUX meet/VERB in/ADP June.", ["June = 2018-06"]);
        check("They/PRON met/VERB in/ADP June last/ADJ year.", ["June last year = 2016-06"]);
        check("They/PRON met/VERB last/ADJ July.", ["last July = 2016-07"]);
        check("They/PRON met/VERB on/ADP Flight/NOUN 6.", []);
    }

    #[test]
    fn full_dates_need_no_publication() {
        let check = |tagged: &str, expected: &str| assert_eq!(read(tagged, None), [expected], "{tagged}");
        check("December 12, 2015", "December 12 , 2015 = 2015-12-12");
        check("12 December 2015", "12 December 2015 = 2015-12-12");
        check("July 2016", "July 2016 = 2016-07");
        check("early/ADJ July 2016", "early July 2016 = 2016-07");
        check("2017-07-09", "2017-07-09 = 2017-07-09");
        check("2017 - 07 - 09", "2017 - 07 - 09 = 2017-07-09");
        check("31/12/2016", "31/12/2016 = 2016-12-31");
        check("09/07/2017", "09/07/2017 = 2017");
        check("yesterday", "yesterday = ?");
        check("July 7", "July 7 = ?");
        assert_eq!(read("31.12.2016 and/CCONJ 24/7", None), [""; 0]);
        assert_eq!(read("09/07/2017", Some(PUBLISHED)), ["09/07/2017 = 2017-07-09"]);
        assert_eq!(read("45/45/2017", None), ["45/45/2017 = ?"]);
    }

    #[test]
    fn without_publication_a_year_told_elsewhere_counts() {
        let text = "They/PRON met/VERB on/ADP July 7, 2016. They/PRON left/VERB on/ADP July 9.";
        assert_eq!(read(text, None), ["July 7 , 2016 = 2016-07-07", "July 9 = 2016-07-09"]);
        let text = "They/PRON met/VERB on/ADP 4 April and/CCONJ on/ADP 6 April 2016.";
        assert_eq!(read(text, None), ["4 April = 2016-04-04", "6 April 2016 = 2016-04-06"]);
    }

    #[test]
    fn ranges_have_two_ends() {
        check("They/PRON met/VERB July 7-8/NUM.", ["July 7-8 = 2017-07-07/2017-07-08"]);
        check("They/PRON met/VERB 7–8/NUM July 2016.", ["7–8 July 2016 = 2016-07-07/2016-07-08"]);
        check("They/PRON met/VERB from/ADP 3 to/ADP 5 May.", ["3 to 5 May = 2017-05-03/2017-05-05"]);
        check("They/PRON met/VERB from/ADP 28 June to/ADP 6 July.", ["28 June to 6 July = 2017-06-28/2017-07-06"]);
        check("They/PRON met/VERB between/ADP 2014 and/CCONJ 2016.", ["2014 and 2016 = 2014/2016"]);
        check("They/PRON met/VERB in/ADP 2014-16/NUM.", ["2014-16 = 2014/2016"]);
        check("They/PRON met/VERB June to/ADP August 2016.", ["June to August 2016 = 2016-06/2016-08"]);
        check("They/PRON met/VERB in/ADP 2014 and/CCONJ in/ADP 2016.", ["2014 = 2014", "2016 = 2016"]);
        check("They/PRON met/VERB on/ADP Monday to/PART talk/VERB.", ["Monday = 2017-07-03"]);
    }

    #[test]
    fn years_are_introduced() {
        check("He/PRON left/VERB in/ADP 2015.", ["2015 = 2015"]);
        check("He/PRON won/VERB in/ADP 2014 and/CCONJ 2018.", ["2014 = 2014", "2018 = 2018"]);
        check("He/PRON ruled/VERB since/SCONJ 2011.", ["2011 = 2011"]);
        check("He/PRON left/VERB in/ADP early/ADJ 2016.", ["early 2016 = 2016"]);
        check("He/PRON left/VERB in/ADP mid-2015/NUM.", ["mid-2015 = 2015"]);
        check("He/PRON ruled/VERB in/ADP the/DET 1990s/NOUN.", ["the 1990s = 1990/1999"]);
        check("He/PRON lost/VERB the/DET 2016 elections/NOUN.", ["2016 = 2016"]);
        check("He/PRON left/VERB in/ADP the/DET summer of/ADP 2012.", ["summer of 2012 = 2012"]);
    }

    #[test]
    fn numbers_of_other_things_are_no_years() {
        check("It/PRON killed/VERB 2,000/NUM people/NOUN.", []);
        check("It/PRON killed/VERB 2000 people/NOUN.", []);
        check("It/PRON cost/VERB $/SYM 2015.", []);
        check("Flight 2015 left/VERB.", []);
        check("The/DET G20/PROPN met/VERB.", []);
        check("In/ADP May 12 people/NOUN died/VERB.", ["May = 2017-05"]);
        check("It/PRON began/VERB at/ADP 2000 GMT.", []);
        check("A/DET man in/ADP his/PRON 90s/NOUN died/VERB.", []);
    }

    #[test]
    fn text_turns_on_the_date_told_before() {
        check(
            "They/PRON met/VERB on/ADP 3 May and/CCONJ left/VERB the/DET next/ADJ day.",
            ["3 May = 2017-05-03", "the next day = 2017-05-04"],
        );
        check(
            "They/PRON met/VERB on/ADP Friday. He/PRON left/VERB the/DET same/ADJ day.",
            ["Friday = 2017-07-07", "the same day = 2017-07-07"],
        );
        check(
            "He/PRON came/VERB in/ADP 2011 and/CCONJ left/VERB three/NUM years later/ADV.",
            ["2011 = 2011", "three years later = 2014"],
        );
        check(
            "He/PRON came/VERB in/ADP 2011 and/CCONJ left/VERB the/DET following/VERB day.",
            ["2011 = 2011", "the following day = ?"],
        );
        check("He/PRON left/VERB two/NUM days after/ADP the/DET vote/NOUN.", ["two days after = ?"]);
        check(
            "He/PRON was/AUX elected/VERB in/ADP June 2011 and/CCONJ left/VERB in/ADP May.",
            ["June 2011 = 2011-06", "May = 2012-05"],
        );
        check(
            "He/PRON fell/VERB on/ADP June 11, 2011. He/PRON left/VERB on/ADP July 1.",
            ["June 11 , 2011 = 2011-06-11", "July 1 = 2011-07-01"],
        );
        check(
            "He/PRON fell/VERB on/ADP June 11, 2011. He/PRON will/AUX be/AUX back/ADV on/ADP August 1.",
            ["June 11 , 2011 = 2011-06-11", "August 1 = 2017-08-01"],
        );
        check("He/PRON left/VERB the/DET following/VERB day.", ["the following day = ?"]);
    }
}
