//! Plain text into an article; the text itself is never changed.
//!
//! "Talks resume", a blank line and "MOSCOW, July 7, 2017 (Reuters) - The envoys met." give a title, a date and two
//! paragraphs.

use super::article::Article;
use super::date::DateOrder;
use super::{head, paragraph};

/// Reads an article of plain text.
pub(super) fn article(source: String, text: String, order: Option<DateOrder>) -> Article {
    let blocks = paragraph::split(&text);
    let mut article = Article::bare(source, text);
    head::describe(&mut article, &blocks, false, order);
    article
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::ParagraphKind;
    use proptest::prelude::*;

    #[test]
    fn the_text_stays_as_it_is() {
        let text = "  Talks resume \r\n\r\n 4 March 2019\r\n\r\nThe envoys\u{A0}met.\r\n";
        let article = Article::new("-", text);
        assert_eq!(article.text, text);
        let paragraphs: Vec<_> = article.paragraphs.iter().map(|p| (article.slice(p.span), p.kind)).collect();
        use ParagraphKind::*;
        assert_eq!(paragraphs, [("Talks resume", Headline), ("4 March 2019", Date), ("The envoys\u{A0}met.", Body)]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC*|(\\PC{0,30}[\r\n]{0,2}|March |4|/|2019|MOSCOW|\\(AP\\)| - |—|, ){0,30}") {
            let article = Article::new("-", text.clone());
            prop_assert_eq!(&article.text, &text);
            let inside = |span: crate::base::CharSpan| span.end <= text.chars().count();
            prop_assert!(article.paragraphs.iter().all(|paragraph| inside(paragraph.span)));
            prop_assert!(article.title_span.is_none_or(inside));
            prop_assert!(article.dateline.is_none_or(|dateline| dateline.place.is_none_or(|place| dateline.span.covers(place)) && inside(dateline.span)));
        }
    }
}
