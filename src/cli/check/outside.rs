//! The servers that second factors need: each is spoken to, and nothing is sent to anybody.

use reqwest::Client;
use time::OffsetDateTime;

use super::{Finding, Level};
use crate::config::Config;
use crate::factors::duo::Trouble;
use crate::random::Random;

/// A line for each server that is configured.
pub async fn findings(config: &Config, http: &Client, now: OffsetDateTime) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(gateway) = &config.sms {
        findings.push(heard("SMS gateway", gateway.host(), gateway.hear(http).await));
    }
    if let Some(validator) = &config.yubikey {
        findings.push(heard("YubiKey server", validator.host(), validator.hear(http).await));
    }
    if let Some(duo) = &config.duo {
        findings.push(match duo.health(http, &Random::System, now).await {
            Ok(()) => Finding::new(Level::Ok, "Duo", format!("{} answers and knows us", duo.address())),
            Err(trouble @ Trouble::Away(_)) => {
                Finding::new(Level::Fail, "Duo", format!("{}: {trouble}", duo.address()))
            }
            Err(trouble) => {
                let text =
                    format!("{}: {trouble}; look at VESTIBULE_DUO_CLIENT_ID and its secret", duo.address());
                Finding::new(Level::Fail, "Duo", text)
            }
        });
    }
    findings
}

/// Any answer will do but one of a server at fault: neither is asked for anything that it would do.
fn heard(what: &'static str, host: &str, answer: Result<u16, String>) -> Finding {
    match answer {
        Ok(status @ 500..) => Finding::new(Level::Warn, what, format!("{host} answers with status {status}")),
        Ok(_) => Finding::new(Level::Ok, what, format!("{host} answers")),
        Err(why) => Finding::new(Level::Fail, what, format!("{host} does not answer ({why})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_answer_will_do_but_a_fault() {
        for (answer, level) in [
            (Ok(200), Level::Ok),
            (Ok(405), Level::Ok),
            (Ok(502), Level::Warn),
            (Err("refused".to_owned()), Level::Fail),
        ] {
            assert_eq!(heard("x", "host", answer.clone()).level, level, "{answer:?}");
        }
    }
}
