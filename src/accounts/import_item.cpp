#include "accounts/import_item.h"

#include "people/rules.h"

namespace khien::accounts {
namespace {

using sheets::PlanItem;
using sheets::PlannedAct;

/// The state that the acts lead to.
LifecycleState state_reached(const AccountChange& change) {
  LifecycleState state = change.after.wanted;
  for (const auto act : change.acts) state = state_after(act, state).value_or(state);
  return state;
}

PlannedAct act_of(const AccountChange& change, const PlanItem& item) {
  if (change.is_new()) return PlannedAct::Add;
  if (item.changes.empty()) return PlannedAct::Unchanged;
  return change.acts == std::vector{Act::Close} && item.changes.size() == 1 ? PlannedAct::End : PlannedAct::Change;
}

}  // namespace

std::string ItemNames::of(const UnitId& unit) const {
  const auto* version = people::UnitTree(directory, now).version(unit);
  return version == nullptr ? std::string() : version->name;
}

std::string ItemNames::of(const std::vector<PersonId>& users) const {
  std::string out;
  for (const auto& user : users) out += (out.empty() ? "" : ", ") + people.name_of(user);
  return out;
}

PlanItem item_of(const AccountChange& change, const ItemNames& names) {
  const auto& before = change.before;
  const auto& after = change.after;
  const auto state = state_reached(change);
  PlanItem item;
  if (const auto holder = names.people.name_of(after.holder); !holder.empty()) item.label = " (" + holder + ")";
  const auto add = [&](Text field, bool differs, std::string was, std::string is) {
    if (change.is_new() ? !is.empty() : differs)
      item.changes.push_back({std::move(field), change.is_new() ? "" : std::move(was), std::move(is)});
  };
  add({"loại tài khoản", "kind"}, before.kind != after.kind, policy::name_of(before.kind).vi,
      policy::name_of(after.kind).vi);
  add({"người sử dụng", "holder"}, before.holder != after.holder, names.people.name_of(before.holder),
      names.people.name_of(after.holder));
  add({"đơn vị", "unit"}, before.unit != after.unit, names.of(before.unit), names.of(after.unit));
  add({"người dùng chung", "named users"}, before.named_users != after.named_users, names.of(before.named_users),
      names.of(after.named_users));
  add({"ngày cấp", "issued on"}, before.created_at != after.created_at, dmy(date_of(before.created_at)),
      dmy(date_of(after.created_at)));
  add({"trạng thái", "state"}, before.wanted != state, name_of(before.wanted).vi, name_of(state).vi);
  item.act = act_of(change, item);
  return item;
}

}  // namespace khien::accounts
