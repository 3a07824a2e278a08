#include "people/import_units.h"

#include <algorithm>

#include "base/vietnamese.h"
#include "people/import_unit_row.h"
#include "people/import_values.h"
#include "people/rules.h"
#include "people/timeline.h"
#include "people/unit_cycles.h"

namespace khien::people {
namespace {

using sheets::PlannedAct;

/// The last of the versions that follow each other without a gap from that instant on.
UnitVersion& last_from(std::vector<UnitVersion>& versions, Instant at) {
  auto last = std::ranges::find_if(versions, [&](const UnitVersion& version) { return version.valid.contains(at); });
  while (std::next(last) != versions.end() && last->valid.to == std::next(last)->valid.from) ++last;
  return *last;
}

std::optional<Instant> end_of(std::vector<UnitVersion>& versions, Instant at) {
  return last_from(versions, at).valid.to;
}

/// The unit that exists at `at` ends at `end`, sooner or later than it was known to.
void set_end(std::vector<UnitVersion>& versions, Instant at, Instant end) {
  carve(versions, {end, std::nullopt});
  last_from(versions, at).valid.to = end;
}

class UnitPlanner {
 public:
  UnitPlanner(const sheets::Table& table, const UnitBook& known, Instant as_of)
      : table_(table), known_(known), rows_(read_unit_rows(table, as_of, out_.plan.problems)), codes_(known, rows_) {
    auto told = std::exchange(out_.plan.problems, {});  // of the rows, which are read already
    out_.plan.begin(table);
    std::ranges::move(told, std::back_inserter(out_.plan.problems));
    out_.after = known;
  }

  UnitImport run(IdSource::Series ids) {
    codes_.identify(ids, out_.plan.file, out_.plan.problems);
    for (const auto& row : rows_) check_references(row);
    for (const auto& row : rows_)
      if (row.complete && !row.unit.is_nil()) place(row);
    if (out_.plan.problems.empty())
      for (std::size_t i = 0; i < rows_.size(); ++i) succeed(rows_[i], out_.plan.items[i]);
    // Of a book that lacks rows with problems only the cycles are certain; they are told in the same round.
    report_faults(out_.plan.problems.empty() ? faults_of(out_.after) : cycles_of(out_.after));
    out_.plan.settle();
    return std::move(out_);
  }

 private:
  void problem(std::size_t row, Error error) {
    out_.plan.problems.push_back(std::move(error).at({out_.plan.file, row, 0}));
  }
  void problem_at(const UnitRow& row, std::string_view key, Error error) {
    out_.plan.problems.push_back(std::move(error).at(table_.place({row.number, {}}, key)));
  }

  /// The codes that a row names, also one that is not complete, each told if no unit bears it.
  void check_references(const UnitRow& row) {
    const auto nobody = [&](std::string_view key, const Text& what, const std::string& code, auto at) {
      const std::string date = at ? dmy(date_of(*at)) : "";
      problem_at(
          row, key,
          Error::not_found({fmt::format("Không có {} mang mã {}{}.", what.vi, code, at ? " vào ngày " + date : ""),
                            fmt::format("No {} bears the code {}{}.", what.en, code, at ? " on " + date : "")}));
    };
    const auto began = row.is_dated ? std::optional(row.seen_at()) : std::nullopt;
    if (row.parent_code && !row.parent_code->empty() && !codes_.may_be_borne(*row.parent_code, began))
      nobody("parent_code", {"đơn vị cấp trên", "parent unit"}, *row.parent_code, began);
    const auto ended = row.is_dated ? row.to : std::nullopt;
    for (const auto& code : row.merged_into) {
      const bool itself = row.complete && !row.unit.is_nil() && codes_.bearer(code, *row.to) == row.unit;
      if (itself || !codes_.may_be_borne(code, ended))
        nobody("merged_into", {"đơn vị kế thừa", "succeeding unit"}, code, ended);
    }
  }

  /// Puts the row's version into the book and says what changes.
  void place(const UnitRow& row) {
    auto& unit = out_.after.units[row.unit];
    unit.id = row.unit;
    const auto* found = item_at(unit.versions, row.seen_at());
    const std::optional<UnitVersion> current = found == nullptr ? std::nullopt : std::optional(*found);
    UnitVersion wanted = current.value_or(UnitVersion{{row.from, row.to}, "", "", {}, Tree::State, ""});
    wanted.code = row.code;
    if (!is_same_spelling(wanted.name, row.name)) wanted.name = row.name;
    if (row.tree) wanted.tree = *row.tree;
    if (row.level) wanted.level = *row.level;
    if (row.parent_code && !resolve_parent(row, wanted)) return;  // told by check_references
    const bool same = current && *current == wanted;
    if (current && !same && current->valid.contains(row.from)) wanted.valid.from = row.from;  // what was before stays
    if (wanted.valid.is_empty() || (row.to && *row.to <= wanted.valid.from))
      return problem(row.number, Error::invalid({"Ngày kết thúc phải sau ngày bắt đầu của đơn vị.",
                                                 "A unit must end after it began."}));
    const std::optional<Instant> end = current ? end_of(unit.versions, row.seen_at()) : std::nullopt;
    note(row, current, wanted, same, end);
    if (!same) assign(unit.versions, wanted);
    if (current && row.to && end != row.to) set_end(unit.versions, row.seen_at(), *row.to);
  }

  bool resolve_parent(const UnitRow& row, UnitVersion& wanted) {
    const Instant at = row.seen_at();
    if (row.parent_code->empty()) {
      wanted.parent = {};
      return true;
    }
    if (const auto parent = codes_.bearer(*row.parent_code, at)) {
      wanted.parent = *parent;
      if (!row.tree && row.is_new) wanted.tree = tree_of(*parent, at).value_or(wanted.tree);
      return true;
    }
    return false;
  }

  [[nodiscard]] const std::vector<UnitVersion>& known_versions(const UnitId& id) const {
    static const std::vector<UnitVersion> none;
    const auto found = known_.units.find(id);
    return found == known_.units.end() ? none : found->second.versions;
  }

  /// A new unit that says nothing is in the tree of its parent, be that known or a row of the file.
  [[nodiscard]] std::optional<Tree> tree_of(const UnitId& id, Instant at, std::size_t depth = 0) const {
    if (const auto* version = item_at(known_versions(id), at)) return version->tree;
    const UnitRow* row = codes_.row_of(id);
    if (row == nullptr || depth > kMostUnitDepth) return std::nullopt;
    if (row->tree || !row->parent_code || row->parent_code->empty()) return row->tree;
    const auto parent = codes_.bearer(*row->parent_code, at);
    return parent ? tree_of(*parent, at, depth + 1) : std::nullopt;
  }

  [[nodiscard]] std::string code_of_unit(const UnitId& id) const {
    if (id.is_nil()) return {};
    if (const UnitRow* row = codes_.row_of(id)) return row->code;
    const auto& versions = known_versions(id);
    return versions.empty() ? std::string() : versions.back().code;
  }

  /// `end` is when the unit ends as known, however many versions lie between.
  void note(const UnitRow& row, const std::optional<UnitVersion>& current, const UnitVersion& wanted, bool same,
            const std::optional<Instant>& end) {
    sheets::PlanItem item{row.number, PlannedAct::Unchanged, row.name + " (" + row.code + ")", {}};
    const auto add = [&](Text field, const std::string& before, const std::string& after) {
      if (before != after) item.changes.push_back({std::move(field), before, after});
    };
    const UnitVersion before = current.value_or(UnitVersion{});
    add({"tên đơn vị", "name"}, before.name, wanted.name);
    add({"đơn vị cấp trên", "parent"}, code_of_unit(before.parent), code_of_unit(wanted.parent));
    if (current) add({"hệ", "tree"}, name_of(before.tree).vi, name_of(wanted.tree).vi);
    add({"cấp", "level"}, before.level, wanted.level);
    if (!current || before.valid.from != wanted.valid.from)
      add({"từ ngày", "from"}, "", dmy(date_of(wanted.valid.from)));
    const bool ends = row.to && end != row.to;
    if (ends) add({"đến ngày", "to"}, end ? dmy(date_of(*end)) : "", dmy(date_of(*row.to)));
    item.act = row.is_new ? PlannedAct::Add
               : !same    ? PlannedAct::Change
               : ends     ? PlannedAct::End
                          : PlannedAct::Unchanged;
    out_.plan.items.push_back(std::move(item));
  }

  /// Mergers and splits, after every version has its place.
  void succeed(const UnitRow& row, sheets::PlanItem& item) {
    if (row.merged_into.empty()) return;
    const Instant at = *row.to;
    std::vector<UnitId> successors;
    for (const auto& code : row.merged_into) successors.push_back(*codes_.bearer(code, at));
    std::erase_if(successors, [&](const UnitId& successor) { return is_known_succession(row.unit, successor, at); });
    if (successors.empty()) return;
    const auto done = row.merged_into.size() == 1 ? merge_units(out_.after, std::array{row.unit}, successors.front(),
                                                                at, UnitSuccession::How::Merged)
                                                  : split_unit(out_.after, row.unit, successors, at);
    if (!done) return problem(row.number, done.error());
    if (item.act == PlannedAct::Unchanged) item.act = PlannedAct::Change;
    for (const auto& successor : successors)
      item.changes.push_back({{"sáp nhập vào", "merged into"}, "", code_of_unit(successor)});
  }

  [[nodiscard]] bool is_known_succession(const UnitId& old, const UnitId& successor, Instant at) const {
    return std::ranges::any_of(known_.successions, [&](const UnitSuccession& succession) {
      return succession.old == old && succession.successor == successor && succession.at == at;
    });
  }

  /// A fault is told at the row of its unit that holds then; row 0 is a unit that the file does not name.
  void report_faults(std::vector<UnitFault> faults) {
    for (auto& fault : faults) {
      std::size_t number = 0;
      for (const auto& row : rows_)
        if (row.unit == fault.unit && (number == 0 || row.from <= fault.from)) number = row.number;
      problem(number, std::move(fault.error));
    }
  }

  const sheets::Table& table_;
  UnitImport out_;
  const UnitBook& known_;
  std::vector<UnitRow> rows_;
  UnitCodes codes_;
};

}  // namespace

UnitImport plan_units(const sheets::Table& table, const UnitBook& known, Instant as_of, IdSource::Series ids) {
  return UnitPlanner(table, known, as_of).run(std::move(ids));
}

std::span<const sheets::Column> unit_columns() {
  static const std::vector<sheets::Column> columns{
      {"code", true, {"Mã đơn vị", "Mã cơ quan", "Mã ĐV", "Mã định danh", "Mã định danh đơn vị", "Unit code", "Code"}},
      {"name", true, {"Tên đơn vị", "Tên cơ quan", "Tên cơ quan, đơn vị", "Đơn vị", "Unit name", "Unit", "Name"}},
      {"parent_code",
       false,
       {"Mã đơn vị cấp trên", "Mã cấp trên", "Mã đơn vị cha", "Mã đơn vị chủ quản", "Trực thuộc", "Parent code",
        "Parent"}},
      {"tree", false, {"Hệ", "Khối", "Hệ thống", "Tree"}},
      {"level", false, {"Cấp", "Cấp đơn vị", "Loại đơn vị", "Level"}},
      {"from", false, {"Từ ngày", "Ngày thành lập", "Ngày hiệu lực", "Ngày có hiệu lực", "From", "Valid from"}},
      {"to", false, {"Đến ngày", "Ngày kết thúc", "Ngày giải thể", "To", "Valid to", "Until"}},
      {"merged_into", false, {"Sáp nhập vào", "Mã đơn vị kế thừa", "Đơn vị kế thừa", "Merged into", "Successor"}}};
  return columns;
}

}  // namespace khien::people
