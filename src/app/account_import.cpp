#include "app/account_import.h"

#include <map>
#include <set>

namespace khien::app {
namespace {

using credentials::Login;
using policy::LifecycleState;
using sheets::PlannedAct;

class LoginPlanner {
 public:
  LoginPlanner(Installation& installation, const sheets::Table& table, AccountImport& out)
      : known_(installation.accounts().snapshot()),
        logins_(installation.credentials().snapshot()),
        random_(installation.random),
        table_(table),
        out_(out) {}

  void run() {
    auto& plan = out_.accounts.plan;
    for (const auto& wanted : out_.accounts.logins)
      if (auto planned = plan_one(wanted); !planned)
        plan.problems.push_back(std::move(planned).error().at(table_.place({wanted.row, {}}, "login")));
    for (const auto& change : out_.accounts.changes)
      if (change.hands_over() && !named_.contains(change.row))
        if (auto right = may_be_handed_over(change); !right)
          plan.problems.push_back(std::move(right).error().at(table_.place({change.row, {}}, "custodian")));
    plan.settle();
  }

 private:
  Result<void> plan_one(const accounts::WantedLogin& wanted) {
    const std::string name = TRY(credentials::clean_user_name(wanted.user_name));
    named_.insert(wanted.row);
    if (wanted.holder.is_nil())
      return Failure(Error::invalid(
          {"Tên đăng nhập phải có người chịu trách nhiệm: hãy ghi người quản lý ở cột Người quản lý, hoặc chưa ghi tên "
           "đăng nhập khi chưa có ai.",
           "A login needs a person who answers for it: name the custodian in its column, or leave the login out until "
           "there is one."}));
    const Login* login = logins_->named(name);
    if (login != nullptr && login->holder != wanted.holder)
      return Failure(Error::conflict(
          Text::format("Tên đăng nhập «{0}» là của người khác.", "The login \"{0}\" is somebody else's.", name)));
    const auto account = known_->account(wanted.account);
    const LoginId before = account ? account->login : LoginId{};
    const bool closed = login != nullptr && login->state == LifecycleState::Closed;
    if (login != nullptr && login->id == before) {
      if (closed && account->wanted != LifecycleState::Closed) note_closed(wanted.row, name);
      return {};
    }
    if (closed)
      return Failure(
          Error::refused(Text::format("Tên đăng nhập «{0}» đã đóng, không mở lại được; hãy ghi một tên đăng nhập khác.",
                                      "The login \"{0}\" is closed for good; name another.", name)));
    const Login* present = before.is_nil() ? nullptr : logins_->find(before);
    if (!before.is_nil()) TRY(may_be_replaced(present, name, wanted.holder));
    const bool fresh = login == nullptr && !made_.contains(name);
    const LoginId after = login != nullptr ? login->id : made(name, wanted.holder);
    out_.accounts.bindings.push_back({wanted.account, before, after});
    show(wanted.row, name, present, fresh);
    return {};
  }

  /// A closed login opens nothing, and one of somebody else than the holder (who may be new in this very row) should
  /// not. Fails closed: a login that cannot be seen is taken to be open and the holder's.
  static Result<void> may_be_replaced(const Login* present, const std::string& name, const PersonId& holder) {
    if (present != nullptr && (present->state == LifecycleState::Closed || present->holder != holder)) return {};
    const std::string shown = present == nullptr ? "?" : present->user_name;
    return Failure(Error::refused(Text::format(
        "Tài khoản này đang mở bằng tên đăng nhập «{0}», không phải «{1}». Nếu ghi nhầm, hãy ghi «{0}» hoặc để trống; "
        "nếu muốn đổi, trước hết đóng tên đăng nhập cũ: khien login close {0} --reason …",
        "The login \"{0}\" opens this account, not \"{1}\". If this is a slip, write \"{0}\" or leave the cell empty; "
        "to change it, close the old login first: khien login close {0} --reason …",
        shown, name)));
  }

  /// Of a row that names no login: the account must not go to a new holder and stay open to the old one's login.
  Result<void> may_be_handed_over(const accounts::AccountChange& change) const {
    if (change.before.login.is_nil()) return {};
    const Login* present = logins_->find(change.before.login);
    if (present != nullptr && (present->state == LifecycleState::Closed || present->holder != change.before.holder))
      return {};
    const std::string shown = present == nullptr ? "?" : present->user_name;
    Text words = Text::format(
        "Đổi người quản lý mà không đổi tên đăng nhập: «{0}» của người quản lý cũ vẫn mở tài khoản này. Hãy ghi ở cột "
        "Tên đăng nhập một tên của người quản lý mới; chưa có thì được tạo.",
        "Another custodian and the same login: \"{0}\" of the old custodian would go on opening this account. Write a "
        "login of the new custodian in its column; one that does not exist is made.",
        shown);
    if (present != nullptr && known_->opened_by(present->id).size() == 1) {
      words.vi += " Hoặc đóng tên cũ trước, nếu chỉ dùng cho tài khoản này: khien login close " + shown + " --reason …";
      words.en += " Or close the old one first, which opens nothing else: khien login close " + shown + " --reason …";
    }
    return Failure(Error::refused(std::move(words)));
  }

  void note_closed(std::size_t row, const std::string& name) {
    out_.accounts.plan.notes.push_back(
        Error::refused(Text::format("Tên đăng nhập «{0}» đã đóng nên không ai vào được tài khoản này; hãy ghi một tên "
                                    "đăng nhập khác, hoặc đóng tài khoản.",
                                    "The login \"{0}\" is closed, so that nobody can enter this account; name another "
                                    "login, or close the account.",
                                    name))
            .at(table_.place({row, {}}, "login")));
  }

  LoginId made(const std::string& name, const PersonId& holder) {
    const auto [place, fresh] = made_.try_emplace(name);
    if (fresh) {
      place->second = LoginId::make(random_);
      credentials::NewLogin login{.user_name = name, .holder = holder};
      login.id = place->second;
      out_.logins.push_back(std::move(login));
    }
    return place->second;
  }

  void show(std::size_t row, const std::string& name, const Login* present, bool fresh) {
    auto* item = out_.accounts.plan.item_at(row);
    if (item == nullptr) return;
    if (item->act == PlannedAct::Unchanged || item->act == PlannedAct::End) item->act = PlannedAct::Change;
    if (fresh) item->changes.push_back({{"tên đăng nhập mới", "new login"}, "", name});
    if (!fresh || present != nullptr)
      item->changes.push_back({{"tên đăng nhập", "login"}, present == nullptr ? "" : present->user_name, name});
  }

  std::shared_ptr<const accounts::Register> known_;
  std::shared_ptr<const credentials::Logins> logins_;
  Random& random_;
  const sheets::Table& table_;
  AccountImport& out_;
  std::map<std::string, LoginId> made_;
  std::set<std::size_t> named_;  ///< rows that name a login
};

}  // namespace

AccountImport plan_account_import(Installation& installation, const sheets::Table& table) {
  AccountImport out{installation.accounts().plan_import(table), {}};
  LoginPlanner(installation, table, out).run();
  return out;
}

Result<void> store_account_import(Installation& installation, const people::By& by, const AccountImport& planned) {
  const Instant now = installation.clock.now();
  return installation.store().write([&](store::Transaction& tx) -> Result<void> {
    TRY(installation.credentials().create_in(tx, by, planned.logins, now));
    return installation.accounts().import_in(tx, by, planned.accounts, now);
  });
}

}  // namespace khien::app
