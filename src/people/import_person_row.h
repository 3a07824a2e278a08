// One row of a staff list, read into values; used by the planner of people only.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/person_rules.h"
#include "people/sealing.h"
#include "sheets/row_reader.h"

namespace khien::people {

struct PersonRow {
  std::size_t number = 0;
  bool complete = true;            ///< false if a cell is wrong: what that cell would say is empty
  bool restored_identity = false;  ///< zeros were put back in front of the number
  PersonDetails details;           ///< clean; empty fields were not said
  UnitId unit;
  std::string unit_code;
  std::optional<std::string> position;
  std::vector<GroupId> groups;
  std::optional<Instant> from;
  std::optional<Instant> to;
  Person marked;  ///< the details with their marks; its id is the person that was found, or a new one

  /// The marks of the details by every key, the newest first; a known person may still have that of an older key.
  std::vector<Mark> identities;
  std::vector<Mark> likenesses;

  /// When the row speaks: its start; or today, but before an end that lies in the past.
  [[nodiscard]] Instant seen_at(Instant as_of) const {
    if (from) return *from;
    return to ? std::min(as_of, *to - std::chrono::microseconds{1}) : as_of;
  }
  [[nodiscard]] std::string label() const { return details.name + " (" + unit_code + ")"; }
};

/// Resolves what rows say by what is known at the time of the import.
class PersonRowReader {
 public:
  PersonRowReader(const sheets::Table& table, const Directory& known, const Marker& marker, Instant as_of);

  /// The row; every problem in it is told.
  PersonRow read(const sheets::TableRow& cells, std::vector<Error>& problems) const;

 private:
  void read_unit(sheets::RowReader& reader, PersonRow& row) const;
  Result<UnitId> unit_of(const std::string& code, const std::string& name, Instant at) const;
  Result<UnitId> unit_coded(const std::string& code, Instant at) const;
  Result<UnitId> unit_named(const std::string& name, Instant at) const;
  [[nodiscard]] std::optional<Error> never_known(const std::string& code, const std::string& name) const;
  Result<GroupId> group_coded(const std::string& code) const;

  const sheets::Table& table_;
  const Directory& known_;
  const Marker& marker_;
  Instant as_of_;
  std::map<std::string, GroupId> groups_;
  std::map<std::string, std::vector<UnitId>> named_;  ///< by folded name, at any time
};

}  // namespace khien::people
