//! Numbers as printable characters that are safe in JSON, in scripts and in HTML. See `docs/search.md`, section 2.

/// The digits: printable ASCII from `#` on, without quotes, backslash, `<` and `&`.
const DIGITS: [u8; 86] = digits();

/// The base of numbers of variable length; digits from here on say that another follows.
const HALF: u32 = 43;

const fn digits() -> [u8; 86] {
    let mut digits = [0; 86];
    let mut count = 0;
    let mut next = b'#';
    while count < digits.len() {
        if !matches!(next, b'\'' | b'\\' | b'`' | b'<' | b'&') {
            digits[count] = next;
            count += 1;
        }
        next += 1;
    }
    digits
}

/// Writes a number in as few digits as it needs, the least significant first.
pub(super) fn variable(mut number: u32, out: &mut String) {
    while number >= HALF {
        out.push(char::from(DIGITS[(HALF + number % HALF) as usize]));
        number /= HALF;
    }
    out.push(char::from(DIGITS[number as usize]));
}

/// The digits that the numbers below `count` need.
pub(super) fn width(count: usize) -> usize {
    let mut width = 1;
    let mut room = DIGITS.len();
    while room < count {
        width += 1;
        room *= DIGITS.len();
    }
    width
}

/// Writes a number in exactly `width` digits, the most significant first.
pub(super) fn fixed(number: u32, width: usize, out: &mut String) {
    let base = DIGITS.len() as u32;
    for place in (0..width).rev() {
        out.push(char::from(DIGITS[(number / base.pow(place as u32) % base) as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, fixed, variable, width};

    #[test]
    fn digits_are_safe_everywhere() {
        assert_eq!((DIGITS[0], DIGITS[85]), (b'#', b'}'));
        assert!(DIGITS.iter().all(|digit| digit.is_ascii_graphic() && !b"'\"\\`<&".contains(digit)));
    }

    #[test]
    fn numbers_take_the_digits_they_need() {
        let written = |number| {
            let mut out = String::new();
            variable(number, &mut out);
            out
        };
        assert_eq!(written(0), "#");
        assert_eq!(written(42).len(), 1);
        assert_eq!(written(43).len(), 2);
        assert_eq!(written(43 * 43).len(), 3);
        let mut out = String::new();
        fixed(87, 2, &mut out);
        assert_eq!(out, "$$");
        assert_eq!([1, 86, 87, 7396, 7397].map(width), [1, 1, 2, 2, 3]);
    }
}
