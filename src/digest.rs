//! Digests, by which a later run knows what an earlier one did.

use serde::{Deserialize, Serialize};

/// Stands for some bytes: the same digest, the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest(pub [u8; 16]);

/// The digest of bytes.
pub fn digest_of(bytes: &[u8]) -> Digest {
    let mut digest = [0; 16];
    digest.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    Digest(digest)
}

/// A hash as part of an address: so many digits and letters. No `a` is among them, since ad blockers take `/ad1…` for
/// what they are to keep out.
pub(crate) fn in_address(hash: blake3::Hash, length: usize) -> String {
    hash.to_hex()[..length].replace('a', "g")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_hash_in_an_address_is_an_advertisement() {
        let hash = blake3::Hash::from_bytes([0xad; 32]);
        assert_eq!(in_address(hash, 12), "gdgdgdgdgdgd");
    }
}
