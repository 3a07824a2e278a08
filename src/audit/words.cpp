#include "audit/words.h"

#include <algorithm>
#include <array>
#include <span>

namespace khien::audit {
namespace {

struct Word {
  std::string_view code;
  std::string_view vi;
};

// Each sorted by code.
constexpr auto kTypes = std::to_array<Word>({
    {"account.closed", "đóng tài khoản"},
    {"account.corrected", "sửa thông tin tài khoản"},
    {"account.deleted", "xóa tài khoản"},
    {"account.issued", "cấp tài khoản"},
    {"account.locked", "khóa tài khoản"},
    {"account.login_bound", "gắn tên đăng nhập vào tài khoản"},
    {"account.login_unbound", "gỡ tên đăng nhập khỏi tài khoản"},
    {"account.observed", "ghi nhận trạng thái tài khoản"},
    {"account.opened", "thêm tài khoản"},
    {"account.rights_revoked", "thu hồi quyền của tài khoản"},
    {"account.unlocked", "mở khóa tài khoản"},
    {"account.users_named", "đổi người dùng chung của tài khoản"},
    {"accounts.imported", "nhập danh sách tài khoản"},
    {"accounts.observed", "ghi nhận trạng thái nhiều tài khoản"},
    {"admin.signed_in", "đăng nhập quản trị"},
    {"backup.made", "sao lưu"},
    {"break_glass.used", "dùng quyền quản trị khẩn cấp"},
    {"client.added", "kết nối hệ thống"},
    {"client.disabled", "tạm ngừng kết nối hệ thống"},
    {"client.enabled", "mở lại kết nối hệ thống"},
    {"client.removed", "bỏ kết nối hệ thống"},
    {"clock.confirmed", "xác nhận đồng hồ máy"},
    {"clock.jumped", "đồng hồ máy nhảy"},
    {"confirmation.monitoring", "xác nhận đã biết việc giám sát"},
    {"confirmation.read", "xác nhận đã đọc chỉ đạo"},
    {"confirmation.signed", "ký cam kết trách nhiệm"},
    {"cutoff.confirmed", "xác nhận mốc dừng truy cập"},
    {"cutoff.continued", "cho làm việc tiếp một ngày sau mốc dừng truy cập"},
    {"cutoff.delayed", "lùi mốc dừng truy cập"},
    {"cutoff.reopened", "mở lại sau mốc dừng truy cập"},
    {"directive.added", "tiếp nhận chỉ đạo"},
    {"directive.reinstated", "khôi phục chỉ đạo"},
    {"directive.replaced", "chỉ đạo bị thay thế"},
    {"directive.undone", "hoàn tác việc tiếp nhận chỉ đạo"},
    {"directive.withdrawn", "thu hồi chỉ đạo"},
    {"exception.added", "lập ngoại lệ"},
    {"exception.ended", "kết thúc ngoại lệ"},
    {"group.added", "thêm nhóm"},
    {"group.corrected", "sửa thông tin nhóm"},
    {"group.joined", "vào nhóm"},
    {"group.left", "ra khỏi nhóm"},
    {"hold.recorded", "ghi nhận mức thực hiện biện pháp"},
    {"hold.withdrawn", "bỏ ghi nhận riêng mức thực hiện biện pháp của tài khoản"},
    {"installation.restored", "khôi phục từ bản sao lưu"},
    {"key.removed", "hủy khóa mật mã"},
    {"key.rewrapped", "thay khóa gốc"},
    {"key.rotated", "thay khóa mật mã"},
    {"login.created", "tạo tên đăng nhập"},
    {"login.state_changed", "đổi trạng thái tên đăng nhập"},
    {"oidc_key.created", "tạo khóa ký"},
    {"password.changed", "đổi mật khẩu"},
    {"password.erased", "xóa mật khẩu"},
    {"password.issued", "cấp mật khẩu"},
    {"password.suspected", "đánh dấu mật khẩu nghi lộ"},
    {"people.imported", "nhập danh sách cán bộ"},
    {"person.added", "thêm người"},
    {"person.changed", "thay đổi thông tin người"},
    {"person.corrected", "sửa thông tin người"},
    {"person.erased", "xóa dữ liệu cá nhân"},
    {"person.renamed", "sửa họ tên"},
    {"posting.added", "thêm vị trí công tác"},
    {"posting.corrected", "sửa vị trí công tác"},
    {"posting.ended", "kết thúc vị trí công tác"},
    {"posting.moved", "chuyển vị trí công tác theo đơn vị"},
    {"posting.transferred", "điều chuyển công tác"},
    {"request.approved", "duyệt đề nghị"},
    {"request.done", "thực hiện xong đề nghị"},
    {"request.expired", "đề nghị quá hạn duyệt"},
    {"request.failed", "đề nghị đã duyệt nhưng không thực hiện được"},
    {"request.outdated", "đề nghị hết hiệu lực"},
    {"request.proposed", "lập đề nghị"},
    {"request.refused", "từ chối đề nghị"},
    {"request.withdrawn", "rút đề nghị"},
    {"role.ended", "thôi giao vai trò"},
    {"role.founded", "giao vai trò quản trị đầu tiên"},
    {"role.granted", "giao vai trò"},
    {"session.ended", "kết thúc phiên đăng nhập"},
    {"sign_in.accepted", "đăng nhập thành công"},
    {"sign_in.failures", "các lần nhập sai mật khẩu"},
    {"sign_in.refused", "từ chối đăng nhập"},
    {"system.added", "thêm hệ thống"},
    {"system.corrected", "sửa thông tin hệ thống"},
    {"token.issued", "cấp mã truy cập cho hệ thống"},
    {"token.refused", "từ chối cấp mã truy cập"},
    {"token.revoked", "thu hồi mã truy cập"},
    {"unit.added", "thêm đơn vị"},
    {"unit.changed", "thay đổi đơn vị"},
    {"unit.corrected", "sửa thông tin đơn vị"},
    {"unit.ended", "đơn vị kết thúc hoạt động"},
    {"unit.imported", "nhập đơn vị"},
    {"unit.merged", "sáp nhập đơn vị"},
    {"unit.split", "chia tách đơn vị"},
    {"units.imported", "nhập danh sách đơn vị"},
});
constexpr auto kResults = std::to_array<Word>({
    {"added", "đã thêm"},
    {"allowed", "cho phép"},
    {"approved", "đã duyệt"},
    {"changed", "đã thay đổi"},
    {"closed", "đã đóng"},
    {"confirmed", "đã xác nhận"},
    {"continued", "được làm việc tiếp"},
    {"corrected", "đã sửa"},
    {"created", "đã tạo"},
    {"delayed", "đã lùi"},
    {"deleted", "đã xóa"},
    {"disabled", "đã tạm ngừng"},
    {"done", "đã thực hiện"},
    {"doubted", "nghi ngờ"},
    {"enabled", "đã mở lại"},
    {"ended", "đã kết thúc"},
    {"erased", "đã xóa"},
    {"expired", "quá hạn"},
    {"failed", "không thành công"},
    {"founded", "đã giao"},
    {"granted", "đã giao"},
    {"imported", "đã nhập"},
    {"issued", "đã cấp"},
    {"joined", "đã vào"},
    {"left", "đã ra"},
    {"locked", "đã khóa"},
    {"login_bound", "đã gắn"},
    {"login_unbound", "đã gỡ"},
    {"merged", "đã sáp nhập"},
    {"moved", "đã chuyển"},
    {"observed", "đã ghi nhận"},
    {"opened", "đã thêm"},
    {"outdated", "hết hiệu lực"},
    {"proposed", "đã lập"},
    {"recorded", "đã ghi nhận"},
    {"refused", "từ chối"},
    {"reinstated", "đã khôi phục"},
    {"removed", "đã bỏ"},
    {"reopened", "đã mở lại"},
    {"replaced", "bị thay thế"},
    {"restored", "đã khôi phục"},
    {"revoked", "đã thu hồi"},
    {"rights_revoked", "đã thu hồi"},
    {"signed_in", "đã đăng nhập"},
    {"split", "đã chia tách"},
    {"suspended", "đã khóa"},
    {"transferred", "đã điều chuyển"},
    {"undone", "đã hoàn tác"},
    {"unlocked", "đã mở khóa"},
    {"used", "đã dùng"},
    {"users_named", "đã đổi"},
    {"withdrawn", "đã thu hồi"},
});
constexpr auto kFacts = std::to_array<Word>({
    {"act", "việc"},
    {"address", "địa chỉ"},
    {"adopted_by", "đơn vị tiếp nhận"},
    {"affected", "số bị ảnh hưởng"},
    {"as_of", "vào lúc"},
    {"basis", "căn cứ"},
    {"checkpoint", "điểm kiểm tra"},
    {"client", "kết nối"},
    {"closed_at", "đóng lúc"},
    {"code", "mã"},
    {"codes", "mã đăng nhập"},
    {"compensating_measure", "biện pháp bù đắp"},
    {"count", "số lần"},
    {"created_at", "cấp lúc"},
    {"cutoff", "mốc dừng truy cập"},
    {"directive", "chỉ đạo"},
    {"entries", "số mục"},
    {"file", "tệp"},
    {"from", "từ"},
    {"generation", "thế hệ"},
    {"hold", "mức thực hiện"},
    {"holder", "người giữ"},
    {"is", "bây giờ"},
    {"kind", "loại"},
    {"known_entries", "số mục từng có"},
    {"known_root", "mã băm gốc từng có"},
    {"letter", "công văn"},
    {"login", "tên đăng nhập"},
    {"made_at", "làm lúc"},
    {"name", "tên"},
    {"named_users", "người dùng chung"},
    {"number", "số"},
    {"observed", "trạng thái ghi nhận"},
    {"of", "của"},
    {"owner", "chịu trách nhiệm"},
    {"password_set_at", "mật khẩu đặt lúc"},
    {"public_key", "khóa công khai"},
    {"purpose", "mục đích"},
    {"reason", "lý do"},
    {"recipient", "người nhận"},
    {"replaced_by", "thay bằng"},
    {"replaces", "thay thế"},
    {"rests_on", "dữ kiện làm căn cứ"},
    {"scopes", "phạm vi thông tin"},
    {"session", "phiên"},
    {"sessions", "số phiên"},
    {"since", "từ khi"},
    {"staff_code", "mã cán bộ"},
    {"successor_by", "kế thừa theo"},
    {"system", "hệ thống"},
    {"to", "đến"},
    {"unit", "đơn vị"},
    {"until", "đến"},
    {"user_name", "tên tài khoản"},
    {"wanted", "trạng thái"},
    {"was", "trước đó"},
    {"work_mail", "thư công vụ"},
});

static_assert(std::ranges::is_sorted(kTypes, {}, &Word::code));
static_assert(std::ranges::is_sorted(kResults, {}, &Word::code));
static_assert(std::ranges::is_sorted(kFacts, {}, &Word::code));

/// Empty where there are no words.
std::string_view vietnamese(std::span<const Word> words, std::string_view code) {
  const auto found = std::ranges::lower_bound(words, code, {}, &Word::code);
  return found != words.end() && found->code == code ? found->vi : std::string_view();
}

}  // namespace

std::string words_of_type(std::string_view type, Language language) {
  const auto vi = language == Language::Vietnamese ? vietnamese(kTypes, type) : std::string_view();
  return vi.empty() ? std::string(type) : std::string(type) + " (" + std::string(vi) + ")";
}

std::string words_of_result(std::string_view result, Language language) {
  const auto vi = language == Language::Vietnamese ? vietnamese(kResults, result) : std::string_view();
  return std::string(vi.empty() ? result : vi);
}

std::string words_of_fact(std::string_view name, Language language) {
  static constexpr std::string_view kBefore = "was.";
  const bool before = name.starts_with(kBefore);
  const std::string_view code = before ? name.substr(kBefore.size()) : name;
  const auto vi = language == Language::Vietnamese ? vietnamese(kFacts, code) : std::string_view();
  if (vi.empty()) return std::string(name);
  return std::string(vi) + (before ? " trước đó" : "");
}

}  // namespace khien::audit
