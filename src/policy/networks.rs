//! Trusted networks: what may be one.

use std::net::IpAddr;

use ipnet::IpNet;

/// Trusted networks a site at most.
pub const MOST: usize = 50;
/// Fewest prefix bits: what is wider is nobody's own network. 10.0.0.0/8 is the widest private one.
const LEAST_V4: u8 = 8;
const LEAST_V6: u8 = 16;

/// Whether `address` lies within one of `networks`.
pub fn contain(networks: &[IpNet], address: IpAddr) -> bool {
    let address = address.to_canonical();
    networks.iter().any(|network| network.contains(&address))
}

/// Reads networks or single addresses, one a line or separated by commas or blanks. An error holds
/// a sentence for each that cannot be one.
pub fn parse(text: &str) -> Result<Vec<IpNet>, Vec<String>> {
    let mut networks = Vec::new();
    let mut problems = Vec::new();
    for word in
        text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|word| !word.is_empty())
    {
        match read(word) {
            Ok(network) if networks.contains(&network) => {}
            Ok(network) => networks.push(network),
            Err(problem) => problems.push(problem),
        }
    }
    if networks.len() > MOST {
        problems.push(format!("Enter at most {MOST} networks; these are {}.", networks.len()));
    }
    if problems.is_empty() { Ok(networks) } else { Err(problems) }
}

fn read(word: &str) -> Result<IpNet, String> {
    let shown: String = word.chars().take(60).collect();
    let network = word
        .parse::<IpNet>()
        .or_else(|_| word.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical())))
        .map_err(|_| {
            format!("{shown:?} is no network: write it like 203.0.113.0/24, 203.0.113.7 or 2001:db8::/32.")
        })?;
    if let Some(problem) = fault(&network) {
        return Err(problem);
    }
    if network.trunc() != network {
        return Err(format!(
            "{network} names one address and a whole network: write {} for the network.",
            network.trunc()
        ));
    }
    Ok(network)
}

/// Why a network cannot be trusted, in words that say what would be right.
pub(super) fn fault(network: &IpNet) -> Option<String> {
    let (least, family) = match network {
        IpNet::V4(_) => (LEAST_V4, "IPv4"),
        IpNet::V6(network) if network.addr().to_ipv4_mapped().is_some() => {
            return Some(format!("{network} is an IPv4 network in IPv6 form: write it as IPv4."));
        }
        IpNet::V6(_) => (LEAST_V6, "IPv6"),
    };
    (network.prefix_len() < least).then(|| {
        format!(
            "{network} is too wide to be a network of your own: an {family} network needs /{least} or more."
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_can_be_trusted_and_says_why_the_rest_cannot() {
        for (text, expected) in [
            ("", Ok("")),
            (
                " 203.0.113.0/24\n10.0.0.0/8, 2001:db8::/32;192.0.2.1",
                Ok("203.0.113.0/24 10.0.0.0/8 2001:db8::/32 192.0.2.1/32"),
            ),
            ("2001:db8::7", Ok("2001:db8::7/128")),
            ("::ffff:192.0.2.1", Ok("192.0.2.1/32")),
            ("10.0.0.0/8 10.0.0.0/8", Ok("10.0.0.0/8")),
            ("0.0.0.0/0", Err("too wide")),
            ("8.0.0.0/7", Err("/8 or more")),
            ("::/0", Err("too wide")),
            ("2000::/15", Err("/16 or more")),
            ("2000::/16", Ok("2000::/16")),
            ("10.1.2.3/8", Err("write 10.0.0.0/8")),
            ("10.0.0.0/33", Err("is no network")),
            ("office", Err("like 203.0.113.0/24")),
            ("::ffff:10.0.0.0/104", Err("write it as IPv4")),
        ] {
            match (parse(text), expected) {
                (Ok(networks), Ok(expected)) => {
                    let told: Vec<_> = networks.iter().map(ToString::to_string).collect();
                    assert_eq!(told.join(" "), expected, "{text}");
                }
                (Err(problems), Err(part)) => assert!(problems[0].contains(part), "{text}: {problems:?}"),
                (got, _) => panic!("{text}: {got:?}"),
            }
        }
        let many: Vec<_> = (0..51).map(|n| format!("10.0.{n}.0/24")).collect();
        assert!(parse(&many.join("\n")).unwrap_err()[0].contains("at most 50"));
        assert_eq!(parse("x y").unwrap_err().len(), 2, "all at once");
    }

    #[test]
    fn a_mapped_address_is_the_ipv4_address() {
        let networks = ["192.0.2.0/24".parse().unwrap()];
        assert!(contain(&networks, "::ffff:192.0.2.9".parse().unwrap()));
        assert!(!contain(&networks, "192.0.3.9".parse().unwrap()));
        assert!(!contain(&[], "192.0.2.9".parse().unwrap()));
    }
}
