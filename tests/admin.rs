//! An administrator sets a site up and decides its policy, fragment by fragment.

use axum::http::StatusCode;
use sqlx::PgPool;
use time::Duration;
use vestibule::factors::{Method, MethodSet};

use crate::support::World;
use crate::support::admin::{Admin, open, trail};
use crate::support::jira::{ADA, BEA};

fn set<'a>(fields: &'a [(String, String)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let kept = kept.filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    kept.chain(changes.iter().copied()).filter(|(_, value)| *value != "-").collect()
}

async fn forget_sp(world: &World) {
    sqlx::query("update sites set sp_entity_id = null, sp_acs_url = null")
        .execute(&world.app.db)
        .await
        .unwrap();
}

const ENTITY: &str = "https://auth.atlassian.com/saml/5c2d8d6e";
const ACS: &str = "https://auth.atlassian.com/login/callback?connection=saml-5c2d8d6e";

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn the_wizard_opens_step_by_step_and_resumes(pool: PgPool) {
    let world = open(pool).await;
    forget_sp(&world).await;
    let ada = Admin::new(&world, ADA);

    // Nothing is reached before its gate, whatever is asked for.
    for step in ["setup", "setup/guard", "setup/source", "setup/policy", "setup/done"] {
        assert_eq!(ada.get(step).await.state(), "setup/guard", "{step}");
    }
    assert_eq!(ada.get("setup/elsewhere").await.status, StatusCode::NOT_FOUND);
    let early = ada.post("setup/source", &[("entity_id", ENTITY), ("acs_url", ACS), ("entered", "on")]).await;
    assert_eq!(early.state(), "setup/guard");
    assert_eq!(ada.post("setup/finish", &[("works", "on")]).await.state(), "setup/guard");

    let refused = ada.post("setup/guard", &[]).await;
    assert_eq!((refused.status, refused.state()), (StatusCode::UNPROCESSABLE_ENTITY, "setup/guard".into()));
    assert!(refused.text(".error").contains("Confirm that Guard is ready"), "{refused:?}");
    assert_eq!(ada.post("setup/guard", &[("ready", "on")]).await.state(), "setup/source");
    assert_eq!(ada.get("setup").await.state(), "setup/source", "it resumes");
    assert_eq!(ada.post("setup/finish", &[("works", "on")]).await.state(), "setup/source");

    // Ours are there to copy, the certificate as PEM.
    let source = ada.get("setup/source").await;
    let ours = format!("{}/sites/{}/saml", crate::support::ORIGIN, world.site);
    assert_eq!(source.text("#idp-entity-id"), format!("{ours}/metadata"));
    assert_eq!(source.text("#idp-sso-url"), format!("{ours}/sso"));
    let pem = source.text("#idp-certificate");
    assert!(pem.starts_with("-----BEGIN CERTIFICATE-----"), "{pem}");

    // Theirs: faults beside their fields, all at once, and what was typed stays.
    let bad = ada.post("setup/source", &[("entity_id", ACS), ("acs_url", ENTITY)]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text("#entity_id-error").contains("swap the two values"), "{bad:?}");
    assert!(bad.text("#acs_url-error").contains("swap the two values"), "{bad:?}");
    assert!(bad.text("#entered-error").contains("saved at Atlassian"), "{bad:?}");
    assert_eq!(bad.attribute("#entity_id", "value"), ACS);
    let spaced = format!("  {ENTITY} ");
    let fields = [("entity_id", spaced.as_str()), ("acs_url", ACS), ("entered", "on")];
    assert_eq!(ada.post("setup/source", &fields).await.state(), "setup/policy");
    assert_eq!(ada.get("setup").await.state(), "setup/policy");

    let refused = ada.post("setup/finish", &[("password_login_off", "on")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = ada.post("setup/finish", &[("works", "on")]).await;
    assert_eq!(done.state(), "setup/done");
    assert!(done.text(".flag").contains("Setup is complete"), "{done:?}");
    assert!(done.body.contains("can be walked around"), "password login is still on: {done:?}");
    let off = ada.post("setup/password-login", &[("off", "on")]).await;
    assert!(!off.body.contains("can be walked around"), "{off:?}");

    // Every step stays open, and an edit leads back to the board.
    assert_eq!(ada.get("setup/source").await.state(), "setup/source");
    let other = format!("{ACS}-2");
    let edited =
        ada.post("setup/source", &[("entity_id", ENTITY), ("acs_url", &other), ("entered", "on")]).await;
    assert_eq!(edited.state(), "setup/done");
    let told = trail(&world).await;
    let actions: Vec<_> = told.iter().map(|(action, ..)| action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "site.service_provider",
            "setup.password_login",
            "setup.finished",
            "site.service_provider",
            "setup.values_confirmed",
            "setup.guard_confirmed"
        ]
    );
    assert_eq!(told[0].1.as_deref(), Some(ADA));
    assert_eq!(
        (&told[0].2["acs_url"]["before"], &told[0].2["acs_url"]["after"]),
        (&ACS.into(), &other.into())
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn metadata_fills_the_form_in_and_saves_nothing(pool: PgPool) {
    let world = open(pool).await;
    forget_sp(&world).await;
    let ada = Admin::new(&world, ADA);
    ada.post("setup/guard", &[("ready", "on")]).await;
    let metadata = format!(
        "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{ENTITY}\">\
         <md:SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
         <md:AssertionConsumerService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
         Location=\"{ACS}\" index=\"0\"/></md:SPSSODescriptor></md:EntityDescriptor>"
    );
    let filled = ada.post("setup/metadata", &[("metadata", &metadata)]).await;
    assert_eq!(filled.status, StatusCode::OK);
    assert_eq!(filled.attribute("#entity_id", "value"), ENTITY);
    assert_eq!(filled.attribute("#acs_url", "value"), ACS);
    assert!(filled.body.contains("data-dirty"), "it is not saved yet");
    assert_eq!(ada.get("setup/source").await.attribute("#entity_id", "value"), "");
    for (metadata, words) in [
        ("", "Paste the service provider's metadata"),
        ("<x/>", "root element must be EntityDescriptor"),
        ("<!DOCTYPE x><x/>", "refused"),
        ("rubbish", "refused"),
        (&metadata.replace("HTTP-POST", "PAOS"), "HTTP-POST"),
    ] {
        let refused = ada.post("setup/metadata", &[("metadata", metadata)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{metadata}");
        assert!(refused.text("#metadata-error").contains(words), "{metadata}: {refused:?}");
        assert_eq!(refused.text("#metadata"), metadata.trim(), "what was pasted stays");
    }
    let long = "x".repeat(70_000);
    let refused = ada.post("setup/metadata", &[("metadata", &long)]).await;
    assert_eq!(
        (refused.status, refused.headers["hx-retarget"].to_str().unwrap()),
        (StatusCode::PAYLOAD_TOO_LARGE, "#notice")
    );
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_stricter_policy_is_rehearsed_before_it_is_saved(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.customer("max@example.com", None, "Max", "M", "another long password").await;
    world.two_factor(false).await;
    let ada = Admin::new(&world, ADA);
    let page = ada.get("two-factor").await;
    assert!(page.text("#effect-enforced").contains("Would apply to 2 of 2 customers"), "{page:?}");
    assert!(page.text("#effect-selected").contains("Would apply to 0 of 2 customers"), "{page:?}");
    let form = page.fields("#policy");

    let rehearsal = ada.post("two-factor", &set(&form, &[("two_factor", "on")])).await;
    assert_eq!(rehearsal.headers["hx-retarget"], "#dialog");
    let facts = rehearsal.text(".rehearsal");
    assert!(facts.contains("who were not before 2 customers"), "{facts}");
    assert!(facts.contains("when their time for it is over 2 customers"), "{facts}");
    assert!(facts.contains("Locked out by this change 0"), "{facts}");
    assert!(rehearsal.text(".diff").contains("2FA off → becomes on"), "{}", rehearsal.text(".diff"));
    assert_eq!(ada.get("two-factor").await.fields("#policy"), form, "nothing is saved yet");

    // What the dialog sends is what was rehearsed.
    let agreed = rehearsal.fields("dialog form");
    let saved = ada.post("two-factor", &set(&agreed, &[])).await;
    assert_eq!(saved.status, StatusCode::OK);
    assert!(saved.text(".flag").contains("The policy is saved"), "{saved:?}");
    assert_eq!(saved.attribute("#two_factor", "checked"), "", "an attribute without a value");
    assert!(saved.fields("#policy").iter().any(|(name, _)| name == "two_factor"));
    let told = trail(&world).await;
    assert_eq!((told[0].0.as_str(), told[0].1.as_deref()), ("policy.changed", Some(ADA)));
    assert_eq!(told[0].2["two_factor"], serde_json::json!({ "before": "off", "after": "on" }));

    // A name reaches nobody: saved at once. The same again changes nothing.
    let form = saved.fields("#policy");
    let named = ada.post("two-factor", &set(&form, &[("totp_issuer", "Acme help")])).await;
    assert!(named.text(".flag").contains("The policy is saved"), "{named:?}");
    let same = ada.post("two-factor", &set(&named.fields("#policy"), &[])).await;
    assert!(same.body.contains("Nothing has changed."), "{same:?}");
    assert_eq!(trail(&world).await.len(), 2);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn who_would_be_locked_out_is_named(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.enrol(&mut world.browser(), "zoe").await;
    sqlx::query("update factors set failures = 100").execute(&world.app.db).await.unwrap();
    world.two_factor(false).await;
    let ada = Admin::new(&world, ADA);
    let form = ada.get("two-factor").await.fields("#policy");
    let rehearsal = ada.post("two-factor", &set(&form, &[("two_factor", "on")])).await;
    assert!(rehearsal.text(".rehearsal").contains("Locked out by this change 1 customer"), "{rehearsal:?}");
    assert!(
        rehearsal.text(".message.error").contains("Zoë Łukasiewicz ( zoe@example.com )"),
        "{rehearsal:?}"
    );
    assert!(rehearsal.body.contains("Save all the same"), "{rehearsal:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn questions_are_switched_on_knowingly(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let form = ada.get("two-factor").await.fields("#policy");
    let list = "Where did it rain?\r\nWho waved?\r\nWhat broke?\r\nWhose dog?";
    let changes = [("questions", "on"), ("question_list", list), ("questions_to_set", "4")];
    let review = ada.post("two-factor", &set(&form, &changes)).await;
    assert_eq!((review.status, review.headers["hx-retarget"].to_str().unwrap()), (StatusCode::OK, "#dialog"));
    let words = review.text("label[for=accepted]");
    assert!(words.contains("ASVS 5.0.0, 6.4.2") && words.contains("3.1.1.2(8)"), "{words}");
    assert!(review.text(".diff").contains("Where did it rain? · Who waved?"), "{}", review.text(".diff"));

    // Agreed to without the tick: beside it is said what is missing. So it is without the dialog.
    let agreed = review.fields("dialog form");
    for fields in [set(&agreed, &[]), set(&agreed, &[("accepted", "off")])] {
        let refused = ada.post("two-factor", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.headers["hx-retarget"], "#dialog");
        assert!(refused.text("#accepted-error").contains("Tick this"), "{refused:?}");
        assert_eq!(refused.attribute("#accepted", "aria-invalid"), "true");
    }
    assert_eq!(ada.get("two-factor").await.fields("#policy"), form, "nothing is saved");
    let saved = ada.post("two-factor", &set(&agreed, &[("accepted", "on")])).await;
    assert!(saved.text(".flag").contains("saved"), "{saved:?}");
    assert_eq!(saved.text("#question_list"), "Where did it rain? Who waved? What broke? Whose dog?");
    let told = trail(&world).await;
    assert_eq!(told[0].2["questions"], serde_json::json!({ "before": "off", "after": "on" }));
    assert!(told[0].2["questions_accepted"].as_str().unwrap().contains("6.4.2"), "{:?}", told[0].2);

    // Once on, they are no question any more; off and on again they are.
    let form = saved.fields("#policy");
    let same = ada.post("two-factor", &set(&form, &[("totp_issuer", "Acme")])).await;
    assert!(same.text(".flag").contains("saved"), "{same:?}");
    let few = [("question_list", "Only one?"), ("questions_to_ask", "9")];
    let faults = ada.post("two-factor", &set(&form, &few)).await;
    assert!(faults.text("#question_list-error").contains("these are 1"), "{faults:?}");
    assert!(faults.text("#questions_to_ask-error").contains("from 1 to"), "{faults:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn a_method_that_is_not_set_up_here_cannot_be_switched_on(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let page = ada.get("two-factor").await;
    for (word, needs) in [
        ("sms", "VESTIBULE_SMS_URL and VESTIBULE_SMS_BODY"),
        ("yubikey", "VESTIBULE_YUBIKEY_CLIENT_ID"),
        ("duo", "VESTIBULE_DUO_API_HOST"),
        ("email_code", "VESTIBULE_SMTP_URL and VESTIBULE_MAIL_FROM"),
    ] {
        let told = page.text(&format!("#{word}-missing"));
        assert!(told.contains("Not set up by whoever runs this server") && told.contains(needs), "{told}");
        assert!(page.body.contains(&format!("name=\"{word}\" disabled")), "{word}");
        let refused = ada.post("two-factor", &set(&page.fields("#policy"), &[(word, "on")])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text(&format!("#{word}-error")).contains("not set up"), "{refused:?}");
    }
    for word in ["passkey", "totp", "questions", "backup_codes"] {
        assert_eq!(page.text(&format!("#{word}-missing")), "", "{word}");
    }
    assert_eq!(page.text(".methods h3"), "Recommended Others Weaker");

    // One that was on before the server lost it can be switched off, and is no way to sign in.
    world.policy(|policy| policy.settings.methods = MethodSet::of(&[Method::Sms])).await;
    let form = ada.get("two-factor").await.fields("#policy");
    let alone = ada.post("two-factor", &set(&form, &[("totp_issuer", "Acme")])).await;
    assert!(alone.text("#totp-error").contains("that this server is set up for"), "{alone:?}");
    let better = ada.post("two-factor", &set(&form, &[("sms", "-"), ("totp", "on")])).await;
    assert!(better.text("dialog .diff").contains("SMS"), "{better:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn whoever_has_nothing_but_a_method_is_named_before_it_goes(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.customer("max@example.com", None, "Max", "M", "another long password").await;
    let mut browser = world.browser();
    browser.saves_codes = false;
    world.enrol(&mut browser, "zoe").await;
    let ada = Admin::new(&world, ADA);
    let page = ada.get("two-factor").await;
    assert!(page.text(".method").contains("1 customer has it, and no other."), "{}", page.text(".method"));
    let form = page.fields("#policy");
    let review = ada.post("two-factor", &set(&form, &[("totp", "-")])).await;
    let facts = review.text(".rehearsal");
    assert!(
        facts.contains("Have Authenticator app, which is switched off 1 customer, 1 with nothing else"),
        "{facts}"
    );
    assert!(facts.contains("Locked out by this change 1 customer"), "{facts}");
    assert!(review.text(".message.error").contains("zoe@example.com"), "{review:?}");
    assert!(!review.text(".message.error").contains("max@example.com"), "{review:?}");
    let last = ada.post("two-factor", &set(&form, &[("totp", "-"), ("passkey", "-")])).await;
    assert!(last.text("#totp-error").contains("Leave one method on"), "{last:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn what_came_with_the_methods_is_decided_here_too(pool: PgPool) {
    let world = open(pool).await;
    world.zoe().await;
    world.enrol(&mut world.browser(), "zoe").await;
    let ada = Admin::new(&world, ADA);
    let form = ada.get("two-factor").await.fields("#policy");
    let too_many = ada.post("two-factor", &set(&form, &[("least_factors", "3")])).await;
    assert!(too_many.text("#least_factors-error").contains("at most 2"), "{too_many:?}");
    let no_days = ada.post("two-factor", &set(&form, &[("remembered", "days")])).await;
    assert!(no_days.text("#remembered_days-error").contains("from 1 to 90"), "{no_days:?}");

    let changes = [
        ("least_factors", "2"),
        ("passkey_sign_in", "on"),
        ("remembered", "days"),
        ("remembered_days", "30"),
        ("self_recovery", "-"),
    ];
    let review = ada.post("two-factor", &set(&form, &changes)).await;
    let facts = review.text(".rehearsal");
    assert!(facts.contains("Have too few then") && facts.contains("1 customer"), "{facts}");
    let saved = ada.post("two-factor", &set(&review.fields("dialog form"), &[])).await;
    assert!(saved.text(".flag").contains("saved"), "{saved:?}");
    let told = &trail(&world).await[0].2;
    for (field, before, after) in [
        ("least_factors", "1", "2"),
        ("passkey_sign_in", "off", "on"),
        ("remembered_days", "no", "for 30 days"),
        ("self_recovery", "on", "off"),
    ] {
        assert_eq!(told[field], serde_json::json!({ "before": before, "after": after }), "{told}");
    }
    let form = saved.fields("#policy");
    let safe = ada.post("two-factor/safe", &set(&form, &[("question_list", "Mine?\nYours?\nTheirs?")])).await;
    assert_eq!(safe.attribute("#least_factors", "value"), "1");
    assert_eq!(safe.text("#question_list"), "Mine? Yours? Theirs?", "what is no matter of safety stays");
    assert!(safe.fields("#policy").contains(&("remembered".into(), "off".into())), "{safe:?}");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn two_administrators_do_not_overwrite_each_other(pool: PgPool) {
    let world = open(pool).await;
    let (ada, bea) = (Admin::new(&world, ADA), Admin::new(&world, BEA));
    let form = ada.get("two-factor").await.fields("#policy");
    assert_eq!(bea.get("two-factor").await.fields("#policy"), form);
    let first = [("totp_issuer", "Acme"), ("reviewed", "on")];
    assert!(ada.post("two-factor", &set(&form, &first)).await.text(".flag").contains("saved"));
    world.pass(Duration::minutes(2));

    let second = [("totp_issuer", "Other"), ("reviewed", "on")];
    let conflict = bea.post("two-factor", &set(&form, &second)).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    let message = conflict.text(".message.warning");
    assert!(message.contains("Another administrator saved it 2 minutes ago"), "{message}");
    assert!(message.contains("Name shown in the app Acme → becomes Other"), "{message}");
    assert_eq!(conflict.attribute("#totp_issuer", "value"), "Other", "what was typed stays");
    assert_eq!(ada.get("two-factor").await.attribute("#totp_issuer", "value"), "Acme", "nothing is lost");

    // Having read that, Bea saves: now it is a decision.
    let again = bea.post("two-factor", &set(&conflict.fields("#policy"), &[("reviewed", "on")])).await;
    assert!(again.text(".flag").contains("saved"), "{again:?}");
    assert_eq!(ada.get("two-factor").await.attribute("#totp_issuer", "value"), "Other");
    let told = ada.post("two-factor", &set(&form, &[("totp_issuer", "Mine"), ("reviewed", "on")])).await;
    assert_eq!(told.status, StatusCode::CONFLICT, "a version of long ago stays stale");
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn faults_are_told_all_at_once_and_nothing_is_saved(pool: PgPool) {
    let world = open(pool).await;
    let ada = Admin::new(&world, ADA);
    let form = ada.get("two-factor").await.fields("#policy");
    let bad = [
        ("passkey", "-"),
        ("totp", "-"),
        ("totp_issuer", "a:b"),
        ("grace", "until"),
        ("grace_until", "soon"),
        ("idle_minutes", "0"),
        ("absolute_minutes", "1e9"),
        ("account_failures", ""),
        ("trusted_networks", "0.0.0.0/0\nnonsense"),
    ];
    let page = ada.post("two-factor", &set(&form, &bad)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for (field, _) in bad.iter().filter(|(field, _)| !matches!(*field, "passkey" | "grace")) {
        assert!(!page.text(&format!("#{field}-error")).is_empty(), "{field}: {page:?}");
        assert_eq!(page.attribute(&format!("#{field}"), "aria-invalid"), "true", "{field}");
    }
    assert_eq!(page.attribute("#totp_issuer", "value"), "a:b", "what was typed stays");
    assert!(page.text("#trusted_networks").contains("nonsense"));
    assert_eq!(ada.get("two-factor").await.fields("#policy"), form);
    let past = [("grace", "until"), ("grace_until", "2026-11-22")];
    let past = ada.post("two-factor", &set(&form, &past)).await;
    assert!(past.text("#grace_until-error").contains("this one is over"), "{past:?}");
    let odd = ada.post("two-factor", &set(&form, &[("scope", "nobody"), ("grace", "never")])).await;
    assert!(!odd.text("#scope").is_empty() && !odd.text("#grace").is_empty(), "{odd:?}");

    // One click fills the recommended settings in; saving is another.
    let weak = [("idle_minutes", "600"), ("scope", "selected"), ("grace", "skips"), ("grace_skips", "3")];
    let safe = ada.post("two-factor/safe", &set(&form, &weak)).await;
    assert_eq!(safe.status, StatusCode::OK);
    assert_eq!(safe.fields("#policy"), form);
}

#[sqlx::test(migrator = "vestibule::db::MIGRATIONS")]
async fn exceptions_count_at_once_and_are_audited(pool: PgPool) {
    let world = open(pool).await;
    let zoe = world.zoe().await;
    let ada = Admin::new(&world, ADA);
    for (customer, words) in [
        ("", "Enter the customer's email"),
        ("nobody@example.com", "No customer has"),
        (&"x".repeat(400), "too long"),
    ] {
        let refused =
            ada.post("two-factor/exceptions", &[("customer", customer), ("two_factor", "off")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text("#customer-error").contains(words), "{refused:?}");
    }
    let on = ada.post("two-factor/exceptions", &[("customer", " ZOE "), ("two_factor", "on")]).await;
    assert!(on.text(".flag").contains("switched on for zoe@example.com"), "{on:?}");
    assert!(on.text("#effect-selected").contains("Applies to 1 of 1 customer"), "{on:?}");
    assert!(on.text("table").contains("Zoë Łukasiewicz"), "{on:?}");
    let removed = ada
        .post("two-factor/exceptions", &[("customer", "zoe@example.com"), ("two_factor", "default")])
        .await;
    assert!(removed.text("#effect-selected").contains("Applies to 0 of 1 customer"), "{removed:?}");
    assert!(removed.body.contains("There are no exceptions"), "{removed:?}");
    let told = trail(&world).await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[1].2["two_factor"], serde_json::json!({ "before": null, "after": true }));
    let _ = zoe;
}
