// Units, persons, postings and groups, as they are known: what the rest of Khiên means by who and where.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "base/validity.h"
#include "people/roles.h"

namespace khien::people {

/// Separate roots: across them one asks, never acts.
enum class Tree { State, Party };

/// What a unit is called and where it hangs in one span of time.
struct UnitVersion {
  Validity valid;
  std::string code;  ///< codes are reused over time: look up by code and instant, never by code alone
  std::string name;
  UnitId parent;  ///< nil: a root
  Tree tree = Tree::State;
  std::string level;  ///< as the agency writes it: tỉnh, sở, xã, phòng …

  bool operator==(const UnitVersion&) const = default;
};

/// Versions in order of valid time, never two at once. A gap means that the unit did not exist.
struct Unit {
  UnitId id;
  std::vector<UnitVersion> versions;
};

struct UnitSuccession {
  enum class How { Merged, Split, Moved, Renamed };
  UnitId old;
  UnitId successor;
  Instant at;
  How how = How::Merged;

  bool operator==(const UnitSuccession&) const = default;
};

enum class Category {
  Unknown,
  Official,        ///< cán bộ
  CivilServant,    ///< công chức
  PublicEmployee,  ///< viên chức
  Worker,          ///< người lao động
  PartTime,        ///< người hoạt động không chuyên trách
  ArmedForces,     ///< lực lượng vũ trang
};

/// What stands in place of the name of somebody whose personal data were erased.
inline constexpr std::string_view kErasedName = "(đã xóa dữ liệu cá nhân)";

/// A keyed digest of something personal, for exact look-up only.
using Mark = std::array<unsigned char, 16>;

/// What of a person is plain. Birth date, identity number and private telephone are encrypted columns (PrivateFacts).
struct Person {
  PersonId id;
  std::string name;  ///< NFC, as given
  std::string work_mail;
  std::string staff_code;
  std::optional<Mark> identity;  ///< of the identity number
  std::optional<Mark> likeness;  ///< of the folded name and the birth date together
  Category category = Category::Unknown;

  bool operator==(const Person&) const = default;
};

struct Posting {
  PostingId id;
  PersonId person;
  UnitId unit;
  std::string position;
  bool main = true;
  Validity valid;

  bool operator==(const Posting&) const = default;
};

struct Group {
  GroupId id;
  std::string code;
  std::string name;
};

struct Membership {
  GroupId group;
  PersonId person;
  Validity valid;

  bool operator==(const Membership&) const = default;
};

/// A person with everything that moves with the person.
struct PersonRecord {
  Person person;
  std::vector<Posting> postings;        ///< by start
  std::vector<Membership> memberships;  ///< by group, then start
  std::vector<RoleGrant> roles{};       ///< by start
};

/// Names as stored and as shown: `state`, `civil_servant`, `merged`.
std::string_view code_of(Tree tree);
std::string_view code_of(UnitSuccession::How how);
std::string_view code_of(Category category);
std::optional<Tree> parse_tree(std::string_view code);
std::optional<UnitSuccession::How> parse_how(std::string_view code);
std::optional<Category> parse_category(std::string_view code);

}  // namespace khien::people
