#include "policy/words.h"

#include <array>

namespace khien::policy {
namespace {

struct Row {
  std::string_view code, vi, en;
};

constexpr auto kParameters = std::to_array<Row>({
    {"min_length", "độ dài tối thiểu", "minimum length"},
    {"max_length", "độ dài tối đa", "maximum length"},
    {"require", "loại ký tự", "classes"},
    {"max_age", "thời hạn", "maximum age"},
    {"date", "từ ngày", "from"},
    {"last", "số mật khẩu gần nhất", "last passwords"},
    {"reasons", "lý do", "reasons"},
    {"within", "trong vòng", "within"},
    {"days", "cách tính ngày", "days counted"},
    {"every", "chu kỳ", "every"},
    {"fields", "nội dung phải ghi", "to be stated"},
    {"after", "sau", "after"},
    {"what", "nội dung", "what"},
    {"managed", "quản trị tập trung", "centrally managed"},
    {"licensed", "có bản quyền", "licensed"},
    {"priority", "ưu tiên", "first for"},
    {"recipients", "số người nhận", "recipients"},
    {"form", "biểu mẫu", "form"},
    {"route", "nơi gửi", "route"},
    {"to", "nơi nhận", "to"},
    {"by", "hạn", "by"},
    {"who", "đối tượng", "who"},
    {"from", "từ ngày", "from"},
});

constexpr auto kCodes = std::to_array<Row>({
    {"upper", "chữ hoa", "upper-case letters"},
    {"lower", "chữ thường", "lower-case letters"},
    {"digit", "chữ số", "digits"},
    {"special", "ký tự đặc biệt", "special characters"},
    {"retired", "nghỉ hưu", "retired"},
    {"transferred", "chuyển công tác", "transferred"},
    {"resigned", "thôi việc", "resigned"},
    {"position_changed", "thay đổi vị trí công tác", "position changed"},
    {"unused", "không còn sử dụng", "no longer used"},
    {"period", "thời gian", "period"},
    {"responsibilities", "trách nhiệm các bên", "responsibilities"},
    {"forms", "biểu mẫu đã điền", "form data"},
    {"passwords", "mật khẩu", "passwords"},
    {"cache", "bộ nhớ đệm", "cache"},
    {"cookies", "cookie", "cookies"},
    {"calendar", "ngày theo lịch", "calendar days"},
    {"working", "ngày làm việc", "working days"},
    {"personal", "tài khoản cá nhân", "personal accounts"},
    {"unit", "tài khoản đơn vị", "unit accounts"},
    {"administrator", "tài khoản quản trị", "administrator accounts"},
    {"service", "tài khoản kỹ thuật", "service accounts"},
});

}  // namespace

Text words_of(std::string_view code) {
  for (const Row& row : kParameters)
    if (row.code == code) return {std::string(row.vi), std::string(row.en)};
  for (const Row& row : kCodes)
    if (row.code == code) return {std::string(row.vi), std::string(row.en)};
  return {std::string(code), std::string(code)};
}

}  // namespace khien::policy
