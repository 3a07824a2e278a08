#include "protocols/oidc/key_set.h"

#include <array>

#include "base/digest.h"
#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

constexpr std::array kAlgs{SigningAlg::RS256, SigningAlg::ES256};

bool is_shown(const StoredKey& key, Instant now) {
  return !key.retired_at || now < *key.retired_at + kKeyShownAfterRetiring;
}

std::string context_of(std::string_view kid) {
  return "khien oidc key " + std::string(kid);
}

audit::Entry entry_of(const SigningKey& key, const audit::Actor& by, Instant now) {
  audit::Entry entry;
  entry.type = "oidc_key.created";
  entry.at = now;
  entry.actor = by;
  entry.subject = "oidc_key/" + key.kid();
  entry.facts = {{"alg", std::string(name_of(key.alg()))}};
  entry.result = "created";
  return entry;
}

}  // namespace

const SigningKey* KeySet::signer(SigningAlg alg, Instant now) const {
  const StoredKey* known = nullptr;
  const StoredKey* oldest = nullptr;
  for (const StoredKey& key : keys_) {
    if (key.key->alg() != alg) continue;
    if (!oldest || key.created_at < oldest->created_at) oldest = &key;
    if (key.created_at + kKeyLead <= now && (!known || key.created_at > known->created_at)) known = &key;
  }
  if (!known) known = oldest;
  return known ? known->key.get() : nullptr;
}

const SigningKey* KeySet::find(std::string_view kid, Instant now) const {
  for (const StoredKey& key : keys_)
    if (key.key->kid() == kid && is_shown(key, now)) return key.key.get();
  return nullptr;
}

std::string KeySet::jwks(Instant now) const {
  std::string out = R"({"keys":[)";
  bool first = true;
  for (const StoredKey& key : keys_) {
    if (!is_shown(key, now)) continue;
    if (!first) out += ',';
    first = false;
    out += key.key->public_jwk();
  }
  return out + "]}";
}

std::optional<Jwt> KeySet::verified(std::string_view compact, std::string_view typ, Instant now) const {
  auto jwt = parse_jwt(compact);
  if (!jwt || jwt->typ != typ) return std::nullopt;
  const SigningKey* key = find(jwt->kid, now);
  // The key decides the algorithm; a token may only agree (RFC 8725 section 3.1).
  if (!key || key->alg() != jwt->alg || !key->verifies(compact)) return std::nullopt;
  return jwt;
}

Result<void> Keys::start() {
  TRY(load());
  const auto set = current();
  std::vector<SigningAlg> missing;
  for (const SigningAlg alg : kAlgs)
    if (!set->signer(alg, clock_.now())) missing.push_back(alg);
  if (missing.empty()) return {};
  return create(missing, audit::Actor::clock(), keyring_.current(store::Purpose::Token), {});
}

Result<void> Keys::rotate(const audit::Actor& by) {
  return create(kAlgs, by, keyring_.current(store::Purpose::Token), {});
}

Result<void> Keys::rotate(const audit::Actor& by, const store::Key& wrapping, const Further& add) {
  return create(kAlgs, by, wrapping, [&](store::Transaction& tx) -> Result<void> {
    TRY(add(tx));
    for (SealedKey row : load_keys(tx)) {
      if (row.wrapped_by == wrapping.id) continue;
      row.sealed = sealed_under(wrapping, row.kid, TRY(unseal(row)));
      row.wrapped_by = wrapping.id;
      reseal_key(tx, row);
    }
    return {};
  });
}

std::string Keys::sealed_under(const store::Key& wrapping, std::string_view kid, const Secret& jwk) const {
  return base64url(seal(wrapping.bytes, jwk.bytes(), bytes_of(context_of(kid)), random_));
}

Result<Secret> Keys::unseal(const SealedKey& row) const {
  const store::Key* wrapping = keyring_.find(row.wrapped_by);
  const auto sealed = from_base64url(row.sealed);
  auto jwk = wrapping && sealed ? open_sealed(wrapping->bytes, *sealed, bytes_of(context_of(row.kid))) : std::nullopt;
  if (!jwk) return Failure(Error::internal("the signing key " + row.kid + " cannot be unsealed"));
  return std::move(*jwk);
}

Result<void> Keys::create(std::span<const SigningAlg> algs, const audit::Actor& by, const store::Key& wrapping,
                          const Further& further) {
  const Instant now = clock_.now();
  std::vector<SealedKey> rows;
  std::vector<audit::Entry> entries;
  for (const SigningAlg alg : algs) {
    const SigningKey key = TRY(SigningKey::generate(alg));
    const Secret jwk = TRY(key.private_jwk());
    rows.push_back({key.kid(), alg, wrapping.id, sealed_under(wrapping, key.kid(), jwk), now, std::nullopt});
    entries.push_back(entry_of(key, by, now));
  }
  TRY(store_.write([&](store::Transaction& tx) -> Result<void> {
    if (further) TRY(further(tx));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      retire_keys(tx, rows[i].alg, now + kKeyLead);
      insert_key(tx, rows[i]);
      recorder_.record(tx, entries[i]);
    }
    return {};
  }));
  return load();
}

Result<void> Keys::apply(std::span<const audit::Change> changes) {
  static constexpr std::array<std::string_view, 1> kKinds{"oidc_key"};
  const auto touched = audit::touched_by(changes, kKinds);
  if (!touched.everything && touched.subjects.empty()) return {};
  return load();
}

Result<void> Keys::load() {
  const Instant now = clock_.now();
  const auto rows =
      TRY(store_.read([&](store::Reader& reader) -> Result<std::vector<SealedKey>> { return load_keys(reader); }));
  std::vector<StoredKey> keys;
  for (const SealedKey& row : rows) {
    if (row.retired_at && now >= *row.retired_at + kKeyShownAfterRetiring) continue;
    const Secret jwk = TRY(unseal(row));
    auto key = std::make_shared<const SigningKey>(TRY(SigningKey::from_private_jwk(jwk)));
    if (key->kid() != row.kid) return Failure(Error::internal("the signing key " + row.kid + " is another key"));
    keys.push_back({std::move(key), row.created_at, row.retired_at});
  }
  current_.publish(KeySet(std::move(keys)));
  return {};
}

}  // namespace khien::oidc
