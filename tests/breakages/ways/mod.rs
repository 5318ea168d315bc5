//! The ways in which definitions break, a file for each kind of slip.

mod events;
mod fields;
mod keys;
mod lists;
mod markup;
mod names;
mod schema;
mod text;
mod values;
mod whole_file;

use super::breakage::Breakage;
use super::sample::Sample;

/// A kind of slip: every breakage that it makes of a definition; none where it does not apply.
type Way = fn(&Sample) -> Vec<Breakage>;

const WAYS: &[Way] = &[
    fields::dropped,
    fields::dropped_though_another_asks,
    fields::left_without_a_value,
    fields::asked_for_by_a_new_value,
    fields::out_of_place,
    keys::misspelt,
    keys::unknown,
    keys::legacy,
    keys::repeated,
    keys::nested,
    values::of_another_type,
    values::of_another_list,
    values::in_another_case,
    values::misshapen,
    values::empty,
    values::left_to_do,
    values::read_differently,
    lists::wrong_items,
    lists::repeated_items,
    lists::emptied,
    events::miscounted,
    events::without_definition,
    events::in_no_period,
    events::at_odds,
    events::counted_twice,
    events::of_redis,
    events::properties,
    names::taken,
    names::unknown,
    markup::unclosed,
    markup::unquoted,
    markup::badly_indented,
    markup::half_written,
    markup::of_few_readers,
    text::foreign_characters,
    text::conflicts,
    text::comments,
    whole_file::emptied,
    whole_file::of_another_shape,
    whole_file::doubled,
    whole_file::too_much,
];

/// Every breakage of a definition.
pub(super) fn breakages(sample: &Sample) -> Vec<Breakage> {
    WAYS.iter().flat_map(|way| way(sample)).collect()
}
