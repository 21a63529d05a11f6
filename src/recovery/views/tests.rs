//! Every page in every state and language: well-formed, one heading, and nothing unsaid.

use scraper::{Html, Selector};
use time::macros::datetime;

use super::*;
use crate::i18n::Lang;

const WHEN: OffsetDateTime = datetime!(2026-11-23 12:00 UTC);
const WAYS: [Way; 5] = [
    Way::Ask,
    Way::Offered { ready_at: WHEN },
    Way::UnderWay { ready_at: WHEN },
    Way::Ready { until: WHEN },
    Way::TooOften,
];

/// Name, HTML, and whether it tells of an error in what was typed.
fn gallery(lang: Lang) -> Vec<(String, String, bool)> {
    let mut pages = Vec::new();
    let mut add = |name: String, page: &dyn askama::DynTemplate, wrong: bool| {
        pages.push((name, page.dyn_render().unwrap(), wrong));
    };
    for error in [None, Some(PasswordError::NameMissing)] {
        let page = ForgottenPage {
            shell: Shell::sample(lang),
            action: "/a".into(),
            signin: Some(Uuid::nil()),
            back: "/b".into(),
            error,
        };
        add(format!("forgotten-{}", error.is_some()), &page, error.is_some());
    }
    for button in Button::ALL {
        let (account, action, token) = ("zoë@example.com".into(), "/a".into(), "dG9rZW4".into());
        add(
            format!("{button:?}"),
            &ButtonPage { shell: Shell::sample(lang), button, account, action, token },
            false,
        );
    }
    for way in WAYS {
        let page = LostPage {
            shell: Shell::sample(lang),
            way,
            account: "zoë@example.com".into(),
            action: "/a".into(),
            back: "/b".into(),
            help_centre: "/h".into(),
        };
        add(format!("{way:?}"), &page, false);
    }
    for told in Told::ALL {
        let page = ToldPage { shell: Shell::sample(lang), told, help_centre: "/h".into() };
        add(format!("{told:?}"), &page, false);
    }
    pages
}

#[test]
fn every_page_in_every_state_and_language() {
    for lang in Lang::ALL {
        for (name, html, wrong) in gallery(lang) {
            let page = Html::parse_document(&html);
            assert_eq!(page.errors, Vec::<String>::new(), "{name}: well-formed");
            let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
            assert_eq!(count("h1"), 1, "{name}: one h1");
            assert_eq!(count("#problem[role=alert]"), usize::from(wrong), "{name}");
            assert!(count(".on a, main button") > 0, "{name}: a way on");
            assert_eq!(count("script, [style], [onclick]"), 0, "{name}: nothing that the policy forbids");
            assert_eq!(count("p:empty"), 0, "{name}: something unsaid");
            assert!(!html.contains("recovery-") && !html.contains("signin-"), "{name}: a key without words");
        }
    }
}
