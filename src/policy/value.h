// Values of parameters: parsing from letters, YAML and JSON, checking against the bounds of the catalogue, and writing.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "policy/catalogue.h"

namespace khien::policy {

/// A parameter as a file or a person gives it. Durations and dates are ISO texts.
using RawValue = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;
using RawParameters = std::map<std::string, RawValue, std::less<>>;

/// The smallest piece that a join keeps or drops: one number, one duration, one date, one element of a set, one text.
/// Ordered, so that sets of atoms have one canonical form. The parameter says how to read it.
struct Atom {
  std::int64_t a = 0;  ///< number; index of a code; days since 1970; months·2^32 + days
  std::int64_t b = 0;  ///< of a duration: seconds·2 + 1 if days are working days
  std::string text;    ///< of a text

  auto operator<=>(const Atom&) const = default;
};

/// The atoms of one parameter, ascending, without repeats.
using Atoms = std::vector<Atom>;

Atom atom_of(std::int64_t number);
Atom atom_of(Date date);
Atom atom_of(const Period& period, bool working_days = false);
Atom atom_of(std::string text);

Date date_of(const Atom& atom);
Period period_of(const Atom& atom);
inline bool counts_working_days(const Atom& atom) {
  return (atom.b & 1) != 0;
}

/// The atom of `code` in a set or choice; an Error if the parameter does not know it.
Result<Atom> parse_code(const Parameter& parameter, std::string_view code);

/// Checks type and bounds. The Error says which parameter, what was given and what is allowed.
Result<Atoms> parse_value(Kind kind, const Parameter& parameter, const RawValue& raw);

/// Back to what parse_value reads.
RawValue raw_of(const Parameter& parameter, const Atoms& atoms);
/// One value as a person reads it: `8`, `45 ngày`, `26/10/2024`, `chữ hoa`.
Text describe(const Parameter& parameter, const Atom& atom);

}  // namespace khien::policy
