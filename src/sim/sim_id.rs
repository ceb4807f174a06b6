//! The two numbers that identify a SIM: its ID, and the ICCID on the card.

/// The number of digits of a SIM ID.
const ID_DIGITS: usize = 9;

/// The prefix of every Onomondo ICCID.
const ICCID_PREFIX: &str = "894573";

/// Whether the text is a SIM ID or an ICCID. The API checks `^[0-9]{9}$|^894573[0-9]{13,14}$`.
pub(super) fn is_sim_id(text: &str) -> bool {
    is_number(text) && (text.len() == ID_DIGITS || is_iccid(text))
}

/// Whether the text is an ICCID.
pub(super) fn is_iccid(text: &str) -> bool {
    is_number(text) && text.starts_with(ICCID_PREFIX) && matches!(text.len(), 19 | 20)
}

/// The SIM ID that a number with too few digits probably stands for: spreadsheets and number types
/// drop leading zeros.
pub(super) fn with_zeros(text: &str) -> Option<String> {
    let is_short = is_number(text) && text.len() < ID_DIGITS;
    is_short.then(|| format!("{text:0>ID_DIGITS$}"))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_iccids_of_onomondo_name_a_sim() {
        for text in ["000002418", "8945730000000000001", "89457387300000024185"] {
            assert!(is_sim_id(text), "{text}");
        }
        for text in [
            "",
            "2418",
            "0000024180",
            "00000241a",
            " 000002418",
            "894573000000000000",
            "894573873000000241855",
            "8931440000000000001",
            "٠٠٠٠٠٢٤١٨",
        ] {
            assert!(!is_sim_id(text), "{text}");
        }
        assert!(!is_iccid("000002418"));
    }

    #[test]
    fn lost_leading_zeros_are_restored() {
        assert_eq!(with_zeros("2418").as_deref(), Some("000002418"));
        assert_eq!(with_zeros("0000024180"), None);
        assert_eq!(with_zeros("fleet"), None);
    }
}
