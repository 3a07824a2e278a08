#include "credentials/login_store.h"
#include "credentials/migrations.h"

#include <array>

namespace khien::credentials {
namespace {

using policy::LifecycleState;
using policy::PasswordFacts;
using policy::PasswordState;

constexpr std::array kMigrations{
    store::Migration{"credentials", 1,
                     "create table login ("
                     " id text not null primary key, user_name text not null unique, holder text not null,"
                     " state bigint not null, created_at bigint not null,"
                     " password_state bigint not null, changed_at bigint, rule_min_length bigint not null,"
                     " rule_classes bigint not null, suspected_at bigint, verifier text);\n"
                     "create index login_holder on login (holder);\n"
                     "create table password_history ("
                     " login text not null, number bigint not null, verifier text not null, until bigint not null,"
                     " primary key (login, number));\n"
                     "create table holder_salt (person text not null primary key, salt text not null);\n"},
    store::Migration{"credentials", 2, "alter table login add column epoch bigint not null default 0;\n"},
    store::Migration{"credentials", 3, "create index login_with_password on login (id) where verifier is not null;\n"}};

constexpr store::Sql kCountUnderPepper{"select count(*) from login where verifier like :1", "i"};
constexpr store::Sql kCountHistory{"select count(*) from password_history where verifier like :1", "i"};
constexpr std::int64_t kHistoryKept = 24;

constexpr const char* kColumnTypes = "tttiiiiiiii";
constexpr store::Sql kLoadAll{
    "select id, user_name, holder, state, created_at, password_state, changed_at, rule_min_length, rule_classes,"
    " suspected_at, epoch from login",
    kColumnTypes};
constexpr store::Sql kLoad{
    "select id, user_name, holder, state, created_at, password_state, changed_at, rule_min_length, rule_classes,"
    " suspected_at, epoch from login where id = :1",
    kColumnTypes};
constexpr store::Sql kLoadOf{
    "select id, user_name, holder, state, created_at, password_state, changed_at, rule_min_length, rule_classes,"
    " suspected_at, epoch from login where holder = :1 order by id",
    kColumnTypes};
constexpr store::Sql kFind{"select id from login where user_name = :1", "t"};
constexpr store::Sql kInsert{
    "insert into login (id, user_name, holder, state, created_at, password_state, changed_at, rule_min_length,"
    " rule_classes, suspected_at, verifier) values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11)"};
constexpr store::Sql kState{"update login set state = :1 where id = :2"};
constexpr store::Sql kSuspect{"update login set suspected_at = :1 where id = :2"};
constexpr store::Sql kRaiseEpoch{"update login set epoch = epoch + 1 where id = :1"};
constexpr store::Sql kVerifier{"select verifier from login where id = :1 and verifier is not null", "t"};
constexpr store::Sql kVerifierFrom{
    "select verifier from login where verifier is not null and id >= :1 order by id limit 1", "t"};
constexpr store::Sql kRenew{"update login set verifier = :1 where id = :2"};
constexpr store::Sql kReplace{
    "update login set verifier = :1, password_state = :2, changed_at = :3, rule_min_length = :4, rule_classes = :5,"
    " suspected_at = :6 where id = :7"};
constexpr store::Sql kHistory{"select verifier from password_history where login = :1 order by number desc limit :2",
                              "t"};
constexpr store::Sql kLastNumber{"select max(number) from password_history where login = :1", "i"};
constexpr store::Sql kRemember{"insert into password_history (login, number, verifier, until) values (:1, :2, :3, :4)"};
constexpr store::Sql kForget{"delete from password_history where login = :1 and number <= :2"};
constexpr store::Sql kSalt{"select salt from holder_salt where person = :1", "t"};
constexpr store::Sql kEraseHistory{
    "delete from password_history where login in (select id from login where holder = :1)"};
constexpr store::Sql kCountVerifiers{"select count(verifier) from login where holder = :1", "i"};
constexpr store::Sql kEraseVerifiers{
    "update login set verifier = null, password_state = :1, changed_at = null, rule_min_length = 0, rule_classes = 0,"
    " suspected_at = null where holder = :2"};
constexpr store::Sql kEraseSalt{"delete from holder_salt where person = :1"};
constexpr store::Sql kInsertSalt{"insert into holder_salt (person, salt) values (:1, :2)"};

Login read_login(const store::Row& row) {
  Login login;
  login.id = row.id<LoginId>(0);
  login.user_name = row.string(1);
  login.holder = row.id<PersonId>(2);
  login.state = static_cast<LifecycleState>(row.integer(3));
  login.created_at = row.instant(4);
  login.password.state = static_cast<PasswordState>(row.integer(5));
  login.password.changed_at = row.maybe_instant(6);
  login.password.rule_min_length = row.integer(7);
  login.password.rule_classes = static_cast<std::uint8_t>(row.integer(8));
  login.password.suspected_at = row.maybe_instant(9);
  login.epoch = row.integer(10);
  return login;
}

}  // namespace

std::span<const store::Migration> migrations() {
  return kMigrations;
}

Logins load_logins(store::Reader& reader) {
  std::vector<Login> all;
  reader.each(kLoadAll, [&](const store::Row& row) { all.push_back(read_login(row)); });
  return Logins::of(std::move(all));
}

std::optional<Login> load_login(store::Reader& reader, const LoginId& id) {
  std::optional<Login> out;
  reader.first(kLoad, [&](const store::Row& row) { out = read_login(row); }, id);
  return out;
}

std::vector<Login> load_logins_of(store::Reader& reader, const PersonId& holder) {
  std::vector<Login> out;
  reader.each(kLoadOf, [&](const store::Row& row) { out.push_back(read_login(row)); }, holder);
  return out;
}

std::optional<LoginId> find_login(store::Reader& reader, const std::string& user_name) {
  std::optional<LoginId> out;
  reader.first(kFind, [&](const store::Row& row) { out = row.id<LoginId>(0); }, user_name);
  return out;
}

void insert_login(store::Transaction& tx, const Login& login, const std::optional<std::string>& verifier) {
  const PasswordFacts& facts = login.password;
  tx.execute(kInsert, login.id, login.user_name, login.holder, static_cast<int>(login.state), login.created_at,
             static_cast<int>(facts.state), facts.changed_at, facts.rule_min_length,
             static_cast<int>(facts.rule_classes), facts.suspected_at, verifier);
}

void update_login_state(store::Transaction& tx, const LoginId& id, LifecycleState state) {
  tx.execute(kState, static_cast<int>(state), id);
  raise_epoch(tx, id);
}

void update_suspicion(store::Transaction& tx, const LoginId& id, std::optional<Instant> suspected_at) {
  tx.execute(kSuspect, suspected_at, id);
  raise_epoch(tx, id);
}

void raise_epoch(store::Transaction& tx, const LoginId& id) {
  tx.execute(kRaiseEpoch, id);
}

std::optional<std::string> load_verifier(store::Reader& reader, const LoginId& id) {
  std::optional<std::string> out;
  reader.first(kVerifier, [&](const store::Row& row) { out = row.string(0); }, id);
  return out;
}

std::optional<std::string> load_some_verifier(store::Reader& reader, const LoginId& near) {
  std::optional<std::string> out;
  const auto keep = [&](const store::Row& row) { out = row.string(0); };
  if (!reader.first(kVerifierFrom, keep, near)) reader.first(kVerifierFrom, keep, "");
  return out;
}

std::vector<std::string> load_history(store::Reader& reader, const LoginId& id, std::int64_t last) {
  std::vector<std::string> out;
  reader.each(kHistory, [&](const store::Row& row) { out.push_back(row.string(0)); }, id, last);
  return out;
}

void replace_verifier(store::Transaction& tx, const LoginId& id, const std::string& verifier,
                      const PasswordFacts& facts, Instant now) {
  if (const auto old = load_verifier(tx, id)) {
    std::int64_t number = 0;
    tx.first(kLastNumber, [&](const store::Row& row) { number = row.maybe_integer(0).value_or(0); }, id);
    tx.execute(kRemember, id, number + 1, *old, now);
    tx.execute(kForget, id, number + 1 - kHistoryKept);
  }
  tx.execute(kReplace, verifier, static_cast<int>(facts.state), facts.changed_at, facts.rule_min_length,
             static_cast<int>(facts.rule_classes), facts.suspected_at, id);
}

void renew_verifier(store::Transaction& tx, const LoginId& id, const std::string& verifier) {
  tx.execute(kRenew, verifier, id);
}

std::int64_t erase_passwords(store::Transaction& tx, const PersonId& holder) {
  std::int64_t present = 0;
  tx.first(kCountVerifiers, [&](const store::Row& row) { present = row.integer(0); }, holder);
  const auto past = tx.execute(kEraseHistory, holder);
  tx.execute(kEraseVerifiers, static_cast<int>(PasswordState::None), holder);
  tx.execute(kEraseSalt, holder);
  return present + past;
}

PepperUse count_verifiers_under(store::Reader& reader, std::string_view pepper_id) {
  PepperUse out;
  const std::string form = "v=1,k=" + std::string(pepper_id) + ",%";
  reader.first(kCountUnderPepper, [&](const store::Row& row) { out.present = row.integer(0); }, form);
  reader.first(kCountHistory, [&](const store::Row& row) { out.history = row.integer(0); }, form);
  return out;
}

std::optional<Bytes> load_salt(store::Reader& reader, const PersonId& holder) {
  std::optional<Bytes> out;
  reader.first(kSalt, [&](const store::Row& row) { out = from_base64url(row.text(0)); }, holder);
  return out;
}

void insert_salt(store::Transaction& tx, const PersonId& holder, ByteView salt) {
  tx.execute(kInsertSalt, holder, base64url(salt));
}

}  // namespace khien::credentials
