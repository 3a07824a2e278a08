// Planning an import of people: what the rows of a staff list mean for the people who are known.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "people/directory.h"
#include "people/id_source.h"
#include "people/person_rules.h"
#include "people/sealing.h"
#include "sheets/plan.h"
#include "sheets/table.h"

namespace khien::people {

/// What is to be saved of one person.
struct PersonChange {
  bool is_new = false;
  bool details_change = false;
  PersonRecord before;  ///< empty for a new person
  PersonRecord after;
  PersonDetails details;
  std::vector<std::string> secret_changes;  ///< names of encrypted columns that change
};

struct PeopleImport {
  sheets::ImportPlan plan;
  std::vector<PersonChange> changes;  ///< incomplete if the plan has problems
};

/// Reads the personal columns of one known person.
using PrivateReader = std::function<Result<PrivateFacts>(const PersonId&)>;

/// The columns of a staff list, with the words that offices use for them.
std::span<const sheets::Column> people_columns();

/// Keys of the columns: `name`, `birth_date`, `identity_number`, `staff_code`, `unit_code` or `unit_name`, `position`,
/// `category`, `phone`, `work_mail`, `groups`, `from`, `to`; others (number, sex, notes) are ignored.
///
/// A row is a person and that person's main posting from `from` on (or from `as_of` where it says nothing). The person
/// is found by identity number, else by staff code and name, else by unit, birth date and name; never by name alone,
/// and a row that could be two people, or a person in two rows, is a problem. An empty cell says nothing. People whom
/// no row names, and groups that a row leaves out, stay as they are.
PeopleImport plan_people(const sheets::Table& table, const Directory& known, const Marker& marker,
                         const PrivateReader& private_facts, Instant as_of, IdSource::Series ids);

}  // namespace khien::people
