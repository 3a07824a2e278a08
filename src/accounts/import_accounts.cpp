#include "accounts/import_accounts.h"

#include <unordered_map>

#include "accounts/account_rules.h"
#include "accounts/import_item.h"
#include "accounts/import_row.h"

namespace khien::accounts {
namespace {

using sheets::PlanItem;
using sheets::PlannedAct;
using State = LifecycleState;

using NameKey = std::pair<SystemId, std::string>;
struct NameHash {
  std::size_t operator()(const NameKey& key) const {
    return std::hash<SystemId>{}(key.first) ^ std::hash<std::string>{}(key.second);
  }
};

class AccountsPlanner {
 public:
  AccountsPlanner(const sheets::Table& table, const Register& known, const people::Directory& directory,
                  const people::Marker& marker, Instant now, people::IdSource::Series ids)
      : table_(table),
        known_(known),
        directory_(directory),
        now_(now),
        ids_(std::move(ids)),
        reader_(table, known, directory, now),
        finder_(directory, marker, now) {
    out_.plan.begin(table);
    known.each_account([&](const Account& account) {
      if (account.wanted == State::Closed) closed_.emplace(name_key(account.system, account.user_name), account.id);
    });
  }

  AccountsImport run() {
    for (const auto& cells : table_.rows) add(reader_.read(cells, out_.plan.problems));
    out_.plan.settle();
    return std::move(out_);
  }

 private:
  static NameKey name_key(const SystemId& system, std::string_view user_name) { return {system, user_key(user_name)}; }

  /// At that column of the row, unless the error has a place already.
  [[nodiscard]] Error placed(Error error, const AccountRow& row, std::string_view key) const {
    return error.place() ? std::move(error) : std::move(error).at(table_.place({row.number, {}}, key));
  }

  /// Whom a row names.
  struct RowPeople {
    PersonId holder;
    std::vector<PersonId> users;
  };

  /// What the row refers to is looked for even if a cell is wrong; it is planned if nothing is.
  void add(const AccountRow& row) {
    const auto before = out_.plan.problems.size();
    if (!row.system.id.is_nil() && !row.user_name.empty()) note(claim(row), row);
    const RowPeople people = people_of(row);
    if (row.complete && out_.plan.problems.size() == before) note(plan(row, people), row);
  }

  void note(const Result<void>& done, const AccountRow& row) {
    if (!done) out_.plan.problems.push_back(placed(done.error(), row, reader_.user_name_key()));
  }

  RowPeople people_of(const AccountRow& row) {
    RowPeople out;
    const auto holder = row.complete ? holder_of(row) : holder_if_named(row);
    if (holder)
      out.holder = *holder;
    else
      note(Failure(holder.error()), row);
    for (const auto& text : row.named_users)
      if (auto user = find_in(row, "named_users", text))
        out.users.push_back(*user);
      else
        note(Failure(std::move(user).error()), row);
    return out;
  }

  Result<void> plan(const AccountRow& row, const RowPeople& people) {
    const auto before = account_of_row(row, people.holder);
    AccountChange change = before ? TRY(known_account(*before, row, people)) : TRY(new_account(row, people));
    TRY(plan_login(row, change.after));
    add_item(row, change);
    return {};
  }

  Result<void> claim(const AccountRow& row) {
    const auto [place, fresh] = claimed_.try_emplace(name_key(row.system.id, row.user_name), row.number);
    if (fresh) return {};
    return Failure(Error::conflict(Text::format("Tài khoản này đã có ở dòng {0} của tệp.",
                                                "This account stands in row {0} already.", place->second)));
  }

  /// The kind that the row means: what it says, or what is known.
  [[nodiscard]] AccountKind kind_of(const AccountRow& row) const {
    if (row.kind) return *row.kind;
    const auto named = known_.account_named(row.system.id, row.user_name);
    return named ? known_.account(*named)->kind : AccountKind::Personal;
  }

  /// Nil only for the account of a unit or a program whose row names nobody.
  [[nodiscard]] Result<PersonId> holder_of(const AccountRow& row) const {
    if (is_ones_own(kind_of(row))) return find_person(row);
    if (!row.custodian.empty()) return find_in(row, "custodian", row.custodian);
    if (row.person.names_somebody()) return find_person(row);
    return PersonId{};
  }

  /// Of a row that is not complete: what it would need to name somebody may stand in the cell that is wrong.
  [[nodiscard]] Result<PersonId> holder_if_named(const AccountRow& row) const {
    if (!is_ones_own(kind_of(row)) && !row.custodian.empty()) return find_in(row, "custodian", row.custodian);
    return row.person.is_numbered() ? find_person(row) : PersonId{};
  }

  [[nodiscard]] Result<PersonId> find_person(const AccountRow& row) const {
    auto found = finder_.find(row.person);
    if (found || !row.person.is_numbered()) return found;
    return Failure(
        placed(std::move(found).error(), row, row.person.identity_number.empty() ? "staff_code" : "identity_number"));
  }

  [[nodiscard]] Result<PersonId> find_in(const AccountRow& row, std::string_view key, const std::string& text) const {
    auto found = finder_.find_by_word(text);
    if (!found) return Failure(placed(std::move(found).error(), row, key));
    return found;
  }

  /// The open account of that name; or a closed one of the same holder, which the row then means; otherwise none.
  [[nodiscard]] std::optional<Account> account_of_row(const AccountRow& row, const PersonId& holder) const {
    if (const auto named = known_.account_named(row.system.id, row.user_name)) return known_.account(*named);
    std::optional<Account> latest;
    const auto [begin, end] = closed_.equal_range(name_key(row.system.id, row.user_name));
    for (auto it = begin; it != end; ++it) {
      auto account = known_.account(it->second);
      if (!holder.is_nil() && account->holder != holder) continue;
      if (!latest || *latest->closed_at < *account->closed_at) latest = std::move(account);
    }
    return latest;
  }

  Result<AccountChange> new_account(const AccountRow& row, const RowPeople& people) {
    NewAccount wanted{.system = row.system.id,
                      .kind = kind_of(row),
                      .user_name = row.user_name,
                      .holder = people.holder,
                      .unit = row.unit,
                      .named_users = people.users,
                      .wanted = row.state.value_or(State::Active),
                      .created_at = row.created};
    AccountChange change;
    change.after = TRY(accounts::account_of(wanted, ids_.next<AccountId>(), known_, directory_, now_));
    return change;
  }

  Result<AccountChange> known_account(const Account& before, const AccountRow& row, const RowPeople& people) const {
    AccountChange change{before, before, {}};
    Account& after = change.after;
    if (row.kind) after.kind = *row.kind;
    if (!people.holder.is_nil()) TRY(take_holder(after, before, people.holder));
    if (!row.unit.is_nil()) after.unit = row.unit;
    if (row.created) after.created_at = *row.created;
    if (!row.named_users.empty()) after.named_users = people.users;
    TRY(check(after));
    if (!row.state) return change;
    const auto acts = acts_between(before.wanted, *row.state);
    if (!acts) return Failure(no_way(before, *row.state));
    change.acts = *acts;
    Account reached = after;
    for (const auto act : change.acts) reached = TRY(accounts::after(act, std::move(reached), now_));
    return change;
  }

  Result<void> take_holder(Account& after, const Account& before, const PersonId& holder) const {
    if (before.holder != holder && is_ones_own(before.kind))
      return Failure(Error::conflict(Text::format(
          "Tài khoản này đang thuộc về “{0}”. Tài khoản cá nhân không chuyển cho người khác: hãy đóng tài khoản cũ "
          "rồi cấp mới, hoặc sửa trực tiếp nếu trước đây ghi nhầm.",
          "This account belongs to “{0}”. One's own account does not change hands: close it and issue a new one, or "
          "correct it if it was recorded wrongly.",
          finder_.name_of(before.holder))));
    after.holder = holder;
    return {};
  }

  static Error no_way(const Account& before, State wanted) {
    if (before.wanted == State::Closed)
      return Error::refused(Text::format(
          "Tài khoản này đã đóng ngày {0}; đóng là trạng thái cuối cùng. Nếu cần, cấp tài khoản mới.",
          "This account was closed on {0}, for good; issue a new one if needed.", dmy(date_of(*before.closed_at))));
    return Error::refused({"Tài khoản đã kích hoạt không thể trở lại “" + name_of(wanted).vi + "”.",
                           "An account that was active cannot be “" + name_of(wanted).en + "” again."});
  }

  /// Several accounts may share a login, but a login has one holder.
  Result<void> plan_login(const AccountRow& row, const Account& account) {
    if (row.wanted_login.empty()) return {};
    const auto [place, fresh] = login_holders_.try_emplace(user_key(row.wanted_login), account.holder);
    if (!fresh && place->second != account.holder)
      return Failure(Error::conflict(Text::format("Tên đăng nhập {0} trong tệp được ghi cho hai người khác nhau.",
                                                  "The login {0} stands for two different people in the file.",
                                                  row.wanted_login)));
    out_.logins.push_back({row.number, account.id, account.holder, row.wanted_login});
    return {};
  }

  void add_item(const AccountRow& row, AccountChange& change) {
    PlanItem item = item_of(change, ItemNames{finder_, directory_, now_});
    item.row = change.row = row.number;
    item.label = row.label() + item.label;
    if (item.act != PlannedAct::Unchanged) out_.changes.push_back(std::move(change));
    out_.plan.items.push_back(std::move(item));
  }

  const sheets::Table& table_;
  const Register& known_;
  const people::Directory& directory_;
  Instant now_;
  people::IdSource::Series ids_;
  AccountRowReader reader_;
  HolderFinder finder_;
  std::unordered_multimap<NameKey, AccountId, NameHash> closed_;
  std::unordered_map<NameKey, std::size_t, NameHash> claimed_;
  std::unordered_map<std::string, PersonId> login_holders_;
  AccountsImport out_;
};

}  // namespace

AccountsImport plan_accounts(const sheets::Table& table, const Register& known, const people::Directory& directory,
                             const people::Marker& marker, Instant now, people::IdSource::Series ids) {
  return AccountsPlanner(table, known, directory, marker, now, std::move(ids)).run();
}

}  // namespace khien::accounts
