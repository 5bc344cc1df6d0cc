//! Where a request comes from: the address that connects, or what a trusted proxy says of it.
//!
//! Each proxy adds at the right of `X-Forwarded-For` whom it heard; whatever stands further left
//! may be made up. So the list is read from the right, and only for as long as those who wrote it
//! are trusted.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::request::Parts;

use crate::house::House;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The proxies that are believed: none, unless the settings name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies(Vec<Network>);

/// An address, or all that share its first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    first: IpAddr,
    bits: u32,
}

impl Network {
    fn read(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').unzip();
        let first: IpAddr = address.unwrap_or(text).parse().ok()?;
        let width = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(width), str::parse).ok()?;
        (0 < bits && bits <= width).then_some(Self { first, bits })
    }

    fn holds(self, address: IpAddr) -> bool {
        match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(it)) => {
                (u32::from(first) ^ u32::from(it)) >> (32 - self.bits) == 0
            }
            (IpAddr::V6(first), IpAddr::V6(it)) => {
                (u128::from(first) ^ u128::from(it)) >> (128 - self.bits) == 0
            }
            _ => false,
        }
    }
}

impl Proxies {
    /// Reads addresses and networks with commas between them; `None` where one is neither, or
    /// would be everybody.
    pub fn read(text: &str) -> Option<Self> {
        let named = text.split(',').map(str::trim).filter(|it| !it.is_empty());
        named.map(Network::read).collect::<Option<_>>().map(Self)
    }

    /// Whether none is believed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// Who asks, where `peer` connects and `said` are the addresses that were forwarded, in order:
    /// the right-most one that is no trusted proxy.
    fn asker(&self, peer: IpAddr, said: &[&str]) -> IpAddr {
        let mut nearest = peer.to_canonical();
        for text in said.iter().rev() {
            if !self.trusts(nearest) {
                break;
            }
            let Some(address) = address_of(text) else {
                break;
            };
            nearest = address;
        }
        nearest
    }
}

/// An address as proxies write it, some of them with a port.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let plain = text.parse().ok();
    let address = plain.or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip()));
    Some(address?.to_canonical())
}

/// The address on the network that a request comes from; nothing where no connection is known, as
/// in a test.
pub fn asks_from(house: &House, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip();
    let lists = parts.headers.get_all(FORWARDED_FOR).iter();
    let said: Vec<&str> =
        lists.flat_map(|list| list.to_str().unwrap_or_default().split(',')).collect();
    Some(house.proxies().asker(peer, &said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(trusted: &str, peer: &str, said: &[&str]) -> String {
        Proxies::read(trusted).unwrap().asker(peer.parse().unwrap(), said).to_string()
    }

    #[test]
    fn the_right_most_address_that_is_no_trusted_proxy_asks() {
        for (trusted, peer, said, asks) in [
            ("", "203.0.113.9", &["198.51.100.4"][..], "203.0.113.9"),
            ("10.0.0.0/8", "203.0.113.9", &["198.51.100.4"], "203.0.113.9"),
            ("10.0.0.0/8", "10.0.0.5", &["198.51.100.4"], "198.51.100.4"),
            ("10.0.0.0/8", "10.0.0.5", &["6.6.6.6", " 198.51.100.4 "], "198.51.100.4"),
            ("10.0.0.0/8", "10.0.0.5", &["6.6.6.6", "198.51.100.4", "10.9.9.9"], "198.51.100.4"),
            ("10.0.0.0/8", "10.0.0.5", &[], "10.0.0.5"),
            ("10.0.0.0/8", "10.0.0.5", &["10.0.0.7"], "10.0.0.7"),
            ("10.0.0.0/8", "10.0.0.5", &["198.51.100.4", "unknown"], "10.0.0.5"),
            ("10.0.0.0/8", "10.0.0.5", &["198.51.100.4:51234"], "198.51.100.4"),
            ("::1, fd00::/8", "::1", &["[2001:db8::7]:443"], "2001:db8::7"),
            ("127.0.0.1", "::ffff:127.0.0.1", &["198.51.100.4"], "198.51.100.4"),
            ("127.0.0.1", "127.0.0.2", &["198.51.100.4"], "127.0.0.2"),
        ] {
            assert_eq!(asker(trusted, peer, said), asks, "{trusted:?} {peer} {said:?}");
        }
    }

    #[test]
    fn what_is_no_network_or_would_be_everybody_is_not_read() {
        for text in ["proxy", "10.0.0.0/33", "10.0.0.0/", "0.0.0.0/0", "::/0", "10.0.0.1; ::1"] {
            assert_eq!(Proxies::read(text), None, "{text}");
        }
        assert!(Proxies::read(" , ").unwrap().is_empty());
    }
}
