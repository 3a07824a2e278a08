#include "app/account_import.h"

#include <map>

namespace khien::app {
namespace {

using credentials::Login;
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
    plan.settle();
  }

 private:
  Result<void> plan_one(const accounts::WantedLogin& wanted) {
    const std::string name = TRY(credentials::clean_user_name(wanted.user_name));
    const Login* login = logins_->named(name);
    if (login != nullptr && login->holder != wanted.holder)
      return Failure(Error::conflict(
          Text::format("Tên đăng nhập «{0}» là của người khác.", "The login \"{0}\" is somebody else's.", name)));
    const auto account = known_->account(wanted.account);
    const LoginId before = account ? account->login : LoginId{};
    if (login != nullptr && login->id == before) return {};
    const Login* present = before.is_nil() ? nullptr : logins_->find(before);
    if (!before.is_nil()) TRY(may_be_replaced(present, name));
    const bool fresh = login == nullptr && !made_.contains(name);
    const LoginId after = login != nullptr ? login->id : made(name, wanted.holder);
    out_.accounts.bindings.push_back({wanted.account, before, after});
    show(wanted.row, name, present, fresh);
    return {};
  }

  /// Fails closed: a login that cannot be seen is taken to be open.
  static Result<void> may_be_replaced(const Login* present, const std::string& name) {
    if (present != nullptr && present->state == policy::LifecycleState::Closed) return {};
    const std::string shown = present == nullptr ? "?" : present->user_name;
    return Failure(Error::refused(Text::format(
        "Tài khoản này đang mở bằng tên đăng nhập «{0}», không phải «{1}». Nếu ghi nhầm, hãy ghi «{0}» hoặc để trống; "
        "nếu muốn đổi, trước hết đóng tên đăng nhập cũ: khien login close {0} --reason …",
        "The login \"{0}\" opens this account, not \"{1}\". If this is a slip, write \"{0}\" or leave the cell empty; "
        "to change it, close the old login first: khien login close {0} --reason …",
        shown, name)));
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
