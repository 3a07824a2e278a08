#include "people/import_values.h"

#include <algorithm>
#include <utility>

#include "base/vietnamese.h"
#include "sheets/values.h"

namespace khien::people {
namespace {

template <class Enum>
struct Spelling {
  std::string_view folded;
  Enum value;
};

constexpr Spelling<Tree> kTrees[] = {{"nha nuoc", Tree::State},   {"chinh quyen", Tree::State}, {"state", Tree::State},
                                     {"hanh chinh", Tree::State}, {"dang", Tree::Party},        {"party", Tree::Party},
                                     {"khoi dang", Tree::Party},  {"to chuc dang", Tree::Party}};

constexpr Spelling<Category> kCategories[] = {{"can bo", Category::Official},
                                              {"cb", Category::Official},
                                              {"official", Category::Official},
                                              {"cong chuc", Category::CivilServant},
                                              {"cc", Category::CivilServant},
                                              {"civil servant", Category::CivilServant},
                                              {"vien chuc", Category::PublicEmployee},
                                              {"vc", Category::PublicEmployee},
                                              {"public employee", Category::PublicEmployee},
                                              {"nguoi lao dong", Category::Worker},
                                              {"lao dong hop dong", Category::Worker},
                                              {"hop dong", Category::Worker},
                                              {"nld", Category::Worker},
                                              {"worker", Category::Worker},
                                              {"khong chuyen trach", Category::PartTime},
                                              {"nguoi hoat dong khong chuyen trach", Category::PartTime},
                                              {"part time", Category::PartTime},
                                              {"luc luong vu trang", Category::ArmedForces},
                                              {"armed forces", Category::ArmedForces}};

template <class Enum, std::size_t N>
const Enum* find_spelling(const Spelling<Enum> (&spellings)[N], std::string_view text) {
  const std::string folded = fold(squeeze(text));
  for (const auto& spelling : spellings)
    if (spelling.folded == folded) return &spelling.value;
  return nullptr;
}

bool is_blank(const sheets::Cell& cell) {
  return cell.kind != sheets::CellKind::Error && squeeze(cell.text).empty();
}

}  // namespace

Result<std::string> read_text(const sheets::Cell& cell) {
  if (is_blank(cell)) return std::string();
  return sheets::text_value(cell);
}

Result<std::optional<Date>> read_day(const sheets::Cell& cell) {
  if (is_blank(cell)) return std::nullopt;
  return TRY(sheets::date_value(cell));
}

Result<std::optional<Instant>> read_start(const sheets::Cell& cell) {
  const auto date = TRY(read_day(cell));
  if (!date) return std::nullopt;
  return start_of(*date);
}

Result<std::optional<Tree>> read_tree(const sheets::Cell& cell) {
  if (is_blank(cell)) return std::nullopt;
  if (const Tree* tree = find_spelling(kTrees, cell.text)) return *tree;
  return Failure(Error::invalid({"Hệ phải là “Nhà nước” hoặc “Đảng”.", "The tree must be “State” or “Party”."}));
}

Result<std::optional<Category>> read_category(const sheets::Cell& cell) {
  if (is_blank(cell)) return std::nullopt;
  if (const Category* category = find_spelling(kCategories, cell.text)) return *category;
  return Failure(
      Error::invalid({"Loại cán bộ phải là: cán bộ, công chức, viên chức, người lao động, không chuyên trách "
                      "hoặc lực lượng vũ trang.",
                      "The category must be: official, civil servant, public employee, worker, part time or "
                      "armed forces."}));
}

std::vector<std::string> read_codes(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of(";,", at), text.size());
    std::string code = squeeze(text.substr(at, end - at));
    if (!code.empty() && std::ranges::find(out, code) == out.end()) out.push_back(std::move(code));
    at = end + 1;
  }
  return out;
}

Text name_of(Tree tree) {
  return tree == Tree::State ? Text{"Nhà nước", "State"} : Text{"Đảng", "Party"};
}

Text name_of(Category category) {
  switch (category) {
    case Category::Unknown:
      return {"chưa rõ", "unknown"};
    case Category::Official:
      return {"cán bộ", "official"};
    case Category::CivilServant:
      return {"công chức", "civil servant"};
    case Category::PublicEmployee:
      return {"viên chức", "public employee"};
    case Category::Worker:
      return {"người lao động", "worker"};
    case Category::PartTime:
      return {"người hoạt động không chuyên trách", "part time"};
    case Category::ArmedForces:
      return {"lực lượng vũ trang", "armed forces"};
  }
  return {};
}

}  // namespace khien::people
