use time::macros::datetime;

use super::*;

/// One of each kind.
pub(super) fn letters() -> Vec<Letter> {
    let link = |what: &str| format!("https://2fa.example.com/sites/7/{what}/Zm9v");
    let (when, freeze_link) = (datetime!(2026-11-23 09:00:10 UTC), link("freeze"));
    let factor = ("totp".to_owned(), "Phone <b>".to_owned());
    vec![
        Letter::EmailCode { code: "042137".into(), minutes: 10 },
        Letter::ResetPassword { link: link("reset"), minutes: 30 },
        Letter::SetPassword { link: link("set"), hours: 72 },
        Letter::Welcome,
        Letter::FactorAdded {
            method: factor.0.clone(),
            name: factor.1.clone(),
            freeze_link: freeze_link.clone(),
        },
        Letter::FactorRemoved { method: factor.0, name: factor.1, freeze_link: freeze_link.clone() },
        Letter::FactorsReset { freeze_link: freeze_link.clone() },
        Letter::PasswordChanged { freeze_link: freeze_link.clone() },
        Letter::PasswordOff { freeze_link: freeze_link.clone() },
        Letter::EmailChanged {
            old: "zoe@example.com".into(),
            new: "zoe@new.example".into(),
            freeze_link: freeze_link.clone(),
        },
        Letter::BackupCodeUsed { left: 1, freeze_link: freeze_link.clone() },
        Letter::BackupCodesMade { freeze_link: freeze_link.clone() },
        Letter::NewDevice {
            browser: "Firefox on Linux".into(),
            network: Some("192.0.2.0/24".into()),
            when,
            freeze_link: freeze_link.clone(),
        },
        Letter::DeviceCopied { freeze_link: freeze_link.clone() },
        Letter::SecondFactorFailed { when, freeze_link },
        Letter::RecoveryStarted { cancel_link: link("cancel"), ready_at: when },
        Letter::RecoveryReady { link: link("recover"), cancel_link: link("cancel") },
        Letter::RecoveryCancelled,
        Letter::Frozen,
    ]
}

#[test]
fn letters_survive_sealing_and_tell_nothing_in_debug() {
    for letter in letters() {
        let written = serde_json::to_string(&letter).unwrap();
        assert!(written.contains(&format!("\"kind\":\"{}\"", letter.kind().word())), "{written}");
        assert!(serde_json::from_str::<Letter>(&written).unwrap() == letter);
        assert_eq!(format!("{letter:?}"), format!("Letter({})", letter.kind().word()));
    }
}
