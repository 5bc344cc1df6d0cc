//! Whose turn it is among equals: a number that the seed of the request and the id decide.

/// FNV-1a over the seed (8 bytes, little end first) and the id, then the finalizer of SplitMix64,
/// without which ids that are nearly the same would not take turns evenly.
pub(crate) fn turn(seed: u64, id: &str) -> u64 {
    let bytes = seed.to_le_bytes().into_iter().chain(id.bytes());
    let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^= hash >> 30;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^= hash >> 27;
    hash = hash.wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_the_published_ones() {
        assert_eq!(turn(7, "a"), 0x8a95_4861_dd12_e9b7);
        assert_eq!(turn(0, "ana"), 0x615a_cb86_eebc_979e);
        assert_eq!(turn(9_007_199_254_740_991, "zoë"), 0x7af4_7827_a2db_f69c);
    }

    #[test]
    fn over_seeds_equals_come_first_as_often() {
        let ids = ["ana", "anb", "anc", "and"];
        let mut first = [0; 4];
        for seed in 0..4_000 {
            let index = (0..4).min_by_key(|index| turn(seed, ids[*index])).unwrap();
            first[index] += 1;
        }
        assert!(first.iter().all(|count| (900..1_100).contains(count)), "{first:?}");
    }
}
