//! The files of messages: complete, used, alike in every language, with the plurals each one needs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;

use super::*;

/// What is called with a message's name; the arguments follow it.
const SAYS: [&str; 10] = [
    ".say(",
    ".say1(",
    ".say2(",
    ".plain(",
    ".part(",
    ".problem(",
    ".html1(",
    ".html2(",
    ".html(",
    ".page_title(",
];

fn root(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

/// The files below `folder`, with what they hold.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path, text));
        }
    }
    found.sort();
    found
}

/// One message as its file has it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Written {
    parts: BTreeSet<String>,
    args: BTreeSet<String>,
    /// The variants' names of each choice by plural.
    plurals: Vec<BTreeSet<String>>,
}

impl Written {
    fn read(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let names = variants.iter().filter_map(|variant| match variant.key {
                    VariantKey::Identifier { name } => Some(name.to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                let names: BTreeSet<_> = names.collect();
                if !names.is_empty() {
                    self.plurals.push(names);
                }
                variants.iter().for_each(|variant| self.read(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.args.insert(id.name.to_owned());
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            other => panic!("messages are plain sentences: {other:?}"),
        }
    }
}

/// All messages of a language.
fn written(lang: Lang) -> BTreeMap<String, Written> {
    let mut messages = BTreeMap::new();
    for (path, text) in files(&root("translations").join(lang.tag())) {
        let area = path.file_stem().unwrap().to_str().unwrap();
        let at = path.display();
        let marks = ['\u{200e}', '\u{200f}', '<', '\t'];
        assert!(!text.contains(marks), "{at}: no markup and no invisible marks");
        assert!(!text.contains(|c| ('\u{2066}'..='\u{2069}').contains(&c)), "{at}: no isolates");
        let resource = parser::parse(text.as_str()).unwrap_or_else(|(_, faults)| panic!("{at}: {faults:?}"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let name = message.id.name;
            assert!(name.starts_with(&format!("{area}-")), "{at}: {name} begins with another area");
            let mut one = Written::default();
            one.read(message.value.as_ref().unwrap_or_else(|| panic!("{at}: {name} says nothing")));
            for part in &message.attributes {
                one.parts.insert(part.id.name.to_owned());
                one.read(&part.value);
            }
            assert!(messages.insert(name.to_owned(), one).is_none(), "{at}: {name} twice");
        }
    }
    messages
}

/// A use of a message: where, by what, its name, and the text of the call.
struct Use<'a> {
    at: String,
    by: &'static str,
    name: &'a str,
    call: &'a str,
}

/// The uses in one source.
fn uses<'a>(path: &Path, source: &'a str) -> Vec<Use<'a>> {
    let mut found = Vec::new();
    for by in SAYS.into_iter().chain(["key("]) {
        for (index, _) in source.match_indices(by) {
            let before = source[..index].chars().next_back();
            if by == "key(" && before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.') {
                continue;
            }
            let call = balanced(&source[index + by.len()..]);
            let Some(name) = call.trim_start().strip_prefix('"') else { continue };
            let name = name.split('"').next().unwrap();
            found.push(Use { at: path.display().to_string(), by, name, call });
        }
    }
    found
}

/// `rest` up to the bracket that closes a call.
fn balanced(rest: &str) -> &str {
    let mut depth = 1;
    let end = rest.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

#[test]
fn every_key_is_there_and_used() {
    let english = written(Lang::English);
    let mut used = BTreeSet::from(["common-day".to_owned(), "common-moment".to_owned()]);
    let (own, mut parts) = (root("src/i18n"), BTreeSet::from(["more".to_owned()])); // by `problem`
    let sources = [files(&root("src")), files(&root("templates"))].concat();
    for (path, source) in &sources {
        let is_test = path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests");
        if is_test || path.starts_with(&own) {
            continue;
        }
        for Use { at, by, name, call } in uses(path, source) {
            let message = english.get(name).unwrap_or_else(|| panic!("{at}: {name} is not in English"));
            used.insert(name.to_owned());
            let given = |arg: &str| call.contains(&format!("\"{arg}\""));
            match by {
                "key(" => {}
                ".part(" => {
                    assert!(message.parts.iter().any(|part| given(part)), "{at}: {name} has no such part");
                }
                _ => assert!(message.args.iter().all(|arg| given(arg)), "{at}: {name} wants {message:?}"),
            }
        }
        let all = english.values().flat_map(|message| &message.parts);
        parts.extend(all.filter(|part| source.contains(&format!("\"{part}\""))).cloned());
    }
    for (name, message) in &english {
        assert!(used.contains(name), "nobody says {name}");
        assert!(message.parts.is_subset(&parts), "{name}: nobody says one of {:?}", message.parts);
    }
}

#[test]
fn every_language_says_the_same() {
    let english = written(Lang::English);
    for lang in Lang::ALL {
        let messages = written(lang);
        for (name, wanted) in &english {
            let Some(found) = messages.get(name) else {
                panic!("{lang:?} lacks {name}");
            };
            assert_eq!((&found.args, &found.parts), (&wanted.args, &wanted.parts), "{lang:?}: {name}");
            // The files and the binary agree, and no message is an error to Fluent.
            let args: Vec<_> = wanted.args.iter().map(|arg| (&*arg.clone().leak(), Arg::Number(7))).collect();
            assert_ne!(lang.plain(Key(name.clone().leak()), &args), *name, "{lang:?}: build anew");
        }
        for name in messages.keys() {
            assert!(english.contains_key(name), "{lang:?}: {name} is not in English");
        }
    }
}

/// CLDR's categories for whole numbers below a million; and one that is for larger ones only.
fn categories(lang: Lang) -> (&'static [&'static str], Option<&'static str>) {
    match lang {
        Lang::English | Lang::German => (&["one", "other"], None),
        Lang::French | Lang::Spanish | Lang::PortugueseBrazil => (&["one", "other"], Some("many")),
        Lang::Japanese | Lang::ChineseSimplified => (&["other"], None),
        Lang::Arabic => (&["zero", "one", "two", "few", "many", "other"], None),
    }
}

#[test]
fn every_plural_a_language_needs_is_there() {
    for lang in Lang::ALL {
        let (wanted, also) = categories(lang);
        let wanted: BTreeSet<_> = wanted.iter().map(|name| (*name).to_owned()).collect();
        for (name, message) in written(lang) {
            for found in message.plurals {
                let found: BTreeSet<_> =
                    found.into_iter().filter(|name| Some(name.as_str()) != also).collect();
                assert_eq!(found, wanted, "{lang:?}: {name} (texts cannot choose, numbers only)");
            }
        }
    }
}
