#include "store/keyring.h"

#include <array>
#include <stdexcept>

#include "base/digest.h"
#include "base/ids.h"

namespace khien::store {
namespace {

constexpr std::array kPurposes{Purpose::Field, Purpose::Digest, Purpose::Pepper,
                               Purpose::Log,   Purpose::Token,  Purpose::Session};

constexpr std::array kMigrations{Migration{"keyring", 1,
                                           "create table wrapped_key ("
                                           " id text not null primary key,"
                                           " purpose text not null,"
                                           " created_at bigint not null,"
                                           " wrapped text not null);\n"}};

constexpr Sql kSelect{"select id, purpose, wrapped from wrapped_key order by created_at, id", "ttt"};
constexpr Sql kHas{"select id from wrapped_key where purpose = :1", "t"};
constexpr Sql kInsert{"insert into wrapped_key (id, purpose, created_at, wrapped) values (:1, :2, :3, :4)"};

/// What is authenticated with a wrapped key: neither its id nor its purpose can be exchanged.
std::string context_of(std::string_view id, std::string_view purpose) {
  return "khien wrapped key " + std::string(id) + " " + std::string(purpose);
}

std::optional<Purpose> parse_purpose(std::string_view name) {
  for (const auto purpose : kPurposes)
    if (name_of(purpose) == name) return purpose;
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Purpose purpose) {
  switch (purpose) {
    case Purpose::Field:
      return "field";
    case Purpose::Digest:
      return "digest";
    case Purpose::Pepper:
      return "pepper";
    case Purpose::Log:
      return "log";
    case Purpose::Token:
      return "token";
    case Purpose::Session:
      return "session";
  }
  throw std::logic_error("no such purpose");
}

std::span<const Migration> keyring_migrations() {
  return kMigrations;
}

Result<void> Keyring::create_missing(Store& store, const Secret& root, Random& random, Instant now) {
  return store.write([&](Transaction& tx) -> Result<void> {
    for (const auto purpose : kPurposes) {
      if (tx.exists(kHas, name_of(purpose))) continue;
      const std::string id = Id<struct KeyTag>::make(random).text();
      std::array<unsigned char, 32> bytes{};
      random.fill(bytes);
      const Bytes wrapped = seal(root, bytes, bytes_of(context_of(id, name_of(purpose))), random);
      sodium_memzero(bytes.data(), bytes.size());
      tx.execute(kInsert, id, name_of(purpose), now, base64url(wrapped));
    }
    return {};
  });
}

Result<std::unique_ptr<Keyring>> Keyring::load(Store& store, const Secret& root) {
  return store.read([&](Reader& reader) -> Result<std::unique_ptr<Keyring>> {
    auto ring = std::make_unique<Keyring>();
    bool wrong = false;
    reader.each(kSelect, [&](const Row& row) {
      const auto purpose = parse_purpose(row.text(1));
      const auto wrapped = from_base64url(row.text(2));
      auto bytes = purpose && wrapped ? open_sealed(root, *wrapped, bytes_of(context_of(row.text(0), row.text(1))))
                                      : std::nullopt;
      if (!bytes || bytes->size() != 32) {
        wrong = true;
        return;
      }
      ring->current_[*purpose] = row.string(0);
      ring->keys_.emplace(row.string(0), Key{row.string(0), *purpose, std::move(*bytes)});
    });
    if (wrong || ring->current_.size() != kPurposes.size())
      return Failure(Error::refused(
          {"Khóa gốc không phải của cơ sở dữ liệu này, hoặc bảng khóa đã bị sửa. Hãy chỉ đúng tệp khóa gốc.",
           "The root key is not the one of this database, or its table of keys was changed. Name the right key "
           "file."}));
    return ring;
  });
}

const Key& Keyring::current(Purpose purpose) const {
  return keys_.find(current_.at(purpose))->second;
}

const Key* Keyring::find(std::string_view id) const {
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : &found->second;
}

}  // namespace khien::store
