// docs/imports.md against the program: its tables are the columns that the imports know, its examples can be imported.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "accounts/import_columns.h"
#include "app/account_import.h"
#include "app/testing.h"
#include "base/testing.h"
#include "people/import_people.h"
#include "people/import_units.h"
#include "people/rules.h"
#include "sheets/read.h"

namespace khien::app {
namespace {

using sheets::Column;
using testing_support::day;
using testing_support::must;

const std::string kIgnored = "known and ignored";

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(separator, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + separator.size();
  }
  return out;
}

std::string joined(std::span<const std::string> words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " · ") + word;
  return out;
}

/// The lines of a section of the document.
std::vector<std::string> section(const std::string& heading) {
  std::ifstream in(testing_support::source_dir() + "/docs/imports.md");
  std::stringstream text;
  text << in.rdbuf();
  const auto parts = split(text.str(), "\n## ");
  for (const auto& part : parts)
    if (part.starts_with(heading + "\n")) return split(part, "\n");
  return {};
}

/// Heading, whether it is required, other headings, values, example.
std::vector<std::vector<std::string>> table_of(const std::string& heading) {
  std::vector<std::vector<std::string>> out;
  for (const auto& line : section(heading))
    if (line.starts_with("| ") && line.ends_with(" |")) out.push_back(split(line.substr(2, line.size() - 4), " | "));
  if (!out.empty()) out.erase(out.begin());  // its own headings
  return out;
}

std::string example_of(const std::string& heading) {
  std::string out;
  bool inside = false;
  for (const auto& line : section(heading)) {
    if (line.starts_with("```"))
      inside = !inside;
    else if (inside)
      out += line + "\n";
  }
  return out;
}

void expect_columns(const std::string& heading, std::span<const Column> columns) {
  std::vector<std::string> told;
  for (const auto& row : table_of(heading)) {
    ASSERT_EQ(row.size(), 5U) << testing::PrintToString(row);
    told.push_back(row[0] + " | " + row[1] + " | " + row[2] + (row[3] == kIgnored ? kIgnored : ""));
  }
  std::vector<std::string> known;
  for (const auto& column : columns) {
    std::string also = joined(std::span(column.synonyms).subspan(1));
    std::string parts;
    for (const auto& part : column.parts) parts += (parts.empty() ? "" : " + ") + joined(part);
    if (!parts.empty()) also += " · in columns of its own: " + parts;
    known.push_back(column.synonyms.front() + " | " + (column.required ? "required" : "") + " | " + also +
                    (column.ignored ? kIgnored : ""));
  }
  EXPECT_EQ(told, known) << "docs/imports.md, " << heading;
}

sheets::Table read_table(const std::string& csv, std::span<const Column> columns) {
  const auto sheets = must(sheets::read(bytes_of(csv), "imports.md"));
  return must(sheets::find_table(sheets, columns));
}

/// The example column of the table as a list of one row.
sheets::Table example_row(const std::string& heading, std::span<const Column> columns) {
  std::string headings;
  std::string values;
  for (const auto& row : table_of(heading)) {
    headings += (headings.empty() ? "" : ";") + row.at(0);
    values += (values.empty() ? "" : ";") + (row.at(4) == "–" ? std::string() : row.at(4));
  }
  return read_table(headings + "\n" + values + "\n", columns);
}

void expect_clean(const sheets::ImportPlan& plan, std::size_t rows) {
  EXPECT_EQ(plan.items.size(), rows);
  EXPECT_TRUE(plan.can_apply()) << sheets::printed(plan, Language::English, 20);
}

TEST(ImportDocument, NamesTheColumnsThatTheProgramKnows) {
  expect_columns("Units", people::unit_columns());
  expect_columns("People", people::people_columns());
  expect_columns("Accounts", accounts::account_columns());
}

TEST(ImportDocument, HasExamplesThatCanBeImported) {
  testing_support::AppWorld world;
  must(world.initialise());
  const auto opened = must(world.open(Installation::Mode::Change));
  auto& people = opened->people();

  const auto units = people::unit_columns();
  expect_clean(must(people.import_units(world.by, read_table(example_of("Units"), units))), 3);
  expect_clean(must(people.plan_units(example_row("Units", units))).plan, 1);

  must(people.add_group(world.by, "mot-cua", "Bộ phận Một cửa"));
  const auto staff = people::people_columns();
  expect_clean(must(people.import_people(world.by, read_table(example_of("People"), staff))), 2);
  expect_clean(must(people.plan_people(example_row("People", staff))).plan, 1);

  const auto owner = people::UnitTree(*people.snapshot(), world.clock.now()).unit_coded("TINH");
  ASSERT_TRUE(owner);
  must(opened->accounts().add_system(world.by, {{}, "tthc", "Một cửa", *owner, "", true, true}));
  const auto columns = accounts::account_columns();
  const auto planned = plan_account_import(*opened, read_table(example_of("Accounts"), columns));
  expect_clean(planned.accounts.plan, 2);
  must(store_account_import(*opened, world.by, planned));
  expect_clean(plan_account_import(*opened, example_row("Accounts", columns)).accounts.plan, 1);
}

}  // namespace
}  // namespace khien::app
