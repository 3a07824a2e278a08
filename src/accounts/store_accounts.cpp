#include <unordered_map>

#include "accounts/store.h"

namespace khien::accounts {
namespace {

using store::Reader;
using store::Row;
using store::Sql;
using store::Transaction;

using Users = std::unordered_map<AccountId, std::vector<PersonId>>;

#define KHIEN_ACCOUNT_COLUMNS                                                                                        \
  "select id, system, kind, user_name, login, holder, unit, wanted, observed, observed_as_of, created_at, closed_at" \
  " from account"
constexpr Sql kAllAccounts{KHIEN_ACCOUNT_COLUMNS, "tttttttttiii"};
constexpr Sql kAccountsOf{KHIEN_ACCOUNT_COLUMNS " where system = :1", "tttttttttiii"};
constexpr Sql kAccount{KHIEN_ACCOUNT_COLUMNS " where id = :1", "tttttttttiii"};
#undef KHIEN_ACCOUNT_COLUMNS

constexpr Sql kNamed{"select id from account where system = :1 and user_key = :2 and closed_at is null", "t"};
constexpr Sql kInsert{
    "insert into account (id, system, kind, user_name, user_key, login, holder, unit, wanted, observed,"
    " observed_as_of, created_at, closed_at, recorded_at, changed_at)"
    " values (:1, :2, :3, :4, :5, :6, :7, :8, :9, :10, :11, :12, :13, :14, :15)"};
constexpr Sql kUpdate{
    "update account set kind = :1, user_name = :2, user_key = :3, login = :4, holder = :5, unit = :6, wanted = :7,"
    " observed = :8, observed_as_of = :9, created_at = :10, closed_at = :11, changed_at = :12 where id = :13"};
constexpr Sql kUpdateObserved{"update account set observed = :1, observed_as_of = :2 where id = :3"};
constexpr Sql kDelete{"delete from account where id = :1"};

constexpr Sql kAllUsers{"select account, person from account_user order by account, place", "tt"};
constexpr Sql kUsersIn{
    "select u.account, u.person from account_user u join account a on a.id = u.account where a.system = :1"
    " order by u.account, u.place",
    "tt"};
constexpr Sql kUsersOf{"select account, person from account_user where account = :1 order by place", "tt"};
constexpr Sql kInsertUser{"insert into account_user (account, place, person) values (:1, :2, :3)"};
constexpr Sql kDeleteUsers{"delete from account_user where account = :1"};

template <class IdType>
std::optional<std::string> text_or_null(const IdType& id) {
  return id.is_nil() ? std::nullopt : std::optional(id.text());
}

template <class... P>
Users users_from(Reader& reader, const Sql& sql, const P&... parameters) {
  Users users;
  reader.each(sql, [&](const Row& row) { users[row.id<AccountId>(0)].push_back(row.id<PersonId>(1)); }, parameters...);
  return users;
}

/// What is stored under a name that this version does not know is read as what allows least.
Account account_of(const Row& row, const Users& users) {
  Account account;
  account.id = row.id<AccountId>(0);
  account.system = row.id<SystemId>(1);
  account.kind = policy::parse_account_kind(row.text(2)).value_or(AccountKind::Personal);
  account.user_name = row.string(3);
  account.login = row.id<LoginId>(4);
  account.holder = row.id<PersonId>(5);
  account.unit = row.id<UnitId>(6);
  account.wanted = parse_lifecycle(row.text(7)).value_or(LifecycleState::Suspended);
  account.observed = {parse_observed(row.text(8)).value_or(ObservedState::Unknown), row.maybe_instant(9)};
  account.created_at = row.instant(10);
  account.closed_at = row.maybe_instant(11);
  if (const auto found = users.find(account.id); found != users.end()) account.named_users = found->second;
  return account;
}

void insert_users(Transaction& transaction, const Account& account) {
  std::size_t place = 0;
  for (const auto& person : account.named_users) transaction.execute(kInsertUser, account.id, ++place, person);
}

}  // namespace

void load_accounts(Reader& reader, Register& known) {
  const Users users = users_from(reader, kAllUsers);
  Register::Filling filling(known);
  reader.each(kAllAccounts, [&](const Row& row) { filling.add(account_of(row, users)); });
  std::move(filling).finish();
}

std::optional<Account> load_account(Reader& reader, const AccountId& id) {
  const Users users = users_from(reader, kUsersOf, id);
  std::optional<Account> found;
  reader.first(kAccount, [&](const Row& row) { found = account_of(row, users); }, id);
  return found;
}

void refresh_account(Reader& reader, Register& known, const AccountId& id) {
  if (const auto account = load_account(reader, id)) {
    known.put(*account);
    known.put_holds(id, load_holds_of(reader, id));
  } else {
    known.erase(id);
  }
}

void refresh_accounts_of(Reader& reader, Register& known, const SystemId& system) {
  const Users users = users_from(reader, kUsersIn, system);
  reader.each(kAccountsOf, [&](const Row& row) { known.put(account_of(row, users)); }, system);
}

std::optional<AccountId> find_account_named(Reader& reader, const SystemId& system, const std::string& user_name) {
  std::optional<AccountId> found;
  reader.first(kNamed, [&](const Row& row) { found = row.id<AccountId>(0); }, system, user_key(user_name));
  return found;
}

void insert_account(Transaction& transaction, const Account& account, Instant now) {
  transaction.execute(kInsert, account.id, account.system, policy::code_of(account.kind), account.user_name,
                      user_key(account.user_name), text_or_null(account.login), text_or_null(account.holder),
                      account.unit, code_of(account.wanted), code_of(account.observed.state), account.observed.as_of,
                      account.created_at, account.closed_at, now, now);
  insert_users(transaction, account);
}

void update_account(Transaction& transaction, const Account& before, const Account& after, Instant now) {
  transaction.execute(kUpdate, policy::code_of(after.kind), after.user_name, user_key(after.user_name),
                      text_or_null(after.login), text_or_null(after.holder), after.unit, code_of(after.wanted),
                      code_of(after.observed.state), after.observed.as_of, after.created_at, after.closed_at, now,
                      after.id);
  if (before.named_users == after.named_users) return;
  transaction.execute(kDeleteUsers, after.id);
  insert_users(transaction, after);
}

void update_observation(Transaction& transaction, const AccountId& id, const Observation& observed) {
  transaction.execute(kUpdateObserved, code_of(observed.state), observed.as_of, id);
}

void delete_account(Transaction& transaction, const AccountId& id) {
  transaction.execute(kDeleteUsers, id);
  delete_holds(transaction, id);
  transaction.execute(kDelete, id);
}

}  // namespace khien::accounts
