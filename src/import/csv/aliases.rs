//! What columns are called, and what stands in them for yes and no: English as Atlassian writes it,
//! and the words of spreadsheets in the other languages of this product. Case, accents, spaces and
//! punctuation do not matter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::mapping::Field;

/// What a column's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Field(Field),
    /// A name, or the part of one that no other column holds: "Name, Vorname", "Nombre, Apellidos".
    Name,
    /// Never taken.
    Password,
}

const FIELDS: [(Field, &[&str]); 8] = [
    (
        Field::Email,
        &[
            "email",
            "emailaddress",
            "useremail",
            "mail",
            "emailadresse",
            "courriel",
            "adresseemail",
            "correo",
            "correoelectronico",
            "enderecodeemail",
            "メールアドレス",
            "メール",
            "电子邮件",
            "邮箱",
            "البريدالإلكتروني",
        ],
    ),
    (
        Field::FullName,
        &[
            "fullname",
            "displayname",
            "vollername",
            "nomcomplet",
            "nombrecompleto",
            "nomecompleto",
            "氏名",
            "姓名",
        ],
    ),
    (
        Field::GivenName,
        &["firstname", "givenname", "vorname", "prenom", "nombredepila", "primeironome", "名"],
    ),
    (
        Field::FamilyName,
        &[
            "lastname",
            "familyname",
            "surname",
            "nachname",
            "familienname",
            "nomdefamille",
            "apellido",
            "apellidos",
            "sobrenome",
            "姓",
        ],
    ),
    (
        Field::Username,
        &[
            "username",
            "login",
            "loginname",
            "benutzername",
            "nomdutilisateur",
            "nombredeusuario",
            "usuario",
            "nomedeusuario",
            "ユーザー名",
            "用户名",
        ],
    ),
    (Field::AccountId, &["accountid", "atlassianid", "atlassianaccountid", "userid", "jiraaccountid"]),
    (
        Field::Active,
        &[
            "status",
            "active",
            "isactive",
            "userstatus",
            "accountstatus",
            "aktiv",
            "actif",
            "activo",
            "ativo",
            "estado",
            "statut",
        ],
    ),
    (
        Field::Groups,
        &[
            "group",
            "groups",
            "groupname",
            "organization",
            "organizations",
            "organisation",
            "organisations",
            "company",
            "gruppe",
            "gruppen",
            "groupe",
            "groupes",
            "grupo",
            "grupos",
            "organizacion",
            "organizacao",
            "グループ",
            "组",
        ],
    ),
];

const NAMES: [&str; 6] = ["name", "nom", "nombre", "nome", "customername", "名前"];

const PASSWORDS: [&str; 9] =
    ["password", "passwort", "kennwort", "motdepasse", "contrasena", "senha", "パスワード", "密码", "pwd"];

const YES: [&str; 13] =
    ["active", "yes", "y", "true", "1", "enabled", "aktiv", "ja", "actif", "oui", "activo", "ativo", "sim"];
const NO: [&str; 17] = [
    "inactive",
    "no",
    "n",
    "false",
    "0",
    "disabled",
    "deactivated",
    "suspended",
    "deleted",
    "inaktiv",
    "nein",
    "inactif",
    "non",
    "inactivo",
    "inativo",
    "nao",
    "deactive",
];

/// What a column called `header` holds, as far as the name says.
pub fn meaning(header: &str) -> Option<Meaning> {
    let header = fold(header);
    // "Initial password", "Password (plain)": any of them.
    if PASSWORDS.iter().any(|word| header.contains(word)) {
        return Some(Meaning::Password);
    }
    if NAMES.contains(&header.as_str()) {
        return Some(Meaning::Name);
    }
    let found = FIELDS.iter().find(|(_, names)| names.iter().any(|name| fold(name) == header))?;
    Some(Meaning::Field(found.0))
}

/// Whether `text` says yes or no; none when neither.
pub fn yes_or_no(text: &str) -> Option<bool> {
    let text = fold(text);
    if YES.contains(&text.as_str()) { Some(true) } else { NO.contains(&text.as_str()).then_some(false) }
}

/// Letters and digits, without case and accents.
fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.filter(|c| c.is_alphanumeric()).collect()
}
