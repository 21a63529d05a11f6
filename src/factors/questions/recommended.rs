//! The questions a site begins with, in every language of the pages.
//!
//! The English text is the question: it stands in the site's list, in the form that chooses it and with
//! the answer's hash, so that an answer belongs to the same question whichever language it was given or
//! is asked in. Changing a text here makes another question of it: whoever has answered the former one is
//! asked it in English from then on.

use std::borrow::Cow;

use crate::i18n::{Key, Lang, key};

const RECOMMENDED: [(&str, Key); 8] = [
    (
        "What was the first concert or show you went to without your parents?",
        key("factors-questions-concert"),
    ),
    ("Which book or film did you know by heart as a child?", key("factors-questions-by-heart")),
    ("What was the name of the first teacher you remember?", key("factors-questions-teacher")),
    ("Where were you when you last watched the sun rise?", key("factors-questions-sunrise")),
    ("What is the strangest food you have ever eaten?", key("factors-questions-food")),
    ("What did you want to become when you were ten?", key("factors-questions-ten")),
    ("What was the first thing you bought with money you had earned?", key("factors-questions-bought")),
    ("Which place would you like to see again?", key("factors-questions-place")),
];

/// The list a site begins with.
pub fn list() -> Vec<String> {
    RECOMMENDED.iter().map(|(question, _)| (*question).to_owned()).collect()
}

/// What a customer reads for `question`: a translation where it is a recommended one, and what the admin
/// wrote where it is not.
pub fn wording(question: &str, lang: Lang) -> Cow<'_, str> {
    match RECOMMENDED.iter().find(|(text, _)| *text == question) {
        Some((_, key)) => lang.say(*key).into(),
        None => question.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recommended_questions_are_translated_and_an_admins_are_not() {
        for question in list() {
            assert_eq!(wording(&question, Lang::English), question, "the English text is the question");
            for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::English) {
                assert_ne!(wording(&question, lang), question, "{lang:?}");
            }
        }
        for own in ["What is the strangest food you have ever eaten", "Which street?", ""] {
            assert_eq!(wording(own, Lang::German), own);
        }
    }
}
