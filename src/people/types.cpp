#include "people/types.h"

#include <utility>

namespace khien::people {
namespace {

template <class Enum>
using Name = std::pair<Enum, std::string_view>;

using How = UnitSuccession::How;

constexpr std::array<Name<Tree>, 2> kTrees{{{Tree::State, "state"}, {Tree::Party, "party"}}};
constexpr std::array<Name<How>, 4> kHows{
    {{How::Merged, "merged"}, {How::Split, "split"}, {How::Moved, "moved"}, {How::Renamed, "renamed"}}};
constexpr std::array<Name<Category>, 7> kCategories{{{Category::Unknown, "unknown"},
                                                     {Category::Official, "official"},
                                                     {Category::CivilServant, "civil_servant"},
                                                     {Category::PublicEmployee, "public_employee"},
                                                     {Category::Worker, "worker"},
                                                     {Category::PartTime, "part_time"},
                                                     {Category::ArmedForces, "armed_forces"}}};

template <class Names, class Enum>
std::string_view name_in(const Names& names, Enum value) {
  for (const auto& [known, name] : names)
    if (known == value) return name;
  return {};
}

template <class Enum, std::size_t N>
std::optional<Enum> find_in(const std::array<Name<Enum>, N>& names, std::string_view wanted) {
  for (const auto& [value, name] : names)
    if (name == wanted) return value;
  return std::nullopt;
}

}  // namespace

std::string_view code_of(Tree tree) {
  return name_in(kTrees, tree);
}
std::string_view code_of(How how) {
  return name_in(kHows, how);
}
std::string_view code_of(Category category) {
  return name_in(kCategories, category);
}
std::optional<Tree> parse_tree(std::string_view code) {
  return find_in(kTrees, code);
}
std::optional<How> parse_how(std::string_view code) {
  return find_in(kHows, code);
}
std::optional<Category> parse_category(std::string_view code) {
  return find_in(kCategories, code);
}

}  // namespace khien::people
