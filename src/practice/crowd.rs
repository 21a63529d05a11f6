//! A few hundred made-up customers beside the three that sign in: enough for lists, searches and
//! paging. Most have no password, as after an import.

use anyhow::Context;

use super::Folder;
use crate::app::App;
use crate::customers::CustomerId;
use crate::customers::names::{Email, PersonName, Username};
use crate::customers::store::{self, NewCustomer};
use crate::sites::SiteId;

const FILE: &str = "crowd.json";

/// First names, and how they are spelt in an address.
const GIVEN: [(&str, &str); 20] = [
    ("Amara", "amara"),
    ("Björn", "bjoern"),
    ("Chloé", "chloe"),
    ("Dmitri", "dmitri"),
    ("Elif", "elif"),
    ("Farid", "farid"),
    ("Gwen", "gwen"),
    ("Hiroshi", "hiroshi"),
    ("Inés", "ines"),
    ("Jakub", "jakub"),
    ("Kwame", "kwame"),
    ("Linh", "linh"),
    ("Mateo", "mateo"),
    ("Ngozi", "ngozi"),
    ("Olena", "olena"),
    ("Priya", "priya"),
    ("Rasmus", "rasmus"),
    ("Siobhán", "siobhan"),
    ("Tomáš", "tomas"),
    ("Zeynep", "zeynep"),
];
/// Last names, likewise.
const FAMILY: [(&str, &str); 20] = [
    ("Adeyemi", "adeyemi"),
    ("Bergström", "bergstroem"),
    ("Castillo", "castillo"),
    ("D'Angelo", "dangelo"),
    ("Eriksen", "eriksen"),
    ("Fernández", "fernandez"),
    ("Grünwald", "gruenwald"),
    ("Haddad", "haddad"),
    ("Ito", "ito"),
    ("Jansen", "jansen"),
    ("Kovács", "kovacs"),
    ("Lefèvre", "lefevre"),
    ("Müller-Wiese", "mueller-wiese"),
    ("Novák", "novak"),
    ("Ó Briain", "obriain"),
    ("Petrov", "petrov"),
    ("Rossi", "rossi"),
    ("Şahin", "sahin"),
    ("Tran", "tran"),
    ("van der Berg", "vanderberg"),
];
const COMPANIES: [&str; 5] =
    ["customer.example", "harbour.example", "millworks.example", "north-line.example", "orchard.example"];
const SIZE: usize = 360;

/// One of the crowd: every pair of names once, every third with a username.
fn member(number: usize) -> anyhow::Result<(Email, Option<Username>, PersonName)> {
    let (given, given_spelt) = GIVEN[number % GIVEN.len()];
    let (family, family_spelt) = FAMILY[(number / GIVEN.len() + number) % FAMILY.len()];
    let company = COMPANIES[number % 7 % COMPANIES.len()];
    let email = Email::parse(&format!("{given_spelt}.{family_spelt}@{company}"))?;
    let username =
        if number.is_multiple_of(3) { format!("{given_spelt}.{family_spelt}") } else { String::new() };
    let username = Username::parse(&username, &email)?;
    Ok((email, username, PersonName::parse(given, family)?))
}

/// Name and address of one of a larger crowd, which begins with the members and has as many as there are
/// numbers.
pub fn somebody(number: usize) -> (String, String) {
    let (given, given_spelt) = GIVEN[number % GIVEN.len()];
    let (family, family_spelt) = FAMILY[(number / GIVEN.len() + number) % FAMILY.len()];
    let (company, mark) = if number < SIZE {
        (COMPANIES[number % 7 % COMPANIES.len()], String::new())
    } else {
        (COMPANIES[number % COMPANIES.len()], format!(".{number}"))
    };
    (format!("{given} {family}"), format!("{given_spelt}.{family_spelt}{mark}@{company}"))
}

/// Adds the crowd to a site that has never had it: whoever is deleted stays away.
pub async fn seed(app: &App, site: SiteId, folder: &Folder) -> anyhow::Result<()> {
    if folder.read::<SiteId>(FILE)? == Some(site) {
        return Ok(());
    }
    let now = app.clock.now();
    let mut transaction = app.db.begin().await?;
    for number in 0..SIZE {
        let (email, username, name) = member(number).context("a made-up customer")?;
        let id = CustomerId(app.random.uuid());
        let customer = NewCustomer { id, site, email, username, name, password_hash: None, now };
        // Somebody of that address is as good.
        let _taken = store::add(&mut transaction, &customer).await?;
    }
    transaction.commit().await?;
    folder.write(FILE, &site)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_are_the_same() {
        let emails: HashSet<String> =
            (0..SIZE).map(|number| member(number).unwrap().0.as_str().to_owned()).collect();
        assert_eq!(emails.len(), SIZE);
    }
}
