//! Every page in every state: kept in `target/gallery` for looking at, and held to what a screen
//! reader and a keyboard need.

mod methods; // each method's own pages

use std::fs;
use std::path::{Path, PathBuf};

use askama::Template;
use scraper::{ElementRef, Html, Selector};

use super::*;
use crate::i18n::{Lang, key};
use crate::web::page::{ErrorPage, LanguageMenu};

fn shell() -> Shell {
    let language_menu = Some(LanguageMenu { action: LANGUAGE.into(), back: BACK.into() });
    Shell { language_menu, ..Shell::sample(Lang::English) }
}

const LANGUAGE: &str = "/sites/7b0c/language";
const BACK: &str = "/sites/7b0c/signin/2f1e";
const ACTION: &str = "/sites/7b0c/signin/2f1e/next";
const CANCEL: &str = "/sites/7b0c/signin/2f1e/cancel";
const ACCOUNT: &str = "zoë.lindqvist@example.com";

fn password(name: &str, error: Option<PasswordError>) -> PasswordPage {
    PasswordPage {
        shell: shell(),
        action: ACTION.into(),
        cancel: CANCEL.into(),
        forgotten: Some("/sites/7b0c/forgot?signin=2f1e".into()),
        name: name.into(),
        again: false,
        passkey: None,
        error,
    }
}

fn new_password(reason: NewPasswordReason, error: Option<NewPasswordError>) -> NewPasswordPage {
    let by_link = matches!(reason, NewPasswordReason::Forgotten | NewPasswordReason::First);
    let token = by_link.then(|| "dG9rZW4".into());
    let cancel = (!by_link).then(|| CANCEL.into());
    let (action, account) = (ACTION.into(), ACCOUNT.into());
    NewPasswordPage { shell: shell(), action, token, cancel, account, minimum: 15, reason, error }
}

fn factor(problem: Option<Problem>) -> FactorPage {
    let marked = problem.as_ref().is_some_and(|problem| problem.can_retry);
    let mark = if marked { " aria-invalid=\"true\" aria-describedby=\"problem\"" } else { "" };
    let can_enter = problem.as_ref().is_none_or(|problem| problem.can_retry);
    let html = format!(
        "<form method=\"post\" action=\"{ACTION}\"><div class=\"field\"><label for=\"code\">Code</label>\
         <input class=\"code\" id=\"code\" name=\"code\" type=\"text\" autocomplete=\"one-time-code\" autofocus{mark}>\
         </div><button class=\"primary\" type=\"submit\">Sign in</button></form>"
    );
    FactorPage {
        shell: shell(),
        body: Body {
            heading: "Enter your code".into(),
            html: if can_enter { html } else { String::new() },
            scripted: false,
        },
        problem,
        others: choices(),
        choose: ACTION.into(),
        lost: Some("/sites/7b0c/signin/2f1e/lost".into()),
        enrolling: false,
        skip: None,
        encourage: false,
        later: None,
        cancel: CANCEL.into(),
    }
}

fn choices() -> Vec<Choice> {
    let choice = |word, name: &str| Choice {
        word,
        name: name.into(),
        lead: "A code from an app on your phone.".into(),
        recommended: word != "backup_codes",
        weaker: word == "backup_codes",
        scripted: word == "passkey",
    };
    vec![
        choice("passkey", "Passkey"),
        choice("totp", "Authenticator app"),
        choice("backup_codes", "Backup codes"),
    ]
}

fn choose(enrolling: bool, choices: Vec<Choice>, skip: Option<Skip>) -> ChoosePage {
    let (choose, cancel) = (ACTION.into(), CANCEL.into());
    let lost = (!enrolling).then(|| "/sites/7b0c/signin/2f1e/lost".into());
    ChoosePage { shell: shell(), cancel, choose, enrolling, another: None, choices, skip, lost }
}

fn skip(left: Postponement) -> Option<Skip> {
    Some(Skip { action: ACTION.into(), left })
}

fn auto_post(acs_url: &str, relay_state: Option<&str>) -> AutoPostPage {
    AutoPostPage {
        shell: Shell { language_menu: None, ..shell() },
        acs_url: acs_url.into(),
        saml_response: "PHNhbWxwOlJlc3BvbnNl".into(),
        relay_state: relay_state.map(Into::into),
    }
}

/// Name, HTML, and whether it tells of an error in what was typed.
fn gallery() -> Vec<(String, String, bool)> {
    let mut pages: Vec<(String, String, bool)> = Vec::new();
    let mut add = |name: String, page: &dyn askama::DynTemplate, wrong: bool| {
        pages.push((name, page.dyn_render().unwrap(), wrong));
    };
    add("password".into(), &password("", None), false);
    add("password-known".into(), &password(ACCOUNT, None), false);
    for (error, name) in [
        (PasswordError::NameMissing, ""),
        (PasswordError::PasswordMissing, ACCOUNT),
        (PasswordError::NoMatch, ACCOUNT),
        (PasswordError::Busy, ACCOUNT),
        (PasswordError::PasskeyRefused, ""),
    ] {
        add(format!("password-{error:?}"), &password(name, Some(error)), true);
    }
    let offer = PasskeyOffer { action: ACTION.into(), options: serde_json::json!({ "challenge": "\"" }) };
    for (end, error) in [("", None), ("-refused", Some(PasswordError::PasskeyRefused))] {
        let page = PasswordPage { passkey: Some(offer.clone()), ..password("", error) };
        add(format!("password-or-passkey{end}"), &page, error.is_some());
    }
    for reason in [
        NewPasswordReason::Longer,
        NewPasswordReason::Reset,
        NewPasswordReason::Forgotten,
        NewPasswordReason::First,
    ] {
        add(format!("new-password-{reason:?}"), &new_password(reason, None), false);
    }
    for error in [
        NewPasswordError::TooShort { minimum: 15 },
        NewPasswordError::TooLong,
        NewPasswordError::Common,
        NewPasswordError::Context,
        NewPasswordError::Mismatch,
        NewPasswordError::Same,
        NewPasswordError::Unusable,
    ] {
        let page = new_password(NewPasswordReason::Longer, Some(error));
        add(format!("new-password-{error:?}"), &page, true);
    }
    add("factor".into(), &factor(None), false);
    add("factor-wait".into(), &factor(Some(Problem::wait(40, "code"))), true);
    add("factor-off-FactorOff".into(), &factor(Some(Problem::off())), true);
    let later = FactorPage { later: Some(ACTION.into()), encourage: true, ..factor(None) };
    add("factor-later".into(), &later, false);
    let until = time::macros::date!(2026 - 12 - 01);
    add("choose".into(), &choose(true, choices(), None), false);
    add("choose-or-until".into(), &choose(true, choices(), skip(Postponement::Until(until))), false);
    add("choose-or-times".into(), &choose(true, choices(), skip(Postponement::Times(2))), false);
    let another = ChoosePage { another: Some(2), ..choose(true, choices(), None) };
    add("choose-another".into(), &another, false);
    add("choose-way".into(), &choose(false, choices(), None), false);
    add("no-way".into(), &choose(false, vec![], None), false);
    add("auto-post".into(), &auto_post("https://sp.example/acs?connection=a&b=c", Some("")), false);
    for kind in Notice::ALL {
        let continue_url = (kind == Notice::Finished).then(|| "https://northwind.example/portal".to_owned());
        add(
            format!("notice-{kind:?}"),
            &NoticePage {
                shell: shell(),
                kind,
                continue_url,
                account_url: Some("/sites/7b0c/account".into()),
            },
            false,
        );
    }
    let sign_out = SignOutPage { shell: shell(), action: ACTION.into(), account: ACCOUNT.into() };
    add("sign-out".into(), &sign_out, false);
    let nameless =
        Shell { site_name: String::new(), site_initial: String::new(), language_menu: None, ..shell() };
    let error = ErrorPage { shell: nameless, words: key("common-error-nothing-here") };
    add("error".into(), &error, false);
    pages
}

/// Where pages are kept for looking at; those in all languages in a folder for each.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/gallery")
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

#[test]
fn every_page_in_every_state() {
    let folder = folder();
    fs::create_dir_all(&folder).unwrap();
    for (name, html, wrong) in gallery() {
        let file: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        fs::write(folder.join(format!("{}.html", file.trim_end_matches('-'))), &html).unwrap();
        let page = Html::parse_document(&html);
        assert_eq!(page.errors, Vec::<String>::new(), "{name}: well-formed");
        assert_eq!(all(&page, "h1").len(), 1, "{name}: one h1");
        assert_eq!(all(&page, "html[lang=en][dir=ltr]").len(), 1, "{name}: a language");
        let title: String = all(&page, "title")[0].text().collect();
        assert_eq!(title.starts_with("Error: "), wrong, "{name}: {title}");
        assert!(html.contains("K7QX2M9DPA"), "{name}: the reference");
        fields(&name, &page);
        strict(&name, &page, &html);
        if wrong {
            the_error(&name, &page);
        }
    }
}

#[test]
fn every_page_in_every_language() {
    for lang in Lang::ALL {
        let said_in = || Shell { lang, ..shell() };
        let mut pages: Vec<(String, Box<dyn askama::DynTemplate>)> = Vec::new();
        for error in [None, Some(PasswordError::NoMatch)] {
            let page = PasswordPage { shell: said_in(), ..password(ACCOUNT, error) };
            pages.push((format!("password-{}", error.is_some()), Box::new(page)));
        }
        let error = NewPasswordError::TooShort { minimum: 15 };
        for (reason, error) in [(NewPasswordReason::Longer, Some(error)), (NewPasswordReason::Reset, None)] {
            let page = NewPasswordPage { shell: said_in(), ..new_password(reason, error) };
            pages.push((format!("new-password-{reason:?}"), Box::new(page)));
        }
        for kind in Notice::ALL {
            let page = NoticePage {
                shell: said_in(),
                kind,
                continue_url: Some("/x".into()),
                account_url: Some("/y".into()),
            };
            pages.push((format!("notice-{kind:?}"), Box::new(page)));
        }
        let sign_out = SignOutPage { shell: said_in(), action: ACTION.into(), account: ACCOUNT.into() };
        pages.push(("sign-out".into(), Box::new(sign_out)));
        let auto_post = AutoPostPage {
            shell: Shell { language_menu: None, ..said_in() },
            ..auto_post("https://sp.example/acs", None)
        };
        pages.push(("auto-post".into(), Box::new(auto_post)));
        let error = ErrorPage { shell: said_in(), words: key("common-error-ours") };
        pages.push(("error".into(), Box::new(error)));

        let folder = folder().join(lang.tag());
        fs::create_dir_all(&folder).unwrap();
        for (name, page) in pages {
            let name = format!("{lang:?} {name}");
            let html = page.dyn_render().unwrap();
            let file = html.replace("../../static/", "../../../static/");
            fs::write(folder.join(format!("{}.html", name.split_once(' ').unwrap().1)), file).unwrap();
            let page = Html::parse_document(&html);
            assert_eq!(page.errors, Vec::<String>::new(), "{name}: well-formed");
            let root = format!("html[lang={}][dir={}]", lang.tag(), lang.dir());
            assert_eq!(all(&page, &root).len(), 1, "{name}: its language");
            let current = all(&page, "details.languages button[aria-current=true]");
            let current: Vec<_> = current.iter().filter_map(|button| button.attr("value")).collect();
            let expected = if name.ends_with("auto-post") { vec![] } else { vec![lang.tag()] };
            assert_eq!(current, expected, "{name}: the menu");
            assert!(!html.contains("signin-") && !html.contains("common-"), "{name}: a message's name");
        }
    }
}

/// Labels, descriptions, unique ids, at most one focus.
fn fields(name: &str, page: &Html) {
    let mut ids: Vec<&str> = all(page, "[id]").iter().filter_map(|e| e.attr("id")).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{name}: ids are unique");
    for input in all(page, "input:not([type=hidden]):not([hidden])") {
        let id = input.attr("id").unwrap();
        assert_eq!(all(page, &format!("label[for={id}]")).len(), 1, "{name}: a label for {id}");
        let is_ticked = input.attr("type") == Some("checkbox");
        assert!(is_ticked || input.attr("autocomplete").is_some(), "{name}: autocomplete of {id}");
        for described in input.attr("aria-describedby").unwrap_or_default().split_whitespace() {
            assert!(ids.contains(&described), "{name}: {id} is described by a missing {described}");
        }
    }
    for link in all(page, "a[href^='#']") {
        assert!(ids.contains(&&link.attr("href").unwrap()[1..]), "{name}: a link to nowhere");
    }
    let focused = all(page, "[autofocus]").len();
    // Where there is nothing to type, the page is read from its beginning.
    let typed = all(page, "form:not(.give-up) input:not([type=hidden], [type=checkbox])");
    let expected = usize::from(!typed.is_empty() || !all(page, "[type=checkbox][aria-invalid]").is_empty());
    assert_eq!(focused, expected, "{name}: the focus");
    for form in all(page, "form") {
        assert_eq!(form.attr("method"), Some("post"), "{name}: forms are posted");
    }
}

/// Nothing that the content security policy would stop.
fn strict(name: &str, page: &Html, html: &str) {
    assert!(!html.contains(" style="), "{name}: no inline style");
    assert!(!html.contains(" on") || !html.contains("onclick"), "{name}: no inline handler");
    for script in all(page, "script") {
        let scripted = name == "auto-post"
            || ["password", "new-password", "again", "choose", "factor"]
                .iter()
                .any(|start| name.starts_with(start));
        assert!(scripted && script.attr("nonce") == Some("bm9uY2U"), "{name}: a script");
    }
    for address in all(page, "[src], link[href]") {
        let to = address.attr("src").or(address.attr("href")).unwrap();
        assert!(to.starts_with("../../static/"), "{name}: loads {to}");
    }
}

/// The message is announced, and belongs to the field that has the focus.
fn the_error(name: &str, page: &Html) {
    let problem = all(page, "#problem[role=alert]");
    assert_eq!(problem.len(), 1, "{name}: one message");
    assert!(problem[0].text().collect::<String>().trim().ends_with('.'), "{name}: a sentence");
    if name.ends_with("FactorOff") {
        assert!(all(page, "main input").is_empty(), "{name}: no code helps");
        return;
    }
    let link = all(page, "#problem a[href]")[0].attr("href").unwrap();
    let focused = all(page, "[autofocus]")[0];
    assert_eq!(focused.attr("id"), Some(&link[1..]), "{name}: the link leads to the focus");
    if !name.ends_with("Busy") && !name.to_lowercase().contains("passkey") {
        assert_eq!(focused.attr("aria-invalid"), Some("true"), "{name}: the field is marked");
    }
}

#[test]
fn foreign_text_stays_text() {
    let evil = "\"><script>alert(1)</script>&'";
    let mut shell = shell();
    shell.site_name = evil.into();
    let pages = [
        PasswordPage { shell: shell.clone(), name: evil.into(), ..password("", None) }.render().unwrap(),
        FactorPage { shell: shell.clone(), choose: evil.into(), ..factor(None) }.render().unwrap(),
        auto_post("https://sp.example/acs?a=\"><script>", Some(evil)).render().unwrap(),
    ];
    for html in pages {
        let page = Html::parse_document(&html);
        assert_eq!(all(&page, "script:not([nonce])").len(), 0, "{html}");
        assert!(!html.contains("<script>alert"), "{html}");
    }
}

#[test]
fn the_way_back_keeps_what_it_was_given() {
    let acs = "https://sp.example/login/callback?connection=a&b=%20c";
    for (given, expected) in [(None, None), (Some(""), Some("")), (Some("a&b=<\"'>"), Some("a&b=<\"'>"))] {
        let page = Html::parse_document(&auto_post(acs, given).render().unwrap());
        assert_eq!(all(&page, "form")[0].attr("action"), Some(acs));
        assert_eq!(all(&page, "[name=SAMLResponse]")[0].attr("value"), Some("PHNhbWxwOlJlc3BvbnNl"));
        let relay_state = all(&page, "[name=RelayState]").first().and_then(|input| input.attr("value"));
        assert_eq!(relay_state, expected);
    }
}

#[test]
fn putting_enrolment_off_says_what_is_left() {
    let until = time::macros::date!(2026 - 12 - 01);
    for (left, words) in [
        (Postponement::Until(until), "later, until 1 December 2026."),
        (Postponement::Times(2), "later: 2 times left."),
        (Postponement::Times(1), "later: 1 time left."),
    ] {
        let html = choose(true, choices(), skip(left)).render().unwrap();
        assert!(html.contains(words) && html.contains("Not now"), "{html}");
    }
    assert!(!choose(true, choices(), None).render().unwrap().contains("Not now"));
}
