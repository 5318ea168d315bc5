//! Who owns an item, and whom to ask.

use serde::Serialize;

use crate::dictionary::{Facet, Owner};
use crate::site::markdown;
use crate::site::page::Link;
use crate::vocabulary::{Group, Unit};

/// A group as pages show it.
#[derive(Debug, Serialize)]
pub(in crate::site) struct OwnerView<'d> {
    group: Link,
    key: &'d str,
    /// Whether the vocabulary knows it.
    known: bool,
    stage: Option<Link>,
    section: Option<Link>,
    url: Option<String>,
    former_keys: &'d [String],
    contacts: Vec<ContactView<'d>>,
}

#[derive(Debug, Serialize)]
struct ContactView<'d> {
    name: &'d str,
    url: Option<String>,
}

impl<'d> OwnerView<'d> {
    /// An owner that the vocabulary does not know.
    pub(super) fn unknown(owner: &'d Owner<'d>) -> Self {
        Self {
            group: Link::to_owner(owner),
            key: &owner.key,
            known: false,
            stage: None,
            section: None,
            url: None,
            former_keys: &[],
            contacts: Vec::new(),
        }
    }

    /// A group of the vocabulary.
    pub(in crate::site) fn of_group(group: &'d Group) -> Self {
        let unit = |facet, unit: Option<&Unit>| unit.map(|unit| Link::to_value(facet, &unit.key, &unit.name));
        let contact = |contact: &'d crate::vocabulary::Contact| ContactView {
            name: &contact.name,
            url: contact.url.as_deref().and_then(markdown::safe_url),
        };
        Self {
            group: Link::to_value(Facet::Group, &group.key, &group.name),
            key: &group.key,
            known: true,
            stage: unit(Facet::Stage, group.stage.as_ref()),
            section: unit(Facet::Section, group.section.as_ref()),
            url: group.url.as_deref().and_then(markdown::safe_url),
            former_keys: &group.former_keys,
            contacts: group.contacts.iter().map(contact).collect(),
        }
    }
}
