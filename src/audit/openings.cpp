#include "audit/openings.h"

#include <algorithm>

#include "audit/store.h"

namespace khien::audit {
namespace {

std::string context_of_key(const PersonId& person) {
  return "khien audit person key " + person.text();
}

/// An opening can be moved neither to another entry nor to another name.
std::string context_of_opening(std::string_view entry, std::string_view name) {
  return "khien audit opening " + std::string(entry) + " " + std::string(name);
}

}  // namespace

Secret Openings::key_of(store::Transaction& tx, const PersonId& person) const {
  if (auto key = person_key(tx, keyring_, person)) return std::move(*key);
  std::string bytes(32, '\0');
  random_.fill({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()});
  Secret key(std::move(bytes));
  const auto& field = keyring_.current(store::Purpose::Field);
  const Bytes wrapped = seal(field.bytes, key.bytes(), bytes_of(context_of_key(person)), random_);
  insert_person_key(tx, person, {field.id, base64url(wrapped)});
  return key;
}

void Openings::seal_in(store::Transaction& tx, const PersonId& person, const Digest& leaf, std::string_view name,
                       const Opening& opening) const {
  const std::string entry = base64url(leaf);
  const Secret plain(std::string(khien::text_of(opening.salt)) + opening.value);
  const Bytes sealed = seal(key_of(tx, person), plain.bytes(), bytes_of(context_of_opening(entry, name)), random_);
  insert_opening(tx, entry, name, base64url(sealed));
}

Result<RenewalStep> renew_person_keys(store::Store& store, const store::Keyring& keyring, Random& random,
                                      const PersonId& after, std::uint64_t limit) {
  const auto& field = keyring.current(store::Purpose::Field);
  struct Renewed {
    PersonId person;
    PersonKeyRow before;
    PersonKeyRow after;
  };
  const auto rows =
      TRY(store.read([&](store::Reader& reader) -> Result<std::vector<std::pair<PersonId, PersonKeyRow>>> {
        return person_keys_not_under(reader, field.id, after, limit);
      }));
  std::vector<Renewed> renewed;
  for (const auto& [person, row] : rows) {
    const std::string context = context_of_key(person);
    const auto* old_key = keyring.find(row.key_id);
    const auto wrapped = from_base64url(row.wrapped);
    const auto key =
        old_key != nullptr && wrapped ? open_sealed(old_key->bytes, *wrapped, bytes_of(context)) : std::nullopt;
    if (!key) return Failure(Error::internal("the log key of person " + person.text() + " cannot be unwrapped"));
    renewed.push_back({person, row, {field.id, base64url(seal(field.bytes, key->bytes(), bytes_of(context), random))}});
  }
  if (renewed.empty()) return RenewalStep{after, 0};
  TRY(store.write([&](store::Transaction& tx) -> Result<void> {
    for (const auto& one : renewed) replace_person_key(tx, one.person, one.before, one.after);
    return {};
  }));
  return RenewalStep{renewed.back().person, renewed.size()};
}

std::optional<Secret> person_key(store::Reader& reader, const store::Keyring& keyring, const PersonId& person) {
  const auto row = read_person_key(reader, person);
  const auto* field = row ? keyring.find(row->key_id) : nullptr;
  const auto wrapped = field != nullptr ? from_base64url(row->wrapped) : std::nullopt;
  if (!wrapped) return std::nullopt;
  return open_sealed(field->bytes, *wrapped, bytes_of(context_of_key(person)));
}

std::optional<Opening> read_opening(store::Reader& reader, const Secret& key, const Digest& leaf,
                                    std::string_view name) {
  const std::string entry = base64url(leaf);
  const auto text = read_opening(reader, entry, name);
  const auto sealed = text ? from_base64url(*text) : std::nullopt;
  const auto plain = sealed ? open_sealed(key, *sealed, bytes_of(context_of_opening(entry, name))) : std::nullopt;
  if (!plain || plain->size() < sizeof(Salt)) return std::nullopt;
  Opening out;
  std::copy_n(plain->bytes().begin(), out.salt.size(), out.salt.begin());
  out.value = plain->reveal().substr(out.salt.size());
  return out;
}

bool has_opening(store::Reader& reader, const Digest& leaf, std::string_view name) {
  return read_opening(reader, base64url(leaf), name).has_value();
}

}  // namespace khien::audit
