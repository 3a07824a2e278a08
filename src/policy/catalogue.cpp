#include "policy/catalogue.h"

#include <array>
#include <cstddef>

namespace khien::policy {
namespace {

using enum ParameterType;
using enum Join;

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kYear = 366 * kDay;

constexpr std::array<std::string_view, 4> kClasses{"upper", "lower", "digit", "special"};
constexpr std::array<std::string_view, 5> kReasons{"retired", "transferred", "resigned", "position_changed", "unused"};
constexpr std::array<std::string_view, 2> kDelegationFields{"period", "responsibilities"};
constexpr std::array<std::string_view, 4> kBrowserData{"forms", "passwords", "cache", "cookies"};
constexpr std::array<std::string_view, 2> kDays{"calendar", "working"};
constexpr std::array<std::string_view, 4> kAccountKinds{"personal", "unit", "administrator", "service"};

// `days` beside a `within`: calendar days are the stricter reading, so "calendar" in either directive stays.
constexpr Parameter within(bool by_person) {
  return {
      .name = "within", .type = Duration, .join = EarliestDue, .low = 3600, .high = 2 * kYear, .by_person = by_person};
}
constexpr Parameter days() {
  return {.name = "days", .type = Choice, .join = KeepAll, .codes = kDays, .by_person = true};
}

constexpr std::array kComposition{
    Parameter{.name = "min_length", .type = Integer, .join = Max, .low = 4, .high = 128},
    Parameter{.name = "require", .type = Set, .join = Union, .codes = kClasses},
    Parameter{.name = "max_length", .type = Integer, .join = Min, .low = 16, .high = 1024, .by_person = true}};
constexpr std::array kRotation{Parameter{
    .name = "max_age", .type = Duration, .join = EarliestDue, .low = kDay, .high = 5 * kYear, .required = true}};
constexpr std::array kCutoff{
    Parameter{.name = "date", .type = Day, .join = KeepAll, .low = 2000, .high = 2100, .required = true}};
constexpr std::array kHistory{
    Parameter{.name = "last", .type = Integer, .join = Max, .low = 1, .high = 24, .required = true}};
constexpr std::array kCloseOnLeave{Parameter{.name = "reasons", .type = Set, .join = Union, .codes = kReasons},
                                   within(false), days()};
constexpr std::array kReview{
    Parameter{.name = "every", .type = Duration, .join = EarliestDue, .low = kDay, .high = 5 * kYear}};
constexpr std::array kWithinByPerson{within(true), days()};
constexpr std::array kDelegation{Parameter{.name = "fields", .type = Set, .join = Union, .codes = kDelegationFields}};
constexpr std::array kLogoutIdle{Parameter{.name = "after", .type = Duration, .join = Min, .low = 60, .high = kDay}};
constexpr std::array kClearData{Parameter{.name = "what", .type = Set, .join = Union, .codes = kBrowserData}};
constexpr std::array kAntivirus{
    Parameter{.name = "managed", .type = Flag, .join = Or}, Parameter{.name = "licensed", .type = Flag, .join = Or},
    Parameter{.name = "priority", .type = List, .join = Union, .high = 50, .systems = true}};
constexpr std::array kBulkNotice{
    Parameter{.name = "recipients", .type = Integer, .join = Min, .low = 2, .high = 100000, .required = true}};
constexpr std::array kRegistration{Parameter{.name = "form", .type = Words, .join = Union, .high = 2000},
                                   Parameter{.name = "route", .type = List, .join = Union, .high = 20}};
constexpr std::array kIncident{Parameter{.name = "to", .type = List, .join = Union, .high = 20}};
constexpr std::array kDisseminate{Parameter{
    .name = "every", .type = Duration, .join = EarliestDue, .low = kDay, .high = 5 * kYear, .by_person = true}};
constexpr std::array kReport{Parameter{.name = "what", .type = Words, .join = Union, .high = 2000},
                             Parameter{.name = "to", .type = Words, .join = Union, .high = 2000},
                             Parameter{.name = "by", .type = Day, .join = KeepAll, .low = 2000, .high = 2100}};
constexpr std::array kCarryOut{
    Parameter{.name = "by", .type = Day, .join = KeepAll, .low = 2000, .high = 2100, .by_person = true}};
constexpr std::array kIdle{Parameter{.name = "after",
                                     .type = Duration,
                                     .join = EarliestDue,
                                     .low = kDay,
                                     .high = 5 * kYear,
                                     .required = true,
                                     .by_person = true}};
constexpr std::array kMfa{
    Parameter{.name = "who", .type = Set, .join = Union, .codes = kAccountKinds, .by_person = true},
    Parameter{.name = "from", .type = Day, .join = KeepAll, .low = 2000, .high = 2100, .by_person = true}};

constexpr std::array<KindSpec, kKindCount> kCatalogue{{
    {Kind::PasswordComposition, "password.composition", Gate::PasswordChange, false, kComposition,
     "Mật khẩu đủ độ dài và đủ các loại ký tự", "Passwords of a minimum length with given classes of characters",
     "tỷ lệ tên đăng nhập đặt mật khẩu theo quy tắc này hoặc chặt hơn",
     "share of logins whose password was set under this rule or a stricter one"},
    {Kind::PasswordRotation, "password.rotation", Gate::SignIn, false, kRotation, "Đổi mật khẩu định kỳ",
     "Passwords changed periodically", "tuổi của từng mật khẩu", "age of every password"},
    {Kind::PasswordFirstChange,
     "password.first_change",
     Gate::SignIn,
     false,
     {},
     "Đổi mật khẩu được cấp ngay lần đăng nhập đầu tiên",
     "Issued passwords changed at the first sign-in",
     "số tên đăng nhập còn dùng mật khẩu được cấp",
     "logins still on an issued password"},
    {Kind::PasswordCutoff, "password.cutoff", Gate::SignIn, false, kCutoff,
     "Từ ngày quy định, chưa đổi mật khẩu đúng yêu cầu thì không truy cập được",
     "From a date on, no access without a conforming change", "số bị dừng truy cập, số đã đổi đúng hạn",
     "shut out, changed in time"},
    {Kind::PasswordHistory, "password.history", Gate::PasswordChange, false, kHistory,
     "Không dùng lại các mật khẩu gần nhất", "The last passwords are not used again", "", ""},
    {Kind::PasswordDistinct,
     "password.distinct",
     Gate::PasswordChange,
     false,
     {},
     "Mỗi tài khoản một mật khẩu khác nhau",
     "A different password for every account",
     "",
     ""},
    {Kind::PasswordNotGuessable,
     "password.not_guessable",
     Gate::PasswordChange,
     false,
     {},
     "Không đặt mật khẩu dễ đoán",
     "No guessable passwords",
     "",
     ""},
    {Kind::PasswordChangeOnSuspicion,
     "password.change_on_suspicion",
     Gate::SignIn,
     false,
     {},
     "Đổi mật khẩu ngay khi nghi bị lộ",
     "Passwords changed at once when leakage is suspected",
     "thời gian từ khi báo đến khi bắt buộc đổi",
     "time from report to forced change"},
    {Kind::PasswordSecrecy,
     "password.secrecy",
     Gate::SignIn,
     false,
     {},
     "Không tiết lộ mật khẩu, không cho người khác dùng tài khoản",
     "Passwords are not told, accounts not lent",
     "số đã xác nhận, số phát hiện",
     "acknowledgements, detections"},
    {Kind::AccountCloseOnLeave, "account.close_on_leave", Gate::Lifecycle, false, kCloseOnLeave,
     "Đóng tài khoản của người nghỉ hưu, chuyển công tác, thôi việc", "Accounts of leavers are closed",
     "số ngày từ bàn giao đến khi đóng, từng tài khoản", "days from handover to closure, each account"},
    {Kind::AccountReview, "account.review", Gate::Lifecycle, false, kReview, "Rà soát danh sách tài khoản",
     "The list of accounts is reviewed", "đã rà soát / đến hạn", "reviewed / due"},
    {Kind::AccountHandlerChange, "account.handler_change", Gate::Lifecycle, false, kWithinByPerson,
     "Thay người xử lý hồ sơ thì báo bằng văn bản để đổi quyền",
     "A change of case handler is notified before rights move", "số thông báo so với số lần đổi quyền",
     "notices against rights changed"},
    {Kind::AccountDelegation, "account.delegation", Gate::Lifecycle, false, kDelegation,
     "Ủy quyền bằng giấy, ghi rõ thời gian và trách nhiệm", "Delegation in writing, with period and responsibilities",
     "số ủy quyền còn hiệu lực, đã hết", "delegations in force, ended"},
    {Kind::AccountAccountability,
     "account.accountability",
     Gate::SignIn,
     false,
     {},
     "Người được cấp chịu trách nhiệm về tài khoản của mình",
     "The holder answers for the account",
     "đã ký / phải ký",
     "signed / due"},
    {Kind::SessionLogoutIdle, "session.logout_idle", Gate::Session, false, kLogoutIdle, "Đăng xuất khi không sử dụng",
     "Sessions end when not in use", "", ""},
    {Kind::BrowserNoSavedPasswords,
     "browser.no_saved_passwords",
     Gate::Endpoint,
     false,
     {},
     "Không lưu mật khẩu, không đăng nhập tự động trên trình duyệt",
     "No saved passwords, no automatic sign-in in browsers",
     "số máy đạt",
     "machines conforming"},
    {Kind::BrowserClearData, "browser.clear_data", Gate::Endpoint, false, kClearData,
     "Xóa dữ liệu lưu trong trình duyệt", "Data stored in browsers is cleared", "số máy đạt", "machines conforming"},
    {Kind::BrowserApproved,
     "browser.approved",
     Gate::Endpoint,
     false,
     {},
     "Dùng trình duyệt an toàn",
     "Safe browsers are used",
     "số máy đạt",
     "machines conforming"},
    {Kind::WebTrustedSites,
     "web.trusted_sites",
     Gate::Endpoint,
     false,
     {},
     "Chỉ truy cập trang tin cậy",
     "Only trusted sites are visited",
     "số máy đạt",
     "machines conforming"},
    {Kind::DeviceTrustedLogin,
     "device.trusted_login",
     Gate::SignIn,
     false,
     {},
     "Không đăng nhập trên máy lạ, máy nghi nhiễm mã độc",
     "Sign-in only from registered, sound machines",
     "số lần đăng nhập bị từ chối",
     "sign-ins refused"},
    {Kind::DeviceAntivirus, "device.antivirus", Gate::Endpoint, false, kAntivirus, "Cài phần mềm phòng, chống mã độc",
     "Antivirus software is installed", "số máy đạt", "machines conforming"},
    {Kind::DeviceScan,
     "device.scan",
     Gate::Endpoint,
     false,
     {},
     "Rà quét mã độc trên máy tính",
     "Machines are scanned for malware",
     "lần quét gần nhất của từng máy",
     "last scan of each machine"},
    {Kind::DeviceUpdates,
     "device.updates",
     Gate::Endpoint,
     false,
     {},
     "Cập nhật phần mềm máy tính, thiết bị",
     "Software of machines is kept up to date",
     "bản cập nhật còn thiếu của từng máy",
     "pending updates of each machine"},
    {Kind::DeviceSoftwareAllowlist,
     "device.software_allowlist",
     Gate::Endpoint,
     false,
     {},
     "Chỉ cài phần mềm hợp lệ, thuộc danh mục cho phép",
     "Only allowed software is installed",
     "số máy có phần mềm ngoài danh mục",
     "machines with unlisted software"},
    {Kind::DeviceSecureUsb,
     "device.secure_usb",
     Gate::Endpoint,
     false,
     {},
     "Chép dữ liệu bằng USB an toàn",
     "Data is copied by secure USB only",
     "USB ngoài danh mục đã thấy",
     "unlisted USB storage seen"},
    {Kind::DeviceAssessBeforeUse,
     "device.assess_before_use",
     Gate::Endpoint,
     false,
     {},
     "Kiểm tra an ninh thiết bị trước khi sử dụng",
     "Devices are assessed before use",
     "số đang dùng, số đã kiểm tra",
     "devices in use, assessed"},
    {Kind::MailBulkNotice, "mail.bulk_notice", Gate::Mail, false, kBulkNotice,
     "Báo quản trị khi gửi thư đến nhiều người", "Mail to many is reported to an administrator",
     "số thư giữ lại, đã cho đi", "held, released"},
    {Kind::MailUnknownSenders,
     "mail.unknown_senders",
     Gate::Mail,
     false,
     {},
     "Không mở thư không rõ nguồn gốc",
     "Mail of unknown origin is not opened",
     "số thư nghi ngờ được báo",
     "reports"},
    {Kind::PortalOfficer,
     "portal.officer",
     Gate::Portal,
     false,
     {},
     "Phân công người phụ trách cổng/trang thông tin",
     "Every portal has a responsible officer",
     "số cổng có / chưa có",
     "portals with / without"},
    {Kind::PortalVulnerabilities, "portal.vulnerabilities", Gate::Portal, false, kWithinByPerson,
     "Tìm và khắc phục lỗ hổng của cổng/trang thông tin", "Holes of portals are found and fixed",
     "lỗ hổng còn mở, tuổi", "open findings, age"},
    {Kind::PortalChangeMonitoring, "portal.change_monitoring", Gate::Portal, false, kWithinByPerson,
     "Giám sát thay đổi bất thường của cổng/trang thông tin", "Portals are watched for abnormal changes",
     "thay đổi phát hiện, thời gian nhận biết", "changes found, time to notice"},
    {Kind::SystemVulnerabilities,
     "system.vulnerabilities",
     Gate::None,
     false,
     {},
     "Rà soát, khắc phục lỗ hổng an toàn thông tin",
     "Vulnerabilities of systems are reviewed and fixed",
     "lỗ hổng còn mở, tuổi",
     "open findings, age"},
    {Kind::PopdbAssessedTools,
     "popdb.assessed_tools",
     Gate::Popdb,
     false,
     {},
     "Không dùng công cụ chưa được đánh giá để tra cứu dữ liệu dân cư",
     "Only assessed tools query the population database",
     "số truy vấn bị từ chối, công cụ đã đánh giá",
     "queries refused, tools assessed"},
    {Kind::PopdbRegistration, "popdb.registration", Gate::Popdb, false, kRegistration,
     "Đăng ký tài khoản khai thác dữ liệu dân cư theo mẫu", "Population-database accounts are registered on a form",
     "số đăng ký theo trạng thái", "registrations by state"},
    {Kind::PopdbConfidentiality,
     "popdb.confidentiality",
     Gate::Popdb,
     false,
     {},
     "Giữ bí mật dữ liệu cá nhân của công dân",
     "Citizens' data is kept confidential",
     "số truy vấn không có mã hồ sơ: không",
     "queries without a case: none"},
    {Kind::LeakMonitoring,
     "leak.monitoring",
     Gate::None,
     false,
     {},
     "Theo dõi lộ lọt tài khoản",
     "Leaks are watched for",
     "thời gian từ khi có tệp đến khi bắt buộc đổi",
     "time from file to forced change"},
    {Kind::IncidentReport, "incident.report", Gate::None, false, kIncident, "Báo cáo sự cố đến cơ quan có thẩm quyền",
     "Incidents are reported to the competent offices", "số mở, số đóng, thời gian", "open, closed, time"},
    {Kind::DirectiveDisseminate, "directive.disseminate", Gate::SignIn, false, kDisseminate,
     "Phổ biến, quán triệt văn bản đến từng người", "The directive is shown to each reader, who confirms it",
     "đã đọc / phải đọc, từng đơn vị", "read / due, each unit"},
    {Kind::ReportSubmit, "report.submit", Gate::None, false, kReport, "Gửi báo cáo, danh sách",
     "A report or list is submitted", "đúng hạn / trễ", "on time / late"},
    {Kind::AccountNeedToKnow,
     "account.need_to_know",
     Gate::Lifecycle,
     false,
     {},
     "Chỉ truy cập thông tin đúng chức năng, quyền hạn",
     "Rights follow the posting and end with it",
     "quyền không có vị trí công tác",
     "rights without a posting"},
    {Kind::DirectiveCarryOut, "directive.carry_out", Gate::None, true, kCarryOut, "Tổ chức thực hiện văn bản",
     "The directive is carried out", "đơn vị đã xác nhận", "units confirmed"},
    {Kind::AccountIdle, "account.idle", Gate::Lifecycle, true, kIdle, "Khóa tài khoản lâu không dùng",
     "Accounts long unused are locked", "số tài khoản lâu không dùng", "accounts long unused"},
    {Kind::MfaRequired, "mfa.required", Gate::SignIn, true, kMfa, "Xác thực nhiều yếu tố",
     "More than one factor at sign-in", "số có / chưa có yếu tố thứ hai", "with / without a second factor"},
}};

consteval bool in_order() {
  for (std::size_t i = 0; i < kCatalogue.size(); ++i)
    if (kCatalogue[i].kind != static_cast<Kind>(i)) return false;
  return true;
}
static_assert(in_order(), "the catalogue follows the enumeration");

}  // namespace

std::span<const KindSpec, kKindCount> catalogue() {
  return kCatalogue;
}

const KindSpec& spec_of(Kind kind) {
  return kCatalogue[static_cast<std::size_t>(kind)];
}

std::optional<Kind> parse_kind(std::string_view code) {
  for (const auto& spec : kCatalogue)
    if (spec.code == code) return spec.kind;
  return std::nullopt;
}

const Parameter* find_parameter(Kind kind, std::string_view name) {
  for (const auto& parameter : spec_of(kind).parameters)
    if (parameter.name == name) return &parameter;
  return nullptr;
}

}  // namespace khien::policy
