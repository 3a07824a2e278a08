#include "demo/names.h"

#include <array>
#include <span>
#include <string_view>

namespace khien::demo {
namespace {

struct Weighted {
  std::string_view name;
  unsigned weight;
};

constexpr auto kFamily = std::to_array<Weighted>(
    {{"Nguyễn", 384}, {"Trần", 121}, {"Lê", 95},   {"Phạm", 70},  {"Huỳnh", 28}, {"Hoàng", 23}, {"Phan", 45},
     {"Vũ", 22},      {"Võ", 17},    {"Đặng", 21}, {"Bùi", 20},   {"Đỗ", 14},    {"Hồ", 13},    {"Ngô", 13},
     {"Dương", 10},   {"Lý", 5},     {"Đinh", 9},  {"Trương", 9}, {"Đoàn", 7},   {"Mai", 6},    {"Lâm", 6},
     {"Trịnh", 6},    {"Đào", 5},    {"Cao", 5},   {"Hà", 5},     {"Lương", 5},  {"Tô", 3},     {"Tạ", 3},
     {"Châu", 3},     {"Quách", 2},  {"Thái", 2},  {"Kiều", 2}});

constexpr auto kMiddleOfMen = std::to_array<Weighted>(
    {{"Văn", 260},  {"Hữu", 55},   {"Đức", 60},  {"Minh", 70},  {"Quốc", 50}, {"Thanh", 50}, {"Công", 30}, {"Ngọc", 40},
     {"Xuân", 30},  {"Hoàng", 45}, {"Đình", 35}, {"Trọng", 25}, {"Anh", 25},  {"Tuấn", 20},  {"Bá", 15},   {"Viết", 12},
     {"Quang", 40}, {"Thành", 30}, {"Duy", 25},  {"Gia", 15},   {"Mạnh", 15}, {"", 20}});
constexpr auto kMiddleOfWomen = std::to_array<Weighted>(
    {{"Thị", 420},   {"Ngọc", 75},       {"Thị Thu", 45},  {"Thị Thanh", 50}, {"Thị Ngọc", 45}, {"Thị Kim", 35},
     {"Thu", 30},    {"Thanh", 40},      {"Minh", 30},     {"Kim", 30},       {"Hồng", 30},     {"Thị Hồng", 35},
     {"Phương", 25}, {"Thị Phương", 25}, {"Mỹ", 20},       {"Thị Mỹ", 25},    {"Bích", 20},     {"Thị Bích", 20},
     {"Khánh", 12},  {"Thùy", 20},       {"Thị Minh", 25}, {"Diệu", 10}});
constexpr auto kGivenOfMen = std::to_array<Weighted>(
    {{"Hùng", 50},  {"Dũng", 42},  {"Tuấn", 52},   {"Minh", 46},  {"Hải", 40},  {"Nam", 34},   {"Long", 30},
     {"Thành", 36}, {"Cường", 32}, {"Sơn", 34},    {"Hiếu", 28},  {"Quân", 26}, {"Phong", 24}, {"Bình", 26},
     {"Đức", 28},   {"Tùng", 24},  {"Thắng", 30},  {"Trung", 32}, {"Việt", 18}, {"Khánh", 16}, {"Hòa", 20},
     {"An", 14},    {"Tâm", 14},   {"Phúc", 22},   {"Lộc", 16},   {"Tài", 20},  {"Quang", 22}, {"Huy", 30},
     {"Khoa", 16},  {"Duy", 22},   {"Kiên", 18},   {"Toàn", 18},  {"Vinh", 16}, {"Thịnh", 14}, {"Nghĩa", 14},
     {"Đạt", 18},   {"Hưng", 20},  {"Lâm", 12},    {"Tân", 10},   {"Ủy", 1},    {"Nhân", 12},  {"Thiện", 12},
     {"Hậu", 10},   {"Bảo", 12},   {"Trường", 12}, {"Chiến", 10}, {"Giang", 8}, {"Luận", 4}});
constexpr auto kGivenOfWomen = std::to_array<Weighted>(
    {{"Lan", 34},   {"Hoa", 36},   {"Hương", 48},  {"Hằng", 40},  {"Hà", 42},   {"Thủy", 40},   {"Trang", 38},
     {"Linh", 40},  {"Mai", 34},   {"Phương", 40}, {"Thảo", 36},  {"Nga", 30},  {"Ngọc", 28},   {"Yến", 26},
     {"Hạnh", 28},  {"Loan", 26},  {"Dung", 28},   {"Huyền", 28}, {"Vân", 26},  {"Anh", 34},    {"Tuyết", 18},
     {"Nhung", 20}, {"Oanh", 18},  {"Hiền", 28},   {"Liên", 20},  {"Thúy", 22}, {"Quỳnh", 16},  {"Chi", 12},
     {"My", 10},    {"Ngân", 16},  {"Diễm", 10},   {"Xuân", 14},  {"Thu", 18},  {"Bích", 10},   {"Duyên", 14},
     {"Hòa", 14},   {"Trinh", 14}, {"Uyên", 8},    {"Giang", 10}, {"Tâm", 16},  {"Phượng", 16}, {"Nguyệt", 12},
     {"Châu", 8},   {"Đào", 8},    {"Ánh", 8},     {"Ý", 2},      {"Kiều", 8},  {"Lệ", 8}});

std::string_view draw(std::span<const Weighted> list, Random& random) {
  std::uint64_t total = 0;
  for (const auto& one : list) total += one.weight;
  std::uint64_t at = random.below(total);
  for (const auto& one : list) {
    if (at < one.weight) return one.name;
    at -= one.weight;
  }
  return list.front().name;
}

constexpr auto kFirstSyllable =
    std::to_array<std::string_view>({"An", "Bình", "Tân", "Phú", "Long", "Hòa", "Mỹ", "Vĩnh", "Thạnh", "Đông", "Kim",
                                     "Ngọc", "Xuân", "Hưng", "Thanh", "Minh"});
constexpr auto kSecondSyllable = std::to_array<std::string_view>(
    {"Lộc",   "Hiệp", "Khánh", "Thịnh", "Điền", "Sơn",  "Hải",   "Châu", "Lâm", "Trạch",
     "Nghĩa", "Đức",  "Lễ",    "Tiến",  "Lạc",  "Quới", "Tường", "Thới", "Hội", "Cường"});
static_assert(kFirstSyllable.size() * kSecondSyllable.size() == kPlaceNames);

}  // namespace

std::string make_name(Sex sex, Random& random) {
  std::string name(draw(kFamily, random));
  const auto middle = sex == Sex::Man ? draw(kMiddleOfMen, random) : draw(kMiddleOfWomen, random);
  if (!middle.empty()) name.append(" ").append(middle);
  name.append(" ").append(sex == Sex::Man ? draw(kGivenOfMen, random) : draw(kGivenOfWomen, random));
  return name;
}

std::string place_name(std::size_t number) {
  // Steps that share no factor with the sizes mix the syllables.
  const std::size_t mixed = number * 77 % kPlaceNames;
  return std::string(kFirstSyllable[mixed % kFirstSyllable.size()]) + " " +
         std::string(kSecondSyllable[mixed / kFirstSyllable.size()]);
}

}  // namespace khien::demo
