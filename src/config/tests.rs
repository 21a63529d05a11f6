use std::collections::HashMap;

use super::*;

const MASTER: &str = "2v1wN3mXzq0rH8kJd5cYbL6tQe9uGiPaSxVfCzB7oUE=";
const PEPPER: &str = "kT0sW4yRj9nAq2hF7dLxZ3vM6bEoUcIgPw8tJrX1aHs=";

fn with(changes: &[(&str, &str)]) -> Result<Loaded, Faults> {
    let mut all = HashMap::from([
        ("VESTIBULE_BASE_URL", "https://signin.example.com"),
        ("VESTIBULE_MASTER_KEY", MASTER),
        ("VESTIBULE_PASSWORD_PEPPER", PEPPER),
    ]);
    all.extend(changes.iter().copied());
    Loaded::load(|name| all.get(name).map(|text| (*text).to_owned()))
}

#[test]
fn defaults() {
    let Loaded { config, host } = with(&[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(config.listen.ip().is_loopback());
    assert!(config.database_url.is_none());
    assert_eq!(config.database_connections, 16);
    assert_eq!(config.data_dir, PathBuf::from("data"));
    assert_eq!(config.connect_keys_url.as_str(), "https://connect-install-keys.atlassian.com/");
    assert_eq!(config.app_key, "vestibule");
    assert!(config.hash_workers >= 1);
    assert!(config.sms.is_none() && config.yubikey.is_none() && config.duo.is_none());
    assert_eq!(host, Host { pg_bin: None, log_filter: DEFAULT_LOG.into(), log_format: LogFormat::Text });
}

#[test]
fn reads_every_value() {
    let previous = format!("{PEPPER}, {MASTER}");
    let Loaded { config, host } = with(&[
        ("VESTIBULE_BASE_URL", " http://vestibule.localhost:8080/ "),
        ("VESTIBULE_LISTEN", "[::1]:9000"),
        ("VESTIBULE_MASTER_KEYS_PREVIOUS", &previous),
        ("DATABASE_URL", "postgresql://u:p@db/vestibule"),
        ("VESTIBULE_DATABASE_CONNECTIONS", "40"),
        ("VESTIBULE_DATA_DIR", "/srv/vestibule"),
        ("VESTIBULE_PG_BIN", "/opt/pg/bin"),
        ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.1,2001:db8::/48"),
        ("VESTIBULE_CONNECT_KEYS_URL", "http://localhost:8090/keys"),
        ("VESTIBULE_APP_KEY", "com.example.second-door_1"),
        ("VESTIBULE_HASH_WORKERS", "3"),
        ("VESTIBULE_SMTP_URL", "smtps://ada:hunter2@mail.example.com"),
        ("VESTIBULE_MAIL_FROM", "signin@example.com"),
        ("VESTIBULE_LOG", "info,vestibule=debug"),
        ("VESTIBULE_LOG_FORMAT", "json"),
    ])
    .unwrap();
    assert_eq!(config.base_url.as_str(), "http://vestibule.localhost:8080");
    assert_eq!(config.listen.to_string(), "[::1]:9000");
    assert_eq!(config.previous_master_keys.len(), 2);
    assert_eq!(config.database_url.unwrap().as_str(), "postgresql://u:p@db/vestibule");
    assert_eq!(config.database_connections, 40);
    assert_eq!(config.data_dir, PathBuf::from("/srv/vestibule"));
    assert_eq!(
        config.trusted_proxies.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["10.0.0.0/8", "192.0.2.1/32", "2001:db8::/48"]
    );
    assert_eq!(config.connect_keys_url.as_str(), "http://localhost:8090/keys");
    assert_eq!(config.app_key, "com.example.second-door_1");
    assert_eq!(config.hash_workers, 3);
    let mail = config.mail.unwrap();
    assert_eq!((mail.server.host.as_str(), mail.from.as_str()), ("mail.example.com", "signin@example.com"));
    assert_eq!(host.pg_bin, Some(PathBuf::from("/opt/pg/bin")));
    assert_eq!(host.log_format, LogFormat::Json);
}

#[test]
fn names_what_is_wrong_and_what_would_be_right() {
    // variable, text, what the advice says
    const CASES: &[(&str, &str, &str)] = &[
        ("VESTIBULE_BASE_URL", "", "is missing; right would be the https:// origin"),
        ("VESTIBULE_BASE_URL", "signin.example.com", "is not a URL"),
        ("VESTIBULE_BASE_URL", "http://signin.example.com", "must start with https://"),
        ("VESTIBULE_BASE_URL", "https://signin.example.com/app", "must be an origin only"),
        ("VESTIBULE_BASE_URL", "https://me:pw@signin.example.com", "must be an origin only"),
        ("VESTIBULE_LISTEN", "localhost:8080", "right would be an IP address and a port"),
        ("VESTIBULE_LISTEN", "127.0.0.1", "right would be an IP address and a port"),
        ("VESTIBULE_MASTER_KEY", " ", "is missing; right would be 32 random bytes in base64"),
        ("VESTIBULE_MASTER_KEY", "correct horse", "is not base64"),
        ("VESTIBULE_MASTER_KEY", "c2hvcnQ=", "holds 5 bytes, not 32"),
        ("VESTIBULE_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "repeats itself"),
        ("VESTIBULE_MASTER_KEY", "Y2hhbmdlbWVjaGFuZ2VtZWNoYW5nZW1lY2hhbmdlbWU=", "repeats itself"),
        ("VESTIBULE_MASTER_KEY", "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVyISE=", "readable text"),
        ("VESTIBULE_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "counts up or down"),
        ("VESTIBULE_MASTER_KEYS_PREVIOUS", "c2hvcnQ=", "number 1 holds 5 bytes"),
        ("VESTIBULE_PASSWORD_PEPPER", "x", "is not base64"),
        ("VESTIBULE_PASSWORD_PEPPER", MASTER, "is the master key again"),
        ("DATABASE_URL", "mysql://u:p@h/d", "must look like postgres://"),
        ("DATABASE_URL", "host=db", "must look like postgres://"),
        ("VESTIBULE_DATABASE_CONNECTIONS", "1", "a number from 2 to 1000"),
        ("VESTIBULE_DATABASE_CONNECTIONS", "many", "a number from 2 to 1000"),
        ("VESTIBULE_TRUSTED_PROXIES", "0.0.0.0/0", "trusts everybody"),
        ("VESTIBULE_TRUSTED_PROXIES", "::/0", "trusts everybody"),
        ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8,proxy", "which is no network"),
        ("VESTIBULE_CONNECT_KEYS_URL", "nonsense", "an https:// address"),
        ("VESTIBULE_CONNECT_KEYS_URL", "http://keys.example.com", "must start with https://"),
        ("VESTIBULE_APP_KEY", "my app", "letters, digits, dots"),
        ("VESTIBULE_HASH_WORKERS", "0", "a number from 1 to 1024"),
        ("VESTIBULE_LOG", "vestibule=loud", "is no filter"),
        ("VESTIBULE_LOG_FORMAT", "xml", "must be text or json"),
    ];
    for (name, text, says) in CASES {
        let faults = with(&[(name, text)]).unwrap_err();
        assert_eq!(faults.0.len(), 1, "{name}={text}: {faults}");
        assert_eq!(faults.0[0].name, *name);
        assert!(faults.0[0].advice.contains(says), "{name}={text}: {faults}");
    }
}

/// A whole set of the servers that some methods need.
const OUTSIDE: [(&str, &str); 7] = [
    ("VESTIBULE_SMS_URL", "https://sms.example/send"),
    ("VESTIBULE_SMS_BODY", "to={to}&text={text}"),
    ("VESTIBULE_YUBIKEY_CLIENT_ID", "87"),
    ("VESTIBULE_YUBIKEY_SECRET", "mG5be6ZJU1qBGz24yPh/ESM3UdU="),
    ("VESTIBULE_DUO_API_HOST", "api-0123abcd.duosecurity.com"),
    ("VESTIBULE_DUO_CLIENT_ID", "DIXXXXXXXXXXXXXXXXXX"),
    ("VESTIBULE_DUO_CLIENT_SECRET", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef"),
];

#[test]
fn reads_the_servers_that_methods_need() {
    let config = with(&OUTSIDE).unwrap().config;
    let shown = format!("{:?} {:?} {:?}", config.sms.unwrap(), config.yubikey.unwrap(), config.duo.unwrap());
    for host in ["sms.example", "api.yubico.com", "https://api-0123abcd.duosecurity.com"] {
        assert!(shown.contains(host), "{shown}");
    }
    assert!(!shown.contains("deadbeef") && !shown.contains("mG5be"), "{shown}");
    let loopback = ("VESTIBULE_BASE_URL", "http://localhost:8080");
    let practice = [
        ("VESTIBULE_SMS_URL", "http://127.0.0.1:8084/sms"),
        ("VESTIBULE_YUBIKEY_URL", "http://127.0.0.1:8084/yubikey"),
        ("VESTIBULE_DUO_API_HOST", "http://127.0.0.1:8084/duo"),
    ];
    let all: Vec<_> = OUTSIDE.into_iter().chain(practice).collect();
    let names: Vec<_> = with(&all).unwrap_err().0.into_iter().map(|fault| fault.name).collect();
    assert_eq!(names, practice.map(|(name, _)| name));
    let all: Vec<_> = all.into_iter().chain([loopback]).collect();
    assert!(with(&all).is_ok());
}

#[test]
fn names_what_is_wrong_with_the_servers_that_methods_need() {
    // variable, text (none: absent), what the advice says
    const CASES: &[(&str, &str, &str)] = &[
        ("VESTIBULE_SMS_URL", "", "is missing, but VESTIBULE_SMS_BODY is there"),
        ("VESTIBULE_SMS_URL", "sms.example", "right would be an https:// one"),
        ("VESTIBULE_SMS_URL", "http://sms.example", "must start with https://"),
        ("VESTIBULE_SMS_URL", "https://u:s3cret@sms.example", "VESTIBULE_SMS_HEADERS"),
        ("VESTIBULE_SMS_BODY", "", "is missing, but VESTIBULE_SMS_URL is there"),
        ("VESTIBULE_SMS_BODY", "{\"to\":{to},\"key\":\"s3cret\"}", "is not JSON"),
        ("VESTIBULE_SMS_HEADERS", "Authorization s3cret", "has no colon"),
        ("VESTIBULE_SMS_METHOD", "PATCH", "must be POST, PUT or GET"),
        ("VESTIBULE_SMS_FROM", "a sender far too long", "of up to 16 bytes"),
        ("VESTIBULE_YUBIKEY_CLIENT_ID", "", "is missing, but VESTIBULE_YUBIKEY_SECRET is there"),
        ("VESTIBULE_YUBIKEY_CLIENT_ID", "me", "the number that came with the secret"),
        ("VESTIBULE_YUBIKEY_SECRET", "", "is missing, but VESTIBULE_YUBIKEY_CLIENT_ID is there"),
        ("VESTIBULE_YUBIKEY_SECRET", "s3cret", "is not base64"),
        ("VESTIBULE_YUBIKEY_SECRET", "c2hvcnQ=", "holds 5 bytes"),
        ("VESTIBULE_YUBIKEY_URL", "https://api.yubico.com/verify?id=1", "must have no user, query"),
        ("VESTIBULE_DUO_API_HOST", "", "is missing, but VESTIBULE_DUO_CLIENT_ID is there"),
        (
            "VESTIBULE_DUO_API_HOST",
            "https://api-0123abcd.duosecurity.com/frame",
            "API hostname that Duo shows",
        ),
        ("VESTIBULE_DUO_API_HOST", "api 0123abcd", "API hostname that Duo shows"),
        ("VESTIBULE_DUO_API_HOST", "http://api-0123abcd.duosecurity.com", "must start with https://"),
        ("VESTIBULE_DUO_API_HOST", "ftp://api-0123abcd.duosecurity.com", "must start with https://"),
        ("VESTIBULE_DUO_CLIENT_ID", "DIXXXX", "the 20 letters and digits"),
        ("VESTIBULE_DUO_CLIENT_SECRET", "s3cret", "the 40 letters and digits"),
        ("VESTIBULE_DUO_CLIENT_SECRET", "", "is missing"),
    ];
    for (name, text, says) in CASES {
        let changes: Vec<_> = OUTSIDE.into_iter().chain([(*name, *text)]).collect();
        let faults = with(&changes).unwrap_err();
        assert_eq!(faults.0.len(), 1, "{name}={text}: {faults}");
        assert_eq!(faults.0[0].name, *name);
        assert!(faults.0[0].advice.contains(says), "{name}={text}: {faults}");
        assert!(!faults.to_string().contains("s3cret"), "{faults}");
    }
}

/// JSON keeps its quotes in a `.env`.
#[test]
fn the_examples_gateway_can_be_used() {
    let example = include_str!("../../.env.example");
    let lines =
        example.lines().filter_map(|line| line.strip_prefix('#')).filter(|line| line.contains("_SMS_"));
    let text = lines.collect::<Vec<_>>().join("\n");
    let pairs: Vec<(String, String)> = dotenvy::from_read_iter(text.as_bytes()).map(Result::unwrap).collect();
    assert_eq!(pairs.len(), 5);
    let changes: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(with(&changes).unwrap().config.sms.is_some());
}

#[test]
fn mail_needs_server_and_sender() {
    const SERVER: &str = "VESTIBULE_SMTP_URL";
    const FROM: &str = "VESTIBULE_MAIL_FROM";
    let right = (SERVER, "smtps://ada:hunter2@mail.example.com");
    for (changes, name, says) in [
        (vec![right], FROM, "is missing; right would be an address such as"),
        (vec![right, (FROM, "signin")], FROM, "is no mail address"),
        (vec![right, (FROM, "zoë@example.com")], FROM, "must be in ASCII"),
        (vec![(FROM, "signin@example.com")], SERVER, "is missing; right would be smtps://"),
        (vec![(SERVER, "http://a:hunter2@b"), (FROM, "a@b.example")], SERVER, "must start with smtps://"),
    ] {
        let faults = with(&changes).unwrap_err();
        assert_eq!((faults.0.len(), faults.0[0].name), (1, name), "{faults}");
        assert!(faults.0[0].advice.contains(says) && !faults.to_string().contains("hunter2"), "{faults}");
    }
    let config = with(&[right, (FROM, "signin@example.com")]).unwrap().config;
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(with(&[]).unwrap().config.mail.is_none());
}

#[test]
fn tells_all_faults_at_once_and_no_secret() {
    let master = "dGhpcyBpcyBteSBzZWNyZXQ=";
    let database = "postgrex://admin:hunter2@db/x";
    let faults = Loaded::load(|name| match name {
        "VESTIBULE_MASTER_KEY" => Some(master.into()),
        "DATABASE_URL" => Some(database.into()),
        "VESTIBULE_LISTEN" => Some("nowhere".into()),
        _ => None,
    })
    .unwrap_err();
    let names: Vec<_> = faults.0.iter().map(|fault| fault.name).collect();
    assert_eq!(
        names,
        [
            "VESTIBULE_BASE_URL",
            "VESTIBULE_LISTEN",
            "VESTIBULE_MASTER_KEY",
            "VESTIBULE_PASSWORD_PEPPER",
            "DATABASE_URL"
        ]
    );
    let text = faults.to_string();
    assert!(!text.contains(master) && !text.contains("hunter2"), "{text}");
    let shown = format!("{:?}", with(&[]).unwrap());
    assert!(!shown.contains(MASTER) && !shown.contains(PEPPER), "{shown}");
}

#[test]
fn debug_hides_the_database_password() {
    let loaded = with(&[("DATABASE_URL", "postgres://u:hunter2@db/x")]).unwrap();
    assert!(!format!("{loaded:?}").contains("hunter2"));
}

#[test]
fn warns_of_what_is_probably_not_meant() {
    let warnings = |changes: &[(&str, &str)]| with(changes).unwrap().config.warnings();
    let proxy = ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.1");
    assert!(warnings(&[proxy]).is_empty());
    assert!(warnings(&[])[0].contains("VESTIBULE_TRUSTED_PROXIES"));
    let open = [("VESTIBULE_BASE_URL", "http://localhost:8080"), ("VESTIBULE_LISTEN", "0.0.0.0:8080")];
    assert!(warnings(&open)[0].contains("VESTIBULE_LISTEN"));
    assert!(warnings(&open[..1]).is_empty());
}

#[test]
fn names_that_are_probably_misspelt() {
    let present = ["PATH", "VESTIBULE_BASEURL", "VESTIBULE_LOG", "DATABASE_URL"];
    assert_eq!(unknown_names(present.into_iter().map(String::from)), ["VESTIBULE_BASEURL"]);
}

#[test]
fn the_readme_and_the_example_name_every_variable() {
    let readme = include_str!("../../README.md");
    let example = include_str!("../../.env.example");
    for name in NAMES {
        assert!(readme.contains(&format!("`{name}`")), "README.md lacks {name}");
        assert!(example.contains(name), ".env.example lacks {name}");
    }
}
