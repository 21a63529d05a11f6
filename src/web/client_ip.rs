//! The address a request came from, behind trusted proxies only (G6).

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// How many hops are looked at; nobody stands behind more proxies of their own.
const MOST_HOPS: usize = 32;

/// The nearest address that is not one of our proxies: `peer` itself, or, while the last speaker
/// is trusted, what it says stood before it, counted from the right of `X-Forwarded-For`
/// (several headers are one list). What is left of the first stranger was written by that
/// stranger, and is never read. Where a trusted proxy wrote something unreadable, its own address
/// is the answer.
pub fn client_ip(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut address = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    let hops = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    for hop in hops.take(MOST_HOPS) {
        if !trusted.iter().any(|network| network.contains(&address)) {
            break;
        }
        match parse(hop) {
            Some(before) => address = before,
            None => break,
        }
    }
    address
}

/// One entry: an address, in brackets if it is IPv6 or not, with a port or without. An IPv4
/// address in IPv6 clothes is the IPv4 address.
fn parse(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse::<IpAddr>().or_else(|_| text.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address| address.to_canonical())
}

/// What is throttled as one network: an IPv4 address, or the /64 of an IPv6 one, which is what a
/// single subscriber gets.
pub fn network(address: IpAddr) -> String {
    let network = match address.to_canonical() {
        IpAddr::V4(address) => IpNet::V4(Ipv4Net::from(address)),
        IpAddr::V6(address) => IpNet::V6(Ipv6Net::new_assert(address, 64)),
    };
    network.trunc().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRUSTED: &[&str] = &["10.0.0.0/8", "2001:db8:aaaa::/48"];

    #[test]
    fn counted_from_the_right_through_trusted_hops() {
        const CASES: &[(&str, &[&str], &str, &str)] = &[
            ("203.0.113.7", &[], "203.0.113.7", "direct"),
            ("203.0.113.7", &["198.51.100.1"], "203.0.113.7", "a stranger's header says nothing"),
            ("10.0.0.1", &[], "10.0.0.1", "a proxy that says nothing"),
            ("10.0.0.1", &["198.51.100.1"], "198.51.100.1", "one proxy"),
            ("10.0.0.1", &["1.2.3.4, 198.51.100.1"], "198.51.100.1", "spoofed on the left"),
            ("10.0.0.1", &["1.2.3.4,198.51.100.1 , 10.9.9.9"], "198.51.100.1", "two proxies"),
            ("10.0.0.1", &["1.2.3.4", "198.51.100.1", "10.9.9.9"], "198.51.100.1", "several headers"),
            ("10.0.0.1", &["10.1.1.1, 10.2.2.2"], "10.1.1.1", "proxies all the way"),
            ("10.0.0.1", &["198.51.100.1, rubbish"], "10.0.0.1", "unreadable: stop at the proxy"),
            ("10.0.0.1", &["rubbish, 198.51.100.1"], "198.51.100.1", "unreadable, never reached"),
            ("10.0.0.1", &[""], "10.0.0.1", "empty"),
            ("10.0.0.1", &[",,,"], "10.0.0.1", "only commas"),
            ("10.0.0.1", &["unknown"], "10.0.0.1", "RFC 7239's word"),
            ("10.0.0.1", &["198.51.100.1:5123"], "198.51.100.1", "with a port"),
            ("10.0.0.1", &["2001:db8::1"], "2001:db8::1", "IPv6"),
            ("10.0.0.1", &["[2001:db8::1]"], "2001:db8::1", "IPv6 in brackets"),
            ("10.0.0.1", &["[2001:db8::1]:443"], "2001:db8::1", "IPv6 with a port"),
            ("10.0.0.1", &["fe80::1%eth0"], "10.0.0.1", "a zone is no public address"),
            ("2001:db8:aaaa::1", &["198.51.100.1"], "198.51.100.1", "an IPv6 proxy"),
            ("::ffff:10.0.0.1", &["198.51.100.1"], "198.51.100.1", "a mapped proxy"),
            ("10.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1", "a mapped client"),
            ("10.0.0.1", &["1.2.3.4, ::ffff:10.0.0.2"], "1.2.3.4", "a mapped hop"),
            ("0.0.0.0", &["198.51.100.1"], "0.0.0.0", "no socket: nothing is believed"),
        ];
        let trusted: Vec<IpNet> = TRUSTED.iter().map(|text| text.parse().unwrap()).collect();
        for (peer, lines, expected, why) in CASES {
            let mut headers = HeaderMap::new();
            for line in *lines {
                headers.append("x-forwarded-for", line.parse().unwrap());
            }
            let found = client_ip(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(found.to_string(), *expected, "{why}");
        }
    }

    #[test]
    fn a_long_list_is_cut_short() {
        let line = ["10.0.0.2"; 100].join(",") + ",10.0.0.3";
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", format!("1.2.3.4,{line}").parse().unwrap());
        headers.append("x-forwarded-for", axum::http::HeaderValue::from_bytes(b"\xff\xfe").unwrap());
        let trusted = ["10.0.0.0/8".parse().unwrap()];
        assert_eq!(client_ip("10.0.0.1".parse().unwrap(), &headers, &trusted).to_string(), "10.0.0.1");
        headers.remove("x-forwarded-for");
        headers.append("x-forwarded-for", format!("1.2.3.4,{line}").parse().unwrap());
        assert_eq!(client_ip("10.0.0.1".parse().unwrap(), &headers, &trusted).to_string(), "10.0.0.2");
    }

    #[test]
    fn networks() {
        for (address, expected) in [
            ("203.0.113.7", "203.0.113.7/32"),
            ("::ffff:203.0.113.7", "203.0.113.7/32"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected);
        }
    }
}
