#include <algorithm>
#include <map>
#include <set>

#include "base/vietnamese.h"
#include "people/rules.h"
#include "people/timeline.h"
#include "people/unit_changes.h"
#include "people/unit_cycles.h"

namespace khien::people {
namespace {

constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestName = 300;
constexpr std::size_t kLongestLevel = 60;

std::string label(const UnitVersion& version) {
  return version.name + " (" + version.code + ")";
}

std::optional<Error> plain_fault(const UnitVersion& version) {
  if (version.code.empty() || length(version.code) > kLongestCode || squeeze(version.code) != version.code ||
      version.code.contains(' '))
    return Error::invalid(Text::format("Mã đơn vị “{0}” phải có từ 1 đến {1} ký tự và không có dấu cách.",
                                       "The unit code “{0}” must have 1 to {1} characters and no space.", version.code,
                                       kLongestCode));
  if (version.name.empty() || length(version.name) > kLongestName || squeeze(version.name) != version.name)
    return Error::invalid(Text::format("Tên của đơn vị có mã {0} phải có từ 1 đến {1} ký tự.",
                                       "The name of the unit {0} must have 1 to {1} characters.", version.code,
                                       kLongestName));
  if (length(version.level) > kLongestLevel)
    return Error::invalid(Text::format("Cấp của đơn vị {0} dài quá {1} ký tự.",
                                       "The level of the unit {0} has more than {1} characters.", label(version),
                                       kLongestLevel));
  if (version.valid.is_empty())
    return Error::invalid(Text::format("Đơn vị {0}: ngày kết thúc phải sau ngày bắt đầu {1}.",
                                       "Unit {0}: the end must lie after the start {1}.", label(version),
                                       dmy(date_of(version.valid.from))));
  return std::nullopt;
}

/// Codes are reused, but never borne by two units at once.
void find_shared_codes(const UnitBook& book, std::vector<UnitFault>& faults) {
  struct Use {
    Instant from;
    Instant to;
    UnitId unit;
    const UnitVersion* version;
  };
  std::map<std::string_view, std::vector<Use>> uses;
  for (const auto& [id, unit] : book.units)
    for (const auto& version : unit.versions)
      uses[version.code].push_back({version.valid.from, version.valid.end(), id, &version});
  for (auto& [code, list] : uses) {
    std::ranges::sort(list, {}, &Use::from);
    const Use* reaching = nullptr;  // the earlier use that lasts longest
    for (const auto& use : list) {
      if (reaching != nullptr && reaching->unit != use.unit && use.from < reaching->to)
        faults.push_back({use.unit, use.from,
                          Error::conflict(Text::format(
                              "Mã đơn vị {0} được dùng cùng lúc cho hai đơn vị: {1} và {2} (từ {3}).",
                              "The unit code {0} is borne by two units at once: {1} and {2} (from {3}).", code,
                              label(*reaching->version), label(*use.version), dmy(date_of(use.from))))});
      if (reaching == nullptr || use.to > reaching->to) reaching = &use;
    }
  }
}

std::optional<Error> parent_fault(const UnitBook& book, const UnitVersion& version) {
  if (version.parent.is_nil()) return std::nullopt;
  const auto parent = book.units.find(version.parent);
  if (parent == book.units.end())
    return Error::conflict(Text::format("Đơn vị cấp trên của {0} không có trong danh mục.",
                                        "The parent of {0} is not known.", label(version)));
  const auto& timeline = parent->second.versions;
  if (!covers(timeline, version.valid))
    return Error::conflict(Text::format("Đơn vị {0} (từ {1}) trực thuộc {2} trong thời gian {2} không tồn tại.",
                                        "Unit {0} (from {1}) hangs below {2} at a time when {2} does not exist.",
                                        label(version), dmy(date_of(version.valid.from)),
                                        timeline.empty() ? std::string("?") : label(timeline.back())));
  const auto in_other_tree = [&](const UnitVersion& above) {
    return above.valid.overlaps(version.valid) && above.tree != version.tree;
  };
  if (std::ranges::any_of(timeline, in_other_tree))
    return Error::conflict(Text::format("Đơn vị {0} và đơn vị cấp trên của nó không cùng hệ (Nhà nước hoặc Đảng).",
                                        "Unit {0} and its parent are not in the same tree (State or Party).",
                                        label(version)));
  return std::nullopt;
}

/// Where the way up from a unit ends: at a root, at the unit itself, or not within the depth that units may have.
enum class WayUp { Ends, Returns, IsTooLong };

WayUp way_up(const UnitBook& book, const UnitId& id, const UnitVersion& version) {
  const UnitVersion* at = &version;
  for (std::size_t depth = 1; at != nullptr && !at->parent.is_nil(); ++depth) {
    if (at->parent == id) return WayUp::Returns;
    if (depth >= kMostUnitDepth) return WayUp::IsTooLong;
    const auto parent = book.units.find(at->parent);
    at = parent == book.units.end() ? nullptr : item_at(parent->second.versions, version.valid.from);
  }
  return WayUp::Ends;
}

/// A cycle first exists at the start of a version of one of its members, so looking there finds every cycle.
std::optional<Error> cycle_fault(const UnitBook& book, const UnitId& id, const UnitVersion& version) {
  switch (way_up(book, id, version)) {
    case WayUp::Ends:
      return std::nullopt;
    case WayUp::Returns:
      return Error::conflict(Text::format("Đơn vị {0} trực thuộc chính nó qua các cấp trên (từ {1}).",
                                          "Unit {0} hangs below itself through its parents (from {1}).", label(version),
                                          dmy(date_of(version.valid.from))));
    case WayUp::IsTooLong:
      return Error::conflict(Text::format("Đơn vị {0} nằm sâu quá {1} cấp hoặc trực thuộc một vòng lặp.",
                                          "Unit {0} lies more than {1} levels deep, or below a cycle.", label(version),
                                          kMostUnitDepth));
  }
  return std::nullopt;
}

}  // namespace

std::vector<UnitFault> faults_of(const UnitBook& book) {
  std::vector<UnitFault> faults;
  for (const auto& [id, unit] : book.units) {
    if (!is_disjoint(unit.versions))
      faults.push_back({id, unit.versions.front().valid.from,
                        Error::conflict(Text::format("Các khoảng thời gian của đơn vị {0} chồng lên nhau.",
                                                     "The times of the versions of unit {0} overlap.",
                                                     label(unit.versions.front())))});
    for (const auto& version : unit.versions) {
      auto fault = plain_fault(version);
      if (!fault) fault = parent_fault(book, version);
      if (!fault) fault = cycle_fault(book, id, version);
      if (fault) faults.push_back({id, version.valid.from, std::move(*fault)});
    }
  }
  find_shared_codes(book, faults);
  return faults;
}

std::vector<UnitFault> cycles_of(const UnitBook& book) {
  std::vector<UnitFault> faults;
  for (const auto& [id, unit] : book.units)
    for (const auto& version : unit.versions)
      if (way_up(book, id, version) == WayUp::Returns)
        faults.push_back({id, version.valid.from, *cycle_fault(book, id, version)});
  return faults;
}

Result<void> check(const UnitBook& book) {
  auto faults = faults_of(book);
  if (faults.empty()) return {};
  return Failure(std::move(faults.front().error));
}

}  // namespace khien::people
