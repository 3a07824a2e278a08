#include <stdexcept>

#include "protocols/oidc/store.h"

namespace khien::oidc {
namespace {

constexpr store::Sql kLoad{
    "select kid, alg, wrapped_by, sealed, created_at, retired_at from oidc_key order by created_at, kid", "ttttii"};
constexpr store::Sql kInsert{
    "insert into oidc_key (kid, alg, wrapped_by, sealed, created_at) values (:1, :2, :3, :4, :5)"};
constexpr store::Sql kReseal{"update oidc_key set wrapped_by = :1, sealed = :2 where kid = :3"};
constexpr store::Sql kCountUnder{"select count(*) from oidc_key where wrapped_by = :1", "i"};
constexpr store::Sql kRetire{"update oidc_key set retired_at = :1 where alg = :2 and retired_at is null"};

}  // namespace

std::vector<SealedKey> load_keys(store::Reader& reader) {
  std::vector<SealedKey> keys;
  reader.each(kLoad, [&](const store::Row& row) {
    const auto alg = parse_signing_alg(row.text(1));
    if (!alg) throw std::runtime_error("a stored signing key cannot be read");
    keys.push_back({row.string(0), *alg, row.string(2), row.string(3), row.instant(4), row.maybe_instant(5)});
  });
  return keys;
}

void insert_key(store::Transaction& tx, const SealedKey& key) {
  tx.execute(kInsert, key.kid, name_of(key.alg), key.wrapped_by, key.sealed, key.created_at);
}

void retire_keys(store::Transaction& tx, SigningAlg alg, Instant at) {
  tx.execute(kRetire, at, name_of(alg));
}

void reseal_key(store::Transaction& tx, const SealedKey& key) {
  tx.execute(kReseal, key.wrapped_by, key.sealed, key.kid);
}

std::int64_t count_keys_under(store::Reader& reader, std::string_view wrapping_key) {
  std::int64_t out = 0;
  reader.first(kCountUnder, [&](const store::Row& row) { out = row.integer(0); }, wrapping_key);
  return out;
}

}  // namespace khien::oidc
