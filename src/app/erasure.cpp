#include "app/erasure.h"

#include "people/authority.h"
#include "people/rules.h"
#include "protocols/oidc/clients.h"
#include "signin/recent_places.h"
#include "signin/session.h"

namespace khien::app {
namespace {

using accounts::LifecycleState;

void add_postings(const people::PersonRecord& record, Instant now, std::vector<Text>& obstacles) {
  for (const auto& posting : record.postings)
    if (!posting.valid.to || now < *posting.valid.to)
      obstacles.push_back(
          Text::format("còn vị trí công tác từ {0}", "a posting since {0}", dmy(date_of(posting.valid.from))));
}

void add_accounts(const accounts::Register& known, const PersonId& person, std::vector<Text>& obstacles) {
  const auto add = [&](const AccountId& id, const Text& what) {
    const auto account = known.account(id);
    if (!account || account->wanted == LifecycleState::Closed) return;
    const auto* system = known.system(account->system);
    const std::string label = account->user_name + "@" + (system == nullptr ? "?" : system->code);
    obstacles.push_back({what.vi + " " + label, what.en + " " + label});
  };
  for (const auto& id : known.held_by(person)) add(id, {"còn tài khoản", "the account"});
  for (const auto& id : known.shared_with(person)) add(id, {"còn dùng chung tài khoản", "shares the account"});
}

Result<void> require_no_obstacles(const Erasure& plan) {
  if (plan.obstacles.empty()) return {};
  Text list;
  for (const auto& one : plan.obstacles) {
    list.vi += (list.vi.empty() ? "" : "; ") + one.vi;
    list.en += (list.en.empty() ? "" : "; ") + one.en;
  }
  return Failure(Error::refused({"Chưa xóa được: " + list.vi + ".", "Cannot erase yet: " + list.en + "."}));
}

struct Taken {
  std::int64_t passwords = 0;
  std::int64_t sessions = 0;
  std::int64_t places = 0;
  std::int64_t codes = 0;
  std::int64_t confirmations = 0;
};

}  // namespace

Result<Erasure> plan_erasure(Installation& installation, const PersonId& person) {
  const Instant now = installation.clock.now();
  const auto directory = installation.people().snapshot();
  const auto* record = directory->person(person);
  if (record == nullptr)
    return Failure(Error::not_found({"Không có người này trong danh sách.", "There is no such person."}));
  const auto known = installation.accounts().snapshot();
  const auto logins = installation.credentials().snapshot();
  Erasure out;
  out.name = record->person.name;
  if (record->person.name == people::kErasedName) out.obstacles.push_back({"đã xóa trước đây", "erased before"});
  add_postings(*record, now, out.obstacles);
  for (const auto& grant : people::roles_of(*directory, person, now))
    out.obstacles.push_back(
        {"còn vai trò " + people::name_of(grant.role).vi, "the role " + people::name_of(grant.role).en});
  add_accounts(*known, person, out.obstacles);
  for (const auto& id : logins->of_holder(person))
    if (const auto* login = logins->find(id); login != nullptr && login->state != LifecycleState::Closed)
      out.obstacles.push_back({"còn tên đăng nhập " + login->user_name, "the login " + login->user_name});
  known->exceptions().for_each([&](const ExceptionId& id, const policy::Exception& exception) {
    if (exception.owner == person && now < exception.until)
      out.obstacles.push_back({"còn chịu trách nhiệm ngoại lệ " + id.text(), "answers for the exception " + id.text()});
  });
  out.goes = {
      {"họ tên, thư công vụ, mã cán bộ, loại cán bộ, chức vụ", "name, work mail, staff code, category, positions"},
      {"ngày sinh, số định danh, điện thoại và dấu tra cứu của chúng",
       "birth date, identity number, telephone and the digests that look them up"},
      {"mọi mật khẩu cũ và mới (giá trị băm)", "every password, past and present (verifiers)"},
      {"phiên đăng nhập với địa chỉ máy, và nơi đăng nhập gần đây",
       "sessions with their addresses, and the places of late sign-ins"},
      {"mã đăng nhập đã cấp cho các hệ thống kết nối (OpenID Connect)",
       "codes issued to connected systems (OpenID Connect)"},
      {"các xác nhận đã đọc, đã ký cam kết (nhật ký vẫn ghi là đã xác nhận)",
       "what was confirmed as read or signed (the log still says that it was)"},
      {"khóa mở các dữ kiện cá nhân của người này trong nhật ký: không ai đọc lại được",
       "the key to the person's personal facts in the log: nobody can read them again"}};
  out.stays = {{"các mục nhật ký với mã giả danh, cam kết, thời gian và đơn vị: nhật ký vẫn kiểm tra được",
                "entries of the log with a pseudonymous id, commitments, times and units: the log still verifies"},
               {"vị trí công tác, nhóm, tài khoản với mức thực hiện và ngoại lệ trước đây: chỉ còn mã giả danh, đơn vị "
                "và thời gian",
                "former postings, groups, accounts with their holds and exceptions: a pseudonymous id, units and times "
                "only"},
               {"tên tài khoản và tên đăng nhập đã đóng, để không cấp lại cho người khác",
                "user names of closed accounts and logins, so that nobody else gets them"},
               {"lý do, căn cứ do người khác gõ vào, nếu có ghi tên người này",
                "reasons and papers that others typed, if they name this person"},
               {"bản sao lưu và bản sao đĩa làm trước lúc này: phải xóa riêng",
                "backups and copies of the disk made before now: they are erased separately"}};
  return out;
}

Result<std::vector<Text>> erase_person(Installation& installation, const people::By& by, const PersonId& person,
                                       const std::string& reason) {
  const Instant now = installation.clock.now();
  const auto taken = TRY(installation.store().write([&](store::Transaction& tx) -> Result<Taken> {
    // In the writer's thread, so that what was committed before is seen.
    const Erasure plan = TRY(plan_erasure(installation, person));
    TRY(require_no_obstacles(plan));
    Taken out;
    const auto passwords = TRY(installation.credentials().erase_passwords_in(tx, by, person, now));
    out.passwords = passwords.number;
    for (const LoginId& login : passwords.logins) {
      out.sessions += signin::erase_sessions(tx, login);
      out.places += signin::erase_places(tx, login);
      out.codes += oidc::erase_codes(tx, login);
    }
    out.confirmations = installation.directives().erase_confirmations_in(tx, by, person, now);
    TRY(installation.people().erase_person_in(tx, by, person, reason, now));
    return out;
  }));
  return std::vector<Text>{
      {"họ tên, dữ kiện cá nhân và khóa mở chúng trong nhật ký",
       "name, personal facts and the key that opens them in the log"},
      Text::format("mật khẩu cũ và mới: {0}", "passwords, past and present: {0}", taken.passwords),
      Text::format("phiên đăng nhập: {0}", "sessions: {0}", taken.sessions),
      Text::format("nơi đăng nhập gần đây: {0}", "places of late sign-ins: {0}", taken.places),
      Text::format("mã đăng nhập cấp cho hệ thống kết nối: {0}", "codes issued to connected systems: {0}", taken.codes),
      Text::format("xác nhận đã đọc, đã ký: {0}", "confirmations: {0}", taken.confirmations)};
}

}  // namespace khien::app
