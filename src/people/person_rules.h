// What a person's data must look like, and how what people write is brought to one form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "people/birth_date.h"
#include "people/types.h"

namespace khien::people {

/// Personal data that lie encrypted in the database and never in a snapshot, a log or a listing.
struct PrivateFacts {
  std::optional<BirthDate> birth_date;
  std::string identity_number;  ///< 12 digits (CCCD) or 9 (CMND); empty: not known
  std::string phone;            ///< digits, perhaps a plus in front; empty: not known

  bool operator==(const PrivateFacts&) const = default;
};

/// All that is known of a person besides postings and groups.
struct PersonDetails {
  std::string name;
  std::string work_mail;
  std::string staff_code;
  Category category = Category::Unknown;
  PrivateFacts secret;

  bool operator==(const PersonDetails&) const = default;
};

/// Each brings one value to its stored form, or says what is wrong. Empty stays empty where that is allowed.

/// NFC, single spaces; 1 to 100 characters, as people/name_rules.h has them.
Result<std::string> clean_name(std::string_view text);
/// Lower case; one @, ASCII, at most 254 characters.
Result<std::string> clean_mail(std::string_view text);
Result<std::string> clean_staff_code(std::string_view text);
/// Spaces, dots and an apostrophe in front (as spreadsheets show text) are dropped.
Result<std::string> clean_identity_number(std::string_view text);
Result<std::string> clean_phone(std::string_view text);
/// A birth date makes its bearer at least 14 and at most 110 years old on `today`; a year, by its last or first day.
Result<BirthDate> check_birth_date(const BirthDate& birth, Date today);
/// NFC, single spaces; 0 to 200 characters, no formula.
Result<std::string> clean_position(std::string_view text);

/// The whole, field by field; the first error.
Result<PersonDetails> clean(PersonDetails details, Date today);

/// A posting may begin or end between 1945 and 2199.
Result<void> check_validity(const Validity& valid);

}  // namespace khien::people
