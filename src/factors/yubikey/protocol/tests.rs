use super::*;

/// Keys, messages and signatures of Yubico's "Test vectors" page
/// (<https://developers.yubico.com/OTP/Specifications/Test_vectors.html>).
const SECRET: &str = "mG5be6ZJU1qBGz24yPh/ESM3UdU=";
const OTP: &str = "cccccckdvvulethkhtvkrtbeukiettvfceekurncllcj";
const NONCE: &str = "0123456789abcdef";

fn secret() -> Vec<u8> {
    data_encoding::BASE64.decode(SECRET.as_bytes()).unwrap()
}

fn otp() -> Otp {
    Otp::parse(OTP).unwrap()
}

/// An answer, signed under `secret`.
fn signed(secret: &[u8], pairs: &[(&str, &str)]) -> String {
    let h = sign(secret, pairs.iter().copied());
    let lines: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}\r\n")).collect();
    format!("h={h}\r\n{}\r\n", lines.concat())
}

const RIGHT: [(&str, &str); 8] = [
    ("t", "2026-11-23T12:00:00Z0123"),
    ("otp", OTP),
    ("nonce", NONCE),
    ("sl", "100"),
    ("timestamp", "49712"),
    ("sessioncounter", "19"),
    ("sessionuse", "17"),
    ("status", "OK"),
];

#[test]
fn published_signatures() {
    let request = [
        ("otp", "vvungrrdhvtklknvrtvuvbbkeidikkvgglrvdgrfcdft"),
        ("id", "1"),
        ("nonce", "jrFwbaYFhn0HoxZIsd9LQ6w2ceU"),
    ];
    assert_eq!(sign(&secret(), request), "+ja8S3IjbX593/LAgTBixwPNGX4=");
    let answer =
        [("status", "OK"), ("t", "2019-06-06T05:14:15Z0369"), ("nonce", NONCE), ("otp", OTP), ("sl", "25")];
    assert_eq!(sign(&secret(), answer), "iCV9uFJDtuyELQsxFPnR80Yj2XU=");
    let other = data_encoding::BASE64.decode(b"Eibja2kRFXXoW6hjZaiyBtWnCBA=").unwrap();
    let request = [
        ("id", "15618"),
        ("nonce", "0102030405060708090a0b0c0d0e0f"),
        ("otp", "ccccccbteuddjivcnlfefefrccdcjrfjfvgjnfkcklge"),
    ];
    assert_eq!(sign(&other, request), "Jt19GpDOAraTYRFBHSofYZFEwjE=");
}

#[test]
fn the_request_is_signed_and_encoded() {
    let server = Url::parse("https://api.yubico.com/wsapi/2.0/verify").unwrap();
    let url = request(&server, "87", &secret(), &otp(), NONCE);
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let (h, signed) = pairs.split_last().unwrap();
    let names: Vec<&str> = signed.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["id", "nonce", "otp", "sl", "timeout", "timestamp"]);
    assert_eq!(h.1, sign(&secret(), signed.iter().map(|(name, value)| (name.as_str(), value.as_str()))));
    assert!(!url.query().unwrap().contains('+'), "{url}");
    assert_eq!((url.host_str(), url.path()), (Some("api.yubico.com"), "/wsapi/2.0/verify"));
}

#[test]
fn statuses() {
    let touch = Touch { session: 19, in_session: 17 };
    let misconfigured = |status: &str| Verdict::Misconfigured(status.into());
    for (status, verdict) in [
        ("OK", Verdict::Right(touch)),
        ("BAD_OTP", Verdict::Wrong),
        ("REPLAYED_OTP", Verdict::Replayed),
        ("REPLAYED_REQUEST", Verdict::Replayed),
        ("BACKEND_ERROR", Verdict::Away("BACKEND_ERROR".into())),
        ("NOT_ENOUGH_ANSWERS", Verdict::Away("NOT_ENOUGH_ANSWERS".into())),
        ("BAD_SIGNATURE", misconfigured("BAD_SIGNATURE")),
        ("NO_SUCH_CLIENT", misconfigured("NO_SUCH_CLIENT")),
        ("OPERATION_NOT_ALLOWED", misconfigured("OPERATION_NOT_ALLOWED")),
        ("MISSING_PARAMETER", misconfigured("MISSING_PARAMETER")),
        ("ok", Verdict::Distrusted("the answer has a status that the protocol does not know")),
    ] {
        let mut pairs = RIGHT;
        pairs[7].1 = status;
        assert_eq!(read(signed(&secret(), &pairs).as_bytes(), &secret(), &otp(), NONCE), verdict, "{status}");
        // A server that stopped early repeats nothing; only a right one must.
        let bare = signed(&secret(), &[("t", "2026-11-23T12:00:00Z0123"), ("status", status)]);
        let verdict = match verdict {
            Verdict::Right(_) => Verdict::Distrusted("the answer does not repeat OTP and nonce"),
            other => other,
        };
        assert_eq!(read(bare.as_bytes(), &secret(), &otp(), NONCE), verdict, "{status}, bare");
    }
}

#[test]
fn answers_that_let_nobody_in() {
    let right = signed(&secret(), &RIGHT);
    let with = |name: &str, value: &str| {
        let pairs = RIGHT.map(|pair| if pair.0 == name { (pair.0, value) } else { pair });
        signed(&secret(), &pairs)
    };
    let without = |name: &str| {
        let pairs: Vec<_> = RIGHT.into_iter().filter(|pair| pair.0 != name).collect();
        signed(&secret(), &pairs)
    };
    let h = right.lines().next().unwrap();
    let many: String = (0..40).map(|at| format!("x{at}=1\r\n")).collect();
    let cases = [
        ("empty", String::new()),
        ("a page", "<!doctype html><html lang=\"en\"></html>".into()),
        ("cut", right[..right.len() / 2].into()),
        ("cut before the status", right.split("status").next().unwrap().into()),
        ("unsigned", right.replace(h, "")),
        ("an empty signature", right.replace(h, "h=")),
        ("a short signature", right.replace(h, "h=AAAA")),
        ("no base64", right.replace(h, "h=!!!!")),
        ("another secret", signed(b"another secret, of twenty", &RIGHT)),
        ("the empty secret", signed(b"", &RIGHT)),
        ("changed after signing", signed(&secret(), &RIGHT).replace("sessionuse=17", "sessionuse=18")),
        ("status changed", with("status", "BAD_OTP").replace("BAD_OTP", "OK")),
        ("status twice", right.replace("status=OK", "status=OK\r\nstatus=OK")),
        ("h twice", format!("{h}\r\n{right}")),
        ("another nonce", with("nonce", "fedcba9876543210")),
        ("another OTP", with("otp", "vvungrrdhvtklknvrtvuvbbkeidikkvgglrvdgrfcdft")),
        ("no nonce", without("nonce")),
        ("no OTP", without("otp")),
        ("no counter", without("sessioncounter")),
        ("no use", without("sessionuse")),
        ("a counter too large", with("sessioncounter", "65536")),
        ("a use below zero", with("sessionuse", "-1")),
        ("too many pairs", format!("{many}{right}")),
        ("too long", format!("{right}x={}\r\n", "y".repeat(MAX_ANSWER))),
        ("not ASCII", right.replace("t=2026", "t=２０26")),
    ];
    for (name, body) in cases {
        let verdict = read(body.as_bytes(), &secret(), &otp(), NONCE);
        assert!(matches!(verdict, Verdict::Distrusted(_)), "{name}: {verdict:?}");
    }
    assert!(matches!(read(b"\xff\xfe=\r\n", &secret(), &otp(), NONCE), Verdict::Distrusted(_)));
}

#[test]
fn a_server_that_does_not_know_us_cannot_sign() {
    for (status, said) in
        [("NO_SUCH_CLIENT", true), ("BAD_SIGNATURE", true), ("BAD_OTP", false), ("OK", false)]
    {
        for body in [format!("status={status}\r\n"), signed(b"", &[("status", status)])] {
            let verdict = read(body.as_bytes(), &secret(), &otp(), NONCE);
            assert_eq!(matches!(verdict, Verdict::Misconfigured(_)), said, "{body}: {verdict:?}");
            assert!(!matches!(verdict, Verdict::Right(_) | Verdict::Wrong | Verdict::Replayed));
        }
    }
}

#[test]
fn touches_are_in_order() {
    let touch = |session, in_session| Touch { session, in_session };
    assert!(touch(1, 255) < touch(2, 0) && touch(2, 0) < touch(2, 1));
}
