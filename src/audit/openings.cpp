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
