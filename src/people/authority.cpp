#include "people/authority.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "people/person_rules.h"
#include "people/rules.h"

namespace khien::people {
namespace {

constexpr std::uint16_t bit(Role role) {
  return static_cast<std::uint16_t>(1U << std::to_underlying(role));
}
template <class... Roles>
constexpr std::uint16_t bits(Roles... roles) {
  return static_cast<std::uint16_t>((bit(roles) | ...));
}

/// What the centre may do in the ordinary way, break-glass administrators may do when nobody else can.
constexpr std::uint16_t kCentre = bits(Role::Centre, Role::BreakGlass);

const auto& rules() {
  using enum Role;
  static const auto all = std::to_array<ActRule>({
      {Act::ReadState,
       "state.read",
       {"xem tình trạng", "look at the state"},
       static_cast<std::uint16_t>(kCentre | bits(Auditor, UnitHead, UnitClerk, PoliceContact))},
      {Act::ReadLog, "log.read", {"xem nhật ký", "read the log"}, static_cast<std::uint16_t>(kCentre | bits(Auditor))},
      {Act::AdoptDirective, "directive.adopt", {"tiếp nhận chỉ đạo", "adopt a directive"}, kCentre},
      {Act::WithdrawDirective,
       "directive.withdraw",
       {"thu hồi chỉ đạo", "withdraw a directive"},
       kCentre,
       Persons::Two},
      {Act::MakeException, "exception.make", {"lập ngoại lệ", "make an exception"}, kCentre, Persons::Two},
      {Act::EndException, "exception.end", {"kết thúc ngoại lệ", "end an exception"}, kCentre},
      {Act::RecordHold,
       "hold.record",
       {"ghi nhận mức thực hiện", "record how far a control holds"},
       static_cast<std::uint16_t>(kCentre | bits(SystemOwner))},
      {Act::ImportUnits, "units.import", {"nhập danh sách đơn vị", "import units"}, kCentre},
      {Act::ImportPeople, "people.import", {"nhập danh sách cán bộ", "import people"}, kCentre},
      {Act::ImportAccounts, "accounts.import", {"nhập danh sách tài khoản", "import accounts"}, kCentre},
      {Act::CorrectPerson,
       "person.correct",
       {"sửa thông tin người", "correct a person"},
       static_cast<std::uint16_t>(kCentre | bits(UnitClerk))},
      {Act::ErasePerson, "person.erase", {"xóa dữ liệu cá nhân", "erase a person"}, kCentre, Persons::Two},
      {Act::ManageSystems, "systems.manage", {"khai báo hệ thống", "manage systems"}, kCentre},
      {Act::ManageClients, "clients.manage", {"kết nối hệ thống", "connect systems"}, kCentre},
      {Act::IssuePassword, "password.issue", {"cấp mật khẩu", "issue a password"}, kCentre},
      {Act::IssueToAdministrator,
       "password.issue_administrator",
       {"cấp mật khẩu cho người có vai trò", "issue a password to somebody with a role"},
       kCentre,
       Persons::Two},
      {Act::LockLogin,
       "login.lock",
       {"khóa tên đăng nhập", "lock a login"},
       static_cast<std::uint16_t>(kCentre | bits(UnitHead, PoliceContact))},
      {Act::UnlockLogin, "login.unlock", {"mở khóa tên đăng nhập", "unlock a login"}, kCentre},
      {Act::CloseLogin, "login.close", {"đóng tên đăng nhập", "close a login"}, kCentre},
      {Act::SuspectLogin,
       "login.suspect",
       {"đánh dấu mật khẩu nghi lộ", "suspect a password"},
       static_cast<std::uint16_t>(kCentre | bits(UnitHead, PoliceContact))},
      {Act::ReopenAfterCutoff,
       "cutoff.reopen",
       {"mở lại sau mốc dừng truy cập", "reopen after a cutoff"},
       static_cast<std::uint16_t>(kCentre | bits(UnitHelper))},
      {Act::IssueCode,
       "code.issue",
       {"cấp mã dùng một lần", "issue a one-time code"},
       static_cast<std::uint16_t>(kCentre | bits(UnitHelper))},
      {Act::PrintSlips, "slips.print", {"in phiếu cấp mật khẩu", "print slips"}, kCentre},
      {Act::PauseCutoff, "cutoff.pause", {"tạm hoãn mốc dừng truy cập", "pause a cutoff"}, kCentre, Persons::Two},
      {Act::ConfirmCutoff, "cutoff.confirm", {"xác nhận mốc dừng truy cập", "confirm a cutoff"}, kCentre, Persons::Two},
      {Act::ContinueDesk,
       "desk.continue",
       {"cho bộ phận tiếp dân làm việc tiếp một ngày", "let a desk go on for a day"},
       static_cast<std::uint16_t>(kCentre | bits(UnitHead))},
      {Act::GrantRole, "role.grant", {"giao vai trò", "grant a role"}, kCentre, Persons::Two},
      {Act::EndRole, "role.end", {"thôi giao vai trò", "end a role"}, kCentre, Persons::Two},
      {Act::RotateKey, "key.rotate", {"thay khóa", "rotate a key"}, kCentre, Persons::Two},
      {Act::BackUp, "backup.make", {"sao lưu", "make a backup"}, kCentre},
      {Act::ConfirmClock, "clock.confirm", {"xác nhận đồng hồ máy", "confirm the clock"}, kCentre},
  });
  return all;
}

bool reaches(const Directory& directory, const RoleGrant& grant, const About& about, Instant at) {
  if (grant.scope.is_whole()) return true;
  if (about.system && grant.scope.system == *about.system && about.units.empty()) return true;
  if (grant.scope.unit.is_nil() || about.units.empty()) return false;
  const UnitTree tree(directory, at);
  return std::ranges::all_of(about.units, [&](const UnitId& unit) { return tree.is_within(unit, grant.scope.unit); });
}

std::string names_of(std::uint16_t roles, Language language) {
  std::string out;
  for (int i = 0; i < kRoleCount; ++i)
    if ((roles & (1U << i)) != 0) out += (out.empty() ? "" : ", ") + name_of(static_cast<Role>(i)).in(language);
  return out;
}

}  // namespace

const ActRule& rule_of(Act act) {
  for (const auto& rule : rules())
    if (rule.act == act) return rule;
  throw std::logic_error("an act without a rule");
}

std::optional<Act> parse_act(std::string_view code) {
  for (const auto& rule : rules())
    if (rule.code == code) return rule.act;
  return std::nullopt;
}

About About::person(const Directory& directory, const PersonId& person, Instant at) {
  About about;
  for (const auto& posting : postings_of(directory, person, at)) about.units.push_back(posting.unit);
  if (!about.units.empty()) return about;
  const auto* record = directory.person(person);
  if (record == nullptr) return about;
  const auto last = std::ranges::max_element(record->postings, {}, [](const Posting& p) { return p.valid.end(); });
  if (last != record->postings.end())
    for (const auto& unit : UnitTree(directory, at).living_successors(last->unit)) about.units.push_back(unit);
  return about;
}

std::vector<RoleGrant> roles_of(const Directory& directory, const PersonId& person, Instant at) {
  std::vector<RoleGrant> out;
  if (const auto* record = directory.person(person))
    std::ranges::copy_if(record->roles, std::back_inserter(out),
                         [&](const RoleGrant& grant) { return grant.valid.contains(at); });
  return out;
}

bool has_role(const Directory& directory, const PersonId& person, Role role, Instant at) {
  return std::ranges::any_of(roles_of(directory, person, at),
                             [&](const RoleGrant& grant) { return grant.role == role; });
}

std::vector<PersonId> holders_of(const Directory& directory, Role role, Instant at) {
  std::vector<PersonId> out;
  directory.people().for_each([&](const PersonId& id, const PersonRecord& record) {
    if (std::ranges::any_of(record.roles, [&](const RoleGrant& grant) {
          return grant.role == role && grant.scope.is_whole() && grant.valid.contains(at);
        }))
      out.push_back(id);
  });
  std::ranges::sort(out);
  return out;
}

Result<PersonId> person_of(const audit::Actor& actor) {
  const auto person = actor.kind == audit::Actor::Kind::Person ? PersonId::parse(actor.id) : std::nullopt;
  if (!person)
    return Failure(Error::refused({"Việc này cần một người đã đăng nhập (khien sign-in).",
                                   "It takes a person who has signed in (khien sign-in)."}));
  return *person;
}

Result<void> require_authority(const Directory& directory, const audit::Actor& actor, Act act, const About& about,
                               Instant at) {
  const PersonId person = TRY(person_of(actor));
  const ActRule& rule = rule_of(act);
  bool has_one = false;
  for (const auto& grant : roles_of(directory, person, at)) {
    if ((rule.roles & bit(grant.role)) == 0 || (grant.role == Role::BreakGlass && !actor.break_glass)) continue;
    has_one = true;
    if (reaches(directory, grant, about, at)) return {};
  }
  const std::string vi = names_of(rule.roles, Language::Vietnamese);
  const std::string en = names_of(rule.roles, Language::English);
  if (has_one)
    return Failure(Error::refused(
        Text::format("Vai trò của bạn không bao gồm phạm vi này («{0}»): cần vai trò {1} ở đơn vị cấp trên hoặc toàn "
                     "hệ thống.",
                     "Your role does not reach that far (\"{2}\"): it takes {3} over the units concerned or over "
                     "everything.",
                     rule.name.vi, vi, rule.name.en, en)));
  return Failure(Error::refused(Text::format("Việc «{0}» cần vai trò: {1}. Bạn không có vai trò nào trong số đó.",
                                             "\"{2}\" takes one of these roles: {3}. You have none of them.",
                                             rule.name.vi, vi, rule.name.en, en)));
}

Result<void> check_grant(const RoleGrant& grant, std::span<const RoleGrant> others) {
  using enum Role;
  TRY(check_validity(grant.valid));
  const bool of_units = grant.role == UnitHead || grant.role == UnitClerk || grant.role == UnitHelper;
  if (of_units && grant.scope.unit.is_nil())
    return Failure(
        Error::invalid(Text::format("Vai trò {0} phải nêu đơn vị (--unit).", "The role {1} is for a unit (--unit).",
                                    name_of(grant.role).vi, name_of(grant.role).en)));
  if ((grant.role == SystemOwner) == grant.scope.system.is_nil())
    return Failure(Error::invalid({"Vai trò chủ quản hệ thống phải nêu hệ thống (--system), vai trò khác thì không.",
                                   "The role of a system's owner names a system (--system), no other role does."}));
  if (grant.role == BreakGlass && !grant.scope.is_whole())
    return Failure(Error::invalid({"Quản trị khẩn cấp luôn có phạm vi toàn hệ thống.",
                                   "A break-glass administrator is one for the whole installation."}));
  for (const auto& other : others) {
    if (other.id == grant.id || !other.valid.overlaps(grant.valid)) continue;
    if (other.role == grant.role && other.scope == grant.scope)
      return Failure(
          Error::conflict({"Người này đã có vai trò đó trong cùng thời gian.", "The person has that role already."}));
    const auto acts = [](Role role) { return role == Centre || role == BreakGlass || role == SystemOwner; };
    if ((grant.role == Auditor && acts(other.role)) || (other.role == Auditor && acts(grant.role)))
      return Failure(Error::refused({"Người kiểm tra, giám sát không được đồng thời quản trị: hãy giao cho hai người.",
                                     "Who audits must not administer: give the two roles to two persons."}));
  }
  return {};
}

std::string_view code_of(Role role) {
  static constexpr std::array<std::string_view, kRoleCount> kCodes{
      "unit_head", "unit_clerk", "unit_helper", "system_owner", "centre", "auditor", "police_contact", "break_glass"};
  return kCodes.at(static_cast<std::size_t>(std::to_underlying(role)));
}

std::optional<Role> parse_role(std::string_view code) {
  for (int i = 0; i < kRoleCount; ++i)
    if (code_of(static_cast<Role>(i)) == code) return static_cast<Role>(i);
  return std::nullopt;
}

Text name_of(Role role) {
  switch (role) {
    case Role::UnitHead:
      return {"thủ trưởng đơn vị", "head of a unit"};
    case Role::UnitClerk:
      return {"đầu mối của đơn vị", "clerk of a unit"};
    case Role::UnitHelper:
      return {"người hỗ trợ tại đơn vị", "helper in a unit"};
    case Role::SystemOwner:
      return {"chủ quản hệ thống", "owner of a system"};
    case Role::Centre:
      return {"quản trị của trung tâm CNTT", "administrator of the IT centre"};
    case Role::Auditor:
      return {"kiểm tra, giám sát", "auditor"};
    case Role::PoliceContact:
      return {"đầu mối công an", "police contact"};
    case Role::BreakGlass:
      return {"quản trị khẩn cấp", "break-glass administrator"};
  }
  throw std::logic_error("no such role");
}

}  // namespace khien::people
