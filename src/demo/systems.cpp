// The shared systems of a demonstration province. Operators are invented.
#include "demo/maker.h"

namespace khien::demo {

void make_systems(Maker& maker) {
  const Places& at = maker.places;
  maker.out.systems = {
      {"tthc", "Hệ thống thông tin giải quyết thủ tục hành chính", at.committee_office, "Công ty Minh Họa Một", true,
       true},
      {"qlvb", "Hệ thống quản lý văn bản và điều hành", at.committee_office, "Công ty Minh Họa Hai", true, true},
      {"cbccvc", "Phần mềm quản lý cán bộ, công chức, viên chức", at.interior, "Công ty Minh Họa Ba", false, false},
      {"mail", "Thư điện tử công vụ", at.it_centre, "Trung tâm Công nghệ thông tin", false, true},
      {"popdb", "Phần mềm khai thác Cơ sở dữ liệu quốc gia về dân cư", at.police, "Công ty Minh Họa Một", false, false},
      {"portal", "Cổng thông tin điện tử tỉnh", at.committee_office, "Công ty Minh Họa Bốn", false, false},
      {"eoffice", "Hệ thống xử lý văn bản của Đảng", at.party_office, "Công ty Minh Họa Năm", false, false}};
}

}  // namespace khien::demo
