#include "store/keyring.h"

#include <array>
#include <mutex>
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
                                           " wrapped text not null);\n"},
                                 // A number, because the clock may have been set back between two keys.
                                 Migration{"keyring", 2,
                                           "alter table wrapped_key add column number bigint not null default 0;\n"
                                           "alter table wrapped_key add column root_id text not null default '';\n"}};

constexpr Sql kSelect{
    "select id, purpose, wrapped, created_at, root_id from wrapped_key order by number, created_at, id", "tttit"};
constexpr Sql kHas{"select id from wrapped_key where purpose = :1", "t"};
constexpr Sql kNewest{
    "select id from wrapped_key where purpose = :1 order by number desc, created_at desc, id desc limit 1", "t"};
constexpr Sql kInsert{
    "insert into wrapped_key (id, purpose, created_at, wrapped, root_id, number)"
    " values (:1, :2, :3, :4, :5, (select coalesce(max(number), 0) + 1 from wrapped_key))"};
constexpr Sql kName{"update wrapped_key set root_id = :1 where root_id = ''"};
constexpr Sql kRewrap{"update wrapped_key set wrapped = :1, root_id = :2 where id = :3"};
constexpr Sql kBlank{"update wrapped_key set wrapped = '' where id = :1"};
constexpr Sql kDelete{"delete from wrapped_key where id = :1"};

/// What is authenticated with a wrapped key: neither its id nor its purpose can be exchanged.
std::string context_of(std::string_view id, std::string_view purpose) {
  return "khien wrapped key " + std::string(id) + " " + std::string(purpose);
}

struct Wrapped {
  KeyRow row;
  std::string bytes;
};

std::vector<Wrapped> wrapped_keys(Reader& reader) {
  std::vector<Wrapped> out;
  reader.each(kSelect, [&](const Row& row) {
    out.push_back({{row.string(0), row.string(1), row.instant(3), row.string(4)}, row.string(2)});
  });
  return out;
}

std::string wrap(const Secret& root, const Key& key, Random& random) {
  return base64url(seal(root, key.bytes.bytes(), bytes_of(context_of(key.id, name_of(key.purpose))), random));
}

Error wrong_root(const KeyRow& row, const Secret& root) {
  const std::string given = root_key_id(root);
  if (row.root_id.empty())
    return Error::refused(
        {"Khóa gốc không phải của cơ sở dữ liệu này, hoặc bảng khóa đã bị sửa. Hãy chỉ đúng tệp khóa gốc.",
         "The root key is not the one of this database, or its table of keys was changed. Name the right key file."});
  if (row.root_id == given)
    return Error::refused(Text::format(
        "Khóa {0} trong cơ sở dữ liệu không mở được bằng khóa gốc {1} dù mang mã của khóa gốc này: bảng khóa đã bị "
        "sửa hoặc hỏng.",
        "The key {0} of the database cannot be opened with the root key {1}, although it names it: the table of keys "
        "was changed or is damaged.",
        row.id, given));
  return Error::refused(Text::format(
      "Sai khóa gốc: cơ sở dữ liệu này cần khóa gốc mã {0}, tệp đang dùng chứa khóa gốc mã {1}. Hãy chỉ đúng tệp ở "
      "root_key_file.",
      "The wrong root key: this database needs the root key {0}, the file in use holds {1}. Name the right file as "
      "root_key_file.",
      row.root_id, given));
}

Result<Key> unwrap(const Wrapped& stored, const Secret& root) {
  const auto purpose = parse_purpose(stored.row.purpose);
  const auto wrapped = from_base64url(stored.bytes);
  auto bytes = purpose && wrapped ? open_sealed(root, *wrapped, bytes_of(context_of(stored.row.id, stored.row.purpose)))
                                  : std::nullopt;
  if (!bytes || bytes->size() != 32) return Failure(wrong_root(stored.row, root));
  return Key{stored.row.id, *purpose, std::move(*bytes)};
}

NewKey make_key(const Secret& root, Purpose purpose, Random& random) {
  std::array<unsigned char, 32> bytes{};
  random.fill(bytes);
  NewKey made{{Id<struct KeyTag>::make(random).text(), purpose, Secret(ByteView(bytes))}, {}, root_key_id(root)};
  sodium_memzero(bytes.data(), bytes.size());
  made.wrapped = wrap(root, made.key, random);
  return made;
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

std::optional<Purpose> parse_purpose(std::string_view name) {
  for (const auto purpose : kPurposes)
    if (name_of(purpose) == name) return purpose;
  return std::nullopt;
}

std::span<const Migration> keyring_migrations() {
  return kMigrations;
}

std::vector<KeyRow> stored_keys(Reader& reader) {
  std::vector<KeyRow> out;
  for (auto& stored : wrapped_keys(reader)) out.push_back(std::move(stored.row));
  return out;
}

std::string root_key_id(const Secret& root) {
  return hex(derive_key(root, "khien root key id", 4).bytes());
}

Result<void> Keyring::create_missing(Store& store, const Secret& root, Random& random, Instant now) {
  return store.write([&](Transaction& tx) -> Result<void> {
    for (const auto& stored : wrapped_keys(tx)) TRY(unwrap(stored, root));
    tx.execute(kName, root_key_id(root));
    for (const auto purpose : kPurposes)
      if (!tx.exists(kHas, name_of(purpose))) insert(tx, make_key(root, purpose, random), now);
    return {};
  });
}

Result<std::unique_ptr<Keyring>> Keyring::load(Store& store, const Secret& root) {
  auto ring = std::make_unique<Keyring>();
  ring->root_ = root;
  TRY(ring->refresh(store));
  if (ring->by_purpose_.size() != kPurposes.size())
    return Failure(Error::refused({"Bảng khóa của cơ sở dữ liệu thiếu khóa: đã bị sửa hoặc hỏng.",
                                   "The table of keys lacks keys: it was changed or is damaged."}));
  return ring;
}

Result<void> Keyring::refresh(Store& store) {
  const auto rows =
      TRY(store.read([](Reader& reader) -> Result<std::vector<Wrapped>> { return wrapped_keys(reader); }));
  const std::unique_lock lock(mutex_);
  for (const auto& stored : rows) {
    if (keys_.contains(stored.row.id)) continue;
    Key key = TRY(unwrap(stored, root_));
    const auto [place, fresh] = keys_.emplace(key.id, std::move(key));
    by_purpose_[place->second.purpose].push_back(&place->second);
  }
  return {};
}

const Key& Keyring::current(Purpose purpose) const {
  const std::shared_lock lock(mutex_);
  return *by_purpose_.at(purpose).back();
}

const Key* Keyring::find(std::string_view id) const {
  const std::shared_lock lock(mutex_);
  const auto found = keys_.find(id);
  return found == keys_.end() ? nullptr : &found->second;
}

std::vector<const Key*> Keyring::all_of(Purpose purpose) const {
  const std::shared_lock lock(mutex_);
  const auto& keys = by_purpose_.at(purpose);
  return {keys.rbegin(), keys.rend()};
}

NewKey Keyring::make(Purpose purpose, Random& random) const {
  return make_key(root(), purpose, random);
}

void Keyring::insert(Transaction& tx, const NewKey& made, Instant now) {
  tx.execute(kInsert, made.key.id, name_of(made.key.purpose), now, made.wrapped, made.root_id);
}

void Keyring::remove(Transaction& tx, std::string_view id) {
  tx.execute(kBlank, id);
  tx.execute(kDelete, id);
}

bool Keyring::is_current_in(Reader& reader, const Key& key) {
  bool same = false;
  reader.first(kNewest, [&](const Row& row) { same = row.text(0) == key.id; }, name_of(key.purpose));
  return same;
}

Result<void> Keyring::rewrap(Transaction& tx, const Secret& old_root, const Secret& new_root, Random& random) {
  for (const auto& stored : wrapped_keys(tx)) {
    const Key key = TRY(unwrap(stored, old_root));
    tx.execute(kRewrap, wrap(new_root, key, random), root_key_id(new_root), key.id);
  }
  return {};
}

void Keyring::use_root(const Secret& root) {
  const std::unique_lock lock(mutex_);
  root_ = root;
}

std::string Keyring::root_id() const {
  return root_key_id(root());
}

Secret Keyring::root() const {
  const std::shared_lock lock(mutex_);
  return root_;
}

}  // namespace khien::store
