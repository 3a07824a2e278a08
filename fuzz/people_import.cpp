// Tables of cells as an import gets them: planning never fails by itself, a plan that can be applied leaves sound data,
// and planning the same table on what it left changes nothing.
#include <cstdlib>
#include <map>

#include "people/import_people.h"
#include "people/import_units.h"
#include "people/unit_changes.h"

namespace {

using namespace khien;
using namespace khien::people;

const Instant kToday = start_of(*parse_date("2025-06-01"));

void require(bool holds) {
  if (!holds) std::abort();
}

/// Lines are rows, tabs separate cells; what is too much is left out.
sheets::Table table_of(std::string_view text, std::vector<std::string> keys) {
  sheets::Table table;
  table.file = "fuzz";
  for (std::size_t i = 0; i < keys.size(); ++i) table.columns.push_back(i + 1);
  while (!text.empty() && table.rows.size() < 64) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    sheets::TableRow row{table.rows.size() + 1, std::vector<sheets::Cell>(keys.size())};
    for (auto& cell : row.cells) {
      const auto tab = std::min(line.find('\t'), line.size());
      cell.text = std::string(line.substr(0, tab));
      cell.kind = cell.text.empty() ? sheets::CellKind::Empty : sheets::CellKind::Text;
      line.remove_prefix(std::min(tab + 1, line.size()));
    }
    table.rows.push_back(std::move(row));
  }
  table.keys = std::move(keys);
  return table;
}

IdSource ids(std::uint64_t seed) {
  SeededRandom random(seed);
  return IdSource(random);
}

UnitBook known_units() {
  UnitBook book;
  const auto plan = plan_units(table_of("A\tTinh\t\t\n"
                                        "B\tSo\tA\t1/1/2000\n"
                                        "C\tXa\tA\t1/1/2020\n",
                                        {"code", "name", "parent_code", "from"}),
                               book, start_of(*parse_date("1990-01-01")), ids(1).series());
  require(plan.plan.can_apply());
  return plan.after;
}

void plan_units_twice(std::string_view text) {
  const auto table = table_of(text, {"code", "name", "parent_code", "tree", "level", "from", "to", "merged_into"});
  const auto first = plan_units(table, known_units(), kToday, ids(2).series());
  if (!first.plan.can_apply()) return;
  require(faults_of(first.after).empty());
  require(plan_units(table, first.after, kToday, ids(3).series()).plan.changes_nothing());
}

void plan_people_twice(std::string_view text) {
  const auto table = table_of(text, {"name", "birth_date", "identity_number", "staff_code", "unit_code", "position",
                                     "category", "phone", "work_mail", "groups", "from", "to"});
  Directory known;
  for (const auto& [id, unit] : known_units().units) known.put(unit);
  known.put(Group{GroupId{{1}}, "G", "Nhóm"});
  const store::Key key{"key", store::Purpose::Digest, Secret(std::string(32, 'k'))};
  const Marker marker(key);
  std::map<PersonId, PrivateFacts> facts;
  const PrivateReader read = [&](const PersonId& id) -> Result<PrivateFacts> { return facts.at(id); };
  const auto first = plan_people(table, known, marker, read, kToday, ids(4).series());
  if (!first.plan.can_apply()) return;
  for (const auto& change : first.changes) {
    known.put(change.after);
    facts[change.after.person.id] = change.details.secret;
  }
  const auto second = plan_people(table, known, marker, read, kToday, ids(5).series());
  require(second.plan.can_apply() && second.plan.changes_nothing());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 2 == 0)
    plan_units_twice(text);
  else
    plan_people_twice(text);
  return 0;
}
