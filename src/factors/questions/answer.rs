//! What may be an answer (security.md K2), and the one form of it that is compared: pure.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::customers::password;
use crate::factors::kind::Desk;

/// The longest text looked at, in bytes.
const MAX_TYPED: usize = 4096;
/// Code points of the longest answer.
const LONGEST: usize = 200;
/// Letters of the shortest one; an ideograph counts for two.
const SHORTEST: usize = 3;

/// What people answer who do not want to, or want to make it easy, in the languages of the pages.
/// Normalised.
const COMMON: &[&str] = &[
    "a",
    "abc",
    "answer",
    "asdf",
    "blank",
    "do not know",
    "do not remember",
    "dont know",
    "dont remember",
    "forgot",
    "hello",
    "help",
    "i do not know",
    "i dont know",
    "idk",
    "na",
    "nada",
    "nil",
    "no",
    "no answer",
    "no idea",
    "nobody",
    "none",
    "nope",
    "not applicable",
    "nothing",
    "null",
    "password",
    "question",
    "same",
    "secret",
    "something",
    "test",
    "testing",
    "unknown",
    "unsure",
    "whatever",
    "xxx",
    "xyz",
    "yes",
    "antwort",
    "geheim",
    "ja",
    "kein",
    "keine",
    "keine ahnung",
    "keiner",
    "nein",
    "nichts",
    "niemand",
    "passwort",
    "unbekannt",
    "weiss nicht",
    "aucun",
    "aucune",
    "inconnu",
    "je ne sais pas",
    "mot de passe",
    "non",
    "oui",
    "personne",
    "rien",
    "contrasena",
    "contraseña",
    "desconocido",
    "nadie",
    "ninguna",
    "ninguno",
    "no lo se",
    "no lo sé",
    "no se",
    "no sé",
    "nunca",
    "respuesta",
    "secreto",
    "si",
    "sí",
    "desconhecido",
    "nao",
    "nao sei",
    "não",
    "não sei",
    "nenhum",
    "nenhuma",
    "ninguém",
    "resposta",
    "segredo",
    "senha",
    "sim",
    "いいえ",
    "テスト",
    "なし",
    "ない",
    "はい",
    "パスワード",
    "わからない",
    "不明",
    "特になし",
    "無し",
    "不知道",
    "密码",
    "无",
    "测试",
    "没有",
    "是",
    "答案",
    "اختبار",
    "كلمة المرور",
    "لا",
    "لا أعرف",
    "لا اعرف",
    "لا شيء",
    "نعم",
];

/// Why an answer is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    TooShort,
    TooLong,
    /// One that is tried first, or a movement on the keyboard.
    Common,
    /// Nothing but words of its question.
    OfTheQuestion,
    /// The customer's names, username or address.
    OfTheCustomer,
    /// The answer to another question.
    Again,
}

/// The form that is compared and hashed: NFKC, without case, single spaces, none around, and without
/// marks at the end. One that is too long to look at is cut, and too long in this form as well.
pub fn normalised(typed: &str) -> Zeroizing<String> {
    let end = (0..=typed.len().min(MAX_TYPED)).rev().find(|at| typed.is_char_boundary(*at)).unwrap_or(0);
    // By way of the upper case, which tells ß from ss and ς from σ no more.
    let wide: Zeroizing<String> = Zeroizing::new(typed[..end].nfkc().collect());
    let folded = Zeroizing::new(wide.to_uppercase());
    let folded: Zeroizing<String> = Zeroizing::new(folded.to_lowercase().nfkc().collect());
    let words: Vec<&str> = folded.split_whitespace().collect();
    let joined = Zeroizing::new(words.join(" "));
    Zeroizing::new(joined.trim_end_matches(['.', '!', '?', ',', '。', '！', '？']).trim_end().to_owned())
}

/// Words around a customer, normalised.
pub struct Around(HashSet<String>);

impl Around {
    pub fn of(desk: &Desk<'_>) -> Self {
        let customer = desk.customer;
        let username = customer.username.as_deref().unwrap_or_default();
        Self::from([&customer.email, username, &customer.given_name, &customer.family_name, desk.site_name])
    }

    fn from(texts: [&str; 5]) -> Self {
        let mut words = HashSet::new();
        for text in texts {
            let text = normalised(text);
            words.extend(words_of(&text).map(str::to_owned));
            words.extend(text.split('@').map(str::to_owned));
            words.insert(text.to_string());
        }
        words.remove("");
        Self(words)
    }
}

/// What is wrong with a normalised answer, if anything.
pub fn fault<'a>(
    answer: &str,
    question: &str,
    around: &Around,
    mut earlier: impl Iterator<Item = &'a str>,
) -> Option<Fault> {
    if answer.is_empty() {
        return Some(Fault::Missing);
    }
    if answer.chars().count() > LONGEST {
        return Some(Fault::TooLong);
    }
    let plain: Zeroizing<String> = Zeroizing::new(answer.chars().filter(|c| !"'’/-.".contains(*c)).collect());
    if COMMON.contains(&answer) || COMMON.contains(&plain.as_str()) {
        return Some(Fault::Common);
    }
    if letters(answer) < SHORTEST {
        return Some(Fault::TooShort);
    }
    if password::is_pattern(answer) && !is_word_twice(answer) {
        return Some(Fault::Common);
    }
    let question = normalised(question);
    let asked: HashSet<&str> = words_of(&question).collect();
    if question.contains(answer) || words_of(answer).all(|word| asked.contains(word)) {
        return Some(Fault::OfTheQuestion);
    }
    if around.0.contains(answer) || words_of(answer).all(|word| around.0.contains(word)) {
        return Some(Fault::OfTheCustomer);
    }
    earlier.any(|other| other == answer).then_some(Fault::Again)
}

/// `momo`, `bonbon`: a password's pattern, but a word and a name to people.
fn is_word_twice(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let (first, second) = letters.split_at(letters.len() / 2);
    first == second && first.len() > 1 && first[0] != first[1] && letters.iter().all(|c| c.is_alphabetic())
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Letters and digits, those of scripts that write words with few of them twice (from CJK radicals
/// on, Hangul included).
fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if c >= '\u{2e80}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str = "What was the name of the first teacher you remember?";

    fn around() -> Around {
        Around::from(["zoe.lindqvist@example.com", "zoe", "Zoë", "Łukasiewicz-Straße", "acme.atlassian.net"])
    }

    fn judged(typed: &str) -> Option<Fault> {
        fault(&normalised(typed), QUESTION, &around(), ["frau holle"].into_iter())
    }

    #[test]
    fn typed_one_way_or_another_it_is_the_same_answer() {
        for (typed, same) in [
            ("  Frau\u{3000} Holle \n", "frau holle"),
            ("FRAU HOLLE.", "frau holle"),
            ("Ｆｒａｕ　Ｈｏｌｌｅ", "frau holle"),
            ("Straße", "strasse"),
            ("ΟΔΟΣ", "οδος"),
            ("Zoe\u{308}", "zoë"),
            ("ﬁnch", "finch"),
            ("ｶﾞﾙｼｱ", "ガルシア"),
            ("", ""),
            (" ?! ", ""),
        ] {
            assert_eq!(*normalised(typed), same, "{typed:?}");
            assert_eq!(*normalised(&normalised(typed)), same, "once is enough: {typed:?}");
        }
        assert_eq!(normalised(&"é".repeat(9_000)).chars().count(), MAX_TYPED / 2);
    }

    #[test]
    fn what_is_taken() {
        for typed in [
            "Mrs Smith",
            "Bob",
            "京都",
            "김 선생님",
            "Anna",
            "R2-D2",
            "the teacher Braun",
            "1987",
            "Łódź",
            "Momo",
        ] {
            assert_eq!(judged(typed), None, "{typed}");
        }
    }

    #[test]
    fn what_is_not_taken_and_why() {
        let long = "word ".repeat(41);
        for (typed, expected) in [
            ("", Fault::Missing),
            (" . ", Fault::Missing),
            ("Jo", Fault::TooShort),
            ("--a--b--", Fault::TooShort),
            ("京", Fault::TooShort),
            (long.as_str(), Fault::TooLong),
            ("None", Fault::Common),
            ("N/A", Fault::Common),
            ("I don't know", Fault::Common),
            ("Weiß nicht!", Fault::Common),
            ("test", Fault::Common),
            ("1234", Fault::Common),
            ("qwertz", Fault::Common),
            ("aaaa", Fault::Common),
            ("わからない。", Fault::Common),
            ("Teacher", Fault::OfTheQuestion),
            ("the FIRST teacher", Fault::OfTheQuestion),
            ("first, teacher", Fault::OfTheQuestion),
            ("ZOË", Fault::OfTheCustomer),
            ("Zoe Lindqvist", Fault::OfTheCustomer),
            ("zoe.lindqvist@example.com", Fault::OfTheCustomer),
            ("Łukasiewicz", Fault::OfTheCustomer),
            ("Acme", Fault::OfTheCustomer),
            ("frau  HOLLE", Fault::Again),
        ] {
            assert_eq!(judged(typed), Some(expected), "{typed}");
        }
    }
}
