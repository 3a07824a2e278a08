#include "accounts/register.h"

#include <algorithm>
#include <atomic>

#include "base/digest.h"
#include "base/persistent_lists.h"

namespace khien::accounts {
namespace {

template <class Key, class Value>
const Value& found_or_empty(const PersistentMap<Key, Value>& map, const Key& key) {
  static const Value empty;
  const Value* found = map.find(key);
  return found == nullptr ? empty : *found;
}

/// Keeps sorted lists of ids under a key; nil keys are nobody's.
template <class Key, class IdType>
void add_to(PersistentMap<Key, std::vector<IdType>>& map, const Key& key, const IdType& id) {
  auto& ids = map.edit(key);
  if (const auto place = std::ranges::lower_bound(ids, id); place == ids.end() || *place != id) {
    const auto at = place - ids.begin();
    if (ids.size() == ids.capacity()) ids.reserve(ids.size() * 5 / 4 + 1);  // lean: lists are short
    ids.insert(ids.begin() + at, id);
  }
}

template <class Key, class IdType>
void remove_from(PersistentMap<Key, std::vector<IdType>>& map, const Key& key, const IdType& id) {
  if (!map.contains(key)) return;
  auto& ids = map.edit(key);
  std::erase(ids, id);
  if (ids.empty()) map.erase(key);
}

}  // namespace

const System* Register::system_coded(std::string_view code) const {
  const System* found = nullptr;
  systems_.for_each([&](const SystemId&, const System& system) {
    if (system.code == code) found = &system;
  });
  return found;
}

std::optional<Account> Register::account(const AccountId& id) const {
  const Packed* found = accounts_.find(id);
  return found == nullptr ? std::nullopt : std::optional(unpacked(id, *found));
}

std::optional<AccountId> Register::account_named(const SystemId& system, std::string_view user_name) const {
  const AccountId* found = named_.find(key_of(system, user_name));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const std::vector<AccountId>& Register::opened_by(const LoginId& login) const {
  return found_or_empty(opened_, login);
}
const std::vector<AccountId>& Register::held_by(const PersonId& holder) const {
  return found_or_empty(held_, holder);
}
const std::vector<AccountId>& Register::shared_with(const PersonId& user) const {
  return found_or_empty(shared_, user);
}
const std::vector<ExceptionId>& Register::exceptions_of(const std::string& subject) const {
  return found_or_empty(excepted_, subject);
}

policy::HoldRecord Register::recorded_hold(policy::Kind kind, const SystemId& system) const {
  const auto& holds = found_or_empty(holds_, system);
  const auto found = holds.find(kind);
  return found == holds.end() ? policy::HoldRecord{} : found->second;
}

std::optional<policy::HoldRecord> Register::own_hold(policy::Kind kind, const AccountId& account) const {
  const auto& holds = found_or_empty(own_holds_, account);
  const auto found = holds.find(kind);
  return found == holds.end() ? std::nullopt : std::optional(found->second);
}

policy::HoldRecord Register::holds(policy::Kind kind, const SystemId& system) const {
  const System* known = systems_.find(system);
  return policy::effective_hold(kind, known != nullptr && known->behind_gate, recorded_hold(kind, system));
}

policy::HoldRecord Register::holds(policy::Kind kind, const Account& account) const {
  const System* known = systems_.find(account.system);
  return policy::effective_hold(kind, known != nullptr && known->behind_gate, recorded_hold(kind, account.system),
                                own_hold(kind, account.id));
}

void Register::put(System system) {
  const SystemId id = system.id;
  systems_.set(id, std::move(system));
}

void Register::put(const Account& account) {
  const std::size_t before = accounts_.size();
  Packed& place = accounts_.edit(account.id);
  if (accounts_.size() == before) remove_from_indexes(unpacked(account.id, place));
  place = packed(account);
  add_to_indexes(account);
}

void Register::put_holds(const SystemId& system, Holds holds) {
  holds_.set(system, std::move(holds));
}

void Register::put_holds(const AccountId& account, Holds holds) {
  if (!holds.empty())
    own_holds_.set(account, std::move(holds));
  else if (own_holds_.contains(account))
    own_holds_.erase(account);
}

void Register::put(policy::Exception exception) {
  const ExceptionId id = exception.id;
  if (const auto* known = exceptions_.find(id)) remove_from(excepted_, std::string(known->subject), id);
  add_to(excepted_, exception.subject, id);
  exceptions_.set(id, std::move(exception));
}

void Register::Filling::add(const Account& account) {
  accounts_.emplace_back(account.id, register_.packed(account));
  if (!account.login.is_nil()) opened_.emplace_back(account.login, account.id);
  if (!account.holder.is_nil()) held_.emplace_back(account.holder, account.id);
  for (const auto& user : account.named_users) shared_.emplace_back(user, account.id);
  if (!account.named_users.empty()) register_.named_users_.set(account.id, account.named_users);
  if (account.wanted != LifecycleState::Closed)
    named_.emplace_back(key_of(account.system, account.user_name), account.id);
}

void Register::Filling::finish() && {
  register_.accounts_ = decltype(register_.accounts_)::of(std::move(accounts_));
  register_.named_ = decltype(register_.named_)::of(std::move(named_));
  register_.opened_ = lists_of(std::move(opened_));
  register_.held_ = lists_of(std::move(held_));
  register_.shared_ = lists_of(std::move(shared_));
}

void Register::erase(const AccountId& id) {
  const auto known = account(id);
  if (!known) return;
  remove_from_indexes(*known);
  accounts_.erase(id);
  put_holds(id, {});
}

void Register::add_to_indexes(const Account& account) {
  if (!account.login.is_nil()) add_to(opened_, account.login, account.id);
  if (!account.holder.is_nil()) add_to(held_, account.holder, account.id);
  for (const auto& user : account.named_users) add_to(shared_, user, account.id);
  if (!account.named_users.empty()) named_users_.set(account.id, account.named_users);
  if (account.wanted != LifecycleState::Closed) named_.set(key_of(account.system, account.user_name), account.id);
}

void Register::remove_from_indexes(const Account& account) {
  remove_from(opened_, account.login, account.id);
  remove_from(held_, account.holder, account.id);
  for (const auto& user : account.named_users) remove_from(shared_, user, account.id);
  named_users_.erase(account.id);
  const NameKey key = key_of(account.system, account.user_name);
  if (const AccountId* named = named_.find(key); named != nullptr && *named == account.id) named_.erase(key);
}

Register::Packed Register::packed(const Account& account) {
  Packed out;
  out.login = account.login;
  out.holder = account.holder;
  out.user_name = account.user_name;
  out.created_at = account.created_at;
  out.closed_at = account.closed_at.value_or(Instant::max());
  out.seen_at = account.observed.as_of.value_or(Instant::max());
  out.unit = unit_numbers_.number_of(account.unit);
  out.system = system_numbers_.number_of(account.system) & 0xffffffU;
  out.kind = account.kind;
  out.wanted = account.wanted;
  out.seen = account.observed.state;
  return out;
}

Account Register::unpacked(const AccountId& id, const Packed& packed) const {
  const auto maybe = [](Instant at) { return at == Instant::max() ? std::nullopt : std::optional(at); };
  Account out;
  out.id = id;
  out.system = system_numbers_.id(packed.system);
  out.kind = packed.kind;
  out.user_name = packed.user_name;
  out.login = packed.login;
  out.holder = packed.holder;
  out.unit = unit_numbers_.id(packed.unit);
  out.named_users = found_or_empty(named_users_, id);
  out.wanted = packed.wanted;
  out.observed = {packed.seen, maybe(packed.seen_at)};
  out.created_at = packed.created_at;
  out.closed_at = maybe(packed.closed_at);
  return out;
}

template <class IdType>
std::uint32_t Register::Numbered<IdType>::number_of(const IdType& id) {
  if (const std::uint32_t* known = numbers_.find(id)) return *known;
  if (!ids_)
    ids_ = std::make_shared<std::vector<IdType>>();
  else if (ids_.use_count() != 1)
    ids_ = std::make_shared<std::vector<IdType>>(*ids_);
  else
    std::atomic_thread_fence(std::memory_order_acquire);  // as PersistentMap: the last other holder has let go
  const auto number = static_cast<std::uint32_t>(ids_->size());
  ids_->push_back(id);
  numbers_.set(id, number);
  return number;
}

/// 16 bytes instead of the name: half of a snapshot would be names otherwise.
Register::NameKey Register::key_of(const SystemId& system, std::string_view user_name) {
  const std::string name = user_key(user_name);
  const Digest digest = sha256({ByteView(system.bytes), bytes_of(name)});
  NameKey key;
  std::copy_n(digest.begin(), key.bytes.size(), key.bytes.begin());
  return key;
}

}  // namespace khien::accounts
