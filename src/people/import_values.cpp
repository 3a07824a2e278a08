#include "people/import_values.h"

#include "sheets/values.h"

namespace khien::people {
namespace {

using sheets::Word;

constexpr Word<Tree> kTrees[] = {{"nha nuoc", Tree::State},   {"chinh quyen", Tree::State}, {"state", Tree::State},
                                 {"hanh chinh", Tree::State}, {"dang", Tree::Party},        {"party", Tree::Party},
                                 {"khoi dang", Tree::Party},  {"to chuc dang", Tree::Party}};

constexpr Word<Category> kCategories[] = {{"can bo", Category::Official},
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

}  // namespace

Result<BirthDate> birth_value(const sheets::Cell& cell) {
  if (const auto year = sheets::year_alone(cell)) return BirthDate(std::chrono::year{*year});
  return BirthDate(TRY(sheets::date_value(cell)));
}

Result<Tree> tree_value(const sheets::Cell& cell) {
  return sheets::word_value<Tree>(cell, kTrees,
                                  {"Hệ phải là “Nhà nước” hoặc “Đảng”.", "The tree must be “State” or “Party”."});
}

Result<Category> category_value(const sheets::Cell& cell) {
  return sheets::word_value<Category>(
      cell, kCategories,
      {"Loại cán bộ phải là: cán bộ, công chức, viên chức, người lao động, không chuyên trách hoặc lực lượng vũ trang.",
       "The category must be: official, civil servant, public employee, worker, part time or armed forces."});
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
