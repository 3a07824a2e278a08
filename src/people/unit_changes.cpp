#include "people/unit_changes.h"

#include <algorithm>

#include "people/timeline.h"

namespace khien::people {
namespace {

Error unknown_unit() {
  return Error::not_found({"Không có đơn vị này trong danh mục.", "There is no such unit."});
}

Error not_existing_at(Instant at) {
  return Error::conflict(
      Text::format("Đơn vị không tồn tại vào ngày {0}.", "The unit does not exist on {0}.", dmy(date_of(at))));
}

Result<Unit*> find_unit(UnitBook& book, const UnitId& id) {
  const auto found = book.units.find(id);
  if (found == book.units.end()) return Failure(unknown_unit());
  return &found->second;
}

/// Children keep their own name and code; only what they hang below changes, from `at` on.
void rehang_children(UnitBook& book, const UnitId& old, const UnitId& successor, Instant at) {
  for (auto& [id, unit] : book.units) {
    const auto hangs = [&](const UnitVersion& version) { return version.parent == old && version.valid.end() > at; };
    if (std::ranges::none_of(unit.versions, hangs)) continue;
    const auto before = unit.versions;
    for (auto version : before) {
      if (!hangs(version)) continue;
      version.valid.from = std::max(version.valid.from, at);
      version.parent = successor;
      assign(unit.versions, std::move(version));
    }
  }
}

/// Only a unit that exists until `at` can end at `at`.
Result<void> require_until(UnitBook& book, const UnitId& id, Instant at) {
  const Unit* unit = TRY(find_unit(book, id));
  const Instant just_before = at - std::chrono::microseconds{1};
  if (item_at(unit->versions, just_before) == nullptr) return Failure(not_existing_at(just_before));
  return {};
}

void retire(UnitBook& book, const UnitId& id, Instant at) {
  carve(book.units.at(id).versions, {at, std::nullopt});
}

void remember(UnitBook& book, const UnitSuccession& succession) {
  if (std::ranges::find(book.successions, succession) == book.successions.end()) book.successions.push_back(succession);
}

Result<void> require_living(UnitBook& book, const UnitId& id, Instant at) {
  const Unit* unit = TRY(find_unit(book, id));
  if (item_at(unit->versions, at) == nullptr) return Failure(not_existing_at(at));
  return {};
}

}  // namespace

Result<void> begin_unit(UnitBook& book, const UnitId& unit, UnitVersion version) {
  auto& timeline = book.units[unit];
  timeline.id = unit;
  for (const auto& other : timeline.versions)
    if (other.valid.overlaps(version.valid))
      return Failure(Error::conflict({"Đơn vị đã có trong khoảng thời gian này.", "The unit exists at that time."}));
  assign(timeline.versions, std::move(version));
  return {};
}

Result<void> change_unit(UnitBook& book, const UnitId& id, UnitVersion version) {
  Unit* unit = TRY(find_unit(book, id));
  const UnitVersion* held = item_at(unit->versions, version.valid.from);
  if (held == nullptr) return Failure(not_existing_at(version.valid.from));
  version.valid.to = held->valid.to;
  assign(unit->versions, std::move(version));
  return {};
}

Result<void> correct_unit(UnitBook& book, const UnitId& id, Instant from, UnitVersion right) {
  Unit* unit = TRY(find_unit(book, id));
  auto rest = unit->versions;
  if (std::erase_if(rest, [&](const UnitVersion& version) { return version.valid.from == from; }) == 0)
    return Failure(Error::not_found(
        {"Đơn vị không có giai đoạn nào bắt đầu vào ngày này.", "The unit has no version that begins at that time."}));
  for (const auto& other : rest)
    if (other.valid.overlaps(right.valid))
      return Failure(Error::conflict({"Khoảng thời gian mới chồng lên một giai đoạn khác của đơn vị.",
                                      "The corrected time overlaps another version of the unit."}));
  assign(rest, std::move(right));
  unit->versions = std::move(rest);
  return {};
}

Result<void> end_unit(UnitBook& book, const UnitId& id, Instant at) {
  TRY(require_until(book, id, at));
  retire(book, id, at);
  return {};
}

Result<void> merge_units(UnitBook& book, std::span<const UnitId> old, const UnitId& successor, Instant at,
                         UnitSuccession::How how) {
  TRY(require_living(book, successor, at));
  for (const auto& id : old) {
    TRY(require_until(book, id, at));
    if (id == successor)
      return Failure(
          Error::invalid({"Một đơn vị không thể sáp nhập vào chính nó.", "A unit cannot merge into itself."}));
  }
  for (const auto& id : old) {
    retire(book, id, at);
    rehang_children(book, id, successor, at);
    remember(book, {id, successor, at, how});
  }
  return {};
}

Result<void> split_unit(UnitBook& book, const UnitId& old, std::span<const UnitId> successors, Instant at) {
  if (successors.empty())
    return Failure(Error::invalid({"Phải nêu ít nhất một đơn vị kế thừa.", "Name at least one successor."}));
  TRY(require_until(book, old, at));
  for (const auto& successor : successors) TRY(require_living(book, successor, at));
  retire(book, old, at);
  for (const auto& successor : successors) remember(book, {old, successor, at, UnitSuccession::How::Split});
  return {};
}

}  // namespace khien::people
