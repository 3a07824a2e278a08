// Tables of directives and of what people confirmed about them.
#pragma once

#include <span>
#include <vector>

#include "directives/register.h"
#include "store/store.h"

namespace khien::directives {

/// Directives are kept twice dated: a withdrawal supersedes the row and adds one with an end. What was known at R are
/// the rows recorded by R and not superseded by R; Instant::max() is what is known now.
std::vector<policy::Directive> load_directives(store::Reader& reader, Instant known_at = Instant::max());
void save_directive(store::Transaction& transaction, const policy::Directive& directive, Instant now);
/// Of a directive as it was just saved.
void save_successor(store::Transaction& transaction, const DirectiveId& replaced, const DirectiveId& by);
/// It is in its place no more.
void remove_successor(store::Transaction& transaction, const DirectiveId& replaced, const DirectiveId& by);
/// What it took the place of.
std::vector<DirectiveId> load_replaced(store::Reader& reader, const DirectiveId& by);

/// What was confirmed by then.
std::map<PersonId, Confirmations> load_confirmations(store::Reader& reader, Instant known_at = Instant::max());
Confirmations load_confirmations_of(store::Reader& reader, const PersonId& person);
/// False if it was confirmed before.
bool save_confirmation(store::Transaction& transaction, const PersonId& person, const DirectiveId& directive,
                       Confirmation what, Instant now);
/// Everything that a person confirmed goes; its number.
std::int64_t erase_confirmations(store::Transaction& transaction, const PersonId& person);

}  // namespace khien::directives
