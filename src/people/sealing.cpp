#include "people/sealing.h"

#include <algorithm>

#include "base/digest.h"
#include "base/vietnamese.h"

namespace khien::people {
namespace {

using store::Keyring;
using store::Purpose;

Mark shortened(const Digest& digest) {
  Mark mark{};
  std::copy_n(digest.begin(), mark.size(), mark.begin());
  return mark;
}

std::string context_of(const PersonId& person, std::string_view column) {
  return "khien person " + person.text() + " " + std::string(column);
}

std::string sealed_column(const Keyring& keys, const PersonId& person, std::string_view column, std::string_view value,
                          Random& random) {
  if (value.empty()) return {};
  const auto& key = keys.current(Purpose::Field);
  return key.id + "." + base64url(seal(key.bytes, bytes_of(value), bytes_of(context_of(person, column)), random));
}

Result<std::string> open_column(const Keyring& keys, const PersonId& person, std::string_view column,
                                std::string_view stored) {
  if (stored.empty()) return std::string();
  const auto dot = stored.find('.');
  const auto* key = dot == std::string_view::npos ? nullptr : keys.find(stored.substr(0, dot));
  const auto sealed = key == nullptr ? std::nullopt : from_base64url(stored.substr(dot + 1));
  const auto plain = sealed ? open_sealed(key->bytes, *sealed, bytes_of(context_of(person, column))) : std::nullopt;
  if (!plain)
    return Failure(
        Error::internal("column " + std::string(column) + " of person " + person.text() + " cannot be opened"));
  return std::string(plain->reveal());
}

}  // namespace

Marker::Marker(const Keyring& keys) : keys_(keys.all_of(Purpose::Digest)) {}

std::vector<Mark> Marker::identities(std::string_view identity_number) const {
  std::vector<Mark> out;
  for (const auto* key : keys_)
    out.push_back(shortened(keyed_digest(key->bytes, {bytes_of("khien person identity"), bytes_of(identity_number)})));
  return out;
}

std::vector<Mark> Marker::likenesses(std::string_view name, const BirthDate& birth_date) const {
  const std::string folded = fold(name);
  const std::string born = birth_date.text();
  std::vector<Mark> out;
  for (const auto* key : keys_)
    out.push_back(
        shortened(keyed_digest(key->bytes, {bytes_of("khien person likeness"), bytes_of(folded), bytes_of(born)})));
  return out;
}

Mark Marker::identity(std::string_view identity_number) const {
  return Marker(*keys_.front()).identities(identity_number).front();
}

Mark Marker::likeness(std::string_view name, const BirthDate& birth_date) const {
  return Marker(*keys_.front()).likenesses(name, birth_date).front();
}

Person Marker::person_of(const PersonId& id, const PersonDetails& details) const {
  Person person{id, details.name, details.work_mail, details.staff_code, {}, {}, details.category};
  if (!details.secret.identity_number.empty()) person.identity = identity(details.secret.identity_number);
  if (details.secret.birth_date) person.likeness = likeness(details.name, *details.secret.birth_date);
  return person;
}

SealedFacts seal_facts(const Keyring& keys, const PersonId& person, const PrivateFacts& facts, Random& random) {
  const auto sealed = [&](std::string_view column, std::string_view value) {
    return sealed_column(keys, person, column, value, random);
  };
  return {sealed("birth_date", facts.birth_date ? facts.birth_date->text() : std::string()),
          sealed("identity_number", facts.identity_number), sealed("phone", facts.phone)};
}

Result<PrivateFacts> open_facts(const Keyring& keys, const PersonId& person, const SealedFacts& sealed) {
  PrivateFacts facts;
  const std::string born = TRY(open_column(keys, person, "birth_date", sealed.birth_date));
  facts.birth_date = BirthDate::parse(born);
  if (!born.empty() && !facts.birth_date)
    return Failure(Error::internal("the birth date of person " + person.text() + " cannot be read"));
  facts.identity_number = TRY(open_column(keys, person, "identity_number", sealed.identity_number));
  facts.phone = TRY(open_column(keys, person, "phone", sealed.phone));
  return facts;
}

}  // namespace khien::people
