#include "accounts/import_columns.h"

namespace khien::accounts {

std::vector<sheets::Column> account_columns() {
  return {
      {"system", true, {"Hệ thống", "Hệ thống thông tin", "Tên hệ thống", "Mã hệ thống", "Phần mềm", "System"}},
      {"user_name",
       false,
       {"Tên tài khoản", "Tài khoản", "Tên đăng nhập hệ thống", "Tên người dùng", "Tên truy cập", "User", "Account",
        "User name", "Username"}},
      {"login", false, {"Tên đăng nhập", "Tên đăng nhập Khiên", "Login", "Login name"}},
      {"kind", false, {"Loại tài khoản", "Kiểu tài khoản", "Account kind", "Account type", "Kind"}},
      {"name",
       false,
       {"Họ và tên", "Họ tên", "Tên cán bộ", "Họ và tên cán bộ", "Họ và tên người sử dụng", "Người sử dụng",
        "Full name", "Name", "Holder"},
       {{"Họ đệm", "Họ và tên đệm", "Họ và chữ đệm", "Họ"}, {"Tên"}}},
      {"identity_number",
       false,
       {"Số CCCD", "CCCD", "Số định danh", "Số định danh cá nhân", "Số căn cước", "Căn cước công dân", "CMND/CCCD",
        "CCCD/CMND", "Số CMND", "Identity number", "ID number"}},
      {"staff_code",
       false,
       {"Mã cán bộ", "Mã CBCC", "Mã CBCCVC", "Mã công chức", "Mã nhân viên", "Số hiệu công chức", "Staff code"}},
      {"birth_date", false, {"Ngày sinh", "Ngày tháng năm sinh", "Năm sinh", "Birth date", "Date of birth"}},
      {"unit_code", false, {"Mã đơn vị", "Mã định danh đơn vị", "Mã cơ quan", "Unit code"}},
      {"custodian",
       false,
       {"Người quản lý", "Người phụ trách", "Cán bộ phụ trách", "Cán bộ quản lý", "Custodian", "Responsible person"}},
      {"named_users",
       false,
       {"Người dùng chung", "Người sử dụng chung", "Những người dùng chung", "Shared users", "Named users"}},
      {"created", false, {"Ngày cấp", "Ngày tạo", "Ngày kích hoạt", "Issued on", "Created", "Created at"}},
      {"state", false, {"Trạng thái", "Tình trạng", "Trạng thái tài khoản", "State", "Status"}},
      {"last_login",
       false,
       {"Lần đăng nhập cuối", "Đăng nhập lần cuối", "Đăng nhập gần nhất", "Last login", "Last sign-in"},
       {},
       true},
      {"note", false, {"Ghi chú", "Note", "Notes"}, {}, true},
  };
}

}  // namespace khien::accounts
