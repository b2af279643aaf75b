//! Users' own tables of names (`--gazetteer`): people, organizations and places that the program does not know.
//!
//! ```text
//! kind          name                aliases      type     iso  offices                 wikidata
//! person        Ingrid Solheim      I. Solheim            NO   prime minister 2029-10/
//! organization  Fjordlinken                      company  NO
//! ```

use std::path::Path;

use super::known_people::{PersonCells, item};
use super::people::Gender;
use super::table::{Row, rows};
use super::{EntityKind, Schema};
use crate::error::{Result, WithFile};

impl Schema {
    /// Adds the names of a user's table.
    ///
    /// # Errors
    /// A file that cannot be read, a malformed line, an unknown kind or country, by file and line.
    pub fn add_table(&mut self, file: &Path) -> Result<()> {
        let text = std::fs::read_to_string(file).with_file("read the table", file).map_err(|error| {
            error.hint("a table is a text of cells parted by tabs; schema/README.md tells its columns")
        })?;
        self.note_text(&text);
        let called = file.display().to_string();
        for row in rows(&text, &called, ["kind", "name", "aliases", "type", "iso", "offices", "wikidata"])? {
            self.add_row(&row)?;
        }
        Ok(())
    }

    fn add_row(&mut self, row: &Row<7>) -> Result<()> {
        let [kind, name, aliases, class, iso, offices, wikidata] = row.cells;
        let kind: EntityKind = kind.parse().map_err(|error: crate::Error| row.error(error.to_string()).hint(KINDS))?;
        if name.is_empty() {
            return Err(row.error("a row without a name").hint("the second cell is the name"));
        }
        if !iso.is_empty() && self.gazetteer.country(iso).is_none() {
            return Err(row
                .error(format!("`{iso}` is no code of a country"))
                .hint("codes are ISO 3166-1 alpha-2, as `NO`"));
        }
        match kind {
            EntityKind::Person => {
                let cells = PersonCells { name, aliases, iso, offices, wikidata };
                self.known_people.add(row, cells, Gender::Either, &self.words)
            }
            EntityKind::Country => Err(row.error("countries cannot be added").hint(KINDS)),
            _ => {
                let wikidata = item(row, wikidata)?;
                self.gazetteer.add(kind, name, aliases, class, iso, wikidata);
                Ok(())
            }
        }
    }
}

const KINDS: &str = "kinds of a table are `person`, `organization`, `place`";

#[cfg(test)]
mod tests {
    use super::*;

    fn add(text: &str) -> Result<Schema> {
        let file = std::env::temp_dir().join(format!("rapporteur-table-{}-{}.tsv", std::process::id(), text.len()));
        std::fs::write(&file, text).expect("a file in the temporary folder");
        let mut schema = Schema::built_in();
        let result = schema.add_table(&file).map(|()| schema);
        std::fs::remove_file(&file).expect("the file is there");
        result
    }

    const HEADER: &str = "kind\tname\taliases\ttype\tiso\toffices\twikidata\n";

    #[test]
    fn a_table_adds_people_organizations_and_places() {
        let rows = "person\tIngrid Solheim\tI. Solheim\t\tNO\tprime minister 2029-10/\tQ1\norganization\tFjordlinken\tFL\tcompany\tNO\t\t\n";
        let schema = add(&format!("{HEADER}{rows}")).expect("a table");
        let found = schema.known_people.find(&schema.words, &["Ingrid", "Solheim"]);
        assert_eq!(found[0].wikidata.as_deref(), Some("http://www.wikidata.org/entity/Q1"));
        assert_eq!(schema.gazetteer.find(&["Fjordlinken"]).count(), 1);
        assert_eq!(schema.gazetteer.find(&["FL"]).count(), 1);
    }

    #[test]
    fn faults_name_their_line() {
        let fault = |row: &str| add(&format!("{HEADER}{row}\n")).err().expect("a fault").to_string();
        assert!(fault("person\tAna Duarte\t\t\tXX\t\t").ends_with(":2: `XX` is no code of a country"));
        assert!(
            fault("person\tAna Duarte\t\t\tPT\tminister 2031\t").ends_with(":2: no term of office: `minister 2031`")
        );
        assert!(fault("ship\tAurora\t\t\t\t\t").contains(":2: unknown kind of entity `ship`"));
        assert!(fault("person\tAna Duarte\t\t\tPT\t\t12").ends_with(":2: `12` is no Wikidata item"));
    }
}
